"""Standard views and annual statistics: equal to what publishers deliver, to NoLCAT's sums, and to Athena's SQL."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import polars as pl
import pytest
import sqlglot

from nolcat_desktop.analysis.annual_statistics import STATISTICS, annual_statistics
from nolcat_desktop.analysis.athena_sql import files, statistics_sql, view_sql
from nolcat_desktop.analysis.standard_views import STANDARD_VIEWS, standard_view
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import family
from nolcat_desktop.usage import USAGE
from tests.builders import a_report, expected_usage

RELEASES = (Release.R5, Release.R51)
MASTERS = ("PR", "DR", "TR", "IR")
YEAR = (date(2000, 1, 1), date(2099, 12, 31))


@cache
def reports(release: Release, *names: str, source: int = 1, titles: int = 8, begin: date | None = None) -> pl.DataFrame:
    """The usage of reports of one publisher: views and masters agree."""
    return pl.concat(
        expected_usage(a_report(release, name, titles=titles, seed=5, begin=begin), source) for name in names
    )


def without(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Usage whose report did not show some elements."""
    return frame.with_columns(pl.lit(None, USAGE[name]).alias(name) for name in columns)


def counts(frame: pl.DataFrame) -> dict[tuple[object, ...], int]:
    """Item, metric and month → sum."""
    keys = ["statistics_source_ID", "resource_name", "platform", "metric_type", "usage_date"]
    whole = frame if "resource_name" in frame.columns else frame.with_columns(resource_name=pl.lit(None, pl.String))
    return {tuple(row[:-1]): row[-1] for row in whole.group_by(keys).agg(pl.col("usage_count").sum()).iter_rows()}


def in_athena(sql: str, usage: pl.DataFrame) -> pl.DataFrame:
    """What Athena's SQL answers, in DuckDB."""
    families = [family(name) for name in usage["report_type"].to_list()]
    table = usage.with_columns(
        family=pl.Series([one.value if one else None for one in families], dtype=pl.String),
        year=pl.col("usage_date").dt.year(),
    )
    [translated] = sqlglot.transpile(sql, read="athena", write="duckdb")
    with duckdb.connect() as connection:
        connection.register("usage", table.to_arrow())
        return pl.from_arrow(connection.sql(translated).to_arrow_table())  # type: ignore[return-value]


@cache
def everything() -> pl.DataFrame:
    """Several sources, both releases, masters and views side by side, and Release 4."""
    late = date(2025, 1, 1)
    return pl.concat(
        [
            reports(Release.R5, *MASTERS, source=1),
            reports(Release.R51, *MASTERS, *STANDARD_VIEWS, source=2),
            reports(Release.R5, *STANDARD_VIEWS, source=3),
            without(reports(Release.R5, "TR", "DR", source=4), "access_method"),
            reports(Release.R51, "TR", "DR", source=5, begin=late),
            reports(Release.R5, "TR_J1", "DR_D1", "TR", source=5, begin=late),
            reports(Release.R4, "JR1", "BR2", "DB1", source=6),
        ]
    )


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("view", STANDARD_VIEWS)
def test_that_a_view_out_of_its_master_is_the_one_that_the_publisher_delivers(release: Release, view: str) -> None:
    made = standard_view(reports(release, *MASTERS).lazy(), view)
    delivered = reports(release, view)
    assert delivered.height > 0
    assert counts(made.rows) == counts(delivered)
    assert set(made.rows["taken_from"]) == {view[:2]}
    assert made.left_out.is_empty()


@pytest.mark.parametrize("view", STANDARD_VIEWS)
def test_that_a_view_is_never_added_to_its_master(view: str) -> None:
    both = standard_view(reports(Release.R51, *MASTERS, view).lazy(), view)
    assert counts(both.rows) == counts(reports(Release.R51, view))
    assert set(both.rows["taken_from"]) == {view}


def test_that_of_two_releases_of_one_month_the_newer_counts() -> None:
    begin = date(2025, 1, 1)
    newer = reports(Release.R51, "TR", begin=begin)
    older = reports(Release.R5, "TR", begin=begin)
    assert counts(standard_view(pl.concat([older, newer]).lazy(), "TR_J1").rows) == counts(
        standard_view(newer.lazy(), "TR_J1").rows
    )


@pytest.mark.parametrize("column", ["access_method", "access_type", "data_type"])
def test_that_rows_that_cannot_be_told_are_named_and_not_counted(column: str) -> None:
    lacking = without(reports(Release.R5, "TR"), column)
    made = standard_view(lacking.lazy(), "TR_J1")
    assert made.rows.is_empty()
    assert set(made.left_out["reason"]) == {f"{column} is not in the report"}
    assert made.left_out["rows"].sum() >= reports(Release.R5, "TR_J1").height


def test_that_a_platform_that_only_the_master_has_is_named() -> None:
    other = reports(Release.R5, "TR").with_columns(platform=pl.lit("Elsewhere"))
    made = standard_view(pl.concat([reports(Release.R5, "TR_J1"), other]).lazy(), "TR_J1")
    assert counts(made.rows) == counts(reports(Release.R5, "TR_J1"))
    assert set(made.left_out["reason"]) == {"platform “Elsewhere” is only in the master report"}


def test_that_months_outside_the_span_do_not_count() -> None:
    usage = reports(Release.R5, "TR")
    first, *_, last = sorted(usage["usage_date"].unique())
    made = standard_view(usage.lazy(), "TR_J3", first, last.replace(day=2))
    assert counts(made.rows) == counts(standard_view(usage.lazy(), "TR_J3").rows)
    assert standard_view(usage.lazy(), "TR_J3", last.replace(year=last.year + 1)).rows.is_empty()


def test_that_there_is_no_other_view() -> None:
    for made in (lambda: standard_view(pl.LazyFrame(schema=USAGE), "TR_X9"), lambda: view_sql("TR_X9")):
        with pytest.raises(ValueError, match="not a standard view: TR_X9"):
            made()


def test_that_no_usage_gives_no_rows() -> None:
    assert all(standard_view(pl.LazyFrame(schema=USAGE), view).rows.is_empty() for view in STANDARD_VIEWS)
    assert {answer.total for answer in annual_statistics(pl.LazyFrame(schema=USAGE), *YEAR)} == {0}


@pytest.mark.parametrize("view", STANDARD_VIEWS)
def test_that_the_view_in_athena_is_the_local_one(view: str) -> None:
    usage = everything()
    local = standard_view(usage.lazy(), view).rows
    there = in_athena(view_sql(view), usage)
    assert [name.lower() for name in there.columns] == [name.lower() for name in local.columns]
    there.columns = local.columns
    keys = [name for name in local.columns if name != "usage_count"]
    assert local.height > 0
    assert there.cast(dict(local.schema)).select(local.columns).sort(keys).equals(local.sort(keys))  # type: ignore[arg-type]


def test_that_the_statistics_in_athena_are_the_local_ones() -> None:
    usage = everything()
    local = annual_statistics(usage.lazy(), *YEAR)
    there = in_athena(statistics_sql(*YEAR), usage)
    totals = {row["statistic"]: int(row["total"]) for row in there.iter_rows(named=True)}
    assert totals == {answer.statistic.name: answer.total for answer in local}
    assert min(totals.values()) > 0
    of_terms = {(r["statistic"], r["standard_view"]): int(r["usage_count"]) for r in there.iter_rows(named=True)}
    assert of_terms == {
        (answer.statistic.name, part.term.view): part.total for answer in local for part in answer.parts
    }


def of_nolcat(usage: pl.DataFrame, *filters: dict[str, str]) -> int:
    """A statistic as NoLCAT sums it: master reports, its own filters."""
    return sum(
        int(usage.filter(pl.all_horizontal(pl.col(name) == value for name, value in one.items()))["usage_count"].sum())
        for one in filters
    )


def test_that_the_statistics_of_release_5_are_those_of_nolcat() -> None:
    usage = reports(Release.R5, *MASTERS)
    regular = {"access_method": "Regular"}
    books = regular | {
        "report_type": "TR", "data_type": "Book", "access_type": "Controlled", "metric_type": "Unique_Title_Requests"
    }  # fmt: skip
    media = regular | {"report_type": "IR", "data_type": "Multimedia", "metric_type": "Total_Item_Requests"}
    journals = regular | {"report_type": "TR", "data_type": "Journal", "metric_type": "Unique_Item_Requests"}
    controlled = journals | {"access_type": "Controlled"}
    searches = regular | {"report_type": "DR", "metric_type": "Searches_Regular"}
    federated = regular | {"report_type": "DR", "metric_type": "Searches_Federated"}
    wanted = {
        "ACRL 60b": of_nolcat(usage, books, media, controlled),
        "ACRL 61a": of_nolcat(usage, books, media),
        "ACRL 61b": of_nolcat(usage, journals),
        "ACRL 63": of_nolcat(usage, controlled),
        "ARL 18": of_nolcat(usage, journals),
        "ARL 19": of_nolcat(usage, searches),
        "ARL 20": of_nolcat(usage, federated),
    }
    assert {answer.statistic.name: answer.total for answer in annual_statistics(usage.lazy(), *YEAR)} == wanted
    assert all(wanted.values())


def test_that_what_cannot_be_told_stands_beside_the_total() -> None:
    usage = without(reports(Release.R5, *MASTERS), "access_method")
    answers = annual_statistics(usage.lazy(), *YEAR)
    assert all(part.total == 0 and part.left_out > 0 for answer in answers for part in answer.parts)


def test_that_every_statistic_is_of_standard_views_only() -> None:
    assert {term.view for one in STATISTICS for term in one.terms} <= set(STANDARD_VIEWS)


def test_that_the_saved_queries_are_those_of_the_tables() -> None:
    shipped = Path(__file__).parents[2] / "resources" / "aws" / "athena"
    assert {file.name: file.read_text(encoding="utf-8") for file in shipped.glob("*.sql")} == files()
