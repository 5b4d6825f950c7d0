"""Cells of the data rows."""

from __future__ import annotations

import polars as pl
import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.findings import FINDINGS
from nolcat_desktop.report import Report
from nolcat_desktop.validation import summarise, validate, verdict
from tests.validation.conftest import Changed, report_of, sound_rows


def found(report: Report, rule: str) -> list[tuple[str | None, int]]:
    """Position and level of what `rule` finds."""
    frame = validate(report).filter(pl.col("rule") == rule)
    return list(frame.select("position", "level").iter_rows())


def test_that_a_sound_report_has_no_findings(a_title_report: Changed) -> None:
    findings = validate(a_title_report())
    assert findings.rows() == []
    assert findings.schema == FINDINGS
    assert verdict(findings) is Level.PASSED


def test_that_a_blank_platform_is_reported_at_its_cell(a_title_report: Changed) -> None:
    assert found(a_title_report(Platform=None), "V-01") == [("D16", Level.ERROR)]


@pytest.mark.parametrize(
    ("rule", "element", "text", "level"),
    [
        ("V-01", "Platform", " Larch Online", Level.WARNING),
        ("V-02", "Title", "Annals ", Level.WARNING),
        ("V-03", "Data_Type", "journal", Level.ERROR),
        ("V-03", "Data_Type", "Newsreel", Level.CRITICAL),
        ("V-03", "Access_Type", None, Level.CRITICAL),
        ("V-04", "Data_Type", "Unspecified", Level.WARNING),
        ("V-06", "YOP", "99", Level.ERROR),
        ("V-06", "YOP", "0000", Level.CRITICAL),
        ("V-06", "YOP", "MMXX", Level.CRITICAL),
        ("V-06", "YOP", None, Level.ERROR),
        ("V-07", "DOI", "https://doi.org/10.9999/peat", Level.ERROR),
        ("V-07", "DOI", "peat", Level.ERROR),
        ("V-08", "Proprietary_ID", "peat", Level.ERROR),
        ("V-09", "ISBN", "9780123456786", Level.ERROR),
        ("V-10", "Print_ISSN", "12345679", Level.ERROR),
        ("V-10", "Print_ISSN", "1234-567x", Level.ERROR),
        ("V-11", "URI", "mailto:peat@larch.example", Level.ERROR),
        ("V-11", "URI", "https://localhost/peat", Level.ERROR),
        ("V-12", "Publisher_ID", "larch", Level.ERROR),
        ("V-12", "Publisher_ID", "larch:1;larch:2", Level.ERROR),
        ("V-14", "Publisher_ID", "ISNI:12", Level.ERROR),
        ("B-04", "Publisher", None, Level.WARNING),
    ],
)
def test_that_a_fault_is_reported_at_its_cell(
    a_title_report: Changed, rule: str, element: str, text: str | None, level: Level
) -> None:
    report = a_title_report(**{element: text})
    column = chr(ord("A") + report.items.columns.index(element) - 1)
    assert (f"{column}16", level) in found(report, rule)


def test_that_a_blank_title_is_reported_at_its_row(a_title_report: Changed) -> None:
    assert found(a_title_report(Title=None), "B-02") == [("16", Level.WARNING)]


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("YOP", "0001"),
        ("YOP", "9999"),
        ("ISBN", "978-0-12-345678-6"),
        ("URI", "urn:isbn:9780123456786"),
        ("Publisher_ID", "ISNI:0000000121032683; larch:1"),
        ("DOI", "10.1000.10/123"),
    ],
)
def test_that_what_the_code_of_practice_permits_is_not_reported(element: str, text: str) -> None:
    rows = [row | {element: text} for row in sound_rows()]
    assert validate(report_of(rows)).rows() == []


def test_that_a_value_of_the_providers_own_is_a_notice(a_title_report: Changed) -> None:
    findings = validate(a_title_report(3, Metric_Type="larch:Saved_Items"))
    assert ("N-own-value", "O19", Level.NOTICE) in findings.select("rule", "position", "level").rows()
    official = validate(a_title_report(3, Metric_Type="larch:Saved_Items"), official=True)
    assert ("V-03", "O19", Level.CRITICAL) in official.select("rule", "position", "level").rows()


def test_that_braces_in_a_text_are_told_as_they_are(a_title_report: Changed) -> None:
    findings = validate(a_title_report(Proprietary_ID="{value}{0}")).filter(pl.col("rule") == "V-08")
    assert findings.get_column("message").to_list() == ["Proprietary_ID '{value}{0}' is not written platform:value."]


def test_that_a_text_longer_than_nolcats_limit_is_a_notice() -> None:
    rows = [row | {"Platform": "x" * 200} for row in sound_rows()]
    assert found(report_of(rows), "N-length") == [(f"D{row}", Level.NOTICE) for row in (16, 17, 18, 19)]


def test_that_a_column_without_a_place_in_usage_is_named_with_its_filled_cells() -> None:
    rows = [{"Country_Name": "Norway", **row} for row in sound_rows()]
    findings = validate(report_of(rows)).filter(pl.col("rule") == "N-not-carried")
    assert findings.get_column("message").to_list() == [
        "The column 'Country_Name' is not carried over (4 filled cells)."
    ]


def test_that_findings_are_counted_by_level(a_title_report: Changed) -> None:
    counts = summarise(validate(a_title_report(Platform=None)))
    assert counts == {
        "Notice": 0,
        "Warning": 0,
        "Error": 1,
        "Critical error": counts["Critical error"],
        "Fatal error": 0,
    }


def test_that_the_row_before_comes_first_and_the_column_before_comes_first() -> None:
    rows = sound_rows()
    for n in (0, 3):
        rows[n] |= {"Platform": None, "YOP": "x"}
    positions = validate(report_of(rows)).get_column("position").to_list()
    cells = [position for position in positions if position in {"D16", "L16", "D19", "L19"}]
    assert cells == ["D16", "L16", "D19", "L19"]
