"""Files that broke off in the middle of a row: what is gone is unknown, and never passes for 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import polars as pl
import pytest

from nolcat_desktop.conversion import damaged_cells, stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import Report
from nolcat_desktop.validation import validate
from tests.builders import Abstract, Grid, a_report, csv, first_row, grid, tsv
from tests.conversion.sums import usage_of
from tests.reading.found import noticed, report

MONTHS = 4


def used_to_the_end(release: Release, report_id: str) -> Abstract:
    """A report whose last row has use in every month, in counts of more than one digit."""
    made = a_report(release, report_id, months=MONTHS, titles=3)
    last = made.rows[-1]
    counts = {month: 1000 + n for n, month in enumerate(last.counts)}
    return replace(made, rows=(*made.rows[:-1], replace(last, counts=counts)))


REPORTS = [
    used_to_the_end(release, name)
    for release, name in (
        (Release.R51, "TR"),
        (Release.R5, "PR"),
        (Release.R5, "IR"),
        (Release.R4, "JR1"),
        (Release.R4, "PR1"),
    )
]


def months_of(found: Report) -> list[str]:
    return [one.position for one in damaged_cells(found)]


@pytest.mark.parametrize(
    ("made", "form"),
    [
        pytest.param(made, form, id=f"{made.report_id}-{form.__name__}", marks=[pytest.mark.exhaustive] * (n > 4))
        for n, (form, made) in enumerate(product((tsv, csv), REPORTS))
    ],
)
def test_that_a_file_that_ends_anywhere_in_its_last_row_never_passes_for_whole(
    made: Abstract, form: Callable[[Grid], bytes]
) -> None:
    whole = form(grid(made))
    usage, text = usage_of(report(whole)), whole.rstrip(b"\r\n")
    start = text.rindex(b"\n") + 1
    for end in range(start + 1, len(text)):
        found = report(text[:end])
        is_told = bool(damaged_cells(found)) or stopped_by(found) is not None or noticed(found, "F-perhaps-cut")
        assert is_told or usage_of(found).equals(usage), text[start:end]
    assert usage_of(report(text)).equals(usage)  # the last line break alone takes nothing with it
    assert damaged_cells(report(text)) == ()


def test_that_the_months_that_were_cut_off_are_named_and_no_others() -> None:
    made = REPORTS[0]
    cells = grid(made)
    cells[-1] = cells[-1][:-2]
    found = report(tsv(cells))
    row, letters = len(cells), [one.position.rstrip("0123456789") for one in found.headings if one.month]
    assert months_of(found) == [f"{letter}{row}" for letter in letters[-2:]]
    assert {one.value for one in damaged_cells(found)} == {"(cut off)"}
    assert noticed(found, "F-cut-row") == [str(row)]
    assert noticed(found, "F-short-row") == []


def test_that_a_row_that_is_cut_in_the_middle_of_a_count_has_that_count_in_doubt() -> None:
    made = REPORTS[0]
    text = tsv(grid(made)).rstrip(b"\r\n")
    found = report(text[:-2])
    assert [one.value for one in damaged_cells(found)] == ["10 (cut off)"]


def test_that_a_row_of_which_only_blanks_are_not_written_is_whole() -> None:
    made = REPORTS[0]
    last = replace(made.rows[-1], counts={month: 7 * (n == 0) for n, month in enumerate(made.rows[-1].counts)})
    made = replace(made, rows=(*made.rows[:-1], last))
    cells = grid(made)
    cells[-1] = cells[-1][: -MONTHS + 1]
    for text in (tsv(cells), tsv(cells).rstrip(b"\r\n")):
        found = report(text)
        assert damaged_cells(found) == ()
        assert noticed(found, "F-short-row") == [str(len(cells))]
        assert noticed(found, "F-cut-row") == []


def test_that_a_row_among_others_that_ends_below_its_total_is_cut_off_too() -> None:
    made = used_to_the_end(Release.R4, "JR1")
    cells = grid(made)
    at = first_row(made) - 1
    cells[at] = cells[at][:-MONTHS]
    found = report(tsv(cells))
    assert {one.rstrip("0123456789") for one in months_of(found)} <= {
        one.position.rstrip("0123456789") for one in found.headings if one.month
    }
    assert noticed(found, "F-cut-row") == [str(at + 1)]


def test_that_totals_that_never_fit_prove_nothing_of_blanks_that_are_not_written() -> None:
    made = replace(REPORTS[3], rows=REPORTS[3].rows[:-1])
    cells, at = grid(made), first_row(made) - 1
    total = cells[at - 2].index("Reporting Period Total")
    for row in cells[at:]:
        row[total] = str(int(row[total]) + 5)
    cells[at] = cells[at][:-1]
    found = report(tsv(cells))
    assert damaged_cells(found) == ()
    assert noticed(found, "F-short-row") == [str(at + 1)]


def test_that_the_official_judgement_reads_what_was_cut_off_as_blank() -> None:
    cells = grid(REPORTS[0])
    cells[-1] = cells[-1][:-2]
    padded = [*cells[:-1], [*cells[-1], "", ""]]
    judged = [validate(report(tsv(one)), official=True).drop("position") for one in (cells, padded)]
    assert judged[0].equals(judged[1])
    own = validate(report(tsv(cells)))
    assert not own.filter(pl.col("rule") == "F-cut-row").is_empty()
