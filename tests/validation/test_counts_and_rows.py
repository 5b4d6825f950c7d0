"""Counts, totals, rows beside rows."""

from __future__ import annotations

import polars as pl
import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation import validate
from tests.validation.conftest import Changed, report_of, sound_rows
from tests.validation.test_cells import found


@pytest.mark.parametrize("text", ["-3", "-", "N/A", "49.7", "1.234", "1e5"])
def test_that_a_damaged_count_is_critical_at_its_cell(a_title_report: Changed, text: str) -> None:
    assert ("Q16", Level.CRITICAL) in found(a_title_report(m2024_01=text), "V-22")


@pytest.mark.parametrize("text", ["9.0", " 9", "'9", "=9", "+9"])
def test_that_a_readable_count_is_an_error_and_the_sum_still_holds(a_title_report: Changed, text: str) -> None:
    report = a_title_report(m2024_01=text)
    assert found(report, "V-22") == [("Q16", Level.ERROR)]
    assert found(report, "V-23") == []


def test_that_a_blank_count_is_an_error_in_a_spreadsheet(a_title_report: Changed) -> None:
    assert found(a_title_report(m2024_01=None), "V-22") == [("Q16", Level.ERROR)]


def test_that_a_total_that_is_not_the_sum_of_its_months_is_critical(a_title_report: Changed) -> None:
    report = a_title_report(Reporting_Period_Total="19")
    assert found(report, "V-23") == [("P16", Level.CRITICAL)]
    message = validate(report).filter(pl.col("rule") == "V-23").get_column("message").item()
    assert message == "Reporting_Period_Total is 19, but the months add up to 18."


@pytest.mark.parametrize("text", [None, "0", "n/a"])
def test_that_a_total_without_a_number_is_critical(a_title_report: Changed, text: str | None) -> None:
    assert ("P16", Level.CRITICAL) in found(a_title_report(Reporting_Period_Total=text), "V-21")


def test_that_a_repeated_row_is_reported_at_the_later_one_whatever_the_case() -> None:
    rows = sound_rows()
    rows.append(rows[0] | {"Title": rows[0]["Title"].upper()})
    assert found(report_of(rows), "Z-01") == [("20", Level.CRITICAL)]


def test_that_rows_that_differ_in_one_attribute_are_not_repeated() -> None:
    rows = sound_rows()
    rows += [row | {"YOP": "2022"} for row in rows]
    assert validate(report_of(rows)).rows() == []


def test_that_unique_requests_above_total_requests_are_critical() -> None:
    rows = sound_rows()
    rows[3] |= {"2024-01": "8", "Reporting_Period_Total": "12"}
    assert set(found(report_of(rows), "Z-06")) == {("Q19", Level.CRITICAL)}


def test_that_a_total_metric_without_its_unique_one_is_critical() -> None:
    assert ("Q17", Level.CRITICAL) in found(report_of(sound_rows()[:3]), "Z-06")


def test_that_requests_may_be_missing_beside_investigations() -> None:
    rows = [row for row in sound_rows() if row["Metric_Type"].endswith("Investigations")]
    assert validate(report_of(rows)).rows() == []


def test_that_one_damaged_count_is_not_told_as_missing_metrics_as_well(a_title_report: Changed) -> None:
    assert found(a_title_report(m2024_01="N/A"), "Z-06") == []


@pytest.mark.parametrize(("element", "text"), [("Platform", None), ("DOI", "peat"), ("YOP", None), ("Title", None)])
def test_that_one_damaged_name_is_not_told_as_missing_metrics_as_well(
    a_title_report: Changed, element: str, text: str | None
) -> None:
    assert found(a_title_report(**{element: text}), "Z-06") == []


def test_that_one_title_with_two_data_types_is_critical(a_title_report: Changed) -> None:
    assert ("16", Level.CRITICAL) in found(a_title_report(Data_Type="Book"), "Z-03")


def test_that_book_metrics_of_a_journal_are_critical() -> None:
    rows = sound_rows()
    rows.append(rows[0] | {"Metric_Type": "Unique_Title_Requests"})
    assert found(report_of(rows), "B-09") == [("20", Level.CRITICAL)]


def test_that_a_row_with_neither_title_nor_identifier_is_critical() -> None:
    blank = dict.fromkeys(("Title", "DOI", "Proprietary_ID", "Print_ISSN", "URI"))
    assert ("16", Level.CRITICAL) in found(report_of([sound_rows()[0] | blank]), "B-03")
