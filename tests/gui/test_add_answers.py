"""Questions about old tables in Add reports, and their repairs: answered by keyboard, kept, and used when adding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.pages.add_lines import OF_FILE, Fate, Line
from nolcat_desktop.gui.pages.add_model import Part
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.add_repairs_table import CELL, LEAVE, READ
from nolcat_desktop.gui.places import PLACES
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.report import Told
from nolcat_desktop.settings import Colours, Settings
from nolcat_desktop.workflow.review_plan import Todo
from tests.builders import Grid, a_report, damage, tsv
from tests.gui.frame_builders import settled
from tests.gui.test_frame_access import nameless
from tests.reading.quirk_tables import SUM, jr1, text

Make = Callable[..., MainWindow]
Open = Callable[..., tuple[MainWindow, AddPage]]


@pytest.fixture
def open_on(make_window: Make, qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """A window in which these files (name: content) were dropped."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))

    def drop(size: tuple[int, int] = (1280, 720), **files: bytes) -> tuple[MainWindow, AddPage]:
        window = make_window(places=PLACES, size=size)
        folder = tmp_path / "in"
        folder.mkdir()
        for name, content in files.items():
            (folder / f"{name}.tsv").write_bytes(content)
        window.open_paths([folder])
        settled(qtbot, window.context.runner)
        page = window.front.place
        assert isinstance(page, AddPage)
        return window, page

    yield drop
    QLocale.setDefault(before)


def bare(months: tuple[str, str, str] = ("Jan-2017", "Feb-2017", "Mar-2017")) -> bytes:
    """A JR1 without the rows above its headings."""
    return text(jr1(months=list(months))[7:])


def slashed() -> bytes:
    """A JR1 of one month, whose heading may be read day or month first, and which names no period."""
    rows: Grid = [row[:11] for row in jr1(months=["03/01/2023"])]
    rows[4] = [""]
    return text(rows)


def spoiled() -> bytes:
    """A JR1 with a month that lost its century, an ISSN that lost its zeros, and a count with a separator."""
    rows = jr1(months=["17-Jan", "Feb-2017", "Mar-2017"])
    rows[9][5], rows[9][10], rows[9][7] = "280836", "1,005", "1008"
    rows[8][10], rows[8][7] = "1007", "1018"
    return text(rows)


def the_line(page: AddPage) -> Line:
    (line,) = page.model.lines
    return line


def add(qtbot: QtBot, window: MainWindow, page: AddPage) -> Library:
    page.add_action.trigger()
    settled(qtbot, window.context.runner)
    library = window.context.library
    assert library is not None
    return library


def press(button: QPushButton) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)


def choose_report(qtbot: QtBot, page: AddPage, code: str) -> None:
    """With the keyboard alone: Enter on the line, type, Tab, Enter."""
    QTest.keyClick(page.review.table, Qt.Key.Key_Return)
    combo = page.review.asking.report
    assert page.focusWidget() is combo
    while combo.currentData() != code:
        before = combo.currentIndex()
        QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentIndex() > before
    press(page.review.asking.use_report)
    settled(qtbot, page.context.runner)


def test_that_a_table_without_a_block_waits_until_it_is_said_which_report_it_is(open_on: Open, qtbot: QtBot) -> None:
    window, page = open_on(usage=bare())
    line = the_line(page)
    assert (line.fate, line.todo, page.badge()) == (Fate.DECIDE, Todo.REPORT, 1)
    assert list(nameless(page)) == []
    assert page.review.table.model().index(0, Part.FATE).data() == "Decide: which report?"
    asking = page.review.asking
    assert asking.isVisible()
    assert page.review.findings.title.text() == "Which report is this?"
    assert (asking.report.currentIndex(), asking.use_report.isEnabled()) == (-1, False)
    assert asking.report.itemText(0) == "Journal Report 1 (JR1)"
    assert [asking.report.itemData(n) for n in range(asking.report.count())] == list(line.reviewed.candidates)
    choose_report(qtbot, page, "JR1a")
    line = the_line(page)
    assert (line.fate, line.reviewed.told) == (Fate.ADD, Told("JR1a"))
    assert not asking.isVisible()
    assert page.review.table.hasFocus() or not window.isActiveWindow()
    library = add(qtbot, window, page)
    (held,) = library.holdings()
    assert (held.load.report_type, held.load.tally.total, held.load.told["report_type"]) == ("JR1a", SUM, "JR1a")


def test_that_what_was_said_is_kept_when_the_files_are_checked_again(open_on: Open, qtbot: QtBot) -> None:
    window, page = open_on(usage=bare(), spoiled=spoiled())
    assert page.review.lines.line(page.review.lines.index(0, 0)) is page.model.lines[1]
    choose_report(qtbot, page, "JR1a")
    page.review.table.go_to(page.model.lines[0])
    page.review.repairs.declined.emit(frozenset({"F10"}))
    settled(qtbot, window.context.runner)
    window.context.library_changed.emit()
    settled(qtbot, window.context.runner)
    one, other = page.model.lines
    assert (one.reviewed.declined, other.reviewed.told) == (frozenset({"F10"}), Told("JR1a"))
    assert (one.fate, other.fate) == (Fate.ADD, Fate.ADD)


def test_that_a_question_can_be_asked_again(open_on: Open, qtbot: QtBot) -> None:
    _, page = open_on(usage=bare())
    choose_report(qtbot, page, "JR1")
    next(one for one in page.review.findings.buttons if one.text().startswith("Ask again")).click()
    settled(qtbot, page.context.runner)
    assert (the_line(page).todo, page.review.asking.is_asking) == (Todo.REPORT, True)


def test_that_a_doubtful_month_is_asked_with_both_answers_and_neither_beforehand(open_on: Open, qtbot: QtBot) -> None:
    window, page = open_on(usage=slashed())
    line = the_line(page)
    assert (line.fate, line.todo) == (Fate.DECIDE, Todo.PERIOD)
    findings, asking = page.review.findings, page.review.asking
    assert findings.title.text() == "Which month is this?"
    said = findings.text.text()
    assert "K8 (“03/01/2023”)" in said
    assert "Month first it is Mar 2023. Day first it is Jan 2023." in said
    assert "2 counts would stand in the wrong month. Nothing was added." in said
    assert [one.text() for one in asking.answers] == ["Mar 2023", "Jan 2023"]
    assert findings.cells.isVisible()
    asking.answered.emit(Told(None, date(2019, 5, 1), date(2019, 6, 30)))
    settled(qtbot, window.context.runner)
    assert the_line(page).todo is Todo.PERIOD
    assert "May – Jun 2019 does not settle these headings." in findings.text.text()
    QTest.keyClick(page.review.table, Qt.Key.Key_Return)
    assert page.focusWidget() is asking.answers[0]
    shown, told = page.review.table.model(), list[str]()
    shown.dataChanged.connect(lambda first, *_: told.append(str(shown.index(first.row(), Part.FATE).data())))
    page.review.bar.choose(1)  # to decide
    press(asking.answers[1])
    settled(qtbot, window.context.runner)
    assert (told[0], told[-1]) == ("Reading…", "Add")  # each is painted anew
    page.review.bar.choose(0)
    assert (the_line(page).fate, the_line(page).reviewed.months) == (Fate.ADD, ("2023-01",))
    (held,) = add(qtbot, window, page).holdings()
    assert held.load.tally.rows_by_month.keys() == {"2023-01"}


def test_that_the_report_and_then_the_months_are_asked_where_both_are_missing(open_on: Open, qtbot: QtBot) -> None:
    window, page = open_on(usage=bare(("Jan", "Feb", "Mar")))
    choose_report(qtbot, page, "JR1")
    line, asking = the_line(page), page.review.asking
    assert (line.todo, line.reviewed.told.report_type) == (Todo.PERIOD, "JR1")
    assert page.focusWidget() is asking.first.month
    assert (asking.answers, asking.use_months.isEnabled()) == ([], False)
    year = asking.first.year
    year.setFocus()
    year.selectAll()
    QTest.keyClicks(year, "2017")
    assert asking.last.year.value() == 2017
    QTest.keyClick(year, Qt.Key.Key_Return)
    settled(qtbot, window.context.runner)
    line = the_line(page)
    assert (line.fate, line.reviewed.told) == (Fate.ADD, Told("JR1", date(2017, 1, 1), date(2017, 12, 31)))
    (held,) = add(qtbot, window, page).holdings()
    assert (held.load.tally.total, sorted(held.load.tally.rows_by_month)) == (SUM, ["2017-01", "2017-02", "2017-03"])


def test_that_a_column_without_heading_is_asked_for_and_the_answer_is_kept(open_on: Open, qtbot: QtBot) -> None:
    window, page = open_on(usage=text(jr1(months=["Jan-2017", "", "Mar-2017"])))
    asking, findings = page.review.asking, page.review.findings
    assert (the_line(page).fate, page.review.lines.index(0, Part.FATE).data()) == (Fate.DECIDE, "Decide: which month?")
    assert page.review.lines.index(0, Part.FINDINGS).data() == "Blocking · 1"
    (asked, *_), said = page.review.findings.tree.findings, findings.text.text()
    assert (asked.title, asked.positions) == ("Which month is this?", ("L8",))
    assert "The column has no heading. By the columns beside it is Feb 2017. 1 count stands under it." in said
    assert [one.text() for one in asking.answers] == ["Feb 2017"]
    (chooser,) = asking.headings.choosers
    assert (chooser.month.accessibleName(), asking.last.isVisible()) == ("Month of L8", False)
    for month, why in ((3, "Mar 2017 has a column of its own already."), (2, "")):
        chooser.show_month(date(2017, month, 1))
        assert (asking.use_headings.toolTip(), asking.use_headings.isEnabled()) == (why, not why)
    press(asking.use_headings)
    settled(qtbot, window.context.runner)
    assert the_line(page).fate is Fate.ADD
    page.review.repairs.declined.emit(frozenset({"L8"}))
    settled(qtbot, window.context.runner)
    assert the_line(page).todo is Todo.PERIOD
    press(asking.answers[0])
    settled(qtbot, window.context.runner)
    (held,) = add(qtbot, window, page).holdings()
    assert (held.load.tally.total, dict(held.load.told)) == (SUM, {"months": "L8=2017-02"})


def test_that_several_headings_are_asked_for_together_and_read_once(open_on: Open, qtbot: QtBot) -> None:
    window, page = open_on(usage=text(jr1(months=["Jan-2017", "Foo", ""])))
    asking, said = page.review.asking, list[Told]()
    asking.answered.connect(said.append)
    assert [one.text() for one in asking.answers] == ["Feb – Mar 2017"]
    first, second = asking.headings.choosers
    labels = [one.text() for one in asking.headings.findChildren(QLabel) if one.isVisible()]
    assert labels == ["L8 “Foo”", "beside: Feb 2017", "M8, no heading", "beside: Mar 2017"]
    assert [one.month.accessibleName() for one in (first, second)] == ["Month of L8", "Month of M8"]
    assert asking.use_headings.toolTip() == "Say the month of L8, with its year."
    first.month.setFocus()
    QTest.keyClicks(first.month, "March")
    for chooser in (first, second):
        if chooser is second:
            assert asking.use_headings.toolTip() == "Say the month of M8, with its year."
        chooser.year.setFocus()
        chooser.year.selectAll()
        QTest.keyClicks(chooser.year, "2017")
        QTest.keyClick(chooser.year, Qt.Key.Key_Return)
        assert page.focusWidget() is (second.month if chooser is first else second.year)
    wanted: list[QWidget] = [asking.answers[0], first.month, second.month, asking.use_headings]
    chain: list[QWidget] = [asking.answers[0]]
    while (following := chain[-1].nextInFocusChain()) is not None and following is not chain[0]:
        chain.append(following)
    assert [one for one in chain if one in wanted] == wanted
    assert (said, second.first_day()) == ([], date(2017, 1, 1))
    assert asking.use_headings.toolTip() == "Jan 2017 has a column of its own already."
    second.show_month(date(2017, 3, 1))
    assert asking.use_headings.toolTip() == "L8 and M8 cannot be the same month."
    first.show_month(date(2017, 2, 1))
    press(asking.use_headings)
    settled(qtbot, window.context.runner)
    assert (len(said), the_line(page).fate) == (1, Fate.ADD)
    (held,) = add(qtbot, window, page).holdings()
    assert (held.load.tally.total, dict(held.load.told)) == (SUM, {"months": "L8=2017-02 M8=2017-03"})


def test_that_repairs_are_shown_before_and_after_with_proof_and_cell(open_on: Open, qtbot: QtBot) -> None:
    window, page = open_on(usage=spoiled())
    repairs = page.review.repairs
    assert page.review.tabs.tabText(page.review.tabs.indexOf(repairs)) == "Repairs (3)"
    page.review.show_pane(repairs)
    settled(qtbot, window.context.runner)
    QAbstractItemModelTester(repairs.table.cells)
    model = repairs.table.cells
    rows = [[model.index(row, column).data() for column in (CELL, LEAVE, READ)] for row in range(model.rowCount())]
    assert rows == [["K8", "17-Jan", "Jan-2017"], ["F10", "280836", "0028-0836"], ["K10", "1,005", "1005"]]
    repairs.table.setCurrentIndex(model.index(1, LEAVE))
    settled(qtbot, window.context.runner)
    assert repairs.title.text() == "F10: “280836” → “0028-0836”"
    assert "check" in repairs.text.text()
    assert repairs.cells.isVisible()
    row, column = repairs.cells.ringed
    assert row is not None
    assert column is not None
    assert repairs.cells.cells.place(row, column) == "F10"
    assert repairs.cells.cells.index(row, column).data() == "280836"
    assert list(nameless(page)) == []


def test_that_a_declined_repair_is_stored_as_delivered_and_the_others_hold(open_on: Open, qtbot: QtBot) -> None:
    window, page = open_on(usage=spoiled())
    repairs = page.review.repairs
    page.review.show_pane(repairs)
    repairs.table.setCurrentIndex(repairs.table.cells.index(1, LEAVE))
    QTest.keyClick(repairs.table, Qt.Key.Key_Space)
    assert the_line(page).fate is Fate.ADD
    assert repairs.leave.isChecked()
    settled(qtbot, window.context.runner)
    assert repairs.table.currentIndex().row() == 1
    assert the_line(page).reviewed.declined == {"F10"}
    (held,) = add(qtbot, window, page).holdings()
    assert (held.load.declined, len(held.load.repairs)) == (("F10",), 2)
    stored = held.rows().collect()["print_ISSN"].drop_nulls().unique().to_list()
    assert [str(one) for one in stored] == ["280836"]


def test_that_a_declined_count_blocks_until_it_is_taken_back_or_left_out(open_on: Open, qtbot: QtBot) -> None:
    window, page = open_on(usage=spoiled())
    repairs = page.review.repairs
    page.review.show_pane(repairs)
    repairs.table.setCurrentIndex(repairs.table.cells.index(2, LEAVE))
    QTest.keyClick(repairs.leave, Qt.Key.Key_Space)
    settled(qtbot, window.context.runner)
    assert (the_line(page).todo, page.add_action.isEnabled()) == (Todo.DAMAGED, False)
    assert the_line(page).reviewed.damaged[0].position == "K10"
    QTest.keyClick(repairs.leave, Qt.Key.Key_Space)
    settled(qtbot, window.context.runner)
    assert (the_line(page).fate, the_line(page).reviewed.declined) == (Fate.ADD, frozenset())
    (held,) = add(qtbot, window, page).holdings()
    assert held.load.tally.total == SUM + 1000


def test_that_of_boxes_pressed_while_a_report_is_read_the_last_state_holds(open_on: Open, qtbot: QtBot) -> None:
    window, page = open_on(usage=spoiled())
    table = page.review.repairs.table
    page.review.show_pane(page.review.repairs)
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Space)
    table.setCurrentIndex(table.cells.index(1, LEAVE))
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert the_line(page).looking
    assert page.writer.chosen() == []
    settled(qtbot, window.context.runner)
    line = the_line(page)
    assert (line.looking, line.wanted, line.reviewed.declined) == (False, None, frozenset({"F10"}))


def test_that_a_report_without_repairs_has_no_tab_for_them(open_on: Open) -> None:
    _, page = open_on(usage=tsv(a_report(Release.R51, "TR", months=2, titles=3)))
    assert not page.review.tabs.isTabVisible(page.review.tabs.indexOf(page.review.repairs))


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("layout", [LayoutClass.WIDE, LayoutClass.TIGHT])
def test_that_questions_and_repairs_fit_in_every_layout(
    open_on: Open, qtbot: QtBot, layout: LayoutClass, text_size: int
) -> None:
    window, page = open_on(a=bare(), b=slashed(), c=spoiled(), d=releaseless())
    window.context.set_settings(Settings(text_size=text_size, colours=Colours.DARK))
    page.layout_class_changed(layout)
    for line in page.model.lines:
        page.review.table.go_to(line)
        pane = page.review.findings if line.todo in OF_FILE else page.review.repairs
        page.review.show_pane(pane)
        settled(qtbot, window.context.runner)
        QApplication.processEvents()
        assert page.review.asking.isVisible() is (pane is page.review.findings)
        assert page.minimumSizeHint().width() <= 1240
    window.context.set_settings(Settings(colours=Colours.LIGHT))


def test_that_every_question_can_be_left_out(open_on: Open) -> None:
    _, page = open_on(a=bare(), b=slashed())
    for line in page.model.lines:
        page.review.table.go_to(line)
        QTest.keyClick(page.review.table, Qt.Key.Key_Space)
        assert (line.fate, page.review.asking.isVisible()) == (Fate.LEFT_OUT, False)
    assert isinstance(page.add_action, QAction)
    assert not page.add_action.isEnabled()


def releaseless(report_id: str = "TR_J1") -> bytes:
    """A table without its header, of which nothing tells Release 5 from 5.1."""
    return tsv(damage.without_header(a_report(Release.R51, report_id, months=3)))


def test_that_a_release_that_nothing_tells_is_asked_once_for_all_files_of_the_folder(
    open_on: Open, qtbot: QtBot
) -> None:
    window, page = open_on(TR_J1=releaseless(), DR_D1=releaseless("DR_D1"), PR_R51=releaseless("PR"))
    lines = {Path(line.reviewed.file).stem: line for line in page.model.lines}
    assert {name: line.todo for name, line in lines.items()} == {
        "TR_J1": Todo.RELEASE, "DR_D1": Todo.RELEASE, "PR_R51": Todo.ADD,
    }  # fmt: skip
    assert not page.review.asking.for_alike.isHidden()  # the first was in front before the others were read
    page.review.table.go_to(lines["TR_J1"])
    settled(qtbot, window.context.runner)
    asking = page.review.asking
    assert lines["TR_J1"].fate is Fate.DECIDE
    assert page.review.findings.title.text() == "Of which release is this?"
    assert [button.text() for button in asking.releases.buttons] == ["Release 5", "Release 5.1"]
    assert (asking.for_alike.text(), asking.for_alike.isChecked()) == (
        "Also for the other such file in this folder", False,
    )  # fmt: skip
    assert list(nameless(page)) == []
    QTest.keyClick(page.review.table, Qt.Key.Key_Return)
    assert page.focusWidget() is asking.releases.buttons[0]
    asking.for_alike.setChecked(True)
    press(asking.releases.buttons[1])
    settled(qtbot, window.context.runner)
    assert {line.fate for line in page.model.lines} == {Fate.ADD}
    assert not asking.isVisible()
    library = add(qtbot, window, page)
    assert {held.load.release for held in library.holdings()} == {"5.1"}
    assert sorted(held.load.told.get("release", "") for held in library.holdings()) == ["", "5.1", "5.1"]
