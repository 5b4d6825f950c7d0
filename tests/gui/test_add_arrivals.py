"""What comes into Add reports beside what is there already: it is seen, marked, and in front; and it is asked once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.pages.add_lines import Fate
from nolcat_desktop.gui.pages.add_model import NEW_ROLE, Part
from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.add_words import spoken_line
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import Told
from nolcat_desktop.settings import Colours, Settings
from nolcat_desktop.workflow import Wishes, convert
from tests.builders import Abstract, a_report, grid, tsv, workbook
from tests.builders.damage import word_for_count
from tests.gui.frame_builders import now, settled
from tests.gui.test_add_page import drop, put
from tests.reading.quirk_tables import jr1
from tests.workflow.shelf import changed

Open = Callable[..., AddPage]


@pytest.fixture
def open_page(make_place: Callable[..., Any], tmp_path: Path) -> Open:
    return lambda: make_place(AddPage, Library.open(tmp_path / "library", now), now, (1080, 640))


def a_title_report(platform: str) -> Abstract:
    return a_report(Release.R51, "TR", months=1, titles=2, platform=platform)


def spoiled(platform: str) -> bytes:
    return tsv(word_for_count(a_title_report(platform)).grid)


def in_front(page: AddPage) -> str:
    line = page.review.current()
    return Path(line.reviewed.file).name if line is not None else ""


def marked(page: AddPage) -> list[str]:
    """Names of the files that are marked as new, in the order shown."""
    rows = page.review.lines
    shown = [rows.index(row, Part.FATE) for row in range(rows.rowCount())]
    return [Path(line.reviewed.file).name for one in shown if one.data(NEW_ROLE) and (line := rows.line(one))]


def test_that_what_came_last_is_marked_and_what_needs_attention_of_it_in_front(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    drop(qtbot, page, *(put(tmp_path, spoiled(f"Old {n}"), f"old{n}.tsv") for n in range(4)))
    assert (in_front(page), marked(page)) == ("old0.tsv", [])
    sound, damaged = put(tmp_path, a_title_report("New"), "new.tsv"), put(tmp_path, spoiled("Bad"), "bad.tsv")
    page.review.bar.choose_fate(Fate.CANNOT)
    drop(qtbot, page, sound, damaged)
    assert (in_front(page), marked(page)) == ("bad.tsv", ["bad.tsv", "new.tsv"][:1])
    page.review.bar.choose(0)
    assert marked(page) == ["bad.tsv", "new.tsv"]
    table = page.review.table
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    assert page.header.summary_text().startswith(
        "6 reports found in 6 files, 2 of them new. Nothing has been written yet."
    )
    line = page.review.current()
    assert line is not None
    assert ". new, " in spoken_line(line)
    page.review.bar.choose_fate(Fate.CANNOT)
    drop(qtbot, page, put(tmp_path, a_title_report("Other"), "other.tsv"))  # the chip would hide it
    assert (in_front(page), marked(page), page.review.bar.current()) == ("other.tsv", ["other.tsv"], 0)
    drop(qtbot, page, put(tmp_path, spoiled("Old 3"), "old3.tsv"))  # was there
    assert (in_front(page), marked(page)) == ("old3.tsv", [])
    page.rounds.again()
    settled(qtbot, page.context.runner)
    assert in_front(page) == "old3.tsv"


def test_that_what_was_said_of_a_workbook_is_kept_for_another_day_when_one_sheet_was_added(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    bare = {name: jr1(months=[f"{month}-2017" for month in months.split()])[7:]
            for name, months in (("A", "Jan Feb Mar"), ("B", "Apr May Jun"), ("C", "Jul Aug Sep"))}  # fmt: skip
    book = workbook({"PR": grid(a_report(Release.R51, "PR", months=1, titles=1)), **bare})
    page = open_page()
    drop(qtbot, page, put(tmp_path, book, "old years.xlsx"))
    assert [line.fate for line in page.model.lines] == [Fate.ADD, *[Fate.DECIDE] * 3]
    answerer = page.closer.answerer
    for row, code in ((1, "JR1a"), (2, "JR1")):
        line = page.model.lines[row]
        answerer.say_of(line, replace(line.reviewed.answer, told=Told(code)))
        settled(qtbot, page.context.runner)
    page.closer.decider.set_left_out([page.model.lines[2]], True)
    page.add_action.trigger()
    settled(qtbot, page.context.runner)
    page.context.remembered.save()
    page = open_page()
    page.empty.again.click()
    settled(qtbot, page.context.runner)
    assert [(line.reviewed.told.report_type, line.fate) for line in page.model.lines] == [
        (None, Fate.ALREADY), ("JR1a", Fate.ALREADY), ("JR1", Fate.LEFT_OUT), (None, Fate.DECIDE),
    ]  # fmt: skip


def test_that_findings_say_what_waits_for_a_decision_and_list_and_tabs_share_the_height(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    library, report = page.context.library, a_title_report("Rowan Shelf")
    assert library is not None
    convert([put(tmp_path, report, "old.tsv")], library, Wishes(), Progress())
    drop(qtbot, page, put(tmp_path, changed(report), "new.tsv"))
    review = page.review
    review.show_pane(review.findings)
    said = "Nothing is wrong in it. 1 month differs from what is loaded. Decide it in the tab Difference."
    assert review.findings.title.text() == said
    assert review.findings.buttons[0].text() == "See the difference"
    review.findings.buttons[0].click()
    assert review.is_shown(review.difference)
    review.difference.keep.click()
    assert review.findings.title.text() == "Nothing was found."
    for text_size in (200, 100):
        page.context.set_settings(Settings(text_size=text_size, colours=Colours.LIGHT))
        QApplication.processEvents()
    qtbot.waitUntil(lambda: abs(share(page) - 0.46) < 0.02)


def share(page: AddPage) -> float:
    """Of the height, the list's part."""
    upper, lower = page.review.splitter.sizes()
    return upper / (upper + lower)
