"""What History shows of a library, read in a thread, and how it takes back and brings back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from nolcat_desktop.dataset import Entry, Library, Load
from nolcat_desktop.dataset.history import entries, to_redo, to_undo
from nolcat_desktop.dataset.journal import Journal, Record, loss
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.history_filter import Row, row_of
from nolcat_desktop.gui.pages.history_words import entry_words
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.corrections import names_ever


@dataclass(frozen=True, slots=True)
class Past:
    """A library's history at one moment."""

    entries: tuple[Entry, ...] = ()
    """The newest first."""
    rows: tuple[Row, ...] = ()
    """How each of them is shown and found."""
    names: Mapping[int, str] | None = None
    """Statistics source id → name."""
    loads: tuple[Load, ...] = ()
    """Every live load."""
    undo: int | None = None
    """The entry that Undo takes back."""
    redo: int | None = None
    """The entry that Redo brings back."""
    loss: Problem | None = None
    """What of the history is lost: then the entries are not all."""


def past_of(library: Library, today: date) -> Past:
    """Look at all that was done to `library`, as its days are told on `today`.

    Of a history that is lost in part, what is left is shown, if need be without what the parts hold.

    Raises:
        NolcatError: If it cannot be read.
    """
    loads: tuple[Load, ...] = ()
    try:
        with library.presence.within():
            loads = tuple(held.load for held in library.holdings())
    except NolcatError:
        if loss(library.presence.journal()) is None:
            raise
    journal = library.presence.journal()
    names = names_ever(library, journal)
    found = tuple(reversed(entries(journal)))
    return Past(
        found,
        tuple(row_of(entry, names, today) for entry in found),
        names,
        loads,
        _reach(journal, lambda known: to_undo(known, None)),
        _reach(journal, to_redo),
        loss(journal),
    )


class HistoryReader(QObject):
    """Reads and takes back, never in the window's thread."""

    found = Signal(object)
    """A `Past`."""
    failed = Signal(object)
    """A `Problem`."""
    said = Signal(object)
    """A `Notice`."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Nothing read yet."""
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None

    def read(self) -> None:
        """Read what is open now; `found` or `failed` follows."""
        library, runner = self._context.library, self._context.runner
        if self._job is not None:
            runner.cancel(self._job)
            self._job = None
        if library is None:
            self.found.emit(Past())
            return

        today = self._context.clock().date()

        def done(past: Past) -> None:
            if self._job is job:
                self._job = None
                self.found.emit(past)

        def failed(problem: Problem) -> None:
            if self._job is job:
                self._job = None
                self.failed.emit(problem)

        name = self.tr("Looking at the history")
        job = self._job = runner.start(name, lambda _: past_of(library, today), done=done, failed=failed, quiet=True)

    def undo(self, entry: int) -> None:
        """Take back `entry`, all of it or nothing; `said` tells what became of it."""
        self._take(self.tr("Undoing"), lambda library: library.undo(entry), self.tr("Undone: {what}."), undone=True)

    def redo(self) -> None:
        """Bring back what was undone last."""
        self._take(self.tr("Redoing"), Library.redo, self.tr("Done again: {what}."), undone=False)

    def _take(self, name: str, how: Callable[[Library], Entry], told: str, undone: bool) -> None:
        library = self._context.library
        if library is None:
            return

        def done(entry: Entry) -> None:
            self._context.library_changed.emit()
            back = (Choice(self.tr("Redo"), self.redo),) if undone else ()
            self.said.emit(Notice(told.format(what=entry_words(entry)), choices=back))

        def failed(problem: Problem) -> None:
            text = " ".join([f"{problem.title}.", problem.meaning, problem.remedy])
            self.said.emit(Notice(text, Level.SERIOUS, short=problem.title))

        def work(_progress: Progress) -> Entry:
            with library.presence.within():
                return how(library)

        self._context.runner.start(name, work, done=done, failed=failed, writes=True)


def _reach(journal: Journal, how: Callable[[Journal], Record]) -> int | None:
    try:
        return int(how(journal)["entry"])
    except NolcatError:
        return None
