"""Release 4: further rules, each with a report that breaks it and one that comes close and does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from openpyxl import Workbook

from nolcat_desktop.counter.release import Release
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import Report
from tests.builders import Abstract, a_report, damage, grid, xlsx
from tests.builders.grid import Grid
from tests.validation.judging import as_bytes, judge, told

TOP = 7
"""Index of the row of headings."""


@cache
def sound(report_id: str) -> Abstract:
    return a_report(Release.R4, report_id, titles=2)


def cell(position: str, text: str, report_id: str = "JR1") -> Grid:
    return damage.with_cell(grid(sound(report_id)), position, text)


def columns(report_id: str, change: Callable[[list[str]], list[str]]) -> Grid:
    """A sound report with every line from the headings down changed in the same way."""
    return [change(list(line)) if n >= TOP else line for n, line in enumerate(grid(sound(report_id)))]


def at(name: str, report_id: str) -> int:
    return grid(sound(report_id))[TOP].index(name)


def without(name: str, report_id: str) -> Grid:
    place = at(name, report_id)
    return columns(report_id, lambda line: [*line[:place], *line[place + 1 :]])


def swapped(report_id: str, one: int, other: int) -> Grid:
    def swap(line: list[str]) -> list[str]:
        line[one], line[other] = line[other], line[one]
        return line

    return columns(report_id, swap)


def heading(name: str, text: str, report_id: str = "JR1") -> Grid:
    cells = grid(sound(report_id))
    cells[TOP][cells[TOP].index(name)] = text
    return cells


def item(names: tuple[str, ...], text: str, report_id: str) -> Grid:
    """A sound report whose last item has this text in the columns of these headings."""
    cells = grid(sound(report_id))
    for name in names:
        cells[-1][at(name, report_id)] = text
    return cells


def further(head: str, texts: tuple[str, ...], report_id: str = "JR1") -> Grid:
    """A sound report with one more column before the total."""
    cells = grid(sound(report_id))
    place = at("Reporting Period Total", report_id)
    filled = [head, "", *(texts[n % len(texts)] for n in range(len(cells)))]
    return [[*line[:place], filled[n - TOP], *line[place:]] if n >= TOP else line for n, line in enumerate(cells)]


def blank_total(most: int) -> Grid:
    """The total row without the numbers of its first columns that are counted."""
    cells = grid(sound("JR1"))
    place = at("Reporting Period Total", "JR1")
    cells[TOP + 1] = [text if n < place or n >= place + most else "" for n, text in enumerate(cells[TOP + 1])]
    return cells


def searches_with_total() -> Grid:
    cells = grid(sound("DB1"))
    place = at("Reporting Period Total", "DB1")
    sums = [str(sum(int(line[n] or 0) for line in cells[TOP + 1 :])) for n in range(place, len(cells[TOP]))]
    return [*cells[: TOP + 1], ["Total for all databases", *[""] * (place - 1), *sums], *cells[TOP + 1 :]]


IDS = ("Journal DOI", "Proprietary Identifier", "Print ISSN", "Online ISSN")
CASES: list[tuple[str, Callable[[], Grid], Callable[[], Grid]]] = [
    ("H09", lambda: cell("B3", "", "BR2"), lambda: grid(sound("BR2"))),
    ("H14", lambda: cell("A5", "2017-01-01 - 2017-03-31"), lambda: cell("A5", "2017-01-01 to 2017-03-31")),
    ("H18", lambda: cell("A7", "12 April 2017"), lambda: cell("A7", "2017-04-12")),
    ("H21", lambda: [[""], *grid(sound("JR1"))], lambda: grid(sound("JR1"))),
    ("K03", lambda: cell("A8", "Title", "BR1"), lambda: cell("A8", "", "BR1")),
    ("K04", lambda: swapped("JR1", 1, 2), lambda: grid(sound("JR1"))),
    ("K07", lambda: without("Journal", "JR1"), lambda: heading("Journal", "journal")),
    ("K08", lambda: without("Access Denied Category", "JR2"), lambda: grid(sound("JR2"))),
    ("K11", lambda: further("Shelf mark", ("x",)), lambda: grid(sound("JR1"))),
    ("M01", lambda: [line[:-3] if n >= TOP else line for n, line in enumerate(grid(sound("JR1")))],
     lambda: [line[:-2] if n >= TOP else line for n, line in enumerate(grid(sound("JR1")))]),
    ("M03", lambda: heading("Feb-2017", "lip-2017"), lambda: heading("Feb-2017", "02/2017")),
    ("M08", lambda: swapped("JR2", at("Reporting Period Total", "JR2"), -1), lambda: grid(sound("JR2"))),
    ("M09", lambda: cell("A7", "2017-02-15"), lambda: cell("A7", "2017-03-15")),
    ("T06", lambda: blank_total(99), lambda: blank_total(1)),
    ("T10", searches_with_total, lambda: grid(sound("DB1"))),
    ("V01", lambda: item(("Journal",), "", "JR1"), lambda: item(("Journal",), "0", "JR1")),
    ("V05", lambda: item(("Access Denied Category",), "Access denied: content item not licenced", "JR2"),
     lambda: grid(sound("JR2"))),
    ("V23", lambda: item(IDS, "", "JR1"), lambda: item(IDS[1:], "", "JR1")),
    ("V26", lambda: item(("Data Type",), "Thesis", "TR1"), lambda: item(("Data Type",), "journal", "TR1")),
    ("V26", lambda: item(("Data Type",), "", "TR1"), lambda: item(("Data Type",), "Book", "TR1")),
    ("A09", lambda: further("Customer", ("College A", "College B")), lambda: further("Customer", ("College A",))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "broken", "close"), CASES, ids=[f"{n}-{rule}" for n, (rule, *_) in enumerate(CASES)])
def test_that_a_rule_speaks_where_it_is_broken_and_nowhere_else(
    rule: str, broken: Callable[[], Grid], close: Callable[[], Grid]
) -> None:
    assert f"R4-{rule}" in told(broken())
    assert f"R4-{rule}" not in told(close())


@pytest.mark.parametrize(
    "report_id", ["JR1", "JR1GOA", "JR1a", "JR2", "BR1", "BR2", "BR3", "DB1", "DB2", "PR1", "MR1", "TR1", "TR2"]
)
def test_that_nothing_is_said_of_a_sound_report_and_its_total_rows(report_id: str) -> None:
    said = judge(as_bytes(sound(report_id)))
    assert said.filter(said["rule"] != "N-not-carried").rows() == []


def test_that_a_total_row_beyond_those_expected_is_told() -> None:
    cells = grid(sound("JR1"))
    more = judge(as_bytes([*cells[: TOP + 2], cells[TOP + 1], *cells[TOP + 2 :]]))
    assert more.filter(more["rule"] == "T-left-out").get_column("position").to_list() == ["10"]


@pytest.mark.parametrize("label", ["Time covered", "", "Zeitraum"])
def test_that_what_stands_below_another_label_is_read_if_it_has_the_form(label: str) -> None:
    sound_rules, other = told(grid(sound("JR1"))), told(damage.with_cell(cell("A4", label), "A6", label))
    assert set(other) - set(sound_rules) == {"R4-H13"}
    (found,) = read_content(as_bytes(damage.with_cell(cell("A4", label), "A6", label)), "report.tsv")
    assert isinstance(found, Report)
    (wanted,) = read_content(as_bytes(sound("JR1")), "report.tsv")
    assert isinstance(wanted, Report)
    read = (found.header.texts, found.header.begin, found.header.end, found.header.created)
    assert read == (wanted.header.texts, wanted.header.begin, wanted.header.end, wanted.header.created)


def test_that_a_period_without_the_form_is_still_told_as_unreadable() -> None:
    assert "R4-H15" in told(damage.with_cell(cell("A4", "Time covered"), "A5", "the first quarter"))


UNUSED = replace(sound("JR1").rows[-1], counts=dict.fromkeys(sound("JR1").rows[-1].counts, 0))
NEARLY = grid(replace(sound("JR1"), rows=(*sound("JR1").rows[:-1], UNUSED)))
SHORT = [*NEARLY[:-1], NEARLY[-1][:-1]]
AS_FILES: list[tuple[str, bytes, bytes]] = [
    ("F02", "\n".join("\t".join(line) for line in cell(f"A{TOP + 3}", "Zähler")).encode("cp1252"),
     as_bytes(cell(f"A{TOP + 3}", "Zähler"))),
    ("F09", as_bytes(cell("A1", "Journal Report 1")), as_bytes(cell("A1", "Journal Report 1 (R4)"))),
    ("K12", as_bytes(heading("Journal DOI", "Proprietary Identifier")), as_bytes(grid(sound("JR1")))),
    ("V28", as_bytes(SHORT), as_bytes(grid(sound("JR1")))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "broken", "close"), AS_FILES, ids=[rule for rule, *_ in AS_FILES])
def test_that_a_rule_of_files_speaks_where_it_is_broken_and_nowhere_else(
    rule: str, broken: bytes, close: bytes
) -> None:
    assert f"R4-{rule}" in judge(broken)["rule"].to_list()
    assert f"R4-{rule}" not in judge(close)["rule"].to_list()


def test_that_two_reports_in_a_workbook_are_told_in_release_4_too() -> None:
    book = Workbook()
    book.remove(book.active)
    for report_id in ("JR1", "DB1"):
        sheet = book.create_sheet(report_id)
        for line in grid(sound(report_id)):
            sheet.append(line)
    target = BytesIO()
    book.save(target)
    assert "R4-F03" in judge(target.getvalue(), "both.xlsx")["rule"].to_list()
    assert "R4-F03" not in judge(xlsx(sound("JR1")), "one.xlsx")["rule"].to_list()
