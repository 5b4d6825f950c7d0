"""Rows that cannot be relied on are left out before rows are compared, so that one bad cell is told once."""

from __future__ import annotations

from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import ROW
from nolcat_desktop.validation.cell_elements import IDENTIFIERS
from nolcat_desktop.validation.keys import item_key
from nolcat_desktop.validation.subject import Subject

_KEPT: Final = ["V-18", "V-19"]
"""Critical rules that spoil a cell and not its row."""
_NAMING: Final = ["B-02", "B-03", "B-04", "V-06"]
_UNIT5: Final = r"^(\.Report_Items\[[0-9]+\])"
_SPOILING: Final = frozenset(
    {"J-type", "J-required-empty", "J-period", "J-period-unreadable", "J-count-null", "J-count-unreadable"}
)
_NAMES: Final = frozenset({"Publisher", "Title", "Item"})


def without_unusable(
    subject: Subject, items: pl.DataFrame, hashes: pl.DataFrame, frames: list[pl.DataFrame]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Leave out the rows that cannot be relied on.

    Usual: all rows of an item of which one is spoilt. Official: the row, in JSON the whole element of Report_Items.

    Args:
        subject: The report.
        items: Its rows, spellings repaired.
        hashes: Their texts as numbers, row by row.
        frames: What was found so far.

    Returns:
        The rows that are left, and their numbers.
    """
    spoilt = _spoilt_officially(subject) if subject.official else _spoilt() | _renamed(subject, items)
    again = _rows(frames, pl.col("rule") == "Z-01")
    bad = _rows(frames, spoilt & (pl.col("rule") != "Z-01"))
    is_bad = items.get_column(ROW).is_in(bad.implode())
    if subject.official and subject.is_json:
        is_bad = _of_units(subject, items, is_bad)
    elif not subject.official and is_bad.any():
        is_bad = _of_titles(items, is_bad)
    is_bad = is_bad | items.get_column(ROW).is_in(again.implode())
    return (items.filter(~is_bad), hashes.filter(~is_bad)) if is_bad.any() else (items, hashes)


def _rows(frames: list[pl.DataFrame], which: pl.Expr) -> pl.Series:
    told = [frame.filter(which).get_column(ROW) for frame in frames if ROW in frame.columns]
    return pl.concat(told).unique() if told else pl.Series(ROW, [], pl.UInt32)


def _spoilt() -> pl.Expr:
    return (pl.col("level") >= int(Level.CRITICAL)) & ~pl.col("rule").is_in(_KEPT)


def _renamed(subject: Subject, items: pl.DataFrame) -> pl.Expr:
    """Findings about cells that name an item: its rows no longer belong together by their texts."""
    names = pl.col("element").is_in(item_key(subject, items))
    return (pl.col("rule").is_in(_NAMING)) | (names & (pl.col("level") >= int(Level.ERROR)))


def _of_titles(items: pl.DataFrame, is_bad: pl.Series) -> pl.Series:
    """All rows that share a name or an identifier with a row that is spoilt."""
    bad = items.filter(is_bad)
    shared = [is_bad]
    name = next((name for name in ("Title", "Item", "Database", "Platform") if name in items.columns), None)
    for column in (name, *IDENTIFIERS):
        if column is not None and column in items.columns:
            texts = bad.get_column(column).drop_nulls().unique()
            if texts.len():
                shared.append(items.get_column(column).is_in(texts.implode()).fill_null(value=False))
    return pl.select(pl.any_horizontal(*shared)).to_series()


def _spoilt_officially(subject: Subject) -> pl.Expr:
    """Critical findings, but for totals that are blank or 0; and blank cells where something must be."""
    value = pl.col("value").fill_null("").str.strip_chars()
    blank = pl.col("rule").is_in(["V-01", "V-06"]) & (pl.col("level") == int(Level.ERROR)) & (value == "")
    total = (pl.col("rule") == "V-21") & ((value == "") | (value.cast(pl.Int64, strict=False) == 0))
    platform = pl.lit(value=subject.release is Release.R5) & (pl.col("rule") == "B-05") & (value == "Platform")
    parent = (pl.col("rule") == "B-14") & pl.col("element").is_null()
    sections = (pl.col("rule") == "V-03") & pl.col("element").is_in(["Section_Type", "Format"])
    return blank | (_spoilt() & ~total & ~platform & ~parent & ~sections)


def _of_units(subject: Subject, items: pl.DataFrame, is_bad: pl.Series) -> pl.Series:
    """Which rows stand in an element of Report_Items of which something is spoilt."""
    told = subject.report.irregularities
    paths = [
        one.position
        for one in told
        if one.position is not None
        and (one.rule in _SPOILING or (one.rule == "J-required-missing" and one.element not in _NAMES))
    ]
    spoilt = pl.Series(paths, dtype=pl.String).str.extract(_UNIT5, 1).drop_nulls()
    if not is_bad.any() and spoilt.is_empty():
        return is_bad
    units = subject.report.positions.rows(items.get_column(ROW)).str.extract(_UNIT5, 1)
    bad = pl.concat([units.filter(is_bad), spoilt.rename(units.name)])
    return units.is_in(bad.unique().implode())
