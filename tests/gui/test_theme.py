from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import nolcat_desktop.gui
from nolcat_desktop.gui import restyling
from nolcat_desktop.gui import theme as look_of
from nolcat_desktop.gui.icons import icon, icon_folder, pixmap
from nolcat_desktop.gui.palette_tables import COLOURS, GROUNDS, Role
from nolcat_desktop.gui.scale import LayoutClass, layout_class, u
from nolcat_desktop.gui.style_sheet import style_sheet
from nolcat_desktop.gui.theme import Theme, contrast, kind, role
from nolcat_desktop.settings import TEXT_SIZES, Colours, Rows, Settings

pytestmark = pytest.mark.usefixtures("theme")
GUI = Path(nolcat_desktop.gui.__file__).parent
LITERAL = re.compile(r"#[0-9A-Fa-f]{6}\b|\brgba?\(|QColor\(\s*\d|GlobalColor\.(?!transparent)|SvgNames")
WRITTEN = {Role.TEXT, Role.MUTED, Role.ACCENT, Role.OK, Role.INFO, Role.CHECK, Role.SERIOUS, Role.STOP} | {
    Role.WAITING,
    Role.USAGE,
    Role.MISSING,
    Role.CLASH,
    Role.GONE,
}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_that_what_is_written_can_be_read_on_every_ground(name: Role, dark: bool) -> None:
    for ground in GROUNDS:
        assert contrast(QColor(COLOURS[name][dark]), QColor(COLOURS[ground][dark])) >= 4.5, ground


@pytest.mark.parametrize("dark", [False, True])
def test_that_borders_of_controls_are_seen(dark: bool) -> None:
    for ground in (Role.WINDOW, Role.BASE):
        assert contrast(QColor(COLOURS[Role.BORDER][dark]), QColor(COLOURS[ground][dark])) >= 3


@pytest.mark.parametrize("dark", [False, True])
def test_that_words_on_the_accent_can_be_read(dark: bool) -> None:
    assert contrast(QColor(COLOURS[Role.ON_ACCENT][dark]), QColor(COLOURS[Role.ACCENT][dark])) >= 4.5


def test_that_every_role_has_a_colour_in_light_and_in_dark() -> None:
    assert set(COLOURS) == set(Role)


def colour_literals() -> Iterator[str]:
    for file in sorted(GUI.rglob("*.py")):
        if file.name != "palette_tables.py":
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                if LITERAL.search(line):
                    yield f"{file.relative_to(GUI)}:{number}: {line.strip()}"


def test_that_no_colour_is_written_outside_the_tables() -> None:
    assert list(colour_literals()) == []


def test_that_style_sheets_are_made_in_the_theme_alone() -> None:
    users = {file.name for file in GUI.rglob("*.py") if "setStyleSheet" in file.read_text(encoding="utf-8")}
    assert users == {"restyling.py"}


def test_that_the_literal_test_finds_a_planted_literal() -> None:
    assert LITERAL.search('QColor("#1F5FBF")')
    assert LITERAL.search("QColor(12, 13, 14)")


def test_that_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="pink"):
        role("pink")


def test_that_nothing_is_left_open_in_the_style_sheet() -> None:
    text = style_sheet(
        dict.fromkeys(Role, "#000000"),
        dict.fromkeys(("down", "up", "closed", "open", "tick", "some", "dot"), "x"),
        1.5,
    )
    assert text.count("{") == text.count("}")
    assert not re.search(r"\{[a-z0-9:_-]+\}", text)


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_that_a_u_grows_with_the_text(qapp: QApplication, theme: Theme, size: int) -> None:
    theme.use(Settings(text_size=size, colours=Colours.LIGHT))
    assert u(qapp.font(), 100) == pytest.approx(size, rel=0.08)


def test_that_a_widget_with_a_large_font_counts_in_the_u_of_the_text(qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 3)
    label.setFont(font)
    assert u(label, 32) == 32
    assert u(font, 32) > 64


def test_that_dark_is_put_on_at_once_and_told_once(qapp: QApplication, theme: Theme) -> None:
    light = role(Role.WINDOW)
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(look_of.is_dark()))
    theme.use(Settings(colours=Colours.DARK))
    theme.use(Settings(colours=Colours.DARK))
    assert told == [True]
    assert qapp.palette().color(QPalette.ColorRole.Window) == role(Role.WINDOW) != light


def test_that_what_nobody_sees_follows_on_a_machine_that_has_no_time(
    qapp: QApplication, qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    hidden = [QLabel("x", window) for _ in range(20)]
    window.show()
    for label in hidden:
        label.hide()
    monkeypatch.setattr(restyling, "BUDGET", 0.0)
    theme.at_once = False
    theme.use(Settings(colours=Colours.DARK))
    most = len(qapp.allWidgets()) + 100
    for _ in range(most):
        theme._stepper.step()
        if not theme.is_changing:
            break
    assert not theme.is_changing
    assert {label.palette().windowText().color().name() for label in hidden} == {role(Role.TEXT).name()}


def test_that_paper_is_light_in_dark_too(theme: Theme) -> None:
    theme.use(Settings(colours=Colours.DARK))
    assert role(Role.BASE, dark=False) == QColor(COLOURS[Role.BASE][0])


def test_that_compact_rows_are_lower(qapp: QApplication, theme: Theme) -> None:
    assert look_of.row_height(qapp.font()) == 28
    theme.use(replace(theme.settings, rows=Rows.COMPACT))
    assert look_of.row_height(qapp.font()) == 24


@pytest.mark.parametrize(
    ("size", "text", "expected"),
    [
        ((1280, 720), 100, LayoutClass.WIDE),
        ((999, 720), 100, LayoutClass.MEDIUM),
        ((799, 720), 100, LayoutClass.TIGHT),
        ((1280, 479), 100, LayoutClass.TIGHT),
        ((1280, 720), 200, LayoutClass.TIGHT),
        ((1920, 1080), 200, LayoutClass.MEDIUM),
    ],
)
def test_that_the_room_in_u_decides_the_layout(
    theme: Theme, size: tuple[int, int], text: int, expected: LayoutClass
) -> None:
    theme.use(Settings(text_size=text, colours=Colours.LIGHT))
    assert layout_class(*size) is expected


def test_that_an_icon_is_drawn_in_the_colour_of_its_role() -> None:
    picture = pixmap("minus", Role.SERIOUS, 24).toImage()
    assert picture.pixelColor(12, 12).name() == role(Role.SERIOUS).name()


def test_that_an_icon_is_sharp_at_200_percent(theme: Theme) -> None:
    theme.use(Settings(text_size=200, colours=Colours.LIGHT))
    assert 2 * 20 in {size.width() for size in icon("table").availableSizes()}


def test_that_an_unknown_icon_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_that_icons_come_with_licence_and_version() -> None:
    assert "MIT License" in (icon_folder() / "LICENSE").read_text(encoding="utf-8")
    assert "3.51.0" in (icon_folder() / "VERSION.txt").read_text(encoding="utf-8")


def test_that_in_high_contrast_the_systems_colours_hold_and_tints_are_off(theme: Theme) -> None:
    del theme
    before = look_of.look()
    look_of.wear(replace(before, contrast=True))
    system = QPalette()
    assert role(Role.MISSING) == role(Role.STOP) == system.color(QPalette.ColorRole.WindowText)
    assert role(Role.RING_TINT) == role(Role.BASE)
    look_of.wear(before)


def test_that_a_system_accent_is_used_only_where_it_can_be_read(theme: Theme) -> None:
    del theme
    assert look_of._usable_accent(QColor("yellow"), dark=False) == ""
    readable = look_of._usable_accent(QColor("darkred"), dark=False)
    before = look_of.look()
    look_of.wear(replace(before, accent=readable))
    assert role(Role.ACCENT) == QColor("darkred")
    assert contrast(role(Role.ON_ACCENT), role(Role.ACCENT)) >= 4.5
    look_of.wear(before)


@pytest.fixture
def stepping(theme: Theme) -> Iterator[Theme]:
    """Changes while a window is open in steps, as the program does."""
    theme.at_once = False
    yield theme
    theme.at_once = True
    theme.finish()


def tabs_in_window(qtbot: QtBot) -> QTabWidget:
    """Two pages of controls, the first in front."""
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    for name in ("one", "two"):
        page = QWidget()
        column = QVBoxLayout(page)
        primary, ticked = QPushButton(name), QCheckBox(name)
        look_of.kind(primary, "primary")
        ticked.setChecked(True)
        for control in (QLabel(name), QLineEdit(name), primary, ticked):
            control.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            column.addWidget(control)
        tabs.addTab(page, name)
    tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    tabs.resize(300, 240)
    tabs.show()
    tabs.setCurrentIndex(1)
    tabs.setCurrentIndex(0)
    return tabs


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("at_once", [False, True])
def test_that_what_nobody_saw_wears_the_new_look_as_if_it_never_had_another(
    qtbot: QtBot, stepping: Theme, at_once: bool, size: int
) -> None:
    changed = tabs_in_window(qtbot)
    wanted = Settings(colours=Colours.DARK, text_size=size)
    with qtbot.waitSignal(stepping.changed):
        stepping.use(wanted)
        assert stepping.is_changing
    if at_once:  # shown before its turn
        changed.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not stepping.is_changing)
    fresh = tabs_in_window(qtbot)
    for page in (1, 0):
        for tabs in (changed, fresh):
            tabs.setCurrentIndex(page)
        QApplication.processEvents()
        assert picture(changed) == picture(fresh)


def picture(tabs: QTabWidget) -> QImage:
    shown = tabs.currentWidget()
    assert shown is not None
    return shown.grab().toImage()


def test_that_a_page_that_nobody_sees_keeps_no_room_for_letters_that_are_gone(qtbot: QtBot, stepping: Theme) -> None:
    window, stack = QWidget(), QStackedWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(stack)
    column.addStretch(1)
    for page in (QLabel("seen"), QPushButton("not seen")):
        stack.addWidget(page)
    window.resize(300, 300)
    window.show()
    heights = []
    for size in (100, 200, 100):
        stepping.use(replace(stepping.settings, text_size=size))
        qtbot.waitUntil(lambda: not stepping.is_changing)
        QApplication.processEvents()
        heights.append(stack.height())
    assert heights[0] == heights[2] < heights[1]


def test_that_who_is_seen_follows_before_and_who_is_gone_not_at_all(qtbot: QtBot, stepping: Theme) -> None:
    told: list[tuple[str, bool, bool]] = []
    polished = Qt.WidgetAttribute.WA_WState_Polished

    class Follower(QWidget):
        def follow(self) -> Iterator[None]:
            yield
            told.append((self.objectName(), stepping.is_dressed, self.testAttribute(polished)))

    made = {}
    for name in ("gone", "hidden", "seen"):
        made[name] = Follower()
        made[name].setObjectName(name)
        made[name].ensurePolished()
        qtbot.addWidget(made[name])
        stepping.follow(made[name].follow)
    made["seen"].show()
    shiboken6.delete(made["gone"])
    stepping.use(Settings(colours=Colours.DARK))
    qtbot.waitUntil(lambda: not stepping.is_changing)
    assert told == [("seen", False, True), ("hidden", True, True)]  # who measures letters measures the new ones


def test_that_a_look_that_is_overtaken_leaves_nothing_behind(qtbot: QtBot, stepping: Theme) -> None:
    before = tabs_in_window(qtbot)
    pictures = []
    for colours in (None, Colours.DARK, Colours.LIGHT):
        if colours is not None:
            stepping.use(Settings(colours=colours))  # the second comes while the first is being put on
        if colours is not Colours.DARK:
            qtbot.waitUntil(lambda: not stepping.is_changing)
            before.setCurrentIndex(1)
            pictures.append(before.grab().toImage())
            before.setCurrentIndex(0)
    assert pictures[0] == pictures[1]


def test_that_what_is_made_after_a_change_never_wears_the_colours_of_what_is_gone(theme: Theme, qtbot: QtBot) -> None:
    theme.use(Settings(colours=Colours.LIGHT))
    stack = QStackedWidget()
    qtbot.addWidget(stack)

    def page(look: str) -> list[QLabel]:
        holder = QWidget(stack)
        column = QVBoxLayout(holder)
        labels = [QLabel("so many words", holder) for _ in range(60)]
        for label in labels:
            kind(label, look)
            column.addWidget(label)
        stack.addWidget(holder)
        stack.setCurrentWidget(holder)
        return labels

    page("muted")
    stack.show()
    page("muted")
    first = stack.widget(0)
    assert first is not None
    for colours in (Colours.DARK, Colours.LIGHT, Colours.DARK):
        theme.use(Settings(colours=colours))
        theme.finish()
    first.deleteLater()
    QCoreApplication.sendPostedEvents(first, QEvent.Type.DeferredDelete)
    made = page("strong")
    found = {label.palette().color(QPalette.ColorRole.WindowText).name() for label in made}
    assert found == {role(Role.TEXT).name()}
    theme.use(Settings(colours=Colours.LIGHT))
    theme.finish()
