"""Opening libraries, seeing that another window wrote into this one, and taking back: never in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from nolcat_desktop import __version__
from nolcat_desktop.dataset import Entry, Library
from nolcat_desktop.dataset.history import entries, to_redo, to_undo
from nolcat_desktop.dataset.journal import Journal, Record
from nolcat_desktop.dataset.lock import is_busy
from nolcat_desktop.dataset.presence import MISSING, can_be_written, lost_files
from nolcat_desktop.gui.context import Context
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import review_apart

_SETTLE_MS = 400
_TRY_MS = 2000


@dataclass(frozen=True, slots=True)
class Reach:
    """What the history of the open library allows now."""

    entries: tuple[Entry, ...] = ()
    undo: Entry | None = None
    """What Undo takes back."""
    redo: Entry | None = None
    """What Redo brings back."""
    empty: bool = True
    """Whether there is nothing in the library."""
    lost: tuple[str, ...] = ()
    """Files of the library that are not there, though the history knows of them."""
    can_write: bool = True
    """Whether this user can change it."""


class LibraryDoor(QObject):
    """Belongs to one window."""

    opened = Signal()
    refused = Signal(object, object)
    """A folder that could not be opened, and the `Problem`."""
    reach_changed = Signal()
    taken_back = Signal(object, bool)
    """The `Entry`, and whether it was undone (else redone)."""
    locked = Signal(object, object)
    """The `Problem`: someone else is writing; and what does it as soon as that is over."""
    not_done = Signal(object)
    """A `Problem` with undo or redo."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Open libraries for `context`."""
        super().__init__(parent)
        self._context = context
        self.reach = Reach()
        self._watcher = QFileSystemWatcher(self)
        self._settle = _single_shot(_SETTLE_MS, self._look, self)
        self._retry = _single_shot(_TRY_MS, self._try_again, self)
        self._to_try: Callable[[], None] | None = None
        self._watcher.directoryChanged.connect(lambda _: self._settle.start())
        self._watcher.fileChanged.connect(lambda _: self._settle.start())
        context.library_changed.connect(self._settle.start)

    def open(self, folder: Path, new: bool = False) -> None:
        """Open the library in `folder`; `opened` or `refused` follows.

        Args:
            folder: The library's folder.
            new: Whether the folder may be missing: it is made by the first report that is added.
        """
        clock = self._context.clock

        def work(_progress: Progress) -> tuple[Library, Reach]:
            if not new and not folder.is_dir():
                raise NolcatError(_missing(self, folder))
            library = Library.open(folder, clock, __version__)
            return library, _reach(library)

        def done(found: tuple[Library, Reach]) -> None:
            library, reach = found
            self._context.remembered.put_library(library.layout.folder)
            self._stop_trying()
            self._context.set_library(library)
            self._take(library, reach)
            self.opened.emit()

        def failed(problem: Problem) -> None:
            self._context.library_folder = folder
            self._context.set_library(None)
            self.reach = Reach()
            self.reach_changed.emit()
            self.refused.emit(folder, problem)

        name = self.tr("Opening {name}").format(name=folder.name)
        self._context.runner.start(name, work, done=done, failed=failed, quiet=True)

    def undo(self) -> None:
        """Take back the run that the window names; refused if something was done since that it has not heard of."""
        if self.reach.undo is not None:
            self._back(review_apart.undoing, (self.reach.undo.entry, True), True, self.tr("Undoing"))

    def undo_entry(self, entry: int) -> None:
        """Take back this run; `taken_back`, `locked` or `not_done` follows."""
        self._back(review_apart.undoing, (entry,), True, self.tr("Undoing"))

    def redo(self) -> None:
        """Bring back the run that the window names; refused if something else was done elsewhere since."""
        if self.reach.redo is not None:
            self.redo_entry(self.reach.redo.entry)

    def redo_entry(self, entry: int) -> None:
        """Bring back this run, which was undone last; `taken_back`, `locked` or `not_done` follows."""
        self._back(review_apart.redoing, (entry,), False, self.tr("Redoing"))

    def when_free(self, do: Callable[[], None]) -> None:
        """Do it again in a moment, and again while someone else is writing."""
        self._to_try = do
        self._retry.start()

    def _back(self, how: Callable[..., Entry], given: tuple[object, ...], undone: bool, name: str) -> None:
        library, shelf, runner = self._context.library, self._context.shelf(), self._context.runner
        if library is None:
            return

        def work(progress: Progress) -> Entry:
            return runner.apart.do(how, shelf, *given, progress=progress, writes=True)

        def done(entry: Entry) -> None:
            self._context.library_changed.emit()
            self.taken_back.emit(entry, undone)

        def failed(problem: Problem) -> None:
            if not is_busy(problem):
                self.not_done.emit(problem)
                return
            self.locked.emit(problem, lambda: self.when_free(lambda: self._back(how, given, undone, name)))

        runner.start(name, work, done=done, failed=failed, writes=True)

    def _look(self) -> None:
        library = self._context.library
        if library is None:
            return

        def done(reach: Reach) -> None:
            if self._context.library is not library:
                return
            if self._watch(library):
                self._settle.start()  # what happened before it was watched
            if reach != self.reach:
                elsewhere = reach.entries != self.reach.entries
                self._take(library, reach)
                if elsewhere:
                    self._context.library_changed.emit()

        def failed(problem: Problem) -> None:
            if self._context.library is library:
                self.refused.emit(library.layout.folder, problem)

        self._context.runner.start(self.tr("Looking"), lambda _: _reach(library), done=done, failed=failed, quiet=True)

    def _take(self, library: Library, reach: Reach) -> None:
        self.reach = reach
        self._watch(library)
        self.reach_changed.emit()

    def _watch(self, library: Library) -> bool:
        """Hear of changes; before the library is made, of its making. Whether more is watched than before."""
        watched = [*self._watcher.files(), *self._watcher.directories()]
        layout = library.layout
        there = [str(path) for path in (layout.hidden, layout.folder) if path.is_dir()]
        there = there or [str(path) for path in layout.folder.parents if path.is_dir()][:1]
        if str(layout.hidden) in watched or set(there) == set(watched):
            return False
        if watched:
            self._watcher.removePaths(watched)
        self._watcher.addPaths(there)
        return True

    def _try_again(self) -> None:
        again, self._to_try = self._to_try, None
        if again is not None:
            again()

    def _stop_trying(self) -> None:
        self._to_try = None
        self._retry.stop()


def _reach(library: Library) -> Reach:
    journal = library.presence.journal()
    done = entries(journal)
    lost = lost_files(library.layout, journal)
    undo, redo = _target(journal, done, True), _target(journal, done, False)
    return Reach(done, undo, redo, not library.parts() and not lost, lost, can_be_written(library.layout))


def _target(journal: Journal, done: tuple[Entry, ...], undo: bool) -> Entry | None:
    try:
        record: Record = to_undo(journal, None) if undo else to_redo(journal)
    except NolcatError:
        return None
    return next((entry for entry in done if entry.entry == record["entry"]), None)


def _missing(door: QObject, folder: Path) -> Problem:
    return Problem(
        MISSING,
        door.tr("Nothing is lost by this."),
        door.tr("Connect the drive, then try again."),
        str(folder),
    )


def _single_shot(interval: int, do: Callable[[], None], parent: QObject) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval)
    timer.timeout.connect(do)
    return timer
