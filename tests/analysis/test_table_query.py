"""Which rows are shown, and in which order."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.analysis.conditions import Kind, condition
from nolcat_desktop.analysis.finding import found_rows, next_found
from nolcat_desktop.analysis.table_query import Choice, Sorting, arranged, hold, matching, taken
from nolcat_desktop.counter.month_names import ENGLISH
from nolcat_desktop.usage import USAGE
from tests.analysis.held import NAMES, TIR, UIR, Row, held

JAN, FEB = date(2024, 1, 1), date(2024, 2, 1)
ROWS: list[Row] = [
    (1, "Zeitschrift für Physik", TIR, JAN, 30, "5"),
    (2, "acta Botanica", TIR, JAN, 5, "5"),
    (1, None, UIR, FEB, 7, "5.1"),
    (2, "Émile", TIR, FEB, 30, "5.1"),
    (3, "Acta Botanica", UIR, FEB, 1000, "5.1"),
]


def shown(rows: pl.Series | None) -> list[int] | None:
    return None if rows is None else rows.to_list()


def typed(column: str, kind: Kind, text: str) -> list[int] | None:
    found = condition(column, kind, text, ENGLISH)
    assert found is not None
    return shown(matching(held(ROWS), Choice(), [found]))


def test_that_a_held_frame_keeps_every_row_in_its_order_and_names_sources() -> None:
    frame = held(ROWS)
    assert frame["usage_count"].to_list() == [30, 5, 7, 30, 1000]
    assert frame["source_name"].cast(pl.String).to_list() == ["EBSCO", "JSTOR", "EBSCO", "JSTOR", "3"]


def test_that_usage_without_rows_can_be_held_and_asked() -> None:
    frame = hold(pl.LazyFrame(schema=USAGE), ["resource_name", "YOP"], NAMES)
    assert frame.height == 0
    assert shown(matching(frame, Choice(metrics=(TIR,)))) is None
    assert shown(arranged(frame, None, Sorting("resource_name"))) == []


def test_that_without_a_choice_every_row_is_shown_and_nothing_is_worked_out() -> None:
    assert matching(held(ROWS), Choice()) is None
    assert arranged(held(ROWS), None, None) is None


@pytest.mark.parametrize(
    ("choice", "rows"),
    [
        (Choice(begin=FEB), [2, 3, 4]),
        (Choice(end=JAN), [0, 1]),
        (Choice(sources=(2, 3)), [1, 3, 4]),
        (Choice(metrics=(UIR,)), [2, 4]),
        (Choice(JAN, JAN, (1,), (TIR,)), [0]),
    ],
)
def test_that_the_choosers_let_through_what_they_say(choice: Choice, rows: list[int]) -> None:
    assert shown(matching(held(ROWS), choice)) == rows


@pytest.mark.parametrize(
    ("column", "kind", "text", "rows"),
    [
        ("resource_name", Kind.TEXT, "BOTAN", [1, 4]),
        ("resource_name", Kind.TEXT, "emile", [3]),
        ("resource_name", Kind.TEXT, "fur", [0]),
        ("source_name", Kind.TEXT, "ebsco", [0, 2]),
        ("usage_count", Kind.COUNT, "30", [0, 3, 4]),
        ("usage_count", Kind.COUNT, "5–7", [1, 2]),
        ("usage_date", Kind.MONTH, "Feb 2024", [2, 3, 4]),
        ("usage_date", Kind.MONTH, "Jan", [0, 1]),
        ("resource_name", Kind.TEXT, "nothing like it", []),
    ],
)
def test_that_a_filter_shows_the_rows_that_meet_it(column: str, kind: Kind, text: str, rows: list[int]) -> None:
    assert typed(column, kind, text) == rows


def test_that_texts_are_sorted_without_case_and_accents_and_blanks_stand_last() -> None:
    frame = held(ROWS)
    assert shown(arranged(frame, None, Sorting("resource_name"))) == [4, 1, 3, 0, 2]
    assert shown(arranged(frame, None, Sorting("resource_name", descending=True))) == [0, 3, 1, 4, 2]


def test_that_equal_values_keep_the_order_as_stored_both_ways() -> None:
    frame = held(ROWS)
    assert shown(arranged(frame, None, Sorting("usage_count"))) == [1, 2, 0, 3, 4]
    assert shown(arranged(frame, None, Sorting("usage_count", descending=True))) == [4, 0, 3, 2, 1]


def test_that_a_column_of_blanks_can_be_sorted_and_filtered() -> None:
    frame = held(ROWS, "publisher")
    assert shown(arranged(frame, None, Sorting("publisher"))) == [0, 1, 2, 3, 4]
    found = condition("publisher", Kind.TEXT, "x", ENGLISH)
    assert found is not None
    assert shown(matching(frame, Choice(), [found])) == []


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.sets(st.integers(0, 29)), st.booleans())
def test_that_sorting_what_is_filtered_shows_the_same_rows(counts: list[int], kept: set[int], down: bool) -> None:
    frame = pl.DataFrame({"usage_count": counts})
    rows = pl.Series(sorted(row for row in kept if row < len(counts)), dtype=pl.UInt32)
    order = arranged(frame, rows, Sorting("usage_count", down))
    assert order is not None
    expected = sorted(rows.to_list(), key=lambda row: (-counts[row] if down else counts[row], row))
    assert order.to_list() == expected


def test_that_rows_are_taken_out_in_order_with_texts_as_texts() -> None:
    cells = taken(held(ROWS), pl.Series([3, 0], dtype=pl.UInt32), ["resource_name", "usage_count"])
    assert cells.rows() == [("Émile", 30), ("Zeitschrift für Physik", 30)]
    assert cells.schema["resource_name"] == pl.String


def test_that_finding_gives_places_in_the_order_shown_and_goes_round() -> None:
    frame = held(ROWS)
    order = arranged(frame, None, Sorting("resource_name"))
    found = found_rows(frame, order, ["resource_name", "usage_count"], "acta")
    assert found.to_list() == [0, 1]
    assert found_rows(frame, order, ["usage_count"], "1,000").to_list() == [0]
    assert [next_found(found, -1), next_found(found, 0), next_found(found, 1)] == [0, 1, 0]
    assert [next_found(found, 0, backwards=True), next_found(found, 1, backwards=True)] == [1, 0]
    assert next_found(found_rows(frame, None, ["resource_name"], "nowhere"), 0) is None
