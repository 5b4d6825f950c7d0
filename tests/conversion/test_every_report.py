"""Every report in every form gives the usage that was worked out cell by cell, and all forms give the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from polars.testing import assert_frame_equal

from nolcat_desktop.conversion import damaged_cells, stopped_by
from nolcat_desktop.counter.release import Release
from tests.builders import Abstract, a_report, csv, delimited, every_report, expected_usage, json, tsv, xlsx
from tests.conversion.sums import in_order, usage_of
from tests.reading.found import report

FORMS: dict[str, Callable[[Abstract], bytes]] = {
    "tsv": tsv,
    "csv": csv,
    "semicolons": lambda abstract: delimited(abstract, ";"),
    "pipes": lambda abstract: delimited(abstract, "|"),
    "all quoted": lambda abstract: delimited(abstract, ",", every=True),
    "xlsx with dates": lambda abstract: xlsx(abstract, months="date"),
    "xlsx with numbers": lambda abstract: xlsx(abstract, years="text"),
    "xlsx of texts": lambda abstract: xlsx(abstract, typed=False),
}
EVERY = tuple(every_report())


def some(place: int, among: int) -> tuple[pytest.MarkDecorator, ...]:
    """Each report in one of the forms, in turn, and each form of many reports; all of all only on demand."""
    return () if place % among == 0 else (pytest.mark.exhaustive,)


@pytest.mark.parametrize(
    ("release", "report_id", "form"),
    [
        pytest.param(*pair, form, id=" ".join((*pair, form)), marks=some(number + other, len(FORMS)))
        for number, pair in enumerate(EVERY)
        for other, form in enumerate(FORMS)
    ],
)
def test_that_usage_is_what_the_report_says(release: Release, report_id: str, form: str) -> None:
    abstract = a_report(release, report_id, titles=6)
    found = report(FORMS[form](abstract))
    assert (found.release, found.report_id, found.months) == (release, report_id, abstract.months)
    assert stopped_by(found) is None
    assert damaged_cells(found) == ()
    assert found.items.height == len(abstract.rows)
    assert_frame_equal(usage_of(found), expected_usage(abstract), check_row_order=True)


@pytest.mark.parametrize(
    ("release", "report_id"),
    [
        pytest.param(*pair, id=" ".join(pair), marks=some(number, 4))
        for number, pair in enumerate(pair for pair in EVERY if pair[0] != Release.R4)
    ],
)
def test_that_json_gives_the_usage_of_the_tabular_form(release: Release, report_id: str) -> None:
    abstract = a_report(release, report_id, titles=6)
    found = report(json(abstract), "report.json")
    assert stopped_by(found) is None
    assert_frame_equal(in_order(usage_of(found)), in_order(usage_of(report(tsv(abstract)))))


@pytest.mark.parametrize("months", [1, 13, 60])
@pytest.mark.parametrize(("release", "report_id"), [(Release.R4, "JR1"), (Release.R5, "TR"), (Release.R51, "PR_P1")])
def test_that_any_number_of_months_is_read(release: Release, report_id: str, months: int) -> None:
    abstract = a_report(release, report_id, months=months)
    assert_frame_equal(usage_of(report(csv(abstract))), expected_usage(abstract))
