"""A small frame of usage, held to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from nolcat_desktop.analysis.looking import Holding
from nolcat_desktop.analysis.table_query import hold
from nolcat_desktop.usage import USAGE

NAMES = {1: "EBSCO", 2: "JSTOR"}
TIR, UIR = "Total_Item_Requests", "Unique_Item_Requests"
Row = tuple[int, str | None, str, date, int, str]
"""Source, title, metric, month, uses, release."""


def usage(rows: Sequence[Row]) -> pl.LazyFrame:
    """Rows in the columns of `USAGE`, of report TR."""
    keys = ("statistics_source_ID", "resource_name", "metric_type", "usage_date", "usage_count", "release")
    given = pl.DataFrame(rows, {key: USAGE[key] for key in keys}, orient="row")
    rest = [pl.lit(None, dtype).alias(name) for name, dtype in USAGE.items() if name not in keys]
    return given.lazy().with_columns(rest).with_columns(report_type=pl.lit("TR")).select(list(USAGE))


def held(rows: Sequence[Row], *columns: str) -> pl.DataFrame:
    """The same, held with the title."""
    return hold(usage(rows), ("resource_name", *columns), NAMES)


def known(*rows: tuple[int, str, str, str]) -> pl.DataFrame:
    """Coverage of TR: source, release, month, state."""
    schema = {"statistics_source_ID": pl.Int64, "release": pl.String, "month": pl.String, "state": pl.String}
    return pl.DataFrame(rows, schema, orient="row").with_columns(report_type=pl.lit("TR"))


def holding(rows: Sequence[Row], coverage: pl.DataFrame) -> Holding:
    """Both together."""
    return Holding("TR", held(rows), coverage, NAMES)
