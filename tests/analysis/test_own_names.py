"""Names are changed for whoever looks, within their months and their source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from nolcat_desktop.analysis.own_names import under_own_names
from nolcat_desktop.usage import USAGE
from tests.analysis.held import TIR, usage


@dataclass(frozen=True, slots=True)
class Name:
    what: str
    name: str
    stands_for: str
    source_id: int | None = None
    first: str | None = None
    last: str | None = None


def rows(report_type: str = "TR") -> pl.LazyFrame:
    made = usage([(source, "Old", TIR, date(2024, month, 1), 5, "5.1") for source in (1, 2) for month in (1, 2, 3)])
    return made.with_columns(platform=pl.lit("Alpha"), report_type=pl.lit(report_type))


def test_that_a_name_is_changed_within_its_months_and_source_and_nothing_else_is() -> None:
    before = rows().collect()
    found = under_own_names(rows(), (Name("platform", "Alpha", "Beta", 1, "2024-02", "2024-02"),)).collect()
    changed = found.filter(pl.col("platform") == "Beta").select("statistics_source_ID", "usage_date").rows()
    assert changed == [(1, date(2024, 2, 1))]
    assert found.drop("platform").equals(before.drop("platform"))
    assert found.schema == USAGE


def test_that_a_database_is_a_name_in_reports_of_databases_only() -> None:
    alias = (Name("database", "Old", "New"),)
    assert under_own_names(rows("DR_D1"), alias).collect()["resource_name"].unique().to_list() == ["New"]
    assert under_own_names(rows("TR"), alias).collect()["resource_name"].unique().to_list() == ["Old"]


def test_that_names_do_not_run_in_a_circle() -> None:
    aliases = (Name("publisher", "A", "B"), Name("publisher", "B", "A"))
    found = under_own_names(rows().with_columns(publisher=pl.lit("A")), aliases).collect()
    assert found["publisher"].unique().to_list() == ["B"]
    assert under_own_names(rows(), ()).collect().equals(rows().collect())
