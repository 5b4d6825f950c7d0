"""Where a release ends and another goes on: years between the two are gaps, though no report has them on both sides.

Source: Code of Practice, Release 5 (reports of Release 4 end with 2018), and its table of what replaces what; Release
4, which alone was valid from January 2014 on and kept the codes of Release 3.
"""

from __future__ import annotations

import re

import polars as pl

from nolcat_desktop.analysis.month_series import COUNTED

LAST_OF_RELEASE = {"3": 2013 * 12 + 11, "4": 2018 * 12 + 11}
"""Release → its last month, counted from January of the year 0."""
_GOES_ON: tuple[tuple[str, str], ...] = (
    # Report types of Release 4, and those of Release 5 that count what they counted.
    (r"^(JR\d|CR\d)", r"^TR(_J\d)?$"),
    (r"^BR\d", r"^TR(_B\d)?$"),
    (r"^TR\d", r"^TR(_[BJ]\d)?$"),
    (r"^DB\d", r"^DR(_D\d)?$"),
    (r"^PR\d", r"^PR(_P1)?$"),
)


def from_the_end_of_release_4(known: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """`reports`, of which the first that goes on for a report of Release 4 is expected from the end of that one.

    The report of Release 4 is then expected to its end, and one of Release 3 as well: they have one code. Of several
    that begin together the master report goes on for it (its code is the shortest), or else the first by its code.

    Args:
        known: One row for each source, report and month (`at`), with its `release`.
        reports: One row for each source and report, with the `first` and the `last` month expected of it.
    """
    source, report_type = "statistics_source_ID", pl.col("report_type")
    for ended, goes_on in _GOES_ON:
        old = known.filter(pl.col("release").is_in(list(LAST_OF_RELEASE)), report_type.str.contains(ended))
        begins = old.group_by(source).agg(
            (pl.max_horizontal(pl.col("at").max(), LAST_OF_RELEASE["4"]) + 1).alias("ended")
        )
        is_next = report_type.str.contains(goes_on) & (pl.col("first") > pl.col("ended"))
        reports = (
            reports.join(begins, on=source, how="left", maintain_order="left")
            .with_columns(pl.when(is_next).then(pl.col("first")).min().over(source).alias("next"))
            .with_columns(pl.when(is_next & (pl.col("first") == pl.col("next"))).then(report_type).alias("goes_on"))
            .with_columns((report_type == pl.col("goes_on").min().over(source)).alias("goes_on"))
            .with_columns(pl.when(pl.col("goes_on")).then(pl.col("ended")).otherwise(pl.col("first")).alias("first"))
            .with_columns(
                pl.when(report_type.str.contains(ended) & report_type.str.contains(goes_on).any().over(source))
                .then(pl.max_horizontal("last", pl.lit(LAST_OF_RELEASE["4"], pl.Int32)))
                .otherwise(pl.col("last"))
                .alias("last")
            )
            .drop("ended", "next", "goes_on")
        )
    return reports


def older_reports(coverage: pl.DataFrame, report_type: str) -> pl.DataFrame:
    """What is known of the reports of Releases 4 and 3 that `report_type` goes on for.

    Args:
        coverage: As for `month_series.covered`.
        report_type: Of Release 5 or 5.1; another has none.

    Returns:
        statistics_source_ID, report_type, usage_date (first day of the month); months whose uses are known.
    """
    ended = [pl.col("report_type").str.contains(old) for old, goes_on in _GOES_ON if re.search(goes_on, report_type)]
    return coverage.filter(
        pl.any_horizontal(pl.lit(value=False), *ended),
        pl.col("release").cast(pl.String).is_in(list(LAST_OF_RELEASE)),
        pl.col("state").is_in(COUNTED),
    ).select(
        "statistics_source_ID", "report_type", pl.format("{}-01", "month").str.to_date("%Y-%m-%d").alias("usage_date")
    )
