"""What makes two rows rows of the same thing: columns that name an item, and columns that part its usage."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from nolcat_desktop.report import ROW
from nolcat_desktop.validation.subject import Subject

TOTALS: Final = frozenset({"Reporting_Period_Total", "Reporting_Period_HTML", "Reporting_Period_PDF"})
ATTRIBUTES: Final = (
    "Institution_Name",
    "Customer_ID",
    "Country_Name",
    "Country_Code",
    "Subdivision_Name",
    "Subdivision_Code",
    "Attributed",
    "Data_Type",
    "Section_Type",
    "YOP",
    "Access_Type",
    "Access_Method",
    "Format",
)
"""Columns that part the usage of an item."""


def row_key(subject: Subject, items: pl.DataFrame) -> list[str]:
    """Columns that, with a month, make a number one of its kind. Official: only those that were asked for."""
    months = set(subject.report.month_columns)
    key = [name for name in items.columns if name != ROW and name not in TOTALS and name not in months]
    if subject.official:
        shown = subject.shown() | (frozenset(subject.definition.columns) - subject.definition.optional)
        key = [name for name in key if name in shown or name.startswith(("Parent_", "Component_"))]
    return key


def attribute_key(subject: Subject, items: pl.DataFrame) -> list[str]:
    """Columns of an item and one set of its attributes; components are the item's."""
    return [name for name in row_key(subject, items) if name != "Metric_Type" and not name.startswith("Component_")]


def item_key(subject: Subject, items: pl.DataFrame) -> list[str]:
    """Columns that name an item, its parent apart."""
    return [name for name in attribute_key(subject, items) if name not in ATTRIBUTES and not name.startswith("Parent_")]


def hashed(items: pl.DataFrame, texts: Mapping[str, pl.Series]) -> pl.DataFrame:
    """A number for each text, the same for the same text, case aside: computed once, summed by `marks`.

    Args:
        items: n rows.
        texts: Distinct texts of its elements; they tell whether case matters, which it seldom does.

    Returns:
        n rows: `row`, and one UInt64 column for each of `texts`. Blank is ''.
    """
    return items.lazy().select(ROW, *(_hash(name, series).alias(name) for name, series in texts.items())).collect()


def _hash(name: str, texts: pl.Series) -> pl.Expr:
    column = pl.col(name)
    filled = texts.drop_nulls()
    if filled.n_unique() != filled.str.to_lowercase().n_unique():
        column = column.str.to_lowercase()
    if "" in filled:
        column = column.fill_null("")
    return column.hash(seed=zlib.crc32(name.encode()))


def marks(hashes: pl.DataFrame, columns: Iterable[str]) -> pl.Series:
    """A number (UInt64) for each row of `hashed`, the same for the same texts in `columns`, almost never for others."""
    return hashes.with_columns(mark=pl.sum_horizontal(pl.lit(0, pl.UInt64), *columns)).get_column("mark")
