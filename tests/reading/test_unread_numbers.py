"""The last guard: a report with numbers that no reader took is never empty, and never stored without them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from nolcat_desktop.conversion import stopped_by
from nolcat_desktop.counter.release import Release
from tests.builders import Grid, a_report, grid, tsv
from tests.builders.sushi import sushi
from tests.reading.found import report, rules
from tests.reading.json_reports import header5, item5, of, part5, read

JR1, TR = a_report(Release.R4, "JR1", months=3), a_report(Release.R5, "TR", months=3)
PART, MORE = (part5(month, day, ("No_License", 3)) for month, day in (("2022-01", 31), ("2022-02", 28)))
UNREAD = "Numbers stand where no report has any"


def headings(cells: Grid) -> int:
    return next(n for n, row in enumerate(cells) if len(row) > 6)


def without_headings(cells: Grid) -> Grid:
    return [row for n, row in enumerate(cells) if n != headings(cells)]


def with_foreign_headings(cells: Grid) -> Grid:
    return [[f"X{n}" for n in range(len(row))] if row is cells[headings(cells)] else row for row in cells]


def far_below(cells: Grid) -> Grid:
    return [*cells[: headings(cells)], *[["remark"]] * 120, *cells[headings(cells) :]]


@pytest.mark.parametrize("change", [without_headings, with_foreign_headings, far_below])
@pytest.mark.parametrize("whole", [JR1, TR])
def test_that_a_table_whose_headings_nobody_can_read_is_not_empty(change: Callable[[Grid], Grid], whole: Any) -> None:
    problem = stopped_by(report(tsv(change(grid(whole)))))
    assert problem is not None
    assert problem.title == UNREAD
    assert problem.position


def test_that_a_total_without_any_row_is_not_empty() -> None:
    cells = grid(JR1)
    start = headings(cells)
    total = next(row for row in cells if row[0].startswith("Total for all"))
    problem = stopped_by(report(tsv([*cells[: start + 1], total])))
    assert problem is not None
    assert str(problem.position).endswith(str(start + 2))
    zeros = [text if n < 7 else "0" for n, text in enumerate(total)]
    assert stopped_by(report(tsv([*cells[: start + 1], zeros]))) is None


@pytest.mark.parametrize("whole", [JR1, TR])
@pytest.mark.parametrize("more", [0, 1])
def test_that_a_header_alone_is_empty(whole: Any, more: int) -> None:
    cells = grid(whole)
    empty = report(tsv(cells[: headings(cells) + more]))
    assert stopped_by(empty) is None
    assert "F-unread" not in rules(empty)


ELEMENTS = ["ReportItems", "ItemPerformance", "Instance"]


@pytest.mark.parametrize("name", ELEMENTS)
def test_that_elements_of_another_name_are_not_left_behind(name: str) -> None:
    whole = sushi(JR1).decode()
    assert stopped_by(report(whole.encode())) is None
    start = whole.index(f":{name}>")
    for text in (whole.replace(f":{name}>", f":{name}s>"), whole[:start] + whole[start:].replace(name, f"{name}s", 2)):
        problem = stopped_by(report(text.encode()))
        assert problem is not None
        assert f"{name}s" in str(problem.position)


def test_that_items_beside_the_report_are_not_left_behind() -> None:
    item = (
        "<ReportItems><ItemName>A</ItemName><ItemPlatform>P</ItemPlatform><ItemDataType>Journal</ItemDataType>"
        "<ItemPerformance><Period><Begin>2017-01-01</Begin><End>2017-01-31</End></Period><Category>Requests</Category>"
        "<Instance><MetricType>ft_total</MetricType><Count>5</Count></Instance></ItemPerformance></ReportItems>"
    )
    around = "<Vendor><ID>v</ID></Vendor><Customer><ID>c</ID></Customer></Report>"
    definition = (
        '<ReportDefinition Name="JR1" Release="4"><Filters><UsageDateRange><Begin>2017-01-01</Begin>'
        "<End>2017-01-31</End></UsageDateRange></Filters></ReportDefinition>"
    )
    for beside, is_stopped in ((item, True), ("", False)):
        text = f'<R>{definition}<Report Name="JR1" Version="4" Created="2017-05-01">{around}{beside}</R>'
        assert (stopped_by(report(text.encode())) is not None) is is_stopped


def _in_header(tree: dict[str, Any]) -> None:
    tree["Report_Header"]["Report_Items"] = tree.pop("Report_Items")


def _in_a_list(tree: dict[str, Any]) -> None:
    tree["Report_Items"] = [tree["Report_Items"]]


def _as_text(tree: dict[str, Any]) -> None:
    tree["Report_Items"] = [json.dumps(one) for one in tree["Report_Items"]]


def _beside(tree: dict[str, Any]) -> None:
    tree["Report_Items_2"] = [tree["Report_Items"].pop()]


def _below(tree: dict[str, Any]) -> None:
    tree["Report_Items"][0]["Children"] = [tree["Report_Items"].pop()]


def _in_parts(tree: dict[str, Any]) -> None:
    tree["Report_Items"][0]["More_Performance"] = [tree["Report_Items"][0]["Performance"].pop()]


def _of_the_other_release(tree: dict[str, Any]) -> None:
    tree["Report_Items"][1]["Attribute_Performance"] = [{"Performance": {"No_License": {"2022-01": 3}}}]


@pytest.mark.parametrize(
    "change", [_in_header, _in_a_list, _as_text, _beside, _below, _in_parts, _of_the_other_release]
)
def test_that_counts_elsewhere_in_json_are_not_left_behind(change: Callable[[dict[str, Any]], None]) -> None:
    tree = of(header5(), item5(PART, MORE), item5(PART, MORE))
    assert stopped_by(read(tree)) is None
    change(tree)
    problem = stopped_by(read(tree))
    assert problem is not None
    assert problem.title == UNREAD
    assert problem.position


def test_that_counts_under_a_repeated_name_are_not_left_behind() -> None:
    whole = json.dumps(of(header5(), item5(PART, MORE)))
    twice = whole.replace('"Performance": [', f'"Performance": {json.dumps([PART])}, "Performance": [', 1)
    assert whole != twice
    assert stopped_by(report(twice.encode(), "a.json")) is not None


def test_that_an_item_without_performance_is_empty() -> None:
    item = {name: value for name, value in item5().items() if name != "Performance"} | {"YOP": 2019}
    assert stopped_by(read(of(header5(), item))) is None


def test_that_the_exception_for_no_usage_is_still_empty() -> None:
    header = header5() | {"Exceptions": [{"Code": 3030, "Message": "No Usage Available"}]}
    assert stopped_by(read(of(header))) is None


@pytest.mark.parametrize("whole", [JR1, TR])
def test_that_rows_above_the_headings_are_not_left_behind(whole: Any) -> None:
    cells = grid(whole)
    start = headings(cells)
    items = [row for row in cells[start + 1 :] if any(int(text or 0) > 0 for text in row[-3:])]
    moved = [*cells[:start], items[-1], cells[start], *(row for row in cells[start + 1 :] if row is not items[-1])]
    problem = stopped_by(report(tsv(moved)))
    assert problem is not None
    assert str(problem.position).rstrip("0123456789").isalpha()
    assert str(problem.position).endswith(str(start + 1))
    years = [
        *cells[:start],
        ["Usage", "of the", "years", *[""] * (len(cells[start]) - 6), *["2017"] * 3],
        *cells[start:],
    ]
    assert stopped_by(report(tsv(years))) is None


@pytest.mark.parametrize(("text", "is_stopped"), [("", True), ("x", True), ("0", False)])
def test_that_totals_beside_blank_or_spoiled_months_are_no_usage_of_zero(text: str, is_stopped: bool) -> None:
    cells = grid(TR)
    start = headings(cells)
    rows = [[*row[:-3], *[text] * 3] for row in cells[start + 1 :]]
    total = cells[start].index("Reporting_Period_Total")
    if not is_stopped:
        rows = [[*row[:total], "0", *row[total + 1 :]] for row in rows]
    assert (stopped_by(report(tsv([*cells[: start + 1], *rows]))) is not None) is is_stopped
