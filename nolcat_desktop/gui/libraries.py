"""Which library is open, as the window shows and changes it: menu, first start, sample, checking, what was undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from nolcat_desktop.dataset import Entry
from nolcat_desktop.dataset.border import NEWER
from nolcat_desktop.dataset.presence import MISSING
from nolcat_desktop.gui import last_time, where_it_lies
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.questions import tell_about
from nolcat_desktop.gui.sample import FOLDER as SAMPLE
from nolcat_desktop.gui.sample import make_sample, remove_sample, waiting_reports
from nolcat_desktop.gui.window import Window
from nolcat_desktop.gui.words import day_and_time, number
from nolcat_desktop.problem import Problem
from nolcat_desktop.workflow.sample_content import is_sample


class Libraries(QObject):
    """Belongs to one window."""

    check_asked = Signal()
    """The library shall be checked."""

    def __init__(self, window: Window, default_folder: Path) -> None:
        """Answer for the library of `window`."""
        super().__init__(window)
        self._window = window
        self._default = default_folder
        self._sample = default_folder.parent / SAMPLE
        window.context.sample_folder = self._sample
        window.context.name_of = self.name
        self._sample_waits = self._own_waits = False
        self._told_of: Path | None = None
        """The library that the line at the bottom speaks of."""
        self._lost: tuple[str, ...] = ()
        """Files of the library that were said to be missing."""
        window.context.named.connect(lambda: self._show_name(window.context.library_folder))
        door, first = window.door, window.front.first_start
        door.opened.connect(self._opened)
        door.refused.connect(self._refused)
        door.reach_changed.connect(self._show_reach)
        door.taken_back.connect(self._taken_back)
        door.locked.connect(self._locked)
        door.not_done.connect(self._not_done)
        first.files_asked.connect(self.open_files)
        first.folder_asked.connect(self.open_folder)
        first.sample_asked.connect(self.open_sample)
        first.other_folder_asked.connect(self.new)
        window.strip.own_asked.connect(self._own)
        window.strip.remove_asked.connect(self._remove_sample)
        window.library_menu.aboutToShow.connect(self._fill_menu)

    def open_files(self) -> None:
        """Ask for reports and have them checked."""
        self._window.open_paths(self._window.chooser.files())

    def open_folder(self) -> None:
        """Ask for a folder of reports and have it checked."""
        folder = self._window.chooser.folder(self.tr("Open a folder of reports"), "reports")
        if folder is not None:
            self._window.open_paths([folder])

    def open_other(self) -> None:
        """Ask for the folder of another library and open it."""
        folder = self._window.chooser.folder(self.tr("Open library"), "library")
        if folder is not None:
            self._window.door.open(folder)

    def new(self) -> None:
        """Ask for the folder of a new library and open it."""
        folder = self._window.chooser.folder(self.tr("Choose a folder for the library"), "library")
        if folder is not None:
            self._window.door.open(folder, new=True)

    def open_sample(self) -> None:
        """Make the sample library, which takes a moment, and open it."""
        folder, clock = self._sample, self._window.context.clock
        apart = self._window.context.runner.apart
        self._sample_waits = True
        self._window.context.runner.start(
            self.tr("Making the sample library"),
            lambda progress: make_sample(folder, clock, apart, progress),
            done=self._window.door.open,
            failed=self._not_done,
            writes=True,
        )

    def words(self, entry: Entry) -> str:
        """What was done, in words."""
        if entry.what != "add":
            return entry.what
        files = len(entry.originals)
        return self.tr("Added 1 file") if files == 1 else self.tr("Added {n} files").format(n=files)

    def name(self, folder: Path | None) -> str:
        """What the library in `folder` is called."""
        if folder is None:
            return ""
        given = self._window.context.remembered.get(f"name of {folder}", "")
        return given or (self.tr("My library") if folder == self._default else folder.name)

    def _opened(self) -> None:
        folder = self._window.context.library_folder
        if self._told_of not in {None, folder}:
            self._window.line.dismiss()  # its buttons would undo and redo in a library that is no longer open
        self._told_of = folder
        self._window.front.set_problem(None)
        self._window.rail.select(self._window.front.name)
        self._show_reach()
        self._show_name(folder)
        if folder == self._sample and self._sample_waits:
            self._sample_waits = False
            self._window.front.hand("add", [waiting_reports()])
        if folder == self._default and self._own_waits:
            self._own_waits = False
            if self._window.front.name != "add":  # where files may wait, and where it says how to begin as well
                self._window.go("library")
            self._window.say(Notice(self.tr("This is your own library, {name}.").format(name=self.name(folder))))
        self._tell_gone(folder)
        self._tell_read_only()
        if folder is not None:
            where_it_lies.warn(self._window, folder, self.open_other)

    def _tell_gone(self, folder: Path | None) -> None:
        """An empty library where there was a full one the last time is no first start."""
        context, ways = self._window.context, (Choice(self.tr("Open library…"), self.open_other),)
        if folder is not None:
            told = last_time.gone(context.remembered, folder, self._window.door.reach, context.clock().date(), ways)
            if told is not None:
                self._window.say(told)

    def _tell_read_only(self) -> None:
        """Say at once, and not after the work of a review, that nothing can be added here."""
        reach, where = self._window.door.reach, self._window.context.library_folder
        if reach.can_write:
            return
        told = self.tr("This library can be looked at, not changed")
        rest = self.tr("{told}: {where} cannot be written. Its numbers are whole; reports cannot be added to it.")
        choice = Choice(self.tr("Open another library…"), self.open_other)
        if reach.empty:
            told = self.tr("Reports cannot be kept here")
            rest = self.tr("{told}: {where} cannot be written. Choose a folder for your library before you begin.")
            choice = Choice(self.tr("Choose a folder…"), self.new)
        self._window.say(Notice(rest.format(told=told, where=where), Level.CHECK, (choice,), f"{told}."))

    def _refused(self, folder: Path, problem: Problem) -> None:
        again = Choice(self.tr("Try again"), lambda: self._window.door.open(folder))
        if problem.title == NEWER:  # the same program opens it never
            again = Choice(self.tr("Which version is this?"), lambda: _ignore(tell_about(self._window)))
        if problem.title == MISSING:
            context = self._window.context
            problem = last_time.with_last_seen(problem, context.remembered, folder, context.clock().date())
        other = Choice(self.tr("Open another library…"), self.open_other)
        self._show_name(folder)
        if self._told_of is not None:
            self._window.line.dismiss()  # what is told at the start is of no library
        self._window.front.set_problem(problem, (other, again) if problem.title == NEWER else (again, other))
        self._window.rail.select("")
        self._show_reach()

    def _show_name(self, folder: Path | None) -> None:
        name = self.name(folder)
        self._window.rail.set_library(name, folder)
        self._window.setWindowTitle(self.tr("NoLCAT Desktop — {name}").format(name=name))
        self._window.strip.setVisible(folder == self._sample)

    def _show_reach(self) -> None:
        reach, context = self._window.door.reach, self._window.context
        self._window.front.set_empty(reach.empty and context.library is not None)
        standing = [entry for entry in reach.entries if not entry.undone]
        self._tell_lost(reach.lost)
        if context.library_folder is not None:
            last_time.keep(context.remembered, context.library_folder, reach)
        text = self.tr("Everything is saved")
        if context.library is None or self._window.front.is_covered:
            self._window.jobs.set_idle_text(self.tr("No library is open"), ready=False)
            return
        if context.library_folder is not None:
            last_time.keep_seen(context.remembered, context.library_folder, context.clock())
        if added := [entry for entry in standing if "add" in entry.did]:
            when = day_and_time(added[-1].when, context.clock().date())
            text = self.tr("Everything is saved · last added {when}").format(when=when)
        if not reach.can_write and not reach.empty:
            text = self.tr("This library can be looked at, not changed")
        self._window.jobs.set_idle_text(text)

    def _tell_lost(self, lost: tuple[str, ...]) -> None:
        """Say once which files of the library are not there: what is shown is less than what was loaded."""
        if lost and lost != self._lost:
            text = self.tr("{files} of this library are not there, for example {name}. {rest}")
            if len(lost) == 1:
                text = self.tr("1 file of this library is not there: {name}. {rest}")
            rest = self.tr("Those numbers are missing in everything that is shown; nothing was changed.")
            check = Choice(self.tr("Check the library"), self.check_asked.emit)
            files = self.tr("{n} files").format(n=number(len(lost)))
            self._window.say(Notice(text.format(files=files, name=lost[0], rest=rest), Level.SERIOUS, (check,)))
        self._lost = lost

    def _taken_back(self, entry: Entry, undone: bool) -> None:
        what, door, run = self.words(entry), self._window.door, entry.entry
        if undone:
            text, choice = self.tr("Undone: {what}."), Choice(self.tr("Redo"), lambda: door.redo_entry(run))
        else:
            text, choice = self.tr("Done again: {what}."), Choice(self.tr("Undo"), lambda: door.undo_entry(run))
        self._window.say(Notice(text.format(what=what), Level.OK, (choice,)))

    def _locked(self, problem: Problem, when_free: Callable[[], None]) -> None:
        who = f": {problem.position}" if problem.position else ""
        told = self.tr("Another program is working in this library{who}. {rest}")
        text = told.format(who=who, rest=self.tr("You can look at everything; nothing was changed."))
        wait = Choice(self.tr("Wait, and do it when it is free"), when_free)
        look = Choice(self.tr("Look only"), self._window.line.dismiss)
        self._window.say(Notice(text, Level.CHECK, (wait, look), self.tr("Another program is working here.")))

    def _not_done(self, problem: Problem) -> None:
        title = f"{problem.title} ({problem.position})" if problem.position else problem.title
        self._window.say(Notice(f"{title}. {problem.meaning} {problem.remedy}", Level.CHECK, short=problem.title))

    def _own(self) -> None:
        """Out of the sample into one's own library, at its front page: while it is empty, that says how to begin."""
        self._own_waits = True
        self._window.door.open(self._default, new=True)

    def _remove_sample(self) -> None:
        """At once, as it is made again at once; reports of one's own that were put into it are not."""
        library, here = self._window.context.library, self._window.context.library_folder
        held = library.holdings() if library is not None and here == self._sample else ()
        own = [one.load.original for one in held if not is_sample(one.load.sha256)]
        if not own:
            return self._remove_all_of_the_sample()
        text = self.tr("{n} reports of your own, for example {name}, would go with the sample.")
        if len(own) == 1:
            text = self.tr("A report of your own, {name}, would go with the sample.")
        told = text.format(n=number(len(own)), name=own[0].replace("\\", "/").rsplit("/", 1)[-1])
        keep, remove = self.tr("Keep the sample"), self.tr("Remove all the same")
        choices = Choice(keep, self._window.line.dismiss), Choice(remove, self._remove_all_of_the_sample)
        said = f"{told} {self.tr('Nothing was removed. Add what is yours to your own library first.')}"
        return self._window.say(Notice(said, Level.CHECK, choices, self.tr("The sample holds reports of your own.")))

    def _remove_all_of_the_sample(self) -> None:
        if self._window.context.library_folder != self._sample:
            return
        self._window.context.set_library(None)
        self._window.context.runner.start(
            self.tr("Removing the sample library"),
            lambda _: remove_sample(self._sample),
            done=lambda _: self._own(),
            failed=self._not_done,
            writes=True,
        )

    def fill_recent(self, menu: QMenu) -> None:
        """Put the libraries that were open before into `menu`, the last first; disabled when there is none."""
        menu.clear()
        for folder in self._before():
            action = menu.addAction(f"{self.name(folder)}\t{folder.parent}".replace("&", "&&"))
            action.triggered.connect(_opening(self._window, folder, folder == self._default))
        menu.menuAction().setEnabled(bool(menu.actions()))

    def recent_commands(self, parent: QObject) -> list[QAction]:
        """The same as commands that can be found by their words; they belong to `parent`."""
        made = []
        for folder in self._before():
            words = self.tr("Open library: {name} ({folder})").format(name=self.name(folder), folder=folder.parent)
            action = QAction(words.replace("&", "&&"), parent)
            action.triggered.connect(_opening(self._window, folder, folder == self._default))
            made.append(action)
        return made

    def _before(self) -> list[Path]:
        here, recent = self._window.context.library_folder, self._window.context.remembered.recent_libraries()
        return [one for one in recent if one != here and (one != self._sample or one.exists())]

    def _fill_menu(self) -> None:
        menu, window = self._window.library_menu, self._window
        self.fill_recent(menu)
        menu.menuAction().setEnabled(True)
        if menu.actions():
            menu.addSeparator()
        wanted = ("open_library", "new_library", "show_folder")
        menu.addActions([action for action in window.actions() if action.objectName() in wanted])


def _ignore(_value: object) -> None:
    """Take a value that nobody needs."""


def _opening(window: Window, folder: Path, new: bool) -> Callable[..., None]:
    def do(*_checked: object) -> None:
        window.door.open(folder, new=new)

    return do
