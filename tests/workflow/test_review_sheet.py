"""Reports without letters as a spreadsheet shows them: each count is found by its path, and no other beside it."""

from __future__ import annotations

import pickle
from dataclasses import replace

import polars as pl
import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import ROW
from nolcat_desktop.validation import validate
from nolcat_desktop.workflow.review_sheet import place_of, sheet_of, surroundings, what_stands_at
from tests.builders import a_report, json, tsv
from tests.builders.sushi import sushi
from tests.reading.found import report as found

FILES = {
    "5.json": json(a_report(Release.R5, "TR", months=2, titles=2)),
    "5.1.json": json(a_report(Release.R51, "TR", months=2, titles=2)),
    "4.xml": sushi(a_report(Release.R4, "JR1", months=2, titles=2)),
}


@pytest.mark.parametrize("name", FILES)
def test_that_each_count_of_an_object_stands_at_its_own_cell(name: str) -> None:
    report = found(FILES[name], name)
    sheet = pickle.loads(pickle.dumps(sheet_of(report)))  # noqa: S301 - as it comes from the process that reads
    months = [column for column in sheet.cells.columns if column[:1].isdigit()]
    assert len(months) == 2
    seen, position = set[str](), ""
    for month in months:
        for row, position in enumerate(report.positions.cells(report.items[ROW], month)):
            if sheet.cells[month][row] is not None:
                assert place_of(sheet, position) == (row, sheet.cells.columns.index(month))
                seen.add(position)
    assert len(seen) >= sheet.cells.height
    assert place_of(sheet, ".Nowhere[0]") == (None, None)
    around = surroundings(report, position)
    assert around.row is not None
    assert around.column is not None
    assert around.sheet.cells[around.row, around.column] == sheet.cells[months[-1]][-1]


def test_that_beside_a_cell_far_to_the_right_stand_its_title_and_its_metric() -> None:
    report = found(tsv(a_report(Release.R5, "TR", months=12)), "TR.tsv")
    position = report.headings[-1].position.rstrip("0123456789") + "16"
    around = surroundings(report, position)
    headings = [around.sheet.cells[0, at] for at in range(around.sheet.cells.width)]
    assert (headings[0], headings[1], len(headings)) == ("Title", "Metric_Type", 6)
    assert around.row is not None
    assert around.column == len(headings) - 1
    whole, row = sheet_of(report), sheet_of(report).row_named("16")
    assert row is not None
    assert around.sheet.cells[around.row, 0] == whole.cells[row, 0]


def test_that_of_a_whole_row_its_title_its_metric_and_its_first_counts_are_shown() -> None:
    report = found(tsv(a_report(Release.R5, "TR", months=12)), "TR.tsv")
    around = surroundings(report, "16")
    headings = [around.sheet.cells[0, at] for at in range(around.sheet.cells.width)]
    assert headings[:3] == ["Title", "Metric_Type", "Reporting_Period_Total"]
    assert headings[3:] == ["Jan-2022", "Feb-2022", "Mar-2022"]
    assert around.row is not None
    assert (around.column, around.sheet.rows[around.row]) == (None, "16")
    above = surroundings(report, "2")
    assert [above.sheet.cells[0, at] for at in range(2)] == ["Report_Name", "Title Master Report"]


@pytest.mark.parametrize("release", [Release.R5, Release.R51])
def test_that_metrics_that_contradict_each_other_are_shown_with_their_month(release: Release) -> None:
    made = a_report(release, "TR", months=12)
    at = next(n for n, row in enumerate(made.rows) if row.elements["Metric_Type"] == "Total_Item_Requests")
    last = f"{made.end:%Y-%m}"
    rows = list(made.rows)
    rows[at] = replace(rows[at], counts={**rows[at].counts, last: 0})
    rows[at + 2] = replace(rows[at + 2], counts={**rows[at + 2].counts, last: 35})
    report = found(tsv(replace(made, rows=tuple(rows))), "TR.tsv")
    told = validate(report).filter(pl.col("message").str.contains("Total_Item_Requests is 0, but Unique_Item_Requests"))
    around = surroundings(report, told["position"].item())
    assert around.row is not None
    assert around.column is not None
    shown = around.sheet.cells
    assert (shown[0, around.column], shown[around.row, around.column]) == (f"{made.end:%b-%Y}", "35")
    counts = dict(zip(shown.to_series(1), shown.to_series(around.column), strict=True))
    assert (counts["Total_Item_Requests"], counts["Unique_Item_Requests"]) == ("0", "35")
    judged = validate(report, official=True).filter(pl.col("rule") == "Z-06")
    assert judged["position"].str.contains("^[0-9]+$").all()


@pytest.mark.parametrize("name", ["5.tsv", "5.json"])
def test_that_a_count_is_told_with_its_title_its_metric_and_its_month(name: str) -> None:
    made = a_report(Release.R5, "TR", months=2, titles=2)
    sheet = sheet_of(found(tsv(made) if name == "5.tsv" else json(made), name))
    row, column = sheet.cells.height - 1, sheet.cells.width - 1
    told = what_stands_at(sheet, row, column)
    assert told[0] == sheet.cells[row, 0]
    assert told[1] in set(sheet.cells["Metric_Type"] if name == "5.json" else sheet.cells.row(row))
    assert told[1].startswith(("Total_", "Unique_", "No_", "Limit_"))
    assert told[2] in {"Feb-2022", "2022-02"}
    assert told[3:] == tuple(text for text in [sheet.cells[row, column]] if text)
    assert what_stands_at(sheet, 0, 0) == () or name == "5.json"
