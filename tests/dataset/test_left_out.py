"""Months of which cells were left out: which they are, and how a later report closes them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nolcat_desktop.dataset import Action, State, left_out
from nolcat_desktop.dataset.coverage import coverage
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.parts import Holding
from nolcat_desktop.dataset.planning import plan
from tests.dataset.builders import candidate, library, store

MONTHS = tuple(f"2024-{month:02}" for month in range(1, 13))
LOST = (("F7", "-3"),)


def held(load: Load) -> Holding:
    return Holding("TR/1_TR_NULL.parquet", Path("none"), 0, load, load)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    cells=st.lists(st.sampled_from(MONTHS), max_size=6),
    used=st.sets(st.sampled_from(MONTHS), min_size=1),
    kept=st.sets(st.sampled_from(MONTHS), min_size=1),
)
def test_that_the_months_told_as_partial_are_those_of_the_cells(
    cells: list[str], used: set[str], kept: set[str]
) -> None:
    states = {month: State.PARTIAL if month in cells else State.CONFIRMED_ZERO for month in MONTHS if month not in used}
    lost = tuple((f"F{n}", "?") for n in range(len(cells)))
    load = candidate(dict.fromkeys(used, 3), states=states, damaged=lost, damaged_months=tuple(cells)).load
    load = Load.from_json(load.narrowed(kept).as_json())
    rows = coverage([held(load)])
    assert set(rows.filter(pl.col("state") == "partial")["month"]) == set(cells) & kept
    assert {month for _, _, month in left_out([held(load)])} == set(cells) & kept
    assert [month for month in cells if month in kept] == list(load.damaged_months)


def test_that_an_empty_report_closes_a_hole_beside_which_nothing_is_counted(tmp_path: Path) -> None:
    here = library(tmp_path)
    hole = candidate(
        {}, name="a", platform="x", states={"2024-01": State.PARTIAL}, damaged=LOST, damaged_months=("2024-01",)
    )
    right = candidate({}, name="b", states={"2024-01": State.CONFIRMED_ZERO})
    assert store(here, hole)[0][0] == "empty"
    assert here.coverage()["state"].to_list() == ["partial"]
    assert [store(here, right)[0][0] for _ in range(2)] == ["empty", "skipped"]
    assert here.coverage()["state"].to_list() == ["confirmed_zero"]
    assert [one.load.original for one in here.holdings()] == ["b"]


def test_that_an_empty_report_never_takes_usage_over_to_close_a_hole(tmp_path: Path) -> None:
    here = library(tmp_path)
    store(here, candidate({"2024-01": 4}, name="a", damaged=LOST, damaged_months=("2024-01",)))
    states = {"2024-01": State.CONFIRMED_ZERO}
    assert plan(candidate({}, name="b", states=states), here.holdings(), "replace").take_over == ()
    store(here, candidate({}, name="b", states=states), if_loaded="replace")
    assert here.coverage()["usage_total"].to_list() == [18]
    assert here.coverage()["state"].to_list() == ["partial"]


def test_that_only_a_whole_report_of_the_same_scope_and_release_closes_a_hole(tmp_path: Path) -> None:
    here = library(tmp_path)
    store(here, candidate({"2024-01": 4}, name="a", damaged=LOST, damaged_months=("2024-01",)))
    offered = {
        "the same": candidate({"2024-01": 4}, name="b"),
        "books": candidate({"2024-01": 4}, name="b", filters={"Data_Type": ["Book"]}),
        "other release": candidate({"2024-01": 4}, name="b", release="5"),
        "partial": candidate({"2024-01": 4}, name="b", states={"2024-01": State.PARTIAL}),
        "damaged": candidate({"2024-01": 4}, name="b", damaged=LOST, damaged_months=("2024-01",)),
        "perhaps damaged": candidate({"2024-01": 4}, name="b", damaged=LOST),
    }
    found = {name: plan(one, here.holdings(), "skip").action for name, one in offered.items()}
    assert found.pop("the same") is Action.REPLACED
    assert set(found.values()) == {Action.SKIPPED}


def test_that_the_files_of_one_run_end_the_same_in_either_order(tmp_path: Path) -> None:
    lacking = candidate({"2024-01": 4, "2024-02": 3}, name="a", damaged=LOST, damaged_months=("2024-01",))
    right = candidate({"2024-01": 4, "2024-02": 3}, name="b")
    for folder, order in (("one", (lacking, right)), ("two", (right, lacking))):
        here = library(tmp_path / folder)
        store(here, *order)
        assert here.coverage()["state"].to_list() == ["usage", "usage"], folder
        assert here.coverage()["usage_total"].to_list() == [18, 14]
        assert not here.verify()


def test_that_a_month_of_two_reasons_names_both() -> None:
    lost = {"damaged": LOST, "damaged_months": ("2024-01",)}
    for counts in ({"2024-01": 4}, {}):
        both = candidate(counts, states={"2024-01": State.PARTIAL}, **lost).load  # type: ignore[arg-type]
        assert left_out([held(both)])[1, "TR", "2024-01"][0].publisher_too
    alone = candidate({"2024-01": 4}, **lost).load  # type: ignore[arg-type]
    assert not left_out([held(alone)])[1, "TR", "2024-01"][0].publisher_too
