"""Rows: what is data and what is not, by exact rules; short and long rows; nothing else is ever left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from nolcat_desktop.conversion import damaged_cells, stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.validation import validate
from tests.builders import (
    Abstract,
    Grid,
    a_report,
    csv,
    damage,
    expected_usage,
    first_row,
    grid,
    heading_row,
    position,
    total_rows,
    tsv,
    xlsx,
)
from tests.builders.abstract import month_key
from tests.conversion.sums import usage_of
from tests.reading.found import left_out, noticed, report, rules

R4 = ["JR1", "JR1GOA", "JR1a", "JR2", "BR1", "BR2", "BR3", "BR5", "DB1", "DB2", "PR1", "MR1", "TR1", "TR2"]
TR = a_report(Release.R5, "TR", titles=6)
JR1 = a_report(Release.R4, "JR1", titles=6)


def with_label(cells: Grid, abstract: Abstract, label: str) -> Grid:
    """Another label on all total rows."""
    at = heading_row(abstract)
    totals = range(at, at + len(total_rows(abstract)))
    return [[label, *line[1:]] if n in totals else line for n, line in enumerate(cells)]


def at_the_end(cells: Grid, abstract: Abstract) -> Grid:
    """Total rows below the items."""
    at = heading_row(abstract)
    return [*cells[:at], *cells[at + len(total_rows(abstract)) :], *cells[at : at + len(total_rows(abstract))]]


@pytest.mark.parametrize("form", [tsv, csv, xlsx])
@pytest.mark.parametrize("report_id", R4)
def test_that_r4_total_rows_are_left_out_and_told(report_id: str, form: Callable[[Grid], bytes]) -> None:
    abstract = a_report(Release.R4, report_id)
    found = report(form(grid(abstract)))
    totals = [(heading_row(abstract) + 1 + n, "total-row") for n in range(len(total_rows(abstract)))]
    assert left_out(found) == totals
    assert noticed(found, "T-left-out") == [str(row) for row, _ in totals]
    assert found.items.height == len(abstract.rows)


@pytest.mark.parametrize("report_id", R4)
def test_that_r4_total_rows_may_stand_at_the_end_or_after_a_blank_row(report_id: str) -> None:
    abstract = a_report(Release.R4, report_id)
    at = heading_row(abstract)
    for cells in (at_the_end(grid(abstract), abstract), [*grid(abstract)[:at], [], *grid(abstract)[at:]]):
        found = report(tsv(cells))
        assert found.left_out.height == len(total_rows(abstract))
        assert usage_of(found).equals(expected_usage(abstract))


@pytest.mark.parametrize(
    "label",
    [
        "TOTAL FOR ALL JOURNALS",
        "Total for all Journals ",
        "Total  for all journals",
        "Total",
        "total for all journal",
        "Total for all licence limit exceeded",
    ],
)
def test_that_r4_totals_are_known_whatever_their_case_and_blanks(label: str) -> None:
    found = report(tsv(with_label(grid(JR1), JR1, label)))
    assert left_out(found) == [(9, "total-row")]
    assert usage_of(found).equals(expected_usage(JR1))


def test_that_an_empty_or_shifted_total_row_is_left_out_too() -> None:
    cells = grid(JR1)
    cells[8] = ["Total for all journals"]
    assert left_out(report(tsv(cells))) == [(9, "total-row")]
    cells[8] = ["Total for all journals", "", "", "", "", "", "", "", "38", "14", "23"]
    assert left_out(report(tsv(cells))) == [(9, "total-row")]


def test_that_a_total_in_reports_that_have_none_is_left_out() -> None:
    abstract = a_report(Release.R4, "PR1")
    cells = grid(abstract)
    line = ["Total", *[""] * (len(abstract.columns) - 1), "9", *["3"] * 3]
    found = report(tsv([*cells, line]))
    assert left_out(found) == [(len(cells) + 1, "total-row")]
    assert usage_of(found).equals(expected_usage(abstract))


@pytest.mark.parametrize(
    "title", ["Total Recall", "Total Eclipse Letters", "All Quiet on the Western Front", "Totally Spies", "Total War"]
)
def test_that_a_title_that_begins_like_a_total_is_data(title: str) -> None:
    for abstract in (JR1, TR):
        for row in (0, len(abstract.rows) - 1):
            cells = grid(abstract)
            line = cells[first_row(abstract) - 1 + row]
            cells[first_row(abstract) - 1 + row] = [title, *line[1:3], *[""] * 4, *line[7:]]
            found = report(tsv(cells))
            assert title in found.items["Title"].to_list()
            assert "total-row" not in [rule for place, rule in left_out(found) if place != heading_row(abstract) + 1]


@pytest.mark.parametrize("label", ["Total", "Total for all journals", "All", "All Titles"])
def test_that_a_title_called_total_is_data_with_an_identifier_or_among_the_items(label: str) -> None:
    for abstract in (JR1, TR):
        cells, at = grid(abstract), first_row(abstract)
        title = abstract.columns.index("Title")
        issn = abstract.columns.index("Print_ISSN")
        cells[at - 1][title], cells[at - 1][issn] = label, "1234-5679"
        cells[at][title] = label
        found = report(tsv(cells))
        assert found.items.height == len(abstract.rows)


@pytest.mark.parametrize("label", ["All Titles", "Total", "Grand Total", "ALL", "Total for all titles"])
@pytest.mark.parametrize("last", [True, False])
def test_that_sums_that_a_publisher_adds_to_r5_are_left_out(label: str, last: bool) -> None:
    damaged = damage.total_row(TR, label, last=last)
    found = report(tsv(damaged.grid))
    assert left_out(found) == [(int(damaged.position), "total-row")]
    assert usage_of(found).equals(expected_usage(TR))


def test_that_an_r5_row_that_reads_like_a_total_but_adds_up_to_nothing_is_kept_and_told() -> None:
    damaged = damage.total_row(TR, "All Titles", last=True)
    damaged.grid[-1][-1] = "1"
    damaged.grid[-1][TR.columns.index("Metric_Type")] = "Total_Item_Requests"
    found = report(tsv(damaged.grid))
    assert left_out(found) == []
    assert noticed(found, "T-kept") == [damaged.position]


def test_that_a_blank_total_row_of_r5_is_left_out() -> None:
    found = report(tsv([*grid(TR), ["All Titles", "", "", "Rowan Shelf"]]))
    assert found.items.height == len(TR.rows)


@pytest.mark.parametrize("abstract", [JR1, TR], ids=["R4", "R5"])
def test_that_a_remark_below_the_data_is_left_out_and_told(abstract: Abstract) -> None:
    damaged = damage.remark_row(abstract)
    found = report(tsv(damaged.grid))
    assert (int(damaged.position), "remark-row") in left_out(found)
    assert noticed(found, "R4-V30") == [damaged.position]
    assert usage_of(found).equals(expected_usage(abstract))


def test_that_a_remark_further_right_is_a_remark() -> None:
    found = report(tsv([*grid(TR), ["", "", "Printed in Nebelheim"]]))
    assert left_out(found) == [(len(grid(TR)) + 1, "remark-row")]
    assert [one.value for one in found.irregularities] == ["Printed in Nebelheim"]


@pytest.mark.parametrize("abstract", [JR1, TR], ids=["R4", "R5"])
def test_that_headings_that_are_repeated_are_left_out(abstract: Abstract) -> None:
    damaged = damage.second_heading(abstract, 2)
    found = report(tsv(damaged.grid))
    assert (int(damaged.position), "second-heading") in left_out(found)
    assert damaged_cells(found) == ()
    assert usage_of(found).equals(expected_usage(abstract))


@pytest.mark.parametrize("form", [tsv, csv, xlsx])
def test_that_blank_rows_among_the_items_are_dropped_and_told(form: Callable[[Grid], bytes]) -> None:
    damaged = damage.blank_row(TR, 3)
    found = report(form(damaged.grid))
    assert noticed(found, "F-12") == [damaged.position]
    assert usage_of(found).equals(expected_usage(TR))
    assert found.items["row"].to_list() == [n for n in range(15, 16 + len(TR.rows)) if str(n) != damaged.position]


def unused_at_the_end() -> Abstract:
    """No use in the last month, so that no total lacks anything when its cells are not written."""
    last = month_key(TR.months[-1])
    return replace(TR, rows=tuple(replace(row, counts={**row.counts, last: 0}) for row in TR.rows))


def test_that_a_short_row_is_told_and_its_missing_cells_are_blank() -> None:
    damaged = damage.short_row(unused_at_the_end(), 2)
    found = report(tsv(damaged.grid))
    assert noticed(found, "F-short-row") == [str(first_row(TR) + 2)]
    assert found.items["2022-03"].to_list()[2] is None
    assert found.items.height == len(TR.rows)


def test_that_rows_that_are_all_short_are_told() -> None:
    at, cells = heading_row(TR), grid(unused_at_the_end())
    found = report(tsv([*cells[:at], *(line[:-1] for line in cells[at:])]))
    assert [(one.rule, one.position, one.detail) for one in found.irregularities] == [
        ("F-short-row", str(at + 1), str(len(TR.rows)))
    ]


def test_that_a_blank_last_cell_is_no_short_row() -> None:
    cells = grid(TR)
    cells[first_row(TR) - 1][-1] = ""
    for form in (tsv, csv, xlsx):
        assert rules(report(form(cells))) == []


@pytest.mark.parametrize("form", [tsv, csv, xlsx])
def test_that_a_surplus_text_is_told_with_its_position(form: Callable[[Grid], bytes]) -> None:
    damaged = damage.long_row(TR, 3, "see note")
    found = report(form(damaged.grid))
    assert noticed(found, "F-long-row") == [damaged.position]
    assert [one.value for one in found.irregularities if one.rule == "F-long-row"] == ["see note"]
    assert usage_of(found).equals(expected_usage(TR))


@pytest.mark.parametrize("form", [tsv, csv, xlsx])
def test_that_a_surplus_number_damages_its_row_unless_its_total_proves_it_straight(
    form: Callable[[Grid], bytes],
) -> None:
    damaged = damage.long_row(TR, 3)
    proved = report(form(damaged.grid))
    assert noticed(proved, "F-long-row") == [damaged.position]
    assert usage_of(proved).equals(expected_usage(TR))
    row = first_row(TR) + 3
    total = damaged.grid[first_row(TR) - 2].index("Reporting_Period_Total")
    cells = [list(line) for line in damaged.grid]
    cells[row - 1][total] = ""
    found = report(form(cells))
    assert left_out(found) == [(row, "shifted-row")]
    assert noticed(found, "F-shifted") == [str(row)]
    lost = damaged_cells(found)
    assert lost[-1].position == damaged.position
    assert {one.position.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for one in lost} == {str(row)}
    assert usage_of(found)["usage_count"].sum() == sum(row.total for n, row in enumerate(TR.rows) if n != 3)


@pytest.mark.parametrize(
    "damaged",
    [damage.negative_count, damage.dash_for_count, damage.word_for_count, damage.fractional_count],
)
@pytest.mark.parametrize("form", [tsv, csv, xlsx])
@pytest.mark.parametrize("abstract", [JR1, TR], ids=["R4", "R5"])
def test_that_a_damaged_count_is_named_at_its_cell(
    damaged: Callable[[Abstract, int], damage.Damaged], form: Callable[[Grid], bytes], abstract: Abstract
) -> None:
    made = damaged(abstract, 4)
    found = report(form(made.grid))
    assert [one.position for one in damaged_cells(found)] == [made.position]
    assert usage_of(found)["usage_count"].sum() == expected_usage(abstract)["usage_count"].sum() - int(made.was)


def test_that_damaged_cells_are_listed_by_rows_and_months() -> None:
    cells = grid(TR)
    places = [position(TR, 1, "2022-03"), position(TR, 2, "2022-01"), position(TR, 2, "2022-02")]
    for place in reversed(places):
        cells = damage.with_cell(cells, place, "x")
    assert [(one.position, one.value) for one in damaged_cells(report(tsv(cells)))] == [
        (place, "x") for place in places
    ]


@pytest.mark.parametrize("make", [damage.blank_count, damage.float_count, damage.thousands_separator])
@pytest.mark.parametrize("form", [tsv, csv, xlsx])
def test_that_readable_counts_are_read(
    make: Callable[[Abstract], damage.Damaged], form: Callable[[Grid], bytes]
) -> None:
    made = make(TR)
    found = report(form(made.grid))
    assert damaged_cells(found) == ()
    assert stopped_by(found) is None
    changes = {"blank_count": -int(made.was), "float_count": 0, "thousands_separator": 1234 - int(made.was)}
    change = changes[make.__name__]
    assert usage_of(found)["usage_count"].sum() == expected_usage(TR)["usage_count"].sum() + change


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("Title", "PLATFORM"),
        ("Print_ISSN", "Printed ISSN"),
        ("Data_Type", "data type"),
        ("YOP", "yop"),
        ("Metric_Type", "METRIC TYPE"),
        ("Metric_Type", "Metric"),
        ("Metric_Type", "Metric_type"),
        ("Publisher", "PUBLISHER"),
        ("Proprietary_ID", " Proprietary_ID "),
    ],
)
def test_that_headings_are_read_loosely(element: str, text: str) -> None:
    cells = grid(TR)
    at = TR.columns.index(element)
    if element == "Title":
        at, element = TR.columns.index("Platform"), "Platform"
    cells[heading_row(TR) - 1][at] = text
    assert report(tsv(cells)).items.columns == report(tsv(TR)).items.columns


def test_that_a_column_that_is_not_known_is_kept_under_its_letter() -> None:
    cells = [line if n < 13 else ["Linking_ISSN" if n == 13 else f"L{n}", *line] for n, line in enumerate(grid(TR))]
    found = report(tsv(cells))
    assert found.items["#A"].to_list() == [f"L{n}" for n in range(14, 14 + len(TR.rows))]
    assert usage_of(found).equals(expected_usage(TR))


def test_that_missing_columns_are_null() -> None:
    abstract = a_report(Release.R5, "TR")
    found = report(tsv(damage.without_column(abstract, "YOP")))
    assert usage_of(found)["YOP"].null_count() == expected_usage(abstract).height


@pytest.mark.parametrize("abstract", [JR1, TR], ids=["R4", "R5"])
def test_that_repeated_rows_are_stored_as_delivered(abstract: Abstract) -> None:
    damaged = damage.duplicate_row(abstract, 1)
    found = report(tsv(damaged.grid))
    assert found.items.height == len(abstract.rows) + 1
    more = abstract.rows[1].total
    assert usage_of(found)["usage_count"].sum() == expected_usage(abstract)["usage_count"].sum() + more


@pytest.mark.parametrize("form", [tsv, csv, xlsx])
def test_that_a_row_that_lost_a_cell_is_seen_although_its_total_is_wrong(form: Callable[[Grid], bytes]) -> None:
    cells = grid(JR1)
    row = first_row(JR1) + 2
    total = JR1.columns.index("Online_ISSN") + 1
    cells[row - 1][total] = str(int(cells[row - 1][total]) + 1)
    sound = report(form(cells))
    assert left_out(sound) == left_out(report(form(grid(JR1))))
    assert f"H{row}" in validate(sound)["position"].to_list()
    del cells[row - 1][3]
    found = report(form(cells))
    assert noticed(found, "F-shifted") == [str(row)]
    assert {one.position.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for one in damaged_cells(found)} == {str(row)}
