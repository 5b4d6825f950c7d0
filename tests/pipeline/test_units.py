"""One live statement of each unit, decided without any cloud."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.pipeline.glue_code import module

units = module("nolcat_units")
parts = module("nolcat_parts")
words = module("nolcat_words")
order = module("nolcat_order")


def load(
    key: str,
    months: Sequence[str] = ("2024-01",),
    *,
    harvest: str = "NULL",
    release: str = "5",
    filters: dict[str, Sequence[str]] | None = None,
    member: str | None = None,
    platforms: Sequence[str] = ("Alpha",),
    zeros: Sequence[str] = (),
) -> Any:
    """A load with ten rows in each of its months, and zeros that are confirmed."""
    scope = units.Scope(
        {name: frozenset(values) for name, values in (filters or {}).items()}, member, frozenset(platforms)
    )
    states = dict.fromkeys(months, "usage") | dict.fromkeys(zeros, "confirmed_zero")
    rows = dict.fromkeys(months, 10)
    return units.Load(key, 0, 1, "TR", release, harvest, scope, units.claims(states, rows), rows, {})


def live(*loads: Any) -> dict[str, list[str]]:
    """Part → the months of it that are published."""
    found = units.resolve(loads)
    assert found.problems == ()
    return {one.key: sorted(set(one.rows_by_month) - one.lost) for one in found.loads}


def problems(*loads: Any) -> list[str]:
    """Where somebody must decide."""
    return [one.where for one in units.resolve(loads).problems]


def test_that_reports_of_different_months_stand_side_by_side() -> None:
    assert live(load("a"), load("b", ["2024-02"])) == {"a": ["2024-01"], "b": ["2024-02"]}


def test_that_the_later_harvest_of_the_same_scope_is_live() -> None:
    old = load("a", ["2024-01", "2024-02"], harvest="2024-03-01")
    new = load("b", ["2024-02", "2024-03"], harvest="2024-03-01T10-11-12")
    assert live(old, new) == live(new, old) == {"a": ["2024-01"], "b": ["2024-02", "2024-03"]}
    [replaced] = units.resolve([old, new]).replaced
    assert (replaced.key, replaced.by, replaced.months) == ("a", "b", ("2024-02",))


def test_that_a_harvest_nobody_knows_is_the_oldest() -> None:
    assert live(load("a", harvest="NULL"), load("b", harvest="2019-01-01")) == {"b": ["2024-01"]}


def test_that_of_three_the_last_is_live() -> None:
    loads = [load(day, harvest=day) for day in ("2024-03-01", "2024-01-01", "2024-02-01")]
    assert live(*loads) == {"2024-03-01": ["2024-01"]}


def test_that_a_later_zero_takes_usage_away() -> None:
    assert live(load("a"), load("b", ["2024-02"], zeros=["2024-01"], harvest="2024-05-01")) == {"b": ["2024-02"]}


def test_that_an_empty_report_never_stands_against_usage() -> None:
    assert live(load("a"), load("b", [], zeros=["2024-01"], harvest="2024-05-01")) == {"a": ["2024-01"]}


@pytest.mark.parametrize(
    "other",
    [
        {"filters": {"Data_Type": ["Journal"]}},
        {"member": "B"},
        {"platforms": ["Beta"]},
    ],
)
def test_that_disjoint_scopes_are_both_counted(other: dict[str, Any]) -> None:
    base: dict[str, Any] = {"filters": {"Data_Type": ["Book"]}, "member": "A", "platforms": ["Alpha"]}
    assert live(load("a", **base), load("b", **(base | other))) == {"a": ["2024-01"], "b": ["2024-01"]}


@pytest.mark.parametrize(
    "other",
    [
        {"filters": {"Data_Type": ["Book"]}},
        {"member": "B"},
        {"platforms": ["Alpha", "Beta"]},
        {"harvest": "NULL"},
    ],
)
def test_that_a_partial_overlap_and_a_tie_are_refused(other: dict[str, Any]) -> None:
    harvest = {"harvest": "NULL" if "harvest" in other else "2024-05-01"}
    assert problems(load("a"), load("b", **(harvest | other))) == ["b"]


def test_that_between_releases_platforms_do_not_set_reports_apart() -> None:
    assert live(load("a", release="5"), load("b", release="5.1", platforms=["Alpha Inc"])) == {"b": ["2024-01"]}


def test_that_the_columns_of_the_dataset_are_those_of_usage() -> None:
    from nolcat_desktop.usage import NEVER_NULL, USAGE

    types = {"int64": "Int64", "int16": "Int16", "string": "String", "date32[day]": "Date"}
    assert {field.name: types[str(field.type)] for field in parts.USAGE} == {n: str(t) for n, t in USAGE.items()}
    assert parts.USAGE.names == list(USAGE)
    assert parts.NEVER_NULL == NEVER_NULL


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (["2024-01"], "2024-01"),
        (["2023-11", "2023-12", "2024-01"], "2023-11 to 2024-01"),
        (["2024-03", "2024-01", "2023-12"], "2023-12 to 2024-01, 2024-03"),
        (["2023-11", "2024-12", "2025-01"], "2023-11, 2024-12 to 2025-01"),
    ],
)
def test_that_months_are_told_as_spans(months: list[str], told: str) -> None:
    assert words.months_told(months) == told


def an_order(**changes: str) -> Any:
    """The arguments of a run."""
    given = {
        "manifest_bucket": "b", "manifest_key": "p/manifests/m.json", "manifest_sha256": "A", "store_bucket": "s",
        "store_prefix": "/x/", "database": "d", "is_test": "false", "run_name": "r", "engine": "shell",
        "spark_from_bytes": "5", **changes,
    }  # fmt: skip
    return order.read_order(
        ["--JOB_NAME", "j", *(word for name, value in given.items() for word in (f"--{name}", value))]
    )


def test_that_arguments_are_read_and_those_of_glue_passed_over() -> None:
    read = an_order(is_test="True")
    assert (read.prefix, read.table, read.sha256, read.spark_from_bytes) == ("x/test", "usage_test", "a", 5)
    assert (an_order().prefix, an_order().table) == ("x", "usage")
    with pytest.raises(KeyError):
        order.read_order(["--manifest_bucket", "b"])


def test_that_a_subject_is_one_plain_line_under_100_characters() -> None:
    problem = order.Problem("NoLCAT.X", "Ein Übel\nmit " + "langem Namen " * 20, "m", "r")
    subject, text, cause = words.failed(an_order(), {"outcome": "failed"}, [problem] * 12)
    assert len(subject) < 100
    assert subject.isascii()
    assert subject.isprintable()
    assert "and 2 more" in text
    assert "(11 more problems)" in cause
