"""Release 3: what carries the columns of a report of Release 4 is read to the last cell, all else refused by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import chain

import polars as pl
import pytest

from nolcat_desktop.conversion import damaged_cells, stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import ROW, Report, Told
from tests.builders import Grid
from tests.builders.files import csv, tsv, xlsx
from tests.builders.grid import MONTHS
from tests.builders.layouts3 import NAMES3, Old3, release3
from tests.builders.other_kinds import xls
from tests.conversion.sums import usage_of
from tests.reading.found import left_out, noticed, refusal, report, rules

Writer = Callable[[Grid], bytes]
WRITERS: tuple[tuple[Writer, str], ...] = ((csv, "x.csv"), (tsv, "x.tsv"), (xlsx, "x.xlsx"), (xls, "x.xls"))


def stored(found: Report) -> dict[tuple[str, str, str], int]:
    """(name, activity or '', month) → count, of the usage of a report that nothing stops."""
    assert stopped_by(found) is None
    usage = usage_of(found)
    assert usage["release"].unique().to_list() == ["3"]
    metric = pl.col("metric_type") if found.report_id == "DB1" else pl.lit("")
    columns = usage.select("resource_name", metric, pl.col("usage_date").dt.strftime("%Y-%m"), "usage_count")
    return {(name, activity, month): count for name, activity, month, count in columns.iter_rows()}


@pytest.mark.parametrize("report_id", NAMES3)
@pytest.mark.parametrize(("write", "file"), WRITERS, ids=[file for _, file in WRITERS])
def test_that_every_count_is_stored_as_release_3(report_id: str, write: Writer, file: str) -> None:
    old = release3(report_id)
    found = report(write(old.rows), file)
    assert (found.release, found.report_id) == (Release.R3, report_id)
    assert stored(found) == old.counts
    rows = range(6, len(old.rows) + 1)
    data = [row for row in rows if old.cell(row, "A") and not old.cell(row, "A").startswith("Total for")]
    assert found.items[ROW].to_list() == data
    assert left_out(found) == ([] if report_id == "DB1" else [(6, "total-row")])


def test_that_the_header_gives_name_customer_and_date_and_the_months_the_period() -> None:
    found = report(csv(release3("JR1").rows), "x.csv")
    assert found.header.texts["Institution_Name"] == "Example State University"
    assert found.header.created == date(2011, 2, 15)
    assert (found.header.begin, found.header.end) == (date(2010, 1, 1), date(2010, 12, 31))
    assert found.heading_row == 5


def test_that_months_with_a_gap_give_no_period() -> None:
    old = release3("BR1", count=4)
    rows = [row[:6] + row[7:] if n > 3 else row for n, row in enumerate(old.rows)]
    found = report(csv(rows), "x.csv")
    assert [month.month for month in found.months] == [1, 3, 4]
    assert found.header.begin is None


def test_that_activities_are_stored_in_their_own_words() -> None:
    old = release3("DB1", count=3)
    old.put(6, "D", "  TOTAL  Searches Run")
    old.put(7, "D", "Searches - Federated and Automated")
    old.put(8, "D", "Sessions of guests")
    metrics = usage_of(report(csv(old.rows), "x.csv"))["metric_type"].unique(maintain_order=True).to_list()
    assert metrics == [
        "Total searches run",
        "Searches-federated and automated",
        "Sessions of guests",
        "Sessions-federated and automated",
        "Total sessions",
    ]


@pytest.mark.parametrize("report_id", ["JR1", "BR2", "DB1"])
def test_that_columns_are_found_in_any_order_and_under_the_headings_of_release_4(report_id: str) -> None:
    old = release3(report_id, count=3)
    top, body = old.rows[:4], [list(row) for row in old.rows[4:]]
    body[0] = [{"YTD Total": "Reporting Period Total"}.get(text, text) for text in body[0]]
    names = {0: "Database", 3: "User Activity"} if report_id == "DB1" else {0: "Journal" if "J" in report_id else ""}
    body[0] = [names.get(place, text) for place, text in enumerate(body[0])]
    width = 4 if report_id == "DB1" else 5
    turned = [[*row[:width], *row[width + 3 :], *reversed(row[width : width + 3])] for row in body]
    found = report(csv([*top, *turned]), "x.csv")
    assert stored(found) == old.counts
    assert [month.month for month in found.months] == [3, 2, 1]


def test_that_totals_may_be_missing() -> None:
    old = release3("JR1", count=3)
    assert stored(report(csv([*old.rows[:4], *(row[:8] for row in old.rows[4:])]), "x.csv")) == old.counts


def test_that_a_cell_that_is_no_count_is_listed_where_it_stands() -> None:
    old = release3("JR1", count=3)
    old.put(8, "G", "n/a")
    (damaged,) = damaged_cells(report(csv(old.rows), "x.csv"))
    assert (damaged.position, damaged.value) == ("G8", "n/a")


def test_that_headings_that_excel_changed_are_settled_by_the_months_beside_them() -> None:
    old = release3("JR1", year=2011)
    for place, month in enumerate(MONTHS):
        old.rows[4][5 + place] = f"{month}-11"
    assert stored(report(csv(old.rows), "x.csv")) == old.counts


REFUSED = (
    ("Journal Report 2 (R3)", "denied"),
    ("Database Report 2 (R3)", "denied"),
    ("Database Report 3 (R3)", "sessions"),
    ("Journal Report 3 (R3)", "pages"),
    ("Journal Report 5 (R3)", "years"),
    ("Book Report 4 (R1)", "denied"),
    ("Book Report 5 (R1)", "sessions"),
    ("Book Report 6 (R1)", "sessions"),
    ("Journal Report 1 (R2)", "other rules"),
    ("Journal Report 1 (R1)", "other rules"),
    ("Book Report 1 (R2)", "other rules"),
    ("Consortium Report 1 (R3)", "other rules"),
)


@pytest.mark.parametrize(("name", "why"), REFUSED)
def test_that_all_else_is_named_and_refused_with_its_reason(name: str, why: str) -> None:
    found = refusal(csv(release3("JR1", name=name).rows), "x.csv")
    assert found.problem.title.endswith(f"({name[-3:-1]})")
    assert why in found.problem.meaning
    assert found.problem.position == "A1"


@pytest.mark.parametrize("heading", ["Page type", "User Activity", "YOP 2009", "Articles in Press"])
def test_that_a_column_of_another_report_refuses_it(heading: str) -> None:
    old = release3("JR1", count=3)
    for row, text in zip(old.rows[4:], chain([heading], ["x"] * 9), strict=False):
        row.insert(5, text)
    assert "columns" in refusal(csv(old.rows), "x.csv").problem.meaning


def test_that_activities_of_release_4_under_a_name_of_release_3_refuse_it() -> None:
    old = release3("DB1", count=3)
    old.put(6, "D", "Regular Searches")
    assert "only Release 4" in refusal(csv(old.rows), "x.csv").problem.meaning


@pytest.mark.parametrize("mark", ["(R3 )", "R3", "(Release 3)", "(r3): Number of Successful Requests"])
def test_that_the_release_may_be_written_otherwise(mark: str) -> None:
    old = release3("JR1", count=3, name=f"Journal Report 1 {mark}")
    assert stored(report(csv(old.rows), "x.csv")) == old.counts


def test_that_a_name_without_a_release_is_release_3_where_only_that_lays_it_out_so() -> None:
    old = release3("JR1", count=3, name="Journal Report 1")
    found = report(csv(old.rows), "x.csv")
    assert (found.release, noticed(found, "R3-F02")) == (Release.R3, ["A1"])
    assert stored(found) == old.counts
    old.rows[4] = [text.replace("YTD", "Reporting Period") for text in old.rows[4]]
    assert report(csv(old.rows), "x.csv").release is Release.R4


def bare(old: Old3) -> bytes:
    """The report without its header block."""
    return csv(old.rows[4:])


def test_that_a_table_without_a_header_is_release_3_by_its_word_ytd_and_the_name_of_its_file() -> None:
    old = release3("JR1", count=3)
    found = report(bare(old), "JR1 2010.csv")
    assert (found.release, found.report_id, "R4-F06" in rules(found)) == (Release.R3, "JR1", True)
    assert stored(found) == old.counts
    assert "JR1, JR1a" in refusal(bare(old), "usage.csv").problem.meaning


def test_that_activities_tell_release_3_from_4_where_the_columns_are_the_same() -> None:
    old = release3("DB1", count=3)
    old.rows[4][0], old.rows[4][3] = "Database", "User Activity"
    assert stored(report(bare(old), "x.csv")) == old.counts
    for row, text in zip(old.rows[5:], ("Regular Searches", "Searches-federated and automated"), strict=False):
        row[3] = text
    assert report(csv(old.rows[4:7]), "x.csv").release is Release.R4


def test_that_the_user_or_the_name_of_the_file_says_release_3() -> None:
    old = release3("JR1", count=3)
    old.rows[4][0] = "Journal"
    cut = csv([row[:8] for row in old.rows[4:]])
    assert report(cut, "JR1_R3_2010.csv").release is Release.R3
    assert report(cut, "JR1_2010.csv").release is Release.R4
    (told,) = read_content(cut, "JR1_2010.csv", told=Told(release=Release.R3))
    assert isinstance(told, Report)
    assert told.release is Release.R3
