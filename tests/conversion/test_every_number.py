"""No number under the months of a table gets lost: stored, listed as damaged, left out by a named rule, or refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nolcat_desktop.conversion import damaged_cells, file_total, stopped_by, to_usage
from nolcat_desktop.counter.months import is_month_like
from nolcat_desktop.report import Report
from tests.builders import Grid, a_report, csv, every_report, grid, tsv, xlsx
from tests.reading.found import everything

KINDS = [(release, report_id) for release, report_id in every_report() if report_id not in {"JR5", "CR1", "CR2", "CR3"}]
WORDS = st.one_of(
    st.integers(0, 99_999).map(str),
    st.sampled_from(["", " ", "-3", "1.5", "x", "7.0", "1,234", "Total", "Jan-2020", "2020", "#####", "n/a", "Note"]),
)
PLAIN = re.compile(r"\d+")


@st.composite
def tables(draw: st.DrawFn) -> tuple[Grid, Grid]:
    """A report whose numbers are drawn anew, and some of whose cells anywhere are replaced; and what stood there."""
    release, report_id = draw(st.sampled_from(KINDS))
    whole = grid(a_report(release, report_id, months=3, titles=3))
    cells = [list(row) for row in whole]
    start = heading_row(cells)
    first = first_month(cells[start])
    for row in cells[start + 1 :]:
        for place in range(first, len(row)):
            row[place] = str(draw(st.integers(0, 9999)))
    for _ in range(draw(st.integers(0, 4))):
        row = cells[draw(st.integers(start, len(cells) - 1))]
        place = draw(st.integers(first if row is cells[start] else max(0, first - 3), len(row)))
        match draw(st.sampled_from(["put", "put", "drop", "more", "blank"])):
            case "put":
                row[place : place + 1] = [draw(WORDS)]
            case "drop":
                del row[place : place + 1]
            case "more":
                row.insert(place, draw(WORDS))
            case _:
                row[:first] = [""] * first
    return cells, whole


def heading_row(cells: Grid) -> int:
    return next(n for n, row in enumerate(cells) if any(map(is_month_like, row)) and len(row) > 4)


def first_month(row: list[str]) -> int:
    return next(n for n, text in enumerate(row) if is_month_like(text))


def numbers(cells: Grid, whole: Grid) -> int:
    """The sum of all plain numbers under the months, and behind them."""
    start = heading_row(whole)
    first = first_month(whole[start])
    return sum(int(text) for row in cells[start + 1 :] for text in row[first:] if PLAIN.fullmatch(text))


def told(found: Report) -> int:
    """The sum of the numbers that were listed: damaged, in rows left out, beyond the headings, under no known one."""
    total = sum(int(one.value) for one in damaged_cells(found) if PLAIN.fullmatch(one.value))
    shifted = {one.position for one in damaged_cells(found)}
    named = {one.column for one in found.headings if one.month and one.column}
    for rows, names in (
        (found.left_out, {*named, *(name for name in found.left_out.columns if name.startswith("#"))}),
        (found.items, {name for name in found.items.columns if name.startswith("#")}),
    ):
        for name in names & set(rows.columns):
            places = found.positions.cells(rows["row"], name)
            cells = zip(rows[name], places, strict=True)
            total += sum(int(text) for text, place in cells if text and PLAIN.fullmatch(text) and place not in shifted)
    return total


def check(cells: Grid, whole: Grid, form: Callable[[Grid], bytes]) -> None:
    for found in everything(form(cells)):
        if not isinstance(found, Report) or stopped_by(found) is not None:
            continue
        stored = file_total(found)
        assert to_usage(found, 1).collect()["usage_count"].sum() == stored
        assert stored - sum(odd(found)) + told(found) == numbers(cells, whole)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.sampled_from([tsv, csv, xlsx]))
def test_that_every_number_under_the_months_is_accounted_for(
    drawn: tuple[Grid, Grid], form: Callable[[Grid], bytes]
) -> None:
    check(*drawn, form)


@pytest.mark.exhaustive
@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.sampled_from([tsv, csv, xlsx]))
def test_that_every_number_is_accounted_for_in_many_tables(
    drawn: tuple[Grid, Grid], form: Callable[[Grid], bytes]
) -> None:
    check(*drawn, form)


def odd(found: Report) -> list[int]:
    """What was read from cells under the months that hold more than digits."""
    texts = [text for name in found.month_columns for text in found.items[name] if text]
    return [{"7.0": 7, "1,234": 1234}.get(text, 0) for text in texts if not PLAIN.fullmatch(text)]
