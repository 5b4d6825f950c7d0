"""What the menus of a window do, and what they say while it cannot be done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from nolcat_desktop.gui.actions import Actions, plain
from nolcat_desktop.gui.cloud_commands import cloud_doers
from nolcat_desktop.gui.cloud_settings import CloudAccountsPage
from nolcat_desktop.gui.command_finder import CommandFinder
from nolcat_desktop.gui.fault import started_with
from nolcat_desktop.gui.focus_rounds import go_round
from nolcat_desktop.gui.found_here import buttons_of, named_in, once, settings_in
from nolcat_desktop.gui.help_dialog import WORDS, HelpDialog, KeyboardDialog
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.libraries import Libraries
from nolcat_desktop.gui.log_dialog import LogDialog
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.gui.pages.database_door import DatabaseDoor
from nolcat_desktop.gui.place import Place
from nolcat_desktop.gui.questions import tell_about
from nolcat_desktop.gui.settings_dialog import SettingsDialog, next_size
from nolcat_desktop.gui.sources_page import SourcesPage
from nolcat_desktop.gui.upkeep import Upkeep
from nolcat_desktop.gui.window import Window
from nolcat_desktop.settings import Colours, Rows

_COLOURS = {"colours_system": Colours.SYSTEM, "colours_light": Colours.LIGHT, "colours_dark": Colours.DARK}


class Commands(QObject):
    """Belongs to one window."""

    def __init__(
        self,
        window: Window,
        places: Sequence[type[Place]],
        default_folder: Path,
        new_window: Callable[[], None] | None = None,
    ) -> None:
        """Fill the menus of `window`."""
        super().__init__(window)
        self._window = window
        self._settings: SettingsDialog | None = None
        self.libraries = Libraries(window, default_folder)
        self.upkeep = Upkeep(window)
        self.libraries.check_asked.connect(self.upkeep.check)
        self.database = DatabaseDoor(window)
        self._supported = frozenset().union(*(place.supports for place in places))
        self.actions = Actions(window, self._doers(new_window), self._supported)
        for name in self._supported:
            self.actions[name].triggered.connect(self._in_place(name))
        self._menus = self.actions.fill(window.menuBar())
        self._add_places(places)
        self._add_recent()
        window.menuBar().setAccessibleName(self.tr("Menus"))
        window.context.settings_changed.connect(self.refresh)
        window.door.reach_changed.connect(self.refresh)
        window.context.runner.ended.connect(self._work_ended)
        for name, menu in self._menus.items():
            menu.aboutToShow.connect(self.refresh)
            menu.aboutToShow.connect(partial(self.actions.dress, name))
        self.refresh()

    def refresh(self) -> None:
        """Say what can be done now, and why the rest cannot."""
        place, table = self._window.front.place, self.actions
        for name in self._supported:
            elsewhere = place is None or name not in place.supports
            table.set_possible(name, self.tr("Not in this place") if elsewhere else place.can(name) if place else "")
        primary = place.primary() if place is not None else None
        table["primary"].setText(primary.text() if primary is not None else self.tr("Main button of this place"))
        usable = primary is not None and primary.isEnabled()
        table.set_possible("primary", "" if usable else self.tr("This place has nothing to do now"))
        self._refresh_history()
        now = self._window.context.settings
        for name, colours in _COLOURS.items():
            table[name].setChecked(now.colours is colours)
        table["compact"].setChecked(now.rows is Rows.COMPACT)
        table["full_screen"].setChecked(self._window.isFullScreen())
        for action in self.actions.all():
            if str(action.objectName()).startswith("place_"):
                action.setChecked(action.objectName() == f"place_{self._window.front.name}")

    def settings(self, page: str = "") -> None:
        """Open the settings, at `page` if one is named."""
        if self._settings is None:
            self._settings = SettingsDialog(self._window.context, self._window)
            self._settings.add_page(self.tr("Sources"), lambda: SourcesPage(self._window))
            if self._window.front.has("cloud"):
                self._settings.add_page(
                    self.tr("Cloud accounts"), lambda: CloudAccountsPage(self._window.context, self._window)
                )
        if page:
            self._settings.go(page)
        self._settings.show()
        self._settings.raise_()
        self._settings.list.setFocus()

    def restart(self) -> None:
        """Close and start anew."""
        if self._window.close():
            QProcess.startDetached(sys.executable, started_with())

    def _doers(self, new_window: Callable[[], None] | None) -> dict[str, Callable[[], None]]:
        window, door = self._window, self._window.door
        doers: dict[str, Callable[[], None]] = {
            "new_library": self.libraries.new,
            "open_library": self.libraries.open_other,
            "show_folder": self._show_folder,
            "settings": self.settings,
            "close": lambda: _ignore(window.close()),
            "quit": QApplication.closeAllWindows,
            "undo": door.undo,
            "redo": door.redo,
            "activity": window.show_activity,
            "next_pane": lambda: self._round(1),
            "previous_pane": lambda: self._round(-1),
            "larger": lambda: self._resize_text(1),
            "smaller": lambda: self._resize_text(-1),
            "normal": lambda: self._set(text_size=100),
            "compact": self._toggle_rows,
            "full_screen": self._toggle_full_screen,
            "primary": self._press_primary,
            "sources": lambda: self.settings(self.tr("Sources")),
            "check_library": self.upkeep.check,
            "tidy": self.upkeep.tidy,
            "rebuild": self.upkeep.rebuild,
            "help": self._help,
            "keyboard": lambda: KeyboardDialog(self.actions.all(), window).show(),
            "words": lambda: HelpDialog(self.tr("Words used here"), WORDS, window).show(),
            "find_command": self._find_command,
            "about": lambda: _ignore(tell_about(window)),
            "show_log": lambda: LogDialog(window).show(),
            "saved": self._say_saved,
        }
        for name, colours in _COLOURS.items():
            doers[name] = _setting(self, colours)
        if window.front.has("add"):
            doers["open_files"] = self.libraries.open_files
            doers["open_folder"] = self.libraries.open_folder
            doers["take_over"] = self.database.open
        if new_window is not None:
            doers["new_window"] = new_window
        return doers | cloud_doers(window)

    def _add_places(self, places: Sequence[type[Place]]) -> None:
        menu = self._menus["view"]
        first = menu.actions()[0]
        for number, place in enumerate(places, 1):
            action = QAction(place.title(), self._window)
            action.setObjectName(f"place_{place.name}")
            action.setProperty("icon_name", place.icon_name)
            action.setCheckable(True)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            action.triggered.connect(_going(self._window, place.name))
            self.actions.add(action.objectName(), action)
            self._window.addAction(action)
            menu.insertAction(first, action)
        if places:
            menu.insertSeparator(first)

    def _add_recent(self) -> None:
        """The libraries that were open before, behind the one to open another with."""
        menu, file = QMenu(self.tr("&Recent libraries"), self._window), self._menus["file"]
        menu.setAccessibleName(self.tr("Recent libraries"))
        entries = file.actions()
        behind = entries[entries.index(self.actions["open_library"]) + 1]
        file.insertMenu(behind, menu)
        file.aboutToShow.connect(lambda: self.libraries.fill_recent(menu))
        self.libraries.fill_recent(menu)
        self.recent = menu

    def _work_ended(self, job: Job) -> None:
        """What waited for the writing is possible again, also when nothing came of it."""
        if job.writes:
            self._refresh_history()

    def _refresh_history(self) -> None:
        reach, busy = self._window.door.reach, self._window.context.runner.is_writing
        wait = self.tr("Wait until the work is done")
        for name, word, entry, none in (
            ("undo", self.tr("&Undo"), reach.undo, self.tr("Nothing was done to this library yet")),
            ("redo", self.tr("&Redo"), reach.redo, self.tr("Nothing was undone")),
        ):
            self.actions[name].setText(f"{word}: {self.libraries.words(entry)}" if entry is not None else word)
            self.actions.set_possible(name, none if entry is None else wait if busy else "")
        closed = "" if self._window.context.library is not None else self.tr("No library is open")
        for name in ("show_folder", "sources", "check_library", "tidy"):
            self.actions.set_possible(name, closed)
        self.actions.set_possible("take_over", self.database.why_not())
        nowhere = "" if self._window.context.library_folder is not None else closed
        self.actions.set_possible("rebuild", wait if busy else nowhere)

    def _in_place(self, name: str) -> Callable[..., None]:
        def do(*_checked: object) -> None:
            place = self._window.front.place
            if place is not None and name in place.supports and not place.can(name):
                place.do(name)

        return do

    def _press_primary(self) -> None:
        place = self._window.front.place
        primary = place.primary() if place is not None else None
        if primary is not None and primary.isEnabled():
            primary.trigger()

    def _show_folder(self) -> None:
        folder = self._window.context.library_folder
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _round(self, by: int) -> None:
        go_round(self._window.stops(), QApplication.focusWidget(), by)

    def _resize_text(self, by: int) -> None:
        self._set(text_size=next_size(self._window.context.settings.text_size, by))

    def _set(self, text_size: int) -> None:
        self._window.context.set_settings(replace(self._window.context.settings, text_size=text_size))

    def _toggle_rows(self) -> None:
        now = self._window.context.settings
        rows = Rows.COMFORTABLE if now.rows is Rows.COMPACT else Rows.COMPACT
        self._window.context.set_settings(replace(now, rows=rows))

    def _toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()
        self.refresh()

    def _find_command(self) -> None:
        self.refresh()
        owner = QObject(self)
        others = [action for action in self.actions.all() if action.objectName() != "find_command"]
        others += self.libraries.recent_commands(owner)
        front = self._window.front
        others += [*buttons_of(front.place, owner), *named_in(front.places(), self._window.go, owner)]
        others += settings_in((self.tr("General"), self.tr("Cloud accounts")), self.settings, owner)
        finder = CommandFinder(sorted(once(others), key=lambda action: plain(action.text())), self._window)
        for done in (finder, owner):
            finder.finished.connect(done.deleteLater)
        finder.open_over(self._window)

    def _help(self) -> None:
        place = self._window.front.place
        name = place.name if place is not None else "library"
        title = self.tr("Help: {place}").format(place=place.title() if place is not None else self.tr("Library"))
        HelpDialog(title, name, self._window).show()

    def _say_saved(self) -> None:
        self._window.say(Notice(self.tr("Everything is saved already."), Level.OK))


def _setting(commands: Commands, colours: Colours) -> Callable[[], None]:
    def do() -> None:
        context = commands._window.context
        context.set_settings(replace(context.settings, colours=colours))
        commands.refresh()

    return do


def _going(window: Window, name: str) -> Callable[..., None]:
    def go(*_checked: object) -> None:
        window.go(name)

    return go


def _ignore(_value: object) -> None:
    """Take a value that nobody needs."""
