"""Header, filters, exceptions, headings, and what reading came upon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl
import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.progress import Cancelled, Progress
from nolcat_desktop.report import Heading, Irregularity, Report, ReportException, Setting
from nolcat_desktop.validation import validate, verdict
from tests.validation.conftest import HEADER, report_of, sound_rows
from tests.validation.test_cells import found


def with_header(**changes: Any) -> Report:
    """The sound report with fields of its header replaced."""
    report = report_of(sound_rows())
    return replace(report, header=replace(report.header, **changes))


def with_text(label: str, text: str) -> Report:
    """The sound report with one header cell changed."""
    return report_of(sound_rows(), MappingProxyType({**HEADER, label: text}))


@pytest.mark.parametrize(
    ("rule", "label", "text", "level", "position"),
    [
        ("R-01", "Release", "5.1.0", Level.ERROR, "B3"),
        ("R-04", "Report_ID", "tr", Level.ERROR, "B2"),
        ("R-04", "Report_ID", "XX", Level.CRITICAL, "B2"),
        ("R-08", "Report_Name", "Title Master Report", Level.ERROR, "B1"),
        ("R-08", "Report_Name", "", Level.CRITICAL, "B1"),
        ("H-06", "Institution_Name", " Nebelheim", Level.ERROR, "B4"),
        ("H-07", "Institution_Name", "", Level.CRITICAL, "B4"),
        ("H-10", "Institution_ID", "", Level.CRITICAL, "B5"),
        ("V-13", "Institution_ID", "ISNI:1;larch:2", Level.ERROR, "B5"),
        ("H-11", "Created", "2024-03-02", Level.ERROR, "B11"),
        ("H-11", "Created", "", Level.CRITICAL, "B11"),
        ("H-12", "Created_By", "", Level.ERROR, "B12"),
        ("H-13", "Registry_Record", "", Level.WARNING, "B13"),
        ("H-14", "Registry_Record", "https://registry.example", Level.ERROR, "B13"),
        ("H-16", "Reporting_Period", "2024-01-01 to 2024-02-29", Level.ERROR, "B10"),
        ("X-00", "Exceptions", "3040:Partial Data Returned (x)", Level.ERROR, "B9"),
    ],
)
def test_that_a_fault_of_the_header_is_reported_at_its_cell(
    rule: str, label: str, text: str, level: Level, position: str
) -> None:
    assert (position, level) in found(with_text(label, text), rule)


def test_that_a_missing_label_is_critical_at_its_place() -> None:
    header = {label: text for label, text in HEADER.items() if label != "Exceptions"}
    report = report_of(sound_rows(), MappingProxyType(header))
    cells = tuple(
        replace(cell, label_position=f"A{list(HEADER).index(cell.label) + 1}") for cell in report.header.cells
    )
    report = replace(report, header=replace(report.header, cells=cells))
    assert ("A9", Level.CRITICAL) in found(report, "H-01")


def test_that_an_unknown_filter_value_is_critical() -> None:
    report = with_header(filters=(Setting("Data_Type", ("Journal", "Newsreel"), "B7"),))
    assert ("B7", Level.CRITICAL) in found(report, "L-02")


def test_that_a_filter_narrows_what_the_rows_may_hold() -> None:
    report = with_header(filters=(Setting("Data_Type", ("Book",), "B7"),))
    assert found(report, "V-03") == [(f"K{row}", Level.CRITICAL) for row in (16, 17, 18, 19)]


def test_that_partial_data_is_a_warning() -> None:
    report = with_header(exceptions=(ReportException(3040, "Partial Data Returned", "February", "B9"),))
    assert found(report, "X-08") == [("B9", Level.WARNING)]


def test_that_no_rows_without_a_reason_is_critical() -> None:
    report = report_of(sound_rows())
    assert found(replace(report, items=report.items.clear()), "X-10") == [("B9", Level.CRITICAL)]


def test_that_rows_beside_no_usage_are_critical() -> None:
    report = with_header(exceptions=(ReportException(3030, "No Usage Available for Requested Dates", None, "B9"),))
    assert found(report, "X-11") == [("B9", Level.CRITICAL)]


def changed_heading(place: int, heading: Heading) -> Report:
    """The sound report with another heading at `place`."""
    report = report_of(sound_rows())
    return replace(report, headings=(*report.headings[:place], heading, *report.headings[place + 1 :]))


def test_that_a_misspelled_heading_is_an_error() -> None:
    report = changed_heading(0, Heading("title", "A15", "Title", None, "Title"))
    assert found(report, "K-02") == [("A15", Level.ERROR)]


def test_that_a_month_in_another_form_is_an_error() -> None:
    report = changed_heading(16, Heading("2024-01", "Q15", None, date(2024, 1, 1), "2024-01"))
    assert found(report, "K-03") == [("Q15", Level.ERROR)]


def test_that_a_missing_month_is_critical_at_the_row_of_headings() -> None:
    report = report_of(sound_rows())
    assert found(replace(report, headings=report.headings[:-1]), "K-08") == [("15", Level.CRITICAL)]


def test_that_a_rule_of_reading_without_words_is_a_notice_with_its_detail() -> None:
    report = replace(report_of(sound_rows()), irregularities=(Irregularity("F-novel", "B2", None, "x", "never met"),))
    findings = validate(report)
    assert findings.select("rule", "level", "position").rows() == [("F-novel", Level.NOTICE, "B2")]
    assert "never met" in findings.get_column("message").item()


def test_that_a_missing_byte_order_mark_counts_only_officially() -> None:
    report = replace(report_of(sound_rows()), irregularities=(Irregularity("F-04", "1"),))
    assert verdict(validate(report)) is Level.PASSED
    assert verdict(validate(report, official=True)) is Level.WARNING


def test_that_a_report_nobody_knows_is_fatal_and_nothing_else_is_said() -> None:
    report = replace(report_of(sound_rows()), definition=None)
    assert validate(report).select("rule", "level").rows() == [("R-06", Level.FATAL)]


def test_that_a_period_in_the_future_is_a_notice_only_when_the_day_is_known() -> None:
    report = report_of(sound_rows())
    assert validate(report).height == 0
    findings = validate(report, today=date(2024, 2, 1))
    assert findings.get_column("rule").to_list() == ["N-future"]


def test_that_the_user_can_stop() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        validate(report_of(sound_rows()), progress=progress)


def test_that_paths_are_put_in_natural_order() -> None:
    told = [Irregularity("J-null", f".Report_Items[{n}].YOP", "YOP") for n in (10, 9)]
    report = replace(report_of(sound_rows()), irregularities=tuple(told))
    positions = validate(report).filter(pl.col("rule") == "J-null").get_column("position").to_list()
    assert positions == [".Report_Items[9].YOP", ".Report_Items[10].YOP"]
