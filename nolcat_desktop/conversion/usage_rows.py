"""Report → usage, as one lazy pipeline.

The months of a row become an array beside the row's other columns, and the array is exploded: all months of a row stay
together, in the order of the file, which makes the Parquet file several times smaller, and nothing is sorted or joined.
Texts travel as categories (a quarter of the memory of text). It runs over slices of the rows, so that memory does not
grow with the report.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from nolcat_desktop.conversion.layout import COUNTED, usage_columns
from nolcat_desktop.conversion.repairing import repaired
from nolcat_desktop.conversion.usage_members import of_member
from nolcat_desktop.counts import count
from nolcat_desktop.report import Report
from nolcat_desktop.usage import USAGE

SLICE = 20_000
"""Rows of a report that are laid out at a time."""


def to_usage(report: Report, statistics_source_id: int, member: str | None = None) -> pl.LazyFrame:
    """Lay out the performance of `report` as usage, one row for each item, metric and month with use.

    As `lay_out`, with text as text: exactly the types of `USAGE`.
    """
    return lay_out(report, statistics_source_id, member).select(
        pl.col(name).cast(dtype) for name, dtype in USAGE.items()
    )


def lay_out(report: Report, statistics_source_id: int, member: str | None = None) -> pl.LazyFrame:
    """Lay out the performance of `report` as usage, one row for each item, metric and month with use.

    Months without usage are left out (Code of Practice 5.1, section 3.3.8), as are cells whose count cannot be read:
    whoever stores the usage asks `damaged_cells` first.

    Args:
        report: A report whose definition is known. `report.items` has n rows and m months.
        statistics_source_id: The source that the usage belongs to.
        member: Only the rows of this member (Institution_Name or Customer_ID); None for all.

    Returns:
        At most n x m rows in the columns of `USAGE`, in the order of its rows; text may be categories, which the
        library writes as text. `usage_count` is a number of events, above 0. Nothing is computed before it is
        collected.

    Raises:
        ValueError: If the definition of the report is not known.
    """
    if report.repairs:
        report = replace(report, items=repaired(report.items, report))
    columns = usage_columns(report)
    given = {
        "statistics_source_ID": pl.lit(statistics_source_id, pl.Int64),
        "report_type": pl.lit(report.report_id, pl.Categorical),
        "report_creation_date": pl.lit(report.header.created, pl.Date),
        "release": pl.lit(str(report.release), pl.Categorical),
    }
    items = of_member(report.items, member)
    if not report.months:
        items = items.clear()
    slices = [_laid_out(items.slice(start, SLICE).lazy(), report, columns) for start in range(0, items.height, SLICE)]
    laid = pl.concat(slices) if slices else pl.LazyFrame(schema={name: USAGE[name] for name in (*columns, *COUNTED)})
    return laid.with_columns(**given).select(list(USAGE))


def _laid_out(rows: pl.LazyFrame, report: Report, columns: dict[str, pl.Expr]) -> pl.LazyFrame:
    texts = [column.cast(pl.Categorical) if USAGE[name] == pl.String else column for name, column in columns.items()]
    months = pl.Series([list(report.months)], dtype=pl.Array(pl.Date, len(report.months)))
    counts = pl.concat_arr([count(name) for name in report.month_columns])
    return (
        rows.select(*texts, usage_date=pl.lit(months), usage_count=counts)
        .explode("usage_date", "usage_count")
        .filter(pl.col("usage_count") > 0)
    )
