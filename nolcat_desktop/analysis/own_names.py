"""Usage under the names that the library knows it by: applied when it is looked at, never to what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import polars as pl

_COLUMNS = {"platform": "platform", "publisher": "publisher", "database": "resource_name"}
OF_DATABASES = r"^(DR(_D\d)?|DB\d)$"
"""Report types whose `resource_name` is a database."""


class Alias(Protocol):
    """Another name, from one month to another."""

    @property
    def what(self) -> str:
        """`platform`, `publisher` or `database`."""
        ...

    @property
    def name(self) -> str:
        """As it stands in reports."""
        ...

    @property
    def stands_for(self) -> str:
        """The name under which both are looked at."""
        ...

    @property
    def source_id(self) -> int | None:
        """Only in usage of this source; None: everywhere."""
        ...

    @property
    def first(self) -> str | None:
        """First month, yyyy-mm; None: from the beginning."""
        ...

    @property
    def last(self) -> str | None:
        """Last month; None: until now."""
        ...


def under_own_names(usage: pl.LazyFrame, aliases: Sequence[Alias]) -> pl.LazyFrame:
    """Give `usage` with each name replaced by the one that it stands for; counts and rows stay.

    Args:
        usage: In the columns of `USAGE`, with text as text.
        aliases: In the order in which they were given; a later one does not see what an earlier one made.
    """
    if not aliases:
        return usage
    named = {}
    for what, column in _COLUMNS.items():
        name = pl.col(column)
        for one in aliases:
            if one.what == what:
                name = pl.when(_applies(one, column)).then(pl.lit(one.stands_for)).otherwise(name)
        named[column] = name
    return usage.with_columns(**named)


def _applies(alias: Alias, column: str) -> pl.Expr:
    tests = [pl.col(column) == alias.name]
    month = pl.col("usage_date").dt.strftime("%Y-%m")
    if alias.source_id is not None:
        tests.append(pl.col("statistics_source_ID") == alias.source_id)
    if alias.first is not None:
        tests.append(month >= alias.first)
    if alias.last is not None:
        tests.append(month <= alias.last)
    if alias.what == "database":
        tests.append(pl.col("report_type").str.contains(OF_DATABASES))
    return pl.all_horizontal(tests)
