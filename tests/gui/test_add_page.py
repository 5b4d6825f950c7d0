"""Add reports, driven as a librarian would: drop, see, decide, add, undo; errors; stopping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from filelock import FileLock
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.add_damage_words import advice
from nolcat_desktop.gui.pages.add_difference_words import foot_words
from nolcat_desktop.gui.pages.add_finding_list import findings_of
from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_model import Part, cell_words
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.add_words import fate_words, file_words
from nolcat_desktop.gui.proof_dialog import ExplanationDialog
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.gui.words import level_word
from nolcat_desktop.progress import Progress
from nolcat_desktop.settings import Colours, Settings
from nolcat_desktop.workflow import Wishes, convert
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.review_titles import TITLES
from tests.builders import Abstract, a_report, delimited, grid, json, of_two_members, totals_only, tsv, xlsx
from tests.builders.damage import with_cell, without_header, word_for_count
from tests.gui.frame_builders import now, settled
from tests.gui.test_frame_access import nameless
from tests.workflow.shelf import changed

R4, R51 = Release.R4, Release.R51
Open = Callable[..., AddPage]


@pytest.fixture
def open_page(make_place: Callable[..., Any], tmp_path: Path) -> Open:
    return lambda: make_place(AddPage, Library.open(tmp_path / "library", now), now, (1080, 640))


def settle(qtbot: QtBot, page: AddPage) -> None:
    """Until everything that was asked is answered."""
    settled(qtbot, page.context.runner)


def put(folder: Path, report: Abstract | bytes, name: str = "report.tsv") -> Path:
    file = folder / "in" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(report if isinstance(report, bytes) else tsv(report))
    return file


def drop(qtbot: QtBot, page: AddPage, *paths: Path) -> None:
    page.receive(list(paths))
    settle(qtbot, page)


def line_of(page: AddPage, name: str) -> Line:
    return next(line for line in page.model.lines if name in line.reviewed.file)


def a_title_report(platform: str = "Rowan Shelf") -> Abstract:
    return a_report(R51, "TR", months=3, titles=4, platform=platform)


def test_that_a_dropped_folder_is_reviewed_and_nothing_is_written(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    assert page.stack.currentWidget() is page.empty
    put(tmp_path, a_title_report())
    put(tmp_path, b"hello", "readme.txt")
    drop(qtbot, page, tmp_path / "in")
    assert [line.fate for line in page.model.lines] == [Fate.NO_REPORT, Fate.ADD]
    assert page.review.lines.rowCount() == 1
    assert page.add_action.text() == "Add 1 report"
    assert (
        page.header.summary_text()
        == "1 report found in 1 file. Nothing has been written yet. 1 file has no report in it."
    )
    assert page.context.library is not None
    assert page.context.library.holdings() == ()


def test_that_the_button_adds_and_undo_takes_it_back(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    said: list[Notice] = []
    page.said.connect(said.append)
    drop(qtbot, page, put(tmp_path, a_title_report()))
    library = page.context.library
    assert library is not None
    library.layout.hidden.mkdir(parents=True)
    with FileLock(library.layout.lock, fallback_to_soft=False):  # another program is writing
        page.add_action.trigger()
        settle(qtbot, page)
        (card,) = page.findChildren(MessageCard)
        assert [button.text() for button in card.buttons] == ["Wait, and add when it is free", "Look only"]
        card.buttons[0].click()
        assert said[-1].text.startswith("Adding waits until the other program has finished.")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.done)
    settle(qtbot, page)
    assert len(library.holdings()) == 1
    assert page.stack.currentWidget() is page.done
    assert page.header.title_text() == "Added 1 report"
    assert said[-1].text == "Added 1 report from 1 file: 1 source, Jan – Mar 2024."
    model = page.done.table.cells
    told = {tuple(model.index(row, column).data() for column in range(3)) for row in range(model.rowCount())}
    assert told == {("Rowan Shelf", "TR · 5.1", "Jan – Mar 2024")}
    metrics = {model.index(row, 3).data() for row in range(model.rowCount())}
    assert metrics == set(library.holdings()[0].load.tally.sums)
    assert page.can("where_from") == ""
    page.done.table.setCurrentIndex(model.index(1, 0))
    page.do("where_from")
    settle(qtbot, page)
    (explained,) = page.findChildren(ExplanationDialog)
    metric, uses = model.index(1, 3).data(), model.index(1, 4).data()
    assert explained.title.text().startswith(f"{uses} = {metric}, Rowan Shelf, Title Report (TR), entry 1, ")
    assert "look again" not in explained.title.text()
    explained.close()
    page.done.undo.click()
    settle(qtbot, page)
    assert library.holdings() == ()
    assert page.stack.currentWidget() is page.review
    assert page.add_action.text() == "Add 1 report"


def test_that_undoing_and_redoing_touches_only_the_lines_of_that_adding(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    library = page.context.library
    assert library is not None
    damaged = word_for_count(a_title_report("Alder Shelf"))

    def fates() -> list[tuple[str, Fate]]:
        settle(qtbot, page)
        return [(Path(line.reviewed.file).name, line.fate) for line in page.model.lines]

    def add() -> None:
        page.writer.add()
        settle(qtbot, page)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.done, timeout=5000)

    def step(back: bool) -> None:
        entry = library.undo() if back else library.redo()
        assert entry.entry == 2
        page.context.library_changed.emit()

    drop(qtbot, page, put(tmp_path, tsv(damaged.grid), "damaged.tsv"))
    page.model.decide(page.model.lines, lambda line: setattr(line, "without_damaged", True))
    add()
    drop(qtbot, page, put(tmp_path, a_title_report(), "later.tsv"))
    assert fates() == [("later.tsv", Fate.ADD)]
    page.model.decide(page.model.lines, lambda line: setattr(line, "source_known", True))
    add()
    step(back=True)
    assert fates() == [("later.tsv", Fate.ADD)]
    assert page.model.lines[0].source_known
    step(back=False)
    assert fates() in ([("later.tsv", Fate.DONE)], [])
    drop(qtbot, page, tmp_path / "in")
    assert {fate for _, fate in fates()} == {Fate.ALREADY}
    library.undo()
    library.undo()
    page.context.library_changed.emit()
    assert sorted(fates()) == [("damaged.tsv", Fate.ADD), ("later.tsv", Fate.ADD)]


def test_that_other_numbers_wait_until_they_are_decided(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    library = page.context.library
    assert library is not None
    convert([put(tmp_path, a_title_report(), "old.tsv")], library, Wishes(), Progress())
    drop(qtbot, page, put(tmp_path, changed(a_title_report(), 5), "new.tsv"))
    line = line_of(page, "new.tsv")
    assert (line.fate, page.badge(), page.add_action.isEnabled()) == (Fate.DECIDE, 1, False)
    difference = page.review.difference
    assert page.review.is_shown(difference)
    page.layout_class_changed(LayoutClass.TIGHT)
    assert not page.review.is_shown(difference)
    page.layout_class_changed(LayoutClass.WIDE)
    assert page.review.is_shown(difference)  # the tab that matters for the line, as before
    assert not difference.replace.isChecked()
    assert "suggested" in difference.replace.text()
    cells = difference.table.cells
    assert [cells.index(0, column).data() for column in (4,)] == ["+5"]
    assert difference.titles.cells.rowCount() == 1
    asked, other = difference._titles_of, put(tmp_path, changed(a_title_report(), 7), "other.tsv")
    assert asked is not None
    drop(qtbot, page, other)
    second = line_of(page, "other.tsv")
    page.review.table.go_to(second)
    assert difference.titles.cells.rowCount() == 0  # at once, and not when the answer is there
    difference.show_titles(asked, pl.DataFrame([("Late", 1, 2)], schema=TITLES, orient="row"))
    assert difference.titles.cells.rowCount() == 0
    settle(qtbot, page)
    assert second.todo is Todo.TWIN
    assert difference.titles.cells.rowCount() == 0
    assert cells.headerData(2, Qt.Orientation.Horizontal) == "Other file"
    assert [cells.index(0, column).data() for column in (4,)] == ["+2"]
    assert difference.title.text().startswith("new.tsv has other numbers for Jan 2024: choose one")
    difference.choice.leave.click()
    assert second.fate is Fate.LEFT_OUT
    order: list[QWidget] = [page]
    while (following := order[-1].nextInFocusChain()) is not None and following is not page:
        order.append(following)
    wanted = [page.review.bar.chips[0], page.review.table, page.review.tabs.tabBar(), difference.replace]
    places = [order.index(widget) for widget in (*wanted, difference.table, difference.titles)]
    assert places == sorted(places)
    page.review.table.go_to(line)
    difference.keep.click()
    assert (line.fate, page.add_action.isEnabled()) == (Fate.KEPT, False)
    difference.replace.click()
    assert page.add_action.text() == "Add 1 report"
    assert page.review.lines.index_of(line).data() == "Replace 1 month"
    page.add_action.trigger()
    settle(qtbot, page)
    assert library.history()[-1].rows > 0


def test_that_a_damaged_cell_is_shown_where_it_stands(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    damaged = word_for_count(a_report(R4, "JR1", months=6, titles=12), row=5)
    page = open_page()
    drop(qtbot, page, put(tmp_path, tsv(damaged.grid)))
    (line,) = page.model.lines
    assert (line.fate, line.todo) == (Fate.CANNOT, Todo.DAMAGED)
    findings = page.review.findings
    assert findings.title.text() == "1 count cannot be read"
    view = findings.cells
    row, column = view.ringed
    assert row is not None
    assert column is not None
    assert view.cells.place(row, column) == damaged.position
    assert view.cells.index(row, column).data() == line.reviewed.damaged[0].value
    assert findings.buttons[0].text() == "Add without this cell"
    page.review.bar.choose_fate(Fate.CANNOT)
    findings.buttons[0].click()
    assert (line.fate, page.add_action.text()) == (Fate.ADD, "Add 1 report")
    assert fate_words(line) == "Add without 1 damaged cell"
    assert page.review.current() is line
    page.add_action.trigger()
    settle(qtbot, page)
    assert page.stack.currentWidget() is page.done
    said = f"Added without 1 damaged cell, its numbers are too low: {file_words(line.reviewed)} ({damaged.position})"
    assert (page.done.failed.text(), page.done.failed.isHidden()) == (said, False)
    drop(qtbot, page, put(tmp_path, tsv(with_cell(damaged.grid, damaged.position, "0")), "right.tsv"))
    line = line_of(page, "right.tsv")
    assert (line.fate, fate_words(line)) == (Fate.ADD, "Close the hole in 1 month")
    page.add_action.trigger()
    settle(qtbot, page)
    assert "Counts that had been left out could be read now: Jan 20" in page.done.proof.text()


def test_that_a_source_is_chosen_in_its_cell(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    library = page.context.library
    assert library is not None
    old = put(tmp_path, a_title_report(), "old.tsv")
    for source in (7, 8):
        convert([old], library, Wishes(source=source), Progress())
    drop(qtbot, page, put(tmp_path, changed(a_title_report()), "new.tsv"))
    line = line_of(page, "new.tsv")
    assert line.todo is Todo.SOURCE
    page.review.table.choose_source()
    combo = page.review.table.findChild(QComboBox)
    assert isinstance(combo, QComboBox)
    assert combo.count() >= 2
    typed = combo.lineEdit()
    assert typed is not None
    typed.setText("Мой источник")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    settle(qtbot, page)
    line = line_of(page, "new.tsv")
    assert (line.fate, line.reviewed.proposal.name) == (Fate.ADD, "Мой источник")
    page.add_action.trigger()
    settle(qtbot, page)
    assert "Мой источник" in library.sources().names().values()


def test_that_space_leaves_a_report_out_and_takes_it_in(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    drop(qtbot, page, put(tmp_path, a_title_report()))
    table = page.review.table
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert (page.model.lines[0].fate, page.add_action.isEnabled()) == (Fate.LEFT_OUT, False)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert page.model.lines[0].fate is Fate.ADD


def test_that_of_two_files_that_differ_one_is_left_out(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    drop(qtbot, page, put(tmp_path, a_title_report(), "a.tsv"), put(tmp_path, changed(a_title_report()), "b.tsv"))
    assert [line.fate for line in page.model.lines] == [Fate.ADD, Fate.DECIDE]
    page.review.table.go_to(line_of(page, "a.tsv"))
    page.closer.decider.toggle_left_out()
    assert [line.fate for line in page.model.lines] == [Fate.LEFT_OUT, Fate.ADD]
    page.closer.decider.toggle_left_out()
    page.review.table.go_to(line_of(page, "b.tsv"))
    assert page.review.is_shown(page.review.difference)
    page.review.difference.choice.use.click()
    assert [line.fate for line in page.model.lines] == [Fate.LEFT_OUT, Fate.ADD]


def test_that_of_two_corrections_the_one_that_replaces_is_taken(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    library = page.context.library
    assert library is not None
    convert([put(tmp_path, a_title_report(), "old.tsv")], library, Wishes(), Progress())
    drop(qtbot, page, *(put(tmp_path, changed(a_title_report(), by), f"{by}.tsv") for by in (3, 5)))
    assert [line.todo for line in page.model.lines] == [Todo.DIFFERS, Todo.TWIN]
    page.closer.decider.set_loaded([line_of(page, "5.tsv")], "replace")
    assert [line.fate for line in page.model.lines] == [Fate.LEFT_OUT, Fate.REPLACE]
    page.review.table.go_to(line_of(page, "5.tsv"))
    assert page.review.is_shown(page.review.difference)
    said: list[Notice] = []
    page.said.connect(said.append)
    page.add_action.trigger()
    settle(qtbot, page)
    assert page.done.rest.text() == "1 was left out."
    assert page.header.title_text() == "Replaced 1 month in 1 report"
    assert page.done.proof.text().endswith("for each metric. 1 month replaced, 2 as before.")
    assert said[-1].text == (
        "Replaced 1 month in 1 report from 1 file: 1 source, Jan 2024. 1 month replaced, 2 as before."
    )


def test_that_after_adding_the_rest_is_judged_again_and_accounted_for(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    library = page.context.library
    assert library is not None
    report = a_title_report()
    twins = [put(tmp_path, json(report), "a.json"), put(tmp_path, report, "b.tsv")]
    damaged = word_for_count(a_title_report("Brill"))
    drop(qtbot, page, *twins, put(tmp_path, tsv(damaged.grid), "c.tsv"))
    assert [line.fate for line in page.model.lines] == [Fate.SAME, Fate.ADD, Fate.CANNOT]
    assert fate_words(page.model.lines[0]) == "Same as b.tsv"
    assert findings_of(page.model.lines[0])[0].title == "The same usage is in b.tsv"
    page.review.bar.choose_fate(Fate.ADD)
    read: list[str] = []  # right after the adding, or when the next file comes: as soon as there is time for it
    page.jobs.found.connect(lambda one: read.append(Path(one.file).name))
    page.add_action.trigger()
    settle(qtbot, page)
    said = "1 could not be added: c.tsv (1 damaged cell). 1 is the same as another file."
    assert page.done.rest.text() == said
    drop(qtbot, page, put(tmp_path, a_title_report("Sage"), "d.tsv"))
    assert [line.fate for line in page.model.lines] == [Fate.ALREADY, Fate.CANNOT, Fate.ADD]
    assert page.add_action.text() == "Add 1 report"
    assert read == ["a.json", "d.tsv"]  # what was added has nothing to do with c.tsv
    assert (page.review.bar.current(), page.review.lines.rowCount()) == (0, 3)


def test_that_reports_that_wait_are_offered_the_next_time(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    library = page.context.library
    assert library is not None
    convert([put(tmp_path, a_title_report(), "old.tsv")], library, Wishes(), Progress())
    drop(qtbot, page, put(tmp_path, changed(a_title_report()), "new.tsv"))
    page.context.remembered.save()
    again = open_page()
    assert again.empty.kept.isVisible()
    assert again.empty._kept_words.text() == "1 report waited for your decision when this library was open last."
    drop(qtbot, again, put(tmp_path, a_title_report("Brill"), "other.tsv"))
    again.context.remembered.save()
    again = open_page()
    assert again.empty._kept_words.text().startswith("2 reports waited here when this library was open last")
    again.empty.again.click()
    settle(qtbot, again)
    assert [line.fate for line in again.model.lines] == [Fate.DECIDE, Fate.ADD]
    again.closer.decider.set_left_out(again.model.lines, True)
    again.context.remembered.save()
    assert not open_page().empty.kept.isVisible()


def test_that_a_correction_beside_the_loaded_file_waits_for_a_decision(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    library = page.context.library
    assert library is not None
    old = put(tmp_path, a_title_report(), "a.tsv")
    convert([old], library, Wishes(), Progress())
    drop(qtbot, page, old, put(tmp_path, changed(a_title_report()), "b.tsv"))
    assert [line.todo for line in page.model.lines] == [Todo.ALREADY, Todo.DIFFERS]


def test_that_a_member_is_chosen(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    drop(qtbot, page, put(tmp_path, of_two_members(a_title_report())))
    (line,) = page.model.lines
    assert line.fate is Fate.DECIDE
    page.closer.choose_member(line, line.reviewed.members[1])
    settle(qtbot, page)
    assert page.model.lines[0].fate is Fate.ADD
    page.add_action.trigger()
    settle(qtbot, page)
    library = page.context.library
    assert library is not None
    assert library.holdings()[0].load.scope.member == line.reviewed.members[1]


def test_that_errors_are_rows_with_a_reason_and_the_others_go_on(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    files = [put(tmp_path, totals_only(a_title_report()), "a.tsv"), put(tmp_path, b"%PDF-1.7", "b.pdf")]
    drop(qtbot, page, *files, tmp_path / "none.tsv", put(tmp_path, a_title_report(), "c.tsv"))
    assert [line.fate for line in page.model.lines] == [Fate.CANNOT] * 3 + [Fate.ADD]
    assert page.add_action.text() == "Add 1 report"
    page.review.table.go_to(line_of(page, "none.tsv"))
    assert page.review.findings.title.text()
    assert [button.text() for button in page.review.findings.buttons[:2]] == ["Try again", "Remove from the list"]
    assert len(page.review.findings.tree.findings) == 1
    page.review.findings.buttons[1].click()
    assert [line.reviewed.file[-5:] for line in page.model.lines] == ["a.tsv", "b.pdf", "c.tsv"]
    page.review.table.go_to(line_of(page, "b.pdf"))
    QTest.keyClick(page.review.table, Qt.Key.Key_Delete)
    assert [line.reviewed.file[-5:] for line in page.model.lines] == ["a.tsv", "c.tsv"]
    assert files[1].exists()
    page.closer.decider.remove_all()
    assert page.stack.currentWidget() is page.empty


def test_that_where_the_program_goes_is_all_that_is_selected_though_ctrl_is_held(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    drop(qtbot, page, put(tmp_path, a_title_report("Sage"), "a.tsv"), put(tmp_path, a_title_report(), "b.tsv"))
    page.window().show()
    table = page.review.table
    table.go_to(line_of(page, "a.tsv"))
    QTest.keyPress(page.window().windowHandle(), Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    table.go_to(line_of(page, "b.tsv"))
    QTest.keyRelease(page.window().windowHandle(), Qt.Key.Key_Control)
    assert [line.reviewed.file[-5:] for line in table.selected_lines()] == ["b.tsv"]


def test_that_a_file_that_could_not_be_read_or_is_open_elsewhere_can_be_read_again(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    drop(qtbot, page, tmp_path / "in" / "report.xlsx")
    assert [line.fate for line in page.model.lines] == [Fate.CANNOT]
    put(tmp_path, xlsx(a_title_report()), "report.xlsx")
    lock = put(tmp_path, b"\x05Ortiz", "~$report.xlsx")
    page.review.findings.buttons[0].click()  # Try again
    settle(qtbot, page)
    assert [line.fate for line in page.model.lines] == [Fate.ADD]
    assert "Read it again" in [button.text() for button in page.review.findings.buttons]
    lock.unlink()
    page.review.findings.buttons[0].click()
    settle(qtbot, page)
    assert [line.fate for line in page.model.lines] == [Fate.ADD]
    assert "Read it again" not in [button.text() for button in page.review.findings.buttons]


def test_that_halves_of_a_year_are_said_to_be_its_parts(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    halves = [a_report(R51, "TR", months=6, begin=date(2024, month, 1)) for month in (1, 7)]
    drop(qtbot, page, put(tmp_path, halves[0], "first.tsv"))
    assert "beside" not in page.review.difference.title.text()
    page.add_action.trigger()
    settle(qtbot, page)
    drop(qtbot, page, put(tmp_path, halves[1], "second.tsv"))
    assert page.model.lines[0].fate is Fate.ADD
    assert page.review.difference.title.text() == (
        "Jul – Dec 2024 are added beside Jan – Jun 2024, which is loaded already. Both are kept. "
        "Together they are the whole of 2024; no use is counted twice."
    )


def test_that_an_empty_folder_is_said_to_be_one(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page, said = open_page(), list[Notice]()
    page.said.connect(said.append)
    (tmp_path / "in").mkdir()
    drop(qtbot, page, tmp_path / "in")
    assert [one.text for one in said] == ["There is no file in what was opened."]
    assert page.stack.currentWidget() is page.empty
    drop(qtbot, page, put(tmp_path, a_title_report()))
    assert [line.fate for line in page.model.lines] == [Fate.ADD]


def test_that_a_file_that_changed_is_not_added_and_said_so(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    drop(qtbot, page, put(tmp_path, a_title_report()))
    put(tmp_path, changed(a_title_report()))
    page.add_action.trigger()
    settle(qtbot, page)
    assert "changed" in page.done.failed.text()
    assert page.header.title_text() == "Nothing was added"
    assert page.done._glyph.accessibleName() == "Please check"
    assert page.context.library is not None
    assert page.context.library.holdings() == ()


def test_that_checking_can_be_stopped_and_nothing_is_lost(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    files = [put(tmp_path, a_title_report(), f"{number}.tsv") for number in range(6)]
    broken, said = put(tmp_path, b"%PDF-1.7", "0.pdf"), list[Notice]()
    page.rounds.stopped.connect(said.append)
    page.receive([broken, *files])
    assert page.jobs.checking is not None
    page.jobs.checking.cancel()
    settle(qtbot, page)
    assert len(page.model.lines) < 6
    assert page.stack.currentWidget() in {page.review, page.empty}
    drop(qtbot, page, broken, *files)
    assert len(page.model.lines) == 7
    page.rounds.again()
    page.jobs.checking.cancel()
    settle(qtbot, page)
    assert said[-1].text == "Stopped: 6 reports were read. Nothing has been written."  # the seventh line is none


def test_that_adding_can_be_stopped_with_nothing_written(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    drop(qtbot, page, put(tmp_path, a_title_report()))
    page.add_action.trigger()
    page.context.runner.cancel_all()
    settle(qtbot, page)
    assert page.stack.currentWidget() is page.review
    assert page.context.library is not None
    assert page.context.library.holdings() == ()
    assert page.add_action.isEnabled()


def test_that_files_that_come_before_the_library_wait_for_it(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    library = page.context.library
    page.context.set_library(None)
    page.receive([put(tmp_path, a_title_report())])
    assert page.model.lines == []
    page.context.set_library(library)
    settle(qtbot, page)
    assert len(page.model.lines) == 1


def test_that_chips_and_find_narrow_and_escape_widens(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    odd = grid(a_title_report("Sage"))
    odd[12][-1] = "1,0"
    checked = put(tmp_path, tsv(odd), "z.tsv")
    others = put(tmp_path, a_title_report(), "a.tsv"), put(tmp_path, totals_only(a_title_report()), "b.tsv")
    drop(qtbot, page, *others, checked)
    assert "2 reports will be added; 1 of them has findings to check." in page.header.summary_text()
    assert [page.review.lines.index(row, Part.FILE).data() for row in range(3)] == ["b.tsv", "z.tsv", "a.tsv"]
    page.review.bar.choose(3)
    assert (page.review.bar.chips[3].text(), page.review.lines.rowCount()) == ("Please check 1", 1)
    page.closer.decider.remove([line_of(page, "z.tsv")])
    assert (page.review.bar.current(), page.review.lines.rowCount()) == (0, 2)
    page.review.bar.choose(7)
    assert page.review.lines.rowCount() == 1
    chip = page.review.bar.chips[7]
    heavy = QFont(chip.font())
    heavy.setWeight(QFont.Weight.DemiBold)
    assert chip.minimumWidth() > QFontMetrics(heavy).horizontalAdvance(chip.text())
    assert page.step_back()
    page.do("find")
    page.review.bar.find_edit.setText("a.tsv")
    assert page.review.lines.rowCount() == 1
    assert page.step_back()
    assert page.review.lines.rowCount() == 2
    assert not page.step_back()


def test_that_every_control_has_a_name_and_rows_are_read_in_words(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    QAbstractItemModelTester(page.model)
    QAbstractItemModelTester(page.review.lines)
    damaged = word_for_count(a_report(R4, "JR1", months=12, titles=12, platform="JSTOR"))
    drop(qtbot, page, put(tmp_path, tsv(damaged.grid)))
    assert list(nameless(page)) == []
    said = page.review.table.model().index(0, Part.FATE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Cannot: 1 damaged cell. Journal Report 1, release 4, JSTOR, January 2017 to December 2017")
    views = [view for view in page.findChildren(QAbstractItemView) if view.isVisible() and view.model().rowCount()]
    assert views
    assert all(view.currentIndex().isValid() for view in views)


@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("layout", list(LayoutClass))
def test_that_every_tab_fits_in_every_layout(
    open_page: Open, qtbot: QtBot, tmp_path: Path, layout: LayoutClass, text: int
) -> None:
    page = open_page()
    page.context.set_settings(Settings(text_size=text, colours=Colours.LIGHT))
    page.layout_class_changed(layout)
    long = a_title_report(platform="Ж" * 90 + "中" * 90)
    drop(qtbot, page, put(tmp_path, long), put(tmp_path, json(a_title_report()), "x.json"))
    page.resize(1080, 560)
    for number in range(page.review.tabs.count()):
        page.review.tabs.setCurrentIndex(number)
        settle(qtbot, page)
        assert not page.review.table.horizontalScrollBar().isVisible()
        assert page.minimumSizeHint().width() <= 1240
    page.context.set_settings(Settings(colours=Colours.LIGHT))


def test_that_the_message_to_the_publisher_is_copied(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    drop(qtbot, page, put(tmp_path, tsv(word_for_count(a_title_report()).grid)))
    button = next(one for one in page.review.findings.buttons if "publisher" in one.text())
    button.click()
    settle(qtbot, page)
    assert "Dear colleagues" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("#####", "1.2E+3"), "A spreadsheet program"),
        (("-3", "(3)"), "A count is never below 0"),
        (("1.5",), "A count is a whole number"),
        (("n/a",), "Ask the publisher"),
    ],
)
def test_that_the_advice_follows_what_stands_in_the_cell(values: tuple[str, ...], words: str) -> None:
    assert advice(values).startswith(words)
    assert advice(values) == advice(values[:1])


def test_that_nothing_moves_away_when_it_is_decided(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    library = page.context.library
    assert library is not None
    convert([put(tmp_path, a_title_report(), "old.tsv")], library, Wishes(), Progress())
    other = a_title_report(platform="Brill")
    drop(qtbot, page, put(tmp_path, replace(other), "a.tsv"), put(tmp_path, changed(a_title_report()), "b.tsv"))
    names = [page.review.lines.line(page.review.lines.index(row, 0)) for row in range(2)]
    assert names[0] is line_of(page, "b.tsv")
    page.review.difference.keep.click()
    assert page.review.lines.line(page.review.lines.index(0, 0)) is names[0]


def test_that_a_file_name_that_is_cut_can_be_read_without_a_mouse(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    name = "TR_Universität_Nebelheim_Rowan_Shelf_2024-01_2024-03_final_corrected.tsv"
    drop(qtbot, page, put(tmp_path, a_title_report(), name))
    assert page.review.table.hidden_parts() == ()
    assert page.review.reading_line.isVisible()
    assert page.review.reading_line.full_text() == name
    drop(qtbot, page, put(tmp_path, a_title_report("Kelp"), "a.tsv"))
    page.closer.decider.remove([line_of(page, name)])
    settle(qtbot, page)
    page.review.table.restyle()
    qtbot.waitUntil(lambda: not page.review.reading_line.isVisible())


def test_that_a_missing_month_that_comes_with_changed_ones_is_named(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    loaded = [
        put(tmp_path, a_report(R51, "TR", months=2, begin=date(2025, month, 1)), f"{month}.tsv") for month in (2, 5)
    ]
    drop(qtbot, page, *loaded)
    page.add_action.trigger()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.done)
    settle(qtbot, page)
    drop(qtbot, page, put(tmp_path, a_report(R51, "TR", months=6, begin=date(2025, 2, 1), seed=5), "whole.tsv"))
    told = page.review.difference.foot.full_text()
    assert told.startswith("Apr 2025 was missing and comes with it. 1 month new.")
    line_of(page, "whole").if_loaded = "aside"
    assert foot_words(line_of(page, "whole")).startswith("2 months new.")


def test_that_the_row_of_a_report_counts_what_its_list_of_findings_counts(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    drop(qtbot, page, put(tmp_path, a_report(R4, "JR1", months=12, created="2017-10-05")))
    (line,) = page.model.lines
    counts = [one.count for one in findings_of(line) if level_word(one.level) == "Please check"]
    assert len(counts) < len(findings_of(line))
    assert cell_words(line, Part.FINDINGS) == f"Please check · {sum(counts)}"


def test_that_the_head_counts_the_reports_that_the_list_shows(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page()
    bare = delimited(without_header(a_report(R4, "JR1", months=3)), ",")
    drop(qtbot, page, put(tmp_path, a_title_report()), put(tmp_path, bare, "old.csv"))
    assert {line.reviewed.is_report for line in page.model.lines} == {True, False}
    assert page.review.bar.chips[0].text() == "Reports 2"
    assert page.header.summary_text().startswith("2 reports found in 2 files.")
