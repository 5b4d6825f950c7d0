"""What is known of each month of a report, and how a load is described."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import State, Tally
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.loading import load_of, named_months, printable, states
from nolcat_desktop.workflow.naming_sources import proposed_id, proposed_name
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.reconciling import differences, not_reconciled
from tests.builders import Abstract, ReportedException, a_report, empty, tsv

MONTHS = tuple(date(2024, month, 1) for month in (1, 2, 3))


def read(report: Abstract, name: str = "report.tsv") -> Report:
    (found,) = read_content(tsv(report), name)
    assert isinstance(found, Report)
    return found


@pytest.mark.parametrize(
    ("data", "months"),
    [
        (None, ()),
        ("", ()),
        ("later", ()),
        ("2024-03", ("2024-03",)),
        ("2024-03-31", ("2024-03",)),
        ("Not ready: 2024-01, 2024-03", ("2024-01", "2024-03")),
        ("2024-01; 2024-02", ("2024-01", "2024-02")),
        ("2023-12 to 2024-02", ("2023-12", "2024-01", "2024-02")),
        ("2024-03-01 – 2024-04-30", ("2024-03", "2024-04")),
        ("2024-01|2024-03", ("2024-01", "2024-03")),
        ("from 2024-01-01/2024-02-29.", ("2024-01", "2024-02")),
        ("2024-03 to 2024-01", ("2024-01", "2024-02", "2024-03")),
        ("2024-13", ()),
        ("12024-03", ()),
        ("id 20240-03", ()),
    ],
)
def test_that_months_are_found_in_what_an_exception_says(data: str | None, months: tuple[str, ...]) -> None:
    assert named_months(data) == set(months)


@pytest.mark.parametrize(
    ("exceptions", "expected"),
    [
        ((), "usage confirmed_zero confirmed_zero"),
        (((3030, None),), "usage confirmed_zero confirmed_zero"),
        (((3031, "2024-03"),), "usage confirmed_zero not_ready"),
        (((3031, "soon"),), "usage not_ready not_ready"),
        (((3031, "2024-01"),), "partial confirmed_zero confirmed_zero"),
        (((3032, "2024-02"), (3031, "2024-03")), "usage no_data not_ready"),
        (((3040, None),), "partial partial partial"),
        (((3040, "2024-02"),), "usage partial confirmed_zero"),
        (((3050, "2024-02"), (None, "2024-03")), "usage confirmed_zero confirmed_zero"),
    ],
)
def test_that_no_month_of_which_an_exception_speaks_is_a_zero(
    exceptions: tuple[tuple[int | None, str | None], ...], expected: str
) -> None:
    report = read(a_report(Release.R51, "TR"))
    told = tuple(ReportedException(code or 999, "", data or "") for code, data in exceptions)
    report = replace(report, header=replace(report.header, exceptions=told))  # type: ignore[arg-type]
    found = states(report, Tally({"2024-01": 1}, {"m": {"2024-01": 1}}), MONTHS)
    assert " ".join(found[month] for month in sorted(found)) == expected


def test_that_a_month_of_cells_that_nobody_can_read_is_no_confirmed_zero() -> None:
    report = read(a_report(Release.R5, "TR"))
    spoiled, whole = report.month_columns[0], report.month_columns[1]
    report = replace(report, items=report.items.with_columns(pl.lit("x").alias(spoiled), pl.lit("0").alias(whole)))
    found = states(report, Tally(), report.months)
    assert (found[spoiled], found[whole]) == (State.PARTIAL, State.CONFIRMED_ZERO)


def test_that_totals_cover_their_period_as_such() -> None:
    report = replace(read(a_report(Release.R51, "TR")), totals_only=True)
    load = load_of(report, 7, Wishes(), (), {})
    assert dict(load.states) == dict.fromkeys(("2024-01", "2024-02", "2024-03"), State.TOTALS_ONLY)
    assert load.is_empty


def test_that_an_id_is_taken_from_a_name_only_if_it_is_known() -> None:
    assert proposed_id("folder/5_2024.xlsx", {5}) == 5
    assert proposed_id("archive.zip!/in/5_2024.tsv", {5}) == 5
    for name in ("6_2024.xlsx", "5_TR.xlsx", "5_2024_TR.xlsx", "5-2024.xlsx", "5_3024.xlsx", "²_2024.tsv"):
        assert proposed_id(name, {5}) is None


def test_that_a_source_is_named_by_its_platform_else_by_who_made_the_report_else_by_its_file() -> None:
    report = a_report(Release.R51, "TR")
    assert proposed_name(read(report)) == "Rowan Shelf"
    assert proposed_name(read(empty(report))) == report.created_by
    nameless = read(replace(empty(report), created_by=""), "folder/Some file.tsv")
    assert proposed_name(nameless) == "Some file"


def test_that_a_name_is_always_text() -> None:
    assert printable("Zürich 潮.tsv") == "Zürich 潮.tsv"
    assert printable("Z\udcfcrich.tsv") == "Z?rich.tsv"


def test_that_sums_that_differ_are_named_by_metric_and_month() -> None:
    wanted = Tally({}, {"A": {"2024-01": 5, "2024-02": 1}, "B": {"2024-02": 3}})
    found = Tally({}, {"A": {"2024-01": 4, "2024-02": 1}, "C": {"2024-02": 3}})
    assert differences(wanted, found) == [("A", "2024-01", 5, 4), ("B", "2024-02", 3, 0), ("C", "2024-02", 0, 3)]
    report = read(a_report(Release.R51, "TR"))
    told = not_reconciled(report, wanted, found, "?")
    assert "A, 2024-01: 5 in the report, 4 to be stored" in told.meaning
    assert told.position == next(one.position for one in report.headings if one.month == MONTHS[0])
    assert "a reason" in not_reconciled(report, wanted, wanted, "a reason").meaning
