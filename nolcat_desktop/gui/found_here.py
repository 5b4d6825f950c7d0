"""What Find a command knows beside the menus: the buttons of the place in front, what places can show, the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from nolcat_desktop.gui.actions import plain
from nolcat_desktop.gui.place import Place


def buttons_of(place: Place | None, owner: QObject) -> list[QAction]:
    """The ordinary buttons of a place; of one that opens a menu, what is in it, with the button's word before it."""
    found = []
    for button in place.header.ordinary() if place is not None else ():
        menu = button.menu()
        if not isinstance(menu, QMenu):
            found.append(button)
            continue
        menu.aboutToShow.emit()  # some are filled when they are opened
        for action in menu.actions():
            if action.text():
                words = f"{plain(button.text())}: {plain(action.text())}"
                twin = _action(words, action.trigger, owner, button.property("icon_name"))
                twin.setEnabled(action.isEnabled())
                twin.setProperty("reason", action.property("reason") or action.toolTip())
                found.append(twin)
    return found


def named_in(places: Sequence[Place], go: Callable[[str], None], owner: QObject) -> Iterator[QAction]:
    """What the places that are there can show by its name, such as a source."""
    for place in places:
        for words, show in place.found():

            def do(place: Place = place, show: Callable[[], None] = show) -> None:
                go(place.name)
                show()

            yield _action(words, do, owner, place.icon_name)


def settings_in(titles: Sequence[str], open_page: Callable[[str], None], owner: QObject) -> Iterator[QAction]:
    """The pages of the settings."""
    told = QCoreApplication.translate("commands", "Settings: {page}")
    for title in titles:
        yield _action(told.format(page=title), partial(open_page, title), owner, "settings")


def once(actions: Sequence[QAction]) -> list[QAction]:
    """Each command once: a button that does what a place's name does says nothing new, unless it alone can be used."""
    found: dict[str, QAction] = {}
    for action in sorted(actions, key=_rank):
        found.setdefault(plain(action.text()), action)
    return list(found.values())


def _rank(action: QAction) -> tuple[bool, bool, bool]:
    return not action.isEnabled(), not action.objectName().startswith("place_"), action.shortcut().isEmpty()


def _action(words: str, do: Callable[[], None], owner: QObject, icon_name: object) -> QAction:
    action = QAction(words.replace("&", "&&"), owner)
    action.setProperty("icon_name", icon_name)
    action.triggered.connect(lambda *_: do())
    return action
