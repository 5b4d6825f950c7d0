"""Usage as a table: blank where nothing is known, 0 where a report says that there was none."""

from __future__ import annotations

from datetime import date

import polars as pl

from nolcat_desktop.analysis import report_table
from nolcat_desktop.usage import USAGE

COVERED = {"statistics_source_ID": pl.Int64, "report_type": pl.String, "release": pl.String, "month": pl.String}


def usage(*rows: tuple[int, str, str, int]) -> pl.LazyFrame:
    """Source, title, month, count."""
    found = [
        {
            "statistics_source_ID": source,
            "report_type": "TR",
            "resource_name": title,
            "metric_type": "Total_Item_Requests",
            "usage_date": date.fromisoformat(f"{month}-01"),
            "usage_count": count,
            "release": "5.1",
        }
        for source, title, month, count in rows
    ]
    return pl.LazyFrame(found, schema={name: USAGE[name] for name in found[0]} if found else USAGE).select(
        pl.col(name) if not found or name in found[0] else pl.lit(None, kind).alias(name)
        for name, kind in USAGE.items()
    )


def covered(*months: tuple[int, str], release: str = "5.1") -> pl.DataFrame:
    return pl.DataFrame([(source, "TR", release, month) for source, month in months], schema=COVERED, orient="row")


def test_that_a_covered_month_without_use_is_zero_and_another_is_blank() -> None:
    table = report_table(usage((1, "A", "2023-12", 4)), covered((1, "2023-12"), (1, "2024-03"), (2, "2024-02")))
    assert table.row(0, named=True) == {
        "statistics_source_ID": 1,
        "report_type": "TR",
        "resource_name": "A",
        "metric_type": "Total_Item_Requests",
        "release": "5.1",
        "reporting_period_total": 4,
        "2023-12": 4,
        "2024-01": None,
        "2024-02": None,
        "2024-03": 0,
    }


def test_that_another_release_covers_nothing() -> None:
    months = pl.concat([covered((1, "2024-01")), covered((1, "2024-02"), release="5")])
    table = report_table(usage((1, "A", "2024-01", 4)), months)
    assert table.select("2024-01", "2024-02").row(0) == (4, None)


def test_that_usage_is_shown_even_where_coverage_is_silent() -> None:
    table = report_table(usage((1, "A", "2024-01", 4)), covered((2, "2024-01")))
    assert table["2024-01"].to_list() == [4]


def test_that_equal_rows_are_added_and_others_are_not() -> None:
    table = report_table(
        usage((1, "A", "2024-01", 4), (1, "A", "2024-01", 3), (1, "B", "2024-01", 1), (2, "A", "2024-01", 2)),
        covered((1, "2024-01"), (2, "2024-01")),
    )
    assert table["reporting_period_total"].to_list() == [7, 1, 2]


def test_that_nothing_gives_a_table_without_months_and_rows() -> None:
    table = report_table(usage(), covered())
    assert table.height == 0
    assert table.columns == [
        "statistics_source_ID",
        "report_type",
        "metric_type",
        "release",
        "reporting_period_total",
    ] or set(table.columns) >= {"statistics_source_ID", "reporting_period_total"}
