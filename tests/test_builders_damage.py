"""Damaged and unusual reports differ from sound ones in what they say, and nowhere else."""

from __future__ import annotations

import json as parser
from datetime import date

import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import (
    a_report,
    empty,
    expected_usage,
    first_row,
    grid,
    heading_row,
    json,
    not_ready,
    of_two_members,
    position,
    totals_only,
    tree,
    with_columns,
)
from tests.builders import damage as faults


def test_that_a_position_names_the_cell_that_it_says() -> None:
    for release, report_id in ((Release.R51, "TR"), (Release.R5, "IR"), (Release.R4, "JR1")):
        report = a_report(release, report_id)
        cells = grid(report)
        assert faults.cell(cells, position(report, 1, "Platform")) == "Rowan Shelf"
        assert faults.cell(cells, position(report, 1, "Reporting_Period_Total")) == str(report.rows[1].total)
        place = position(report, 0, f"{report.begin:%Y-%m}")
        assert faults.cell(cells, place) == str(report.rows[0].counts[f"{report.begin:%Y-%m}"])


@pytest.mark.parametrize("release", [Release.R4, Release.R5, Release.R51])
def test_that_a_damaged_report_differs_in_what_it_says_only(release: Release) -> None:
    report = a_report(release, "JR1" if release is Release.R4 else "TR")
    whole = grid(report)
    for fault in (
        faults.negative_count, faults.dash_for_count, faults.word_for_count, faults.blank_count,
        faults.fractional_count, faults.float_count, faults.wrong_total,
    ):  # fmt: skip
        damaged = fault(report)
        assert damaged.grid != whole
        assert faults.with_cell(damaged.grid, damaged.position, damaged.was) == whole
    doubled, gapped = faults.duplicate_row(report), faults.blank_row(report)
    assert doubled.grid[int(doubled.position) - 1] == whole[first_row(report) - 1]
    assert gapped.grid[int(gapped.position) - 1] == []
    assert len(faults.long_row(report).grid[first_row(report) - 1]) == len(whole[heading_row(report) - 1]) + 1
    assert len(faults.short_row(report).grid[first_row(report) - 1]) == len(whole[heading_row(report) - 1]) - 1
    again, remark = faults.second_heading(report), faults.remark_row(report)
    assert again.grid[int(again.position) - 1] == whole[heading_row(report) - 1]
    assert remark.grid[int(remark.position) - 1] == remark.grid[-1]
    assert len(remark.grid) == len(whole) + 1
    total = faults.total_row(report)
    assert len(total.grid[int(total.position) - 1]) == len(whole[heading_row(report) - 1])
    assert faults.without_header(report)[0] == whole[heading_row(report) - 1]
    assert faults.title_above(report)[2] == whole[0]


def test_that_encodings_and_line_ends_are_what_they_are_called() -> None:
    report = a_report(Release.R5, "TR")
    assert faults.utf16(report).decode("utf-16").startswith("Report_Name\t")
    assert "Lacs imaginaires" in faults.cp1252(report).decode("cp1252")
    assert b"\n" not in faults.cr(report)
    assert faults.crlf(report).count(b"\r\n") == faults.crlf(report).count(b"\n")
    assert faults.semicolons(report).startswith(b"Report_Name;")
    stray = faults.stray_quote(report).decode().splitlines()[first_row(report) - 1]
    assert stray.startswith('"')
    assert stray.count('"') == 1


def test_that_month_headings_take_other_forms() -> None:
    report = a_report(Release.R5, "PR", begin=date(2021, 5, 1))
    ends = {
        name: faults.month_headings(report, form)[heading_row(report) - 1][-1]
        for name, form in faults.MONTH_FORMS.items()
    }
    assert ends["Mmm-yy"] == "Jul-21"
    assert ends["yy-Mmm"] == "21-Jul"
    assert ends["yyyy-mm"] == "2021-07"
    assert ends["blank before"] == " Jul-2021"


def test_that_reports_without_months_or_rows_give_no_usage() -> None:
    report = a_report(Release.R51, "TR")
    assert expected_usage(totals_only(report)).is_empty()
    assert expected_usage(empty(report)).is_empty()
    assert grid(totals_only(report))[14][-1] == "Reporting_Period_Total"
    assert tree(totals_only(report))["Report_Header"]["Report_Attributes"]["Granularity"] == "Totals"
    assert grid(empty(report))[8] == ["Exceptions", "3030: No Usage Available for Requested Dates"]
    assert len(grid(empty(report))) == 15
    late = not_ready(report, date(2024, 3, 1))
    assert grid(late)[8][1] == "3031: Usage Not Ready for Requested Dates (2024-03)"
    assert expected_usage(late)["usage_date"].max() == date(2024, 2, 1)


def test_that_members_of_a_consortium_stand_in_columns_of_their_own() -> None:
    report = a_report(Release.R51, "TR")
    both = of_two_members(report)
    assert grid(both)[14][:2] == ["Institution_Name", "Customer_ID"]
    assert grid(both)[7][1].startswith("Attributes_To_Show=Institution_Name|Customer_ID|YOP")
    one, two = (expected_usage(both, member=name) for name in ("Hochschule Auenland", "Institut für Nebelkunde"))
    assert one.equals(expected_usage(report))
    assert two["usage_count"].sum() == 2 * one["usage_count"].sum()
    formats = with_columns(a_report(Release.R5, "TR"), {"Format": "HTML", "Attributed": "Yes"})
    assert grid(formats)[13].index("Format") + 1 == grid(formats)[13].index("Metric_Type")


def test_that_a_repeated_name_is_still_json() -> None:
    report = a_report(Release.R51, "TR")
    twice = faults.repeated_name(json(report))
    assert twice.count(b"Another Shelf") == 1
    assert parser.loads(twice) == tree(report)
