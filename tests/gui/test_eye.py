"""What can be checked by machine of what a designer looks at: every place, difficult names, several sizes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nolcat_desktop.analysis.coverage_grid import CellState
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.elided_label import in_order
from nolcat_desktop.gui.icons import icon, put
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.coverage_glyphs import Mark
from nolcat_desktop.gui.pages.library_line import Legend
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.scroll_pane import ScrollPane
from nolcat_desktop.gui.theme import Theme, kind
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.settings import Colours, Settings
from nolcat_desktop.workflow import Wishes, convert
from tests.builders import tsv
from tests.gui.eye import MONTH, faults, ragged
from tests.gui.frame_builders import now, settled
from tests.gui.screenshot_hard import PLATFORMS, difficult
from tests.gui.screenshot_states import show_every_state

Make = Callable[..., MainWindow]
LOOKS = ((100, (960, 640)), (200, (1280, 720)))
"""Text size in %, and the window."""
DIALOGS = ("settings", "sources", "activity", "keyboard", "words", "show_log", "about", "take_over", "find_command")
"""Commands that open something over the window."""


def states(window: MainWindow, qtbot: QtBot) -> list[str]:
    """Bring every place to the front, and what can be opened in it; what is wrong, with where."""
    found: list[str] = []

    def look(where: str) -> None:
        settled(qtbot, window.context.runner)
        place = window.front.place
        assert place is not None
        found.extend(f"{where}: {what}" for what in [*faults(window), *ragged(place)])

    for place in PLACES:
        window.go(place.name)
        look(place.name)
        shown = window.front.place
        if isinstance(shown, AddPage):
            for at in range(shown.review.tabs.count()):
                if shown.review.tabs.isTabVisible(at):
                    shown.review.tabs.setCurrentIndex(at)
                    look(f"add, {shown.review.tabs.tabText(at)}")
        elif isinstance(shown, LibraryPage):
            window.actions_table["details"].trigger()
            look("library with its panel")
            window.actions_table["details"].trigger()
            show_every_state(shown)
            shown.view.expandAll()
            look("library with every state")
            shown.do("months_years")
            look("library in years")
            shown.do("months_years")
    return found


def dialogs(window: MainWindow, qtbot: QtBot) -> list[str]:
    """Open what the menus open over the window, one after the other; what is wrong, with where."""
    found: list[str] = []
    for name in DIALOGS:
        window.actions_table[name].trigger()
        settled(qtbot, window.context.runner)
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                found.extend(f"{name}: {what}" for what in faults(dialog))
                dialog.close()
    return found


def test_that_nothing_is_cut_or_ragged_in_any_place(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    loaded, more = tmp_path / "loaded.tsv", tmp_path / ("a name that is long " * 8 + ".tsv")
    loaded.write_bytes(tsv(difficult(PLATFORMS[3], date(2024, 1, 1), 3)))
    more.write_bytes(tsv(difficult(PLATFORMS[3], date(2024, 3, 1), 3)))
    assert convert([loaded], Library.open(tmp_path / "Library", now, "test"), Wishes(), Progress()).entry
    window = make_window(places=PLACES)
    window.open_paths([more])
    settled(qtbot, window.context.runner)
    found = []
    for text_size, size in LOOKS:
        window.resize(*size)
        window.context.set_settings(Settings(text_size=text_size, colours=Colours.LIGHT))
        QApplication.processEvents()
        found += [f"{text_size} %, {size[0]}: {what}" for what in [*states(window, qtbot), *dialogs(window, qtbot)]]
    window.context.set_settings(Settings(colours=Colours.LIGHT))
    QLocale.setDefault(before)
    assert "\n".join(found) == ""


def test_that_a_cut_label_a_low_button_and_a_strange_month_are_found(qtbot: QtBot, theme: Theme) -> None:
    del theme
    root = QWidget()
    qtbot.addWidget(root)
    row = QHBoxLayout(root)
    label, one, other = QLabel("used in 2024-03, never in Jan 2024"), QPushButton("Add"), QPushButton("Take back")
    kind(one, "small")
    label.setFixedWidth(20)
    for widget in (label, one, other):
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    root.show()
    assert len(faults(root)) == 3
    assert not MONTH.search("harvested on 2024-03-01 from larch_2017-2018.tsv")


def test_that_another_looks_colour_a_close_icon_and_scrolling_sideways_are_found(qtbot: QtBot, theme: Theme) -> None:
    del theme
    root = QWidget()
    qtbot.addWidget(root)
    label, close, apart, table = QLabel("read me"), QPushButton("Undo"), QPushButton("Undo"), QTableWidget(1, 9)
    pane, wide = ScrollPane(), QLabel()
    wide.setMinimumWidth(2000)
    pane.column.addWidget(wide)
    worn = label.palette()
    worn.setColor(QPalette.ColorRole.WindowText, "#123456")
    label.setPalette(worn)
    close.setIcon(icon("plus"))
    put(apart, "plus")
    table.horizontalHeader().setDefaultSectionSize(400)
    column = QVBoxLayout(root)
    for widget in (label, close, apart, table, pane):
        column.addWidget(widget)
    root.show()
    found = "\n".join(faults(root))
    assert ("wears #123456" in found, found.count("between the icon"), "sideways" in found) == (True, 1, True)
    assert found.count("cuts what is in it") == 1


def test_that_the_buttons_of_a_message_stand_in_two_lines_where_there_is_little_room(
    qtbot: QtBot, theme: Theme
) -> None:
    del theme
    problem = Problem("Writing is not allowed", "Nothing was sent.", "Ask who looks after the account.")
    deeds = [Choice(words, lambda: None) for words in ("Copy the missing permissions", "Sign in as someone else")]
    root = QWidget()
    qtbot.addWidget(root)
    card = MessageCard(problem, deeds, details="s3:PutObject", parent=root)
    card.resize(1200, 200)
    root.resize(1200, 400)
    root.show()
    tops = {button.y() for button in card.findChildren(QPushButton)}
    card.resize(card.minimumSizeHint())
    card.resize(card.width(), card.heightForWidth(card.width()))
    QApplication.processEvents()
    assert (len(tops), len({button.y() for button in card.findChildren(QPushButton)})) == (1, 2)
    assert faults(card) == []


def test_that_a_cut_heading_and_a_low_spin_box_are_found(qtbot: QtBot, theme: Theme) -> None:
    del theme
    root = QWidget()
    qtbot.addWidget(root)
    beside, button, year, table = QHBoxLayout(), QPushButton("Use this year"), QSpinBox(), QTableWidget(1, 2)
    year.setFixedHeight(button.sizeHint().height() - 10)
    beside.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    beside.addWidget(year, 0, Qt.AlignmentFlag.AlignTop)
    table.setHorizontalHeaderLabels(["Unique item requests of all titles", "Uses"])
    table.setColumnWidth(0, 40)
    column = QVBoxLayout(root)
    column.addLayout(beside)
    column.addWidget(table)
    root.show()
    found = faults(root)
    assert [one.partition(" is ")[0] for one in found if "heading" in one] == [
        "the heading 'Unique item requests of all titles'"
    ]
    assert len([one for one in found if "QSpinBox" in one]) == 1


def test_that_the_legend_takes_as_many_lines_as_its_signs_need(qtbot: QtBot, theme: Theme) -> None:
    del theme
    legend = Legend()
    qtbot.addWidget(legend)
    legend.resize(300, 20)
    legend.show_states(CellState, frozenset(Mark))
    legend.show()
    low = legend.height()
    legend.resize(2400, 20)
    assert low >= 3 * legend.height() > 0


def test_that_what_begins_with_an_arabic_name_stays_in_its_order() -> None:
    said = "دار المنظومة للنشر · Title Report · Apr 2026"
    assert in_order(said, Qt.LayoutDirection.LeftToRight) == f"\u200e{said}"
    assert in_order(said, Qt.LayoutDirection.RightToLeft) == said
    assert in_order("2026 · 中国知网", Qt.LayoutDirection.LeftToRight) == "2026 · 中国知网"
