"""What the Library place shows of a library, read in a thread: the grid, and the loads behind every cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from nolcat_desktop.analysis.coverage_gaps import Gap, gaps, missing, new_months
from nolcat_desktop.analysis.coverage_grid import Grid, build
from nolcat_desktop.analysis.coverage_left_out import with_left_out
from nolcat_desktop.analysis.lacking import Missing
from nolcat_desktop.dataset import Entry, Library, Load, left_out
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import review_apart
from nolcat_desktop.workflow.corrections import Correction, corrections


@dataclass(frozen=True)
class Snapshot:
    """A library at one moment."""

    grid: Grid
    loads: tuple[Load, ...]
    """Every live load."""
    added: Mapping[int, datetime]
    """Number of an entry → when it was made."""
    corrected: tuple[Correction, ...] = ()
    """Every count that newer numbers replaced."""
    fresh: Mapping[tuple[int, str], frozenset[date]] = field(default_factory=dict)
    """(source, report) → first days of months that are known now and were not in the snapshot before."""

    @cached_property
    def newest(self) -> int:
        """Number of the last adding that counts; 0: there is none."""
        return max((load.entry for load in self.loads), default=0)

    @cached_property
    def lacks(self) -> Missing:
        """How much of the grid is missing."""
        return missing(self.grid)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """All that is missing."""
        return gaps(self.grid)


def snapshot_of(
    library: Library, today: date, progress: Progress | None = None, before: Grid | None = None
) -> Snapshot:
    """Look at all of `library`; what takes its time with many sources is worked out here, off the window's thread.

    Args:
        library: To be looked at.
        today: Decides which months are due.
        progress: Checked for being stopped.
        before: What was known of it, if anything.

    Raises:
        NolcatError: If the library cannot be read.
    """
    told = progress or Progress()
    told.check()
    holdings = library.holdings()
    told.check()
    grid = build(library.coverage(), library.sources().names(), today, library.decisions().answers)
    past = library.history()
    added = {entry.entry: entry.when for entry in past}
    grid = with_left_out(grid, left_out(holdings))
    loads = tuple(held.load for held in holdings)
    found = Snapshot(grid, loads, added, corrections(past), new_months(before, grid))
    for _, line in grid.lines():
        told.check()
        line.seams  # noqa: B018 - kept from now on, as what is missing
    found.lacks, found.gaps  # noqa: B018
    return found


class LibraryReader(QObject):
    """Reads the open library anew; what is overtaken is forgotten."""

    found = Signal(object, bool)
    """A `Snapshot`, or None without a library; and whether it is the library of the one before."""
    failed = Signal(object)
    """A `Problem`."""
    said = Signal(object)
    """A `Notice`."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Nothing read yet."""
        super().__init__(parent)
        self._context = context
        self._library: Library | None = None
        self._grid: Grid | None = None
        """Of that library, as it was found last."""
        self._job: Job | None = None

    def read(self) -> None:
        """Read what is open now; `found` or `failed` follows."""
        library, runner = self._context.library, self._context.runner
        if self._job is not None:
            runner.cancel(self._job)
            self._job = None
        if library is None:
            self._library = self._grid = None
            self.found.emit(None, False)
            return
        today, before = self._context.today(), self._grid if self._library is library else None

        def done(snapshot: Snapshot) -> None:
            if self._context.library is library and self._job is job:
                same, self._library, self._job = self._library is library, library, None
                self._grid = snapshot.grid
                self.found.emit(snapshot, same)

        def failed(problem: Problem) -> None:
            if self._job is job:
                self._job = None
                self.failed.emit(problem)

        def work(progress: Progress) -> Snapshot:
            with library.presence.within():
                return snapshot_of(library, today, progress, before)

        name = self.tr("Looking at the library")
        job = self._job = runner.start(name, work, done=done, failed=failed, quiet=True)

    def undo(self, entry: int) -> None:
        """Take back an entry of the history; `said` tells what became of it."""
        shelf, runner = self._context.shelf(), self._context.runner
        if shelf is None:
            return

        def work(progress: Progress) -> Entry:
            return runner.apart.do(review_apart.undoing, shelf, entry, progress=progress, writes=True)

        def done(_entry: Entry) -> None:
            self._context.library_changed.emit()
            self.said.emit(Notice(self.tr("Undone.")))

        def failed(problem: Problem) -> None:
            self.said.emit(Notice(f"{problem.title}. {problem.meaning}", Level.SERIOUS))

        runner.start(self.tr("Undoing"), work, done=done, failed=failed, writes=True)

    def rename(self, source_id: int, before: str, name: str) -> None:
        """Give a source another name; `said` tells what became of it."""
        library = self._context.library
        if library is None:
            return
        what = self.tr("Renamed {before} to {name}").format(before=before, name=name)

        def done(_none: None) -> None:
            self._context.library_changed.emit()
            self.said.emit(Notice(f"{what}."))

        def failed(problem: Problem) -> None:
            self.said.emit(Notice(f"{problem.title}. {problem.meaning}", Level.SERIOUS))

        self._context.runner.start(
            self.tr("Renaming a source"),
            lambda _progress: rename(library, source_id, name, what),
            done=done,
            failed=failed,
            writes=True,
        )


def rename(library: Library, source_id: int, name: str, what: str) -> None:
    """Give a source another name, as a run of its own that can be taken back.

    Raises:
        NolcatError: If the library is busy, or the name is refused.
    """
    with library.presence.within(), library.run(what) as run:
        run.sources = run.sources.renamed(source_id, name)
        run.commit()
