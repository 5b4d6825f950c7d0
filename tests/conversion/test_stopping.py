"""What stops a report is little, and said at its place; members are never added up; the sums prove the rest."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nolcat_desktop.conversion import control_sums, damaged_cells, file_total, members, stopped_by, to_usage
from nolcat_desktop.conversion.usage_rows import SLICE
from nolcat_desktop.counter.release import Release
from nolcat_desktop.problem import Problem
from tests.builders import Abstract, Row, a_report, csv, damage, every_report, expected_usage, grid, of_two_members, tsv
from tests.conversion.sums import usage_of
from tests.reading.found import report

TR = a_report(Release.R5, "TR")
EAST, WEST = "Hochschule Auenland", "Institut für Nebelkunde"


def problem(content: bytes, member: str | None = None) -> Problem:
    """What stops the report."""
    found = stopped_by(report(content), member)
    assert found is not None
    assert found.meaning
    assert found.remedy
    return found


def test_that_a_row_without_a_metric_stops_at_its_row() -> None:
    damaged = damage.with_text(TR, "Metric_Type", " ", 2)
    found = problem(tsv(damaged.grid))
    assert (found.title, found.position) == (
        "Rows without a metric",
        damaged.position.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    )


def test_that_many_rows_without_a_metric_are_counted() -> None:
    found = problem(tsv(damage.without_column(TR, "Metric_Type")))
    assert f"{len(TR.rows)} rows" in found.meaning
    assert "15, 16, 17, 18, 19 and" in found.meaning


def test_that_a_report_that_is_none_of_its_release_stops() -> None:
    cells = [[text.replace("Title Master Report", "House Report") for text in line] for line in grid(TR)]
    cells[1][1] = "XX"
    found = problem(tsv(cells))
    assert (found.title, found.position) == ("It is not said which COUNTER report this is", "B2")


def test_that_a_report_without_any_month_stops() -> None:
    cells = [line[:-4] if n >= 13 else line for n, line in enumerate(grid(TR))]
    found = problem(tsv(cells))
    assert (found.title, found.position) == ("The report has no months", "14")


@pytest.mark.parametrize("excluded", ["Exclude_Monthly_Details=True", "exclude_monthly_details=true"])
def test_that_monthly_details_that_are_excluded_stop_at_the_attribute(excluded: str) -> None:
    cells = grid(TR)
    cells[7][1] = f"{cells[7][1]}; {excluded}"
    assert problem(tsv(cells)).position == "B8"


def test_that_nothing_else_stops_a_report() -> None:
    cells = grid(TR)
    cells[3][1] = cells[9][1] = cells[10][1] = ""
    for line in cells[14:]:
        line[0] = line[3] = line[10] = ""
    found = report(tsv(cells))
    assert stopped_by(found) is None
    assert usage_of(found)["usage_count"].sum() == expected_usage(TR)["usage_count"].sum()


def test_that_a_report_of_members_is_stored_for_one_of_them() -> None:
    abstract = of_two_members(TR)
    found = report(tsv(abstract))
    assert members(found) == (EAST, WEST)
    stopped = stopped_by(found)
    assert stopped is not None
    assert EAST in stopped.meaning
    for name, customer in ((EAST, "M-1"), (WEST, "M-2")):
        assert stopped_by(found, name) is None
        assert usage_of(found, name).equals(expected_usage(abstract, member=name))
        assert usage_of(found, customer).equals(usage_of(found, name))
    assert file_total(found, WEST) == 2 * file_total(found, EAST)
    wrong = stopped_by(found, "Nobody")
    assert wrong is not None
    assert wrong.title == "The report has no usage of this member"


def test_that_one_institution_in_all_rows_is_no_consortium() -> None:
    abstract = of_two_members(TR)
    half = replace(abstract, rows=abstract.rows[: len(TR.rows)])
    assert members(report(tsv(half))) == ()
    assert stopped_by(report(tsv(half))) is None


def test_that_members_of_one_name_are_told_by_their_identifiers() -> None:
    cells = [[text.replace(WEST, EAST) for text in line] for line in grid(of_two_members(TR))]
    found = report(tsv(cells))
    assert members(found) == ("M-1", "M-2")
    assert stopped_by(found, "M-1") is None
    stopped = stopped_by(found, EAST)
    assert stopped is not None
    assert stopped.title == "Several members have this name"


def test_that_rows_of_no_member_stop_a_report_of_several() -> None:
    cells = grid(of_two_members(TR))
    cells[16][0] = cells[16][1] = ""
    found = problem(tsv(cells), EAST)
    assert (found.title, found.position) == ("Rows without a member", "17")


def test_that_damaged_cells_of_other_members_are_not_this_members() -> None:
    abstract = of_two_members(TR)
    made = damage.negative_count(abstract, len(abstract.rows) - 1)
    found = report(tsv(made.grid))
    assert [one.position for one in damaged_cells(found)] == [made.position]
    assert damaged_cells(found, EAST) == ()
    assert [one.position for one in damaged_cells(found, WEST)] == [made.position]


def test_that_usage_of_an_unknown_report_is_a_defect_of_who_asks() -> None:
    cells = grid(TR)
    cells[0][1], cells[1][1] = "House Report", "XX"
    with pytest.raises(ValueError, match="definition"):
        to_usage(report(tsv(cells)), 1)


def test_that_slices_lose_nothing() -> None:
    row = Row(
        {"Platform": "P", "Data_Type": "Book", "Access_Method": "Regular", "Metric_Type": "Total_Item_Requests"},
        {"2024-01": 1, "2024-03": 2},
    )
    abstract = replace(a_report(Release.R51, "PR"), rows=(row,) * (2 * SLICE + 1))
    found = report(tsv(abstract))
    usage = usage_of(found)
    assert (usage.height, usage["usage_count"].sum()) == (2 * (2 * SLICE + 1), 3 * (2 * SLICE + 1))


COUNTS = st.one_of(
    st.integers(0, 10**12).map(str),
    st.integers(1000, 10**7).map("{:,}".format),
    st.integers(0, 99).map("{}.0".format),
    st.sampled_from(
        ["", " ", "-", "-1", "n/a", "1.5", "1e3", "'7", "+7", "0", "00", "٣", "½", "99999999999999999999", "x,1"]
    ),
)
TITLES = st.sampled_from(
    ["", "Total", "All Titles", "Total Recall", 'Say "Hi"', '"Open', "Two\nlines", "Tab\there", "a,b;c|d", "&amp;"]
)


@st.composite
def reports(draw: st.DrawFn) -> tuple[Abstract, list[list[str]]]:
    """Any report, with any cells in its months and names."""
    release, report_id = draw(st.sampled_from(list(every_report())))
    abstract = a_report(release, report_id, months=draw(st.integers(1, 4)), seed=draw(st.integers(1, 3)))
    cells = grid(abstract)
    first = len(cells) - len(abstract.rows)
    for line in cells[first:]:
        if draw(st.booleans()):
            line[0] = draw(TITLES)
        at = draw(st.integers(len(line) - len(abstract.months), len(line) - 1))
        line[at] = draw(COUNTS)
    return abstract, cells


@settings(max_examples=60)
@given(reports(), st.sampled_from([tsv, csv]))
def test_that_usage_file_total_and_control_sums_always_agree(
    made: tuple[Abstract, list[list[str]]], form: object
) -> None:
    assert callable(form)
    abstract, cells = made
    found = report(form(cells))
    assert found.items.height + found.left_out.height + sum(not any(line) for line in cells) >= len(abstract.rows)
    usage = usage_of(found)
    sums = control_sums(found)
    assert usage["usage_count"].sum() == file_total(found) == sum(sum(months.values()) for months in sums.values())
    unread = [one.value for one in damaged_cells(found)]
    kept = found.items.select(found.month_columns).unpivot().drop_nulls()["value"].to_list()
    assert all(text in kept for text in unread)
    assert usage.select(pl.col("usage_count") > 0).to_series().all()
