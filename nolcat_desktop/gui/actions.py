"""One table of everything that can be done: the menus, the shortcuts and the command finder are made of it.

A row is in the menus when the window has something that does it, or a registered place supports it; whatever does not
work is not there. What cannot be done just now is disabled and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from nolcat_desktop.gui.icons import icon

N = QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that can be done."""

    id: str
    menu: str
    """`file`, `edit`, `view`, `library`, `cloud`, `help`; empty: found by shortcut and command finder only."""
    text: str
    keys: tuple[str, ...] = ()
    """Shortcuts in Qt's portable form."""
    icon: str = ""
    group: int = 0
    """Rows of one menu with the same group stand between two lines."""
    checkable: bool = False


MENUS = (
    ("file", str(N("actions", "&File"))),
    ("edit", str(N("actions", "&Edit"))),
    ("view", str(N("actions", "&View"))),
    ("library", str(N("actions", "&Library"))),
    ("cloud", str(N("actions", "&Cloud"))),
    ("help", str(N("actions", "&Help"))),
)
ACTIONS: tuple[Row, ...] = tuple(
    Row(one[0], one[1], str(one[2]), *one[3:])
    for one in (
        ("open_files", "file", N("actions", "&Open reports…"), ("Ctrl+O",), "file-plus", 0),
        ("open_folder", "file", N("actions", "Open &folder of reports…"), ("Ctrl+Shift+O",), "folder-open", 0),
        ("take_over", "file", N("actions", "Take over from NoLCAT's &database…"), (), "database", 0),
        ("new_library", "file", N("actions", "&New library…"), (), "plus", 1),
        ("open_library", "file", N("actions", "Open &library…"), ("Ctrl+Shift+L",), "building", 1),
        ("show_folder", "file", N("actions", "&Show library in folder"), (), "folder", 1),
        ("new_window", "file", N("actions", "New &window"), ("Ctrl+Shift+N",), "", 1),
        ("export", "file", N("actions", "&Export…"), ("Ctrl+Shift+E", "Ctrl+E"), "download", 2),
        ("certificate", "file", N("actions", "&Print certificate…"), ("Ctrl+P",), "certificate", 2),
        ("settings", "file", N("actions", "Se&ttings…"), ("Ctrl+,",), "settings", 3),
        ("close", "file", N("actions", "&Close window"), ("Ctrl+W",), "", 3),
        ("quit", "file", N("actions", "E&xit"), ("Ctrl+Q",), "", 3),
        ("undo", "edit", N("actions", "&Undo"), ("Ctrl+Z",), "arrow-back-up", 0),
        ("redo", "edit", N("actions", "&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), "arrow-forward-up", 0),
        ("copy", "edit", N("actions", "&Copy"), ("Ctrl+C",), "copy", 1),
        ("copy_headings", "edit", N("actions", "Copy with &headings"), ("Ctrl+Shift+C",), "", 1),
        ("select_all", "edit", N("actions", "Select &all"), ("Ctrl+A",), "", 1),
        ("find", "edit", N("actions", "&Find"), ("Ctrl+F",), "search", 2),
        ("find_next", "edit", N("actions", "Find &next"), ("F3",), "", 2),
        ("find_previous", "edit", N("actions", "Find &previous"), ("Shift+F3",), "", 2),
        ("go_to_month", "edit", N("actions", "&Go to month…"), ("Ctrl+Shift+M",), "calendar-month", 2),
        ("details", "view", N("actions", "&Details"), ("F4",), "", 1),
        ("activity", "view", N("actions", "&Activity"), ("Ctrl+J",), "list", 1),
        ("next_pane", "view", N("actions", "Next &pane"), ("F6",), "", 1),
        ("previous_pane", "view", N("actions", "Pre&vious pane"), ("Shift+F6",), "", 1),
        ("larger", "view", N("actions", "&Larger text"), ("Ctrl++", "Ctrl+="), "text-size", 2),
        ("smaller", "view", N("actions", "&Smaller text"), ("Ctrl+-",), "", 2),
        ("normal", "view", N("actions", "&Normal text"), ("Ctrl+0",), "", 2),
        ("colours_system", "view", N("actions", "Colours as the s&ystem"), (), "", 3, True),
        ("colours_light", "view", N("actions", "L&ight colours"), (), "sun", 3, True),
        ("colours_dark", "view", N("actions", "Dar&k colours"), (), "moon", 3, True),
        ("compact", "view", N("actions", "&Compact rows"), (), "", 4, True),
        ("months_years", "view", N("actions", "&Months or years"), ("Ctrl+M",), "", 4),
        ("full_screen", "view", N("actions", "&Full screen"), ("F11",), "", 5, True),
        ("primary", "library", N("actions", "Main button of this &place"), ("Ctrl+Return", "Ctrl+Enter"), "", 0),
        ("where_from", "library", N("actions", "Where this n&umber comes from"), ("Ctrl+I",), "zoom-question", 0),
        ("next_gap", "library", N("actions", "&Next gap or finding"), ("F8",), "", 0),
        ("previous_gap", "library", N("actions", "Pre&vious gap or finding"), ("Shift+F8",), "", 0),
        ("no_report", "library", N("actions", "No &report exists…"), (), "", 0),
        ("remove_months", "library", N("actions", "Re&move months…"), (), "trash", 0),
        ("sources", "library", N("actions", "&Sources…"), (), "", 1),
        ("check_library", "library", N("actions", "&Check the library"), (), "circle-check", 1),
        ("tidy", "library", N("actions", "&Tidy up…"), (), "", 1),
        ("rebuild", "library", N("actions", "Re&build…"), (), "refresh", 1),
        ("cloud_sign_in", "cloud", N("actions", "&Sign in…"), (), "key", 0),
        ("cloud_check", "cloud", N("actions", "&Check connection"), (), "plug-connected", 0),
        ("cloud_see", "cloud", N("actions", "&What would be sent"), (), "cloud-upload", 1),
        ("cloud_start", "cloud", N("actions", "Send and s&tart…"), ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), "", 1),
        ("cloud_send", "cloud", N("actions", "Send &only"), (), "arrow-up", 1),
        ("cloud_stop", "cloud", N("actions", "Sto&p the run"), (), "player-stop", 2),
        ("cloud_runs", "cloud", N("actions", "&Runs"), (), "list", 2),
        ("cloud_fetch", "cloud", N("actions", "&Fetch a library from the bucket…"), (), "cloud-download", 3),
        ("cloud_set_up", "cloud", N("actions", "Set &up…"), (), "settings", 3),
        ("help", "help", N("actions", "&Help for this place"), ("F1",), "help", 0),
        ("find_command", "help", N("actions", "&Find a command…"), ("Ctrl+K",), "command", 0),
        ("keyboard", "help", N("actions", "&Keyboard map"), ("Ctrl+/",), "keyboard", 0),
        ("words", "help", N("actions", "&Words used here"), (), "", 0),
        ("show_log", "help", N("actions", "Show the &log"), (), "", 1),
        ("about", "help", N("actions", "&About NoLCAT Desktop"), (), "info-circle", 1),
        ("saved", "", N("actions", "Save"), ("Ctrl+S",), "", 0),
    )
)


class Actions(QObject):
    """The `QAction`s of one window, by id."""

    def __init__(self, window: QWidget, doers: Mapping[str, Callable[[], None]], supported: Iterable[str]) -> None:
        """Make those rows of `ACTIONS` that work.

        Args:
            window: Gets the shortcuts.
            doers: What the window itself does, by id.
            supported: What registered places do; ask for it by connecting `[id].triggered`.
        """
        super().__init__(window)
        wanted = set(doers) | set(supported)
        self._made = {row.id: self._make(row, window) for row in ACTIONS if row.id in wanted}
        self._rows = {row.id: row for row in ACTIONS}
        for name, do in doers.items():
            if name in self._made:
                self._made[name].triggered.connect(_ignoring_checked(do))

    def __getitem__(self, name: str) -> QAction:
        """The action `name`."""
        return self._made[name]

    def __contains__(self, name: str) -> bool:
        """Whether there is one."""
        return name in self._made

    def all(self) -> tuple[QAction, ...]:
        """Every action, in the order of the table."""
        return tuple(self._made.values())

    def add(self, name: str, action: QAction) -> None:
        """Take in an action that is no row: a place."""
        self._made[name] = action

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put the actions into menus; a menu without any is left out.

        The menus are made here: one that Qt makes is lost to Python as soon as anybody asks the bar's action for it.
        """
        menus = {}
        for name, text in MENUS:
            rows = [row for row in ACTIONS if row.menu == name and row.id in self._made]
            if not rows and name != "view":
                continue
            menu = QMenu(QCoreApplication.translate("actions", text), bar)
            bar.addMenu(menu)
            before: int | None = None
            for row in rows:
                if before is not None and row.group != before:
                    menu.addSeparator()
                menu.addAction(self._made[row.id])
                before = row.group
            menus[name] = menu
        return menus

    def set_possible(self, name: str, reason: str = "") -> None:
        """Enable the action when there is no `reason` against it; else disable it and say the reason."""
        if name not in self._made:
            return
        action = self._made[name]
        action.setEnabled(not reason)
        action.setToolTip(reason or plain(action.text()))
        action.setProperty("reason", reason)

    def dress(self, menu: str) -> None:
        """Give what is in the menu `menu` its icons in the colours of the moment: nobody sees them before it opens.

        The menu itself is not asked: Qt's own object outlives what Python holds of it.
        """
        elsewhere = {row.id for row in ACTIONS if row.menu != menu}
        for made, action in self._made.items():
            name = action.property("icon_name")
            if made not in elsewhere and isinstance(name, str):
                action.setIcon(icon(name))

    def _make(self, row: Row, window: QWidget) -> QAction:
        action = QAction(QCoreApplication.translate("actions", row.text), window)
        action.setObjectName(row.id)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setCheckable(row.checkable)
        if row.icon:
            action.setProperty("icon_name", row.icon)
        window.addAction(action)
        return action


def plain(text: str) -> str:
    """The words of an action without its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _ignoring_checked(do: Callable[[], None]) -> Callable[..., None]:
    def triggered(*_checked: object) -> None:
        do()

    return triggered
