"""What becomes of a report beside what is there."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from nolcat_desktop.dataset import Relation, Scope, State, Verdict, relation
from tests.dataset.builders import candidate, content, library, month_total, months, store, total, usage

TWO = {"2024-01": 10, "2024-02": 20}


def scope(platforms: str = "", member: str | None = None, **filters: str) -> Scope:
    return Scope(
        {name: frozenset(values.split("|")) for name, values in filters.items()}, member, frozenset(platforms.split())
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (scope(), scope(), Relation.SAME),
        (scope("A"), scope(""), Relation.SAME),
        (scope("A"), scope("B"), Relation.DISJOINT),
        (scope("A B"), scope("B"), Relation.OVERLAPPING),
        (scope(Data_Type="Book"), scope(Data_Type="Journal"), Relation.DISJOINT),
        (scope(Data_Type="Book|Journal"), scope(Data_Type="Journal"), Relation.OVERLAPPING),
        (scope(Data_Type="Book"), scope(), Relation.OVERLAPPING),
        (scope(Data_Type="Book"), scope(YOP="2020"), Relation.OVERLAPPING),
        (scope(Data_Type="Book", YOP="2020"), scope(Data_Type="Journal"), Relation.DISJOINT),
        (scope(member="North"), scope(member="South"), Relation.DISJOINT),
        (scope(member="North"), scope(), Relation.OVERLAPPING),
    ],
)
def test_that_scopes_are_compared_by_dimension(one: Scope, other: Scope, expected: Relation) -> None:
    assert relation(one, other) is relation(other, one) is expected


@pytest.mark.parametrize("if_loaded", ["fail", "skip", "replace"])
def test_that_the_same_report_again_is_skipped(tmp_path: Path, if_loaded: str) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    shuffled = usage(TWO).reverse().with_columns(report_creation_date=pl.lit(None, dtype=pl.Date))
    assert store(held, candidate({}, frame=shuffled, name="b"), if_loaded=if_loaded)[0][0] == "skipped"
    assert len(held.history()) == 1


@pytest.mark.parametrize(
    ("if_loaded", "action", "january"), [("fail", "failed", 10), ("skip", "added", 10), ("replace", "replaced", 11)]
)
def test_that_other_numbers_are_refused_left_or_replaced_as_asked(
    tmp_path: Path, if_loaded: str, action: str, january: int
) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    ((done, _),) = store(held, candidate({"2024-01": 11, "2024-03": 30}, name="b"), if_loaded=if_loaded)
    assert done == action
    third = {} if action == "failed" else {"2024-03": month_total(30)}
    assert months(held) == {"2024-01": month_total(january), "2024-02": month_total(20), **third}
    assert held.verify() == []


def test_that_rows_that_differ_with_equal_sums_are_other_numbers(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    swapped = usage(TWO).with_columns(resource_name=pl.col("resource_name").reverse())
    renamed = usage(TWO).with_columns(publisher=pl.lit("Press"))
    for frame in (swapped.with_columns(YOP=pl.lit(2020, dtype=pl.Int16)), renamed):
        planned = held.plan(candidate({}, frame=frame, name="b"))
        assert planned.of(Verdict.CHANGED) == ("2024-01", "2024-02")
        assert planned.problem is not None


def test_that_a_longer_report_takes_the_equal_months_over(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    ((action, stored),) = store(held, candidate({**TWO, "2024-03": 30}, name="year"))
    assert (action, stored.rows) == ("added", 12)
    assert [load.original for load in held.parts()[0].loads] == ["year"]
    assert total(held) == sum(map(month_total, (10, 20, 30)))


def test_that_a_month_restated_to_zero_is_other_numbers(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    restated = candidate({"2024-01": 10}, states={"2024-02": State.CONFIRMED_ZERO}, name="b")
    assert held.plan(restated).of(Verdict.CHANGED) == ("2024-02",)
    store(held, restated, if_loaded="replace")
    assert months(held) == {"2024-01": month_total(10)}
    assert held.coverage()["state"].to_list() == ["usage", "confirmed_zero"]


@pytest.mark.parametrize("state", [State.NOT_READY, State.NO_DATA, State.PARTIAL])
def test_that_a_month_under_an_exception_never_replaces_usage(tmp_path: Path, state: State) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    offered = candidate({"2024-03": 3}, states={"2024-02": state}, name="b")
    assert store(held, offered, if_loaded="replace")[0][0] == "added"
    assert months(held)["2024-02"] == month_total(20)
    partial = candidate({"2024-01": 1}, states={"2024-01": State.PARTIAL}, name="c")
    assert store(held, partial, if_loaded="replace")[0][0] == "skipped"
    assert months(held)["2024-01"] == month_total(10)


def test_that_disjoint_scopes_stand_side_by_side(tmp_path: Path) -> None:
    held = library(tmp_path)
    books = candidate(TWO, filters={"Data_Type": ["Book"]}, name="a")
    journals = candidate(TWO, filters={"Data_Type": ["Journal"]}, name="b")
    other = candidate(TWO, platform="Beta", filters={"Data_Type": ["Journal"]}, name="c")
    assert [action for action, _ in store(held, books, journals, other)] == ["added"] * 3
    assert total(held) == 3 * (month_total(10) + month_total(20))
    assert held.coverage()["state"].unique().to_list() == ["usage"]
    assert held.verify() == []


@pytest.mark.parametrize("if_loaded", ["fail", "skip", "replace"])
def test_that_a_partly_overlapping_report_is_refused(tmp_path: Path, if_loaded: str) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO, filters={"Data_Type": ["Book"]}))
    planned = held.plan(candidate({"2024-01": 99, "2024-05": 1}, name="b"), if_loaded)
    assert planned.action.value == "failed"
    assert planned.problem is not None
    assert "overlaps" in planned.problem.title
    assert "report.tsv" in planned.problem.meaning


def test_that_the_whole_of_two_disjoint_reports_equals_them(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO, name="a"), candidate(TWO, platform="Beta", name="b"))
    both = pl.concat([usage(TWO), usage(TWO, platform="Beta")])
    assert store(held, candidate({}, frame=both, name="c"))[0][0] == "skipped"


def test_that_another_release_is_a_release_change_and_never_beside(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO, release="5"))
    newer = candidate(TWO, release="5.1", platform="Alpha+", name="b")
    assert held.plan(newer).of(Verdict.RELEASE_CHANGE) == ("2024-01", "2024-02")
    problem = held.plan(newer).problem
    assert problem is not None
    assert problem.title == "The library holds these months in Release 5"
    assert held.plan(newer, "skip").action.value == "skipped"
    store(held, newer, if_loaded="replace")
    assert held.scan().collect()["release"].unique().to_list() == ["5.1"]


def test_that_views_and_masters_never_clash(tmp_path: Path) -> None:
    held = library(tmp_path)
    done = store(held, candidate(TWO), candidate({"2024-01": 3}, report_type="TR_J1"), candidate(TWO, source=2))
    assert [action for action, _ in done] == ["added"] * 3


@pytest.mark.parametrize("if_loaded", ["fail", "skip", "replace"])
def test_that_reports_of_one_run_never_replace_each_other(tmp_path: Path, if_loaded: str) -> None:
    held = library(tmp_path)
    with held.run("Added") as run:
        for name, counts in (("a", TWO), ("b", TWO), ("c", {"2024-02": 21})):
            planned = run.plan(candidate(counts, name=name), if_loaded)
            assert planned.action.value == {"a": "added", "b": "skipped", "c": "failed"}[name]
            if name == "c":
                assert planned.problem is not None
                assert " a, " in planned.problem.meaning
            run.add(planned, f"the content of {name}".encode())
        run.commit()
    assert total(held) == month_total(10) + month_total(20)


def test_that_a_longer_report_takes_equal_months_from_one_of_the_same_run(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO, name="a"), candidate({**TWO, "2024-03": 30}, name="b"))
    assert total(held) == sum(map(month_total, (10, 20, 30)))
    assert held.verify() == []


def test_that_a_policy_of_another_name_is_a_defect(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="if_loaded"):
        library(tmp_path).plan(candidate(TWO), "overwrite")


def test_that_a_month_that_is_not_ready_is_remembered_once(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate({"2024-01": 10}))
    offered = candidate({"2024-01": 10}, states={"2024-02": State.NOT_READY}, name="b")
    assert store(held, offered)[0][0] == "added"
    assert held.coverage()["state"].to_list() == ["usage", "not_ready"]
    assert store(held, offered)[0][0] == "skipped"
    assert total(held) == month_total(10)


def test_that_two_releases_in_one_run_are_named_as_such(tmp_path: Path) -> None:
    held = library(tmp_path)
    with held.run("Added") as run:
        run.add(run.plan(candidate({"2024-01": 10}, release="5")), content("report.tsv"))
        refused = run.plan(candidate({"2024-01": 11}, release="5.1", name="other.tsv"))
    assert refused.problem is not None
    assert refused.problem.title == "These months come in two releases: 5 and 5.1"
