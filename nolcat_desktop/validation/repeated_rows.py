"""Z-01: rows that say something about the same thing twice (validation.md section 9). They are stored as delivered."""

from __future__ import annotations

from typing import Final

import polars as pl

from nolcat_desktop.counter.definition import Family
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counts import is_blank
from nolcat_desktop.findings import no_findings
from nolcat_desktop.report import ROW
from nolcat_desktop.validation.evaluate import findings_at
from nolcat_desktop.validation.keys import marks, row_key
from nolcat_desktop.validation.subject import Subject

_RULE: Final = ("Z-01", Level.CRITICAL)
_SPLIT: Final = ("Z-08", Level.ERROR)
_SPLIT5: Final = ("Z-08", Level.NOTICE)
_RULE4: Final = ("R4-A01", Level.WARNING)
_HINT: Final = "Both rows are stored as delivered; ask the provider which one is right."
_SPLIT_HINT: Final = "All of it is read; one object would be enough."


def repeated_rows(
    subject: Subject, items: pl.DataFrame, hashes: pl.DataFrame, *, release4: bool = False
) -> pl.DataFrame:
    """Find rows whose identifying cells, case aside, are those of an earlier row, with a month in both.

    Args:
        subject: The report.
        items: Its rows, spellings repaired.
        hashes: Its texts as numbers, row by row (`keys.hashed`).
        release4: Name the rule as Release 4's.

    Returns:
        One finding for each later row, naming the first: at the row; R5: at its counts; R5.1 JSON: at its Performance.
    """
    key = row_key(subject, items)
    if not key or items.height <= 1:
        return no_findings()
    frames = [_split_objects(subject, hashes, key)] if subject.is_json else []
    marked = marks(hashes, key)
    if marked.n_unique() < marked.len():
        frames.append(_repeated(subject, items.filter(marked.is_duplicated()), key, _RULE4 if release4 else _RULE))
    return pl.concat(frames, how="diagonal") if frames else no_findings()


def _repeated(subject: Subject, suspects: pl.DataFrame, key: list[str], rule: tuple[str, Level]) -> pl.DataFrame:
    months = subject.report.month_columns
    grouped = suspects.with_columns(pl.col(name).fill_null("").str.to_lowercase() for name in key)
    first = pl.col(ROW).first().over(key)
    grouped = grouped.with_columns(first.alias("first"), pl.len().over(key).alias("count")).filter(pl.col("count") > 1)
    later = grouped.filter(pl.col(ROW) != pl.col("first"))
    if not months or not subject.is_json:
        by_cell = subject.official and subject.release is Release.R5 and months
        return _at_cells(subject, later, months) if by_cell else _said(subject, later, rule)
    given = grouped.with_columns((~is_blank(month)).alias(month) for month in months)
    again = given.with_columns(
        (pl.col(month) & (pl.col(month).cast(pl.UInt32).cum_sum().over(key) > 1)).alias(month) for month in months
    )
    again = again.filter(pl.any_horizontal(months) & (pl.col(ROW) != pl.col("first")))
    if subject.release is Release.R5:
        return _at_cells(subject, again, months, only_true=True)
    said = _said(subject, again, rule)
    return said.with_columns(pl.col("position") + ".Performance")


def _at_cells(
    subject: Subject, later: pl.DataFrame, months: tuple[str, ...], *, only_true: bool = False
) -> pl.DataFrame:
    """R5: at each count that is there twice; in JSON at the instance that holds it."""
    frames = [no_findings()]
    for month in months:
        rows = later.filter(pl.col(month)) if only_true else later
        if rows.height:
            at = subject.report.positions.cells(rows.get_column(ROW), month)
            at = at.str.replace(r"\.Count$", "")
            frames.append(_said(subject, rows, _RULE).with_columns(at.alias("position")))
    return pl.concat(frames, how="diagonal")


def _split_objects(subject: Subject, hashes: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """JSON: objects whose item and attributes are those of an earlier object."""
    set_key = [name for name in key if name != "Metric_Type"]
    if subject.definition.family is Family.IR and subject.release is Release.R51:
        set_key = [name for name in set_key if not name.startswith("Component_")]
    frame = hashes.select(ROW, marks(hashes, set_key).alias("set"))
    if frame.get_column("set").n_unique() == frame.height:
        return no_findings()
    suspects = frame.filter(pl.col("set").is_duplicated())
    rows = suspects.get_column(ROW)
    at = subject.report.positions.rows(rows).str.replace(r"(\.Attribute_Performance\[[0-9]+\])\..*$", "${1}")
    objects = suspects.with_columns(at.alias("at")).unique(["set", "at"], keep="first", maintain_order=True)
    first = objects.with_columns(pl.col("at").first().over("set").alias("before"))
    later = first.filter(pl.col("at") != pl.col("before"))
    if not later.height:
        return no_findings()
    newer = subject.release is Release.R51
    same_item = pl.col("at").str.replace(_SET, "") == pl.col("before").str.replace(_SET, "")
    places = pl.when(same_item).then("at").otherwise(pl.col("at").str.replace(_SET, ""))
    later = later.with_columns(places.alias("position"))
    return _of_objects(later, _SPLIT if newer else _SPLIT5)


_SET: Final = r"\.Attribute_Performance\[[0-9]+\]$"


def _of_objects(later: pl.DataFrame, rule: tuple[str, Level]) -> pl.DataFrame:
    later = later.unique("position", keep="first", maintain_order=True)
    return later.select(
        pl.lit(rule[0]).alias("rule"),
        pl.lit(int(rule[1]), pl.UInt8).alias("level"),
        "position",
        pl.lit(None, pl.String).alias("element"),
        pl.lit(None, pl.String).alias("value"),
        pl.format("Same item and attributes as {}.", "before").alias("message"),
        pl.lit(_SPLIT_HINT).alias("hint"),
    )


def _said(subject: Subject, later: pl.DataFrame, rule: tuple[str, Level]) -> pl.DataFrame:
    if not later.height:
        return no_findings()
    names = subject.report.positions.rows(later.get_column("first"))
    found = later.select(
        ROW,
        pl.lit(None, pl.String).alias("value"),
        pl.lit(rule[0]).alias("rule"),
        pl.lit(int(rule[1]), pl.UInt8).alias("level"),
        pl.format("The row repeats {}: same item, attributes and metric.", names).alias("message"),
        pl.lit(_HINT).alias("hint"),
    )
    return findings_at(subject.report, found, None)
