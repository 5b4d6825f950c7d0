"""Which columns tell rows apart that look equal: one title has a row for each year, section and way of access."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from nolcat_desktop.analysis.table_query import SOURCE_NAME

CANDIDATES = (
    "data_type",
    "section_type",
    "YOP",
    "access_type",
    "access_method",
    "platform",
    "publisher",
    "proprietary_ID",
    "DOI",
    "ISBN",
    "online_ISSN",
    "print_ISSN",
    "parent_title",
    "publication_date",
    "authors",
    "article_version",
    "release",
)
"""Columns of usage that may tell rows apart, the ones that say most first."""
MOST = 4
"""Columns that are shown unasked."""
LOOKED_AT = 50_000
"""Rows that are looked at: rows of one title lie near each other."""


def telling_apart(usage: pl.LazyFrame, shown: Collection[str]) -> tuple[str, ...]:
    """Find the columns without which rows of the first 50,000 look equal in `shown`, whatever their uses are.

    Args:
        usage: Rows in the columns of `USAGE`.
        shown: Columns that are shown anyway.

    Returns:
        At most four of `CANDIDATES`, in their order; () where nothing looks equal, or is equal throughout.
    """
    keys = {"statistics_source_ID" if name == SOURCE_NAME else name for name in shown} - {"usage_count"}
    known = usage.collect_schema().names()
    seen = sorted({*keys, "usage_date", "metric_type"} & set(known))
    offered = [name for name in CANDIDATES if name in known and name not in seen]
    rows = usage.select(*seen, *offered).head(LOOKED_AT).collect(engine="streaming")
    rows = rows.filter(pl.len().over(seen) > 1)
    found: list[str] = []
    groups = rows.select(seen).n_unique() if rows.height else 0
    for name in offered:
        if groups == rows.height or len(found) == MOST:
            break
        if rows[name].n_unique() > 1 and (more := rows.select(*seen, *found, name).n_unique()) > groups:
            found.append(name)
            groups = more
    return tuple(found)
