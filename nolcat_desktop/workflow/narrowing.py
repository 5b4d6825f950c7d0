"""What was typed over the columns, as a condition on rows of usage, stored or read again."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from nolcat_desktop.analysis.conditions import Between, Condition, Contains, InMonth, plain_text
from nolcat_desktop.usage import USAGE

_APART = frozenset({"statistics_source_ID", "report_type", "metric_type", "usage_date", "usage_count", "release"})
"""Columns that hold for a whole report, or for a single count: no condition on the row's own texts."""
_YEAR = "YOP"


def not_narrowed_by(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Those of `conditions` that `narrowing` cannot put: not on texts of the row or on its year of publication."""
    return tuple(one for one in conditions if one.column not in _columns())


def narrowing(condition: Condition) -> pl.Expr:
    """`condition` as an expression over columns of usage; a blank meets none, case and accents do not count.

    Args:
        condition: Not one of `not_narrowed_by`.

    Raises:
        ValueError: If it is.
    """
    if condition.column not in _columns():
        raise ValueError(condition.column)
    column = pl.col(condition.column)
    match condition.test:
        case Contains() as wanted:
            return wanted.fits(plain_text(column.cast(pl.String))).fill_null(value=False)
        case Between(low, high):
            at_least = pl.lit(value=True) if low is None else column >= low
            at_most = pl.lit(value=True) if high is None else column <= high
            return (at_least & at_most & column.is_not_null()).fill_null(value=False)
        case InMonth():
            raise ValueError(condition.column)


def _columns() -> frozenset[str]:
    return frozenset(name for name, kind in USAGE.items() if kind == pl.String() or name == _YEAR) - _APART
