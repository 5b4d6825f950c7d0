"""Months without use, and why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from nolcat_desktop.counter.release import Release
from tests.builders import (
    ReportedException,
    a_report,
    empty,
    not_ready,
)
from tests.cli.running import answered
from tests.workflow.shelf import FORMS, R5, R51, Shelf, added
from tests.workflow.stored import in_order, usage_in, wanted


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("release", [R5, R51])
def test_that_an_empty_report_is_kept_as_a_confirmed_zero(shelf: Shelf, release: Release, form: str) -> None:
    file = shelf.file(FORMS[form](empty(a_report(release, "DR_D2"))), f"a.{form}")
    ran = answered("convert", file, "--library", shelf.library, "--source", 7, "--json")
    assert ran.code == 0
    line = ran.line
    assert (line["action"], line["rows"], line["usage_total"], line["part"]) == ("empty", 0, 0, None)
    assert len(line["months"]) == 3
    assert set(shelf.states().values()) == {"confirmed_zero"}
    assert {line["usage_total"] for line in shelf.coverage()} == {0}
    assert len(list((shelf.library / "originals").iterdir())) == 1
    assert shelf.is_sound()
    again = answered("convert", file, "--library", shelf.library, "--source", 7, "--json")
    assert (again.code, again.line["action"]) == (0, "skipped")


def test_that_an_empty_report_never_replaces_usage(shelf: Shelf) -> None:
    report = a_report(R51, "TR")
    added(shelf.convert(report))
    shelf.convert(empty(report), words=("--source", 7, "--if-loaded", "replace"))
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(report))
    assert set(shelf.states().values()) == {"usage"}


def test_that_only_the_month_that_exception_3031_names_is_not_ready(shelf: Shelf) -> None:
    report = not_ready(a_report(R51, "TR"), date(2024, 3, 1))
    added(shelf.convert(report))
    assert shelf.states() == {"2024-01": "usage", "2024-02": "usage", "2024-03": "not_ready"}
    assert shelf.coverage()[-1]["usage_total"] is None
    full = a_report(R51, "TR")
    ran = shelf.convert(full)
    assert ran.line["action"] in ("added", "replaced"), ran.line["problem"]
    assert shelf.states()["2024-03"] == "usage"


@pytest.mark.parametrize(
    ("code", "message", "state"),
    [
        (3031, "Usage Not Ready for Requested Dates", "not_ready"),
        (3032, "Usage No Longer Available for Requested Dates", "no_data"),
        (3040, "Partial Data Returned", "partial"),
    ],
)
def test_that_an_exception_without_usage_is_no_zero(shelf: Shelf, code: int, message: str, state: str) -> None:
    bare = replace(a_report(R51, "TR"), rows=(), exceptions=(ReportedException(code, message, "see the help"),))
    ran = shelf.convert(bare)
    assert (ran.code, ran.line["action"]) == (0, "empty")
    assert set(shelf.states().values()) == {state}
    assert {line["usage_total"] for line in shelf.coverage()} == {None}


@pytest.mark.parametrize("code", [3031, 3032, 3040])
def test_that_a_month_under_an_exception_never_replaces_usage(shelf: Shelf, code: int) -> None:
    report = a_report(R51, "TR")
    added(shelf.convert(report))
    less = not_ready(report, date(2024, 3, 1))
    less = replace(less, exceptions=(ReportedException(code, "Usage Not Ready for Requested Dates", "2024-03"),))
    shelf.convert(less, words=("--source", 7, "--if-loaded", "replace"))
    found = usage_in(shelf.library).filter(pl.col("usage_date") == date(2024, 3, 1))
    expected = wanted(report).filter(pl.col("usage_date") == date(2024, 3, 1))
    assert_frame_equal(in_order(found), expected)


def test_that_usage_under_exception_3040_is_partial(shelf: Shelf) -> None:
    partial = (ReportedException(3040, "Partial Data Returned", "the server is slow"),)
    added(shelf.convert(replace(a_report(R51, "TR"), exceptions=partial)))
    assert set(shelf.states().values()) == {"partial"}
