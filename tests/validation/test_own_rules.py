"""What COUNTER's own validator does not check: each rule with a report that breaks it, and none with a sound one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import Report, ReportException, Setting
from nolcat_desktop.validation import validate
from tests.builders import a_report, grid, tsv
from tests.validation.conftest import HEADER, report_of, sound_rows
from tests.validation.judging import as_bytes, judge
from tests.validation.test_cells import found


def rows_with(**cells: str | None) -> Report:
    """The sound report with cells of all its rows changed."""
    return report_of([row | cells for row in sound_rows()])


def asking(name: str, *values: str) -> Report:
    """The sound report with a filter in its header."""
    report = report_of(sound_rows())
    return replace(report, header=replace(report.header, filters=(Setting(name, values, "B7"),)))


def excepted(code: int) -> Report:
    """The sound report with an exception."""
    report = report_of(sound_rows())
    return replace(report, header=replace(report.header, exceptions=(ReportException(code, "", "x", "B9"),)))


def test_that_the_sound_report_breaks_no_own_rule() -> None:
    report = report_of(sound_rows())
    assert validate(report, today=date(2024, 6, 1)).rows() == []


@pytest.mark.parametrize(
    ("rule", "report", "position", "level"),
    [
        ("N-check-digit", rows_with(Print_ISSN="1234-5678"), "H16", Level.NOTICE),
        ("N-check-digit", rows_with(ISBN="978-0-12-345678-5"), "G16", Level.NOTICE),
        ("N-check-digit", rows_with(Publisher_ID="ISNI:0000000121032684"), "C16", Level.NOTICE),
        ("N-placeholder", rows_with(Publisher="n/a"), "B16", Level.NOTICE),
        ("N-named-by-identifier", rows_with(Title="10.9999/peat"), "A16", Level.NOTICE),
        ("N-filter", asking("YOP", "2010-2012"), "L16", Level.WARNING),
        ("N-filter", asking("Item_ID", "DOI:10.9999/other"), "16", Level.WARNING),
        ("N-3031", excepted(3031), "B9", Level.WARNING),
        ("N-3032", excepted(3032), "B9", Level.WARNING),
        ("N-created", report_of(sound_rows(), HEADER | {"Created": "2024-02-10T09:00:00Z"}), "B11", Level.WARNING),
    ],
)
def test_that_an_own_rule_is_told_at_its_place(rule: str, report: Report, position: str, level: Level) -> None:
    if rule == "N-created":
        report = replace(report, header=replace(report.header, created=date(2024, 2, 10)))
    assert (position, level) in found(report, rule)
    official = validate(report, official=True).get_column("rule").to_list()
    assert [told for told in official if told.startswith("N-")] == []


@pytest.mark.parametrize(
    ("release", "kind", "created", "months"),
    [
        (Release.R51, "TR", "2024-10-05T08:00:00Z", "Oct 2024 to Dec 2024"),
        (Release.R51, "TR", "2024-12-05T08:00:00Z", "Dec 2024"),
        (Release.R5, "TR", "2021-03-05T08:00:00Z", "Jan 2022 to Dec 2022"),
        (Release.R4, "JR1", "2017-11-05", "Nov 2017 to Dec 2017"),
    ],
)
def test_that_the_months_after_the_report_was_made_are_named(
    release: Release, kind: str, created: str, months: str
) -> None:
    report = judge(tsv(a_report(release, kind, months=12, created=created)), "early.tsv")
    (told,) = report.filter(pl.col("message").str.contains("before its period ended")).iter_rows(named=True)
    assert f": {months} may be incomplete." in told["message"]
    assert told["level"] == Level.WARNING


@pytest.mark.parametrize(
    "report",
    [
        asking("YOP", "2020-2023"),
        asking("YOP", "2010", "2023"),
        asking("Item_ID", "DOI:10.9999/peat"),
        rows_with(Publisher_ID="ISNI:0000000121032683"),
        rows_with(ISBN="978-0-12-345678-6"),
    ],
)
def test_that_what_fits_is_not_told(report: Report) -> None:
    own = validate(report).filter(pl.col("rule").str.starts_with("N-"))
    assert own.rows() == []


def test_that_usage_not_ready_fits_a_last_month_without_use() -> None:
    report = report_of([row | {"2024-02": "0", "Reporting_Period_Total": row["2024-01"]} for row in sound_rows()])
    header = replace(report.header, exceptions=(ReportException(3031, "", "2024-02", "B9"),))
    assert found(replace(report, header=header), "N-3031") == []


def test_that_no_own_rule_is_above_a_warning() -> None:
    report = rows_with(Print_ISSN="1234-5678", Publisher="unknown", Title="10.9999/peat", YOP="2031")
    own = validate(report).filter(pl.col("rule").str.starts_with("N-"))
    assert own.height > 0
    assert own.filter(pl.col("level") > int(Level.WARNING)).rows() == []


def test_that_the_hyphens_of_an_isbn_follow_its_ranges() -> None:
    assert found(rows_with(ISBN="978-31-6-148410-0"), "V-09")[0] == ("G16", Level.WARNING)
    assert found(rows_with(ISBN="978-3-16-148410-0"), "V-09") == []


def test_that_a_publication_date_that_is_no_whole_date_is_told() -> None:
    cells = grid(a_report(Release.R51, "IR"))
    place = cells[14].index("Publication_Date")
    assert "N-date" not in judge(as_bytes(cells))["rule"].to_list()
    cells[15][place] = "0001-01-01"
    assert "N-date" in judge(as_bytes(cells))["rule"].to_list()


def test_that_a_column_of_the_providers_own_is_a_notice() -> None:
    cells = grid(a_report(Release.R51, "TR"))
    wide = [line if n < 14 else [*line, "larch:Shelf" if n == 14 else "7"] for n, line in enumerate(cells)]
    told = judge(as_bytes(wide)).filter(pl.col("rule") == "N-own-column")
    assert told["level"].to_list() == [int(Level.NOTICE)]
    assert "N-own-column" not in judge(as_bytes(cells))["rule"].to_list()
