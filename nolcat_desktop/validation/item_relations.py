"""Z-02 to Z-05: what an item's rows must agree in, and which types fit one another (validation.md section 9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from nolcat_desktop.counter.definition import Family
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import ROW
from nolcat_desktop.validation.evaluate import findings_at
from nolcat_desktop.validation.keys import attribute_key, item_key, marks
from nolcat_desktop.validation.subject import Subject

_ASK: Final = "Ask the provider for a corrected report; the rows are stored as delivered."
_DATABASES: Final = ["Database_Aggregated", "Database_AI", "Database_Full"]
_SET: Final = r"\.Attribute_Performance\[[0-9]+\].*$"
_ALWAYS: Final = frozenset(
    {
        *("Audiovisual", "Image", "Interactive_Resource", "Multimedia", "Other", "Patent", "Report", "Sound"),
        *("Standard", "Thesis_or_Dissertation", "Unspecified"),
    }
)
_FULL: Final = _ALWAYS | {"Database_Full_Item"}
_COLLECTED: Final = _ALWAYS | {"Book", "Conference", "Journal", "Newspaper_or_Newsletter", "Reference_Work"}
_FREE: Final = ("Database_Aggregated", "Database_Full")
PARENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Article": ("Journal",),
    "Book_Segment": ("Book",),
    "Conference_Item": ("Conference",),
    "Database_Full_Item": ("Database_Full",),
    "News_Item": ("Newspaper_or_Newsletter",),
    "Reference_Item": ("Reference_Work",),
    **dict.fromkeys(("Audiovisual", "Image", "Interactive_Resource", "Multimedia", "Sound"), _FREE),
    **dict.fromkeys(
        ("Other", "Patent", "Report", "Standard", "Thesis_or_Dissertation", "Unspecified"), ("Database_Full",)
    ),
    "Dataset": (),
    "Software": (),
}
"""Item's Data_Type → Parent_Data_Type that fit it."""
NEEDED: Final = ["Article", "Book_Segment", "Conference_Item", "Database_Full_Item", "News_Item", "Reference_Item"]
"""Types of items that have a parent."""


COMPANIONS: Final[Mapping[str, frozenset[str]]] = {
    "Database_Aggregated": _COLLECTED,
    "Database_AI": _COLLECTED,
    "Database_Full": _FULL,
}
"""Type of a database → Data_Types that its content may have (Code of Practice 5.1, section 3.3.2)."""


def item_relation_findings(subject: Subject, items: pl.DataFrame, hashes: pl.DataFrame) -> list[pl.DataFrame]:
    """What is inconsistent between the rows of one item, or between an item and its parent.

    Args:
        subject: The report.
        items: Its usable rows, spellings repaired.
        hashes: Their texts as numbers, row by row (`keys.hashed`).

    Returns:
        Frames in the schema `FINDINGS`.
    """
    family, newer = subject.definition.family, subject.release is Release.R51
    if not items.height or family is Family.PR:
        return []
    frame = _facts(subject, items, hashes)
    frames = []
    with_parents = any(name.startswith("Parent_") for name in items.columns)
    if with_parents and not (newer and subject.is_json):
        changed = _other_parents(frame, "item" if newer else "set")
        frames.append(
            _said(subject, changed, "Z-02", Level.CRITICAL, "The item has another parent than in its first row.")
        )
        frame = frame.filter(~pl.col(ROW).is_in(changed.get_column(ROW).implode())) if newer else frame
    if newer and family in {Family.TR, Family.IR}:
        frames.append(_several_types(subject, frame, "Z-03", "The item has more than one Data_Type."))
    if newer and family is Family.DR:
        frames += _databases(subject, frame)
    if newer and family is Family.IR and with_parents:
        frames += _parents(subject, frame)
    return frames


def _facts(subject: Subject, items: pl.DataFrame, hashes: pl.DataFrame) -> pl.DataFrame:
    """One row for each row: marks of its item, parent and attribute set, whether it has a parent, types, metric."""
    columns = [name for name in items.columns if name.startswith("Parent_")]
    parented = pl.any_horizontal(pl.col(name).is_not_null() for name in columns) if columns else pl.lit(value=False)
    attributes = [name for name in attribute_key(subject, items) if name not in columns]
    known = {name: pl.col(name) for name in ("Data_Type", "Parent_Data_Type", "Metric_Type") if name in items.columns}
    none = pl.lit(None, pl.String)
    return items.select(
        ROW,
        marks(hashes, item_key(subject, items)).alias("item"),
        marks(hashes, columns).alias("parent"),
        marks(hashes, attributes).alias("set"),
        parented.alias("parented"),
        known.get("Data_Type", none).alias("type"),
        known.get("Parent_Data_Type", none).alias("parent_type"),
        known.get("Metric_Type", none).alias("metric"),
    )


def _other_parents(frame: pl.DataFrame, of: str) -> pl.DataFrame:
    """Rows whose parent is not that of the first row of their item."""
    if frame.get_column(of).n_unique() == frame.height:
        return frame.clear()
    return frame.filter(pl.col("parent") != pl.col("parent").first().over(of))


def _several_types(subject: Subject, frame: pl.DataFrame, rule: str, message: str) -> pl.DataFrame:
    """Items whose rows differ in their type; the finding stands at their first row."""
    if frame.is_empty() or frame.get_column("item").n_unique() == frame.height:
        return _of_sets(subject, frame.clear(), rule, message)
    groups = frame.group_by("item").agg(pl.col("type").n_unique().alias("kinds"), pl.col(ROW).min())
    return _of_sets(subject, groups.filter(pl.col("kinds") > 1), rule, message)


def _databases(subject: Subject, frame: pl.DataFrame) -> list[pl.DataFrame]:
    """Z-04: one type for each database, content that fits it, no requests where there is no content."""
    several = frame.filter(pl.col("type").is_in(_DATABASES)).select("item", "type").unique()
    counted = several.group_by("item").agg(pl.len().alias("kinds"), pl.col("type").first().alias("database"))
    of_item = frame.join(counted, on="item", how="left", maintain_order="left")
    first = pl.col(ROW).min().over("item")
    of_item = of_item.with_columns(first.alias("first"))
    fits = pl.any_horizontal(
        (pl.col("database") == name) & pl.col("type").is_in([name, *companions])
        for name, companions in COMPANIONS.items()
    )
    one = pl.col("kinds") == 1
    requests = (pl.col("database") == "Database_AI") & pl.col("metric").str.ends_with("_Requests")
    tests = (
        (pl.col("kinds") > 1, "The database has more than one database Data_Type."),
        (one & pl.col("type").is_not_null() & ~fits, "A Data_Type does not fit the type of the database."),
        (one & requests, "A database of type Database_AI has no Requests."),
    )
    return [
        _of_sets(subject, of_item.filter(test).select(pl.col("first").unique().alias(ROW)), "Z-04", message)
        for test, message in tests
    ]


def _parents(subject: Subject, frame: pl.DataFrame) -> list[pl.DataFrame]:
    """Z-05: types of parents, once for each set of attributes."""
    first = frame.unique(["item", "set"], keep="first", maintain_order=True)
    fits = pl.any_horizontal(
        (pl.col("type") == kind) & pl.col("parent_type").is_in(list(parents))
        for kind, parents in PARENTS.items()
        if parents
    ).fill_null(value=False)
    if subject.definition.report_id == "IR_A1":
        lacking = first.filter(~pl.col("parented")).unique("item", keep="first", maintain_order=True)
        return [_of_items(subject, lacking)]
    lacking = first.filter(~pl.col("parented") & pl.col("type").is_in(NEEDED))
    unfit = first.filter(pl.col("parented") & pl.col("type").is_not_null() & ~fits)
    return [
        _at_types(subject, lacking, Level.WARNING, "The item has no parent, though its Data_Type has one."),
        _at_types(subject, unfit, Level.CRITICAL, "The type of the parent does not fit the item's Data_Type."),
    ]


def _at_types(subject: Subject, hits: pl.DataFrame, level: Level, message: str) -> pl.DataFrame:
    """In tables at the row, in JSON at the Data_Type."""
    said = _said(subject, hits, "Z-05", level, message)
    if subject.is_json and said.height:
        at = subject.report.positions.cells(said.get_column(ROW), "Data_Type")
        return said.with_columns(at.alias("position"))
    return said


def _of_items(subject: Subject, hits: pl.DataFrame) -> pl.DataFrame:
    said = _said(subject, hits, "Z-05", Level.WARNING, "The article has no parent.")
    if subject.is_json and said.height:
        return said.with_columns(pl.col("position").str.replace(_SET, ""))
    return said


def _of_sets(subject: Subject, hits: pl.DataFrame, rule: str, message: str) -> pl.DataFrame:
    """In tables at the item's first row, in JSON at the list of its attribute sets."""
    said = _said(subject, hits, rule, Level.CRITICAL, message)
    return (
        said.with_columns(pl.col("position").str.replace(_SET, ".Attribute_Performance")) if subject.is_json else said
    )


def _said(subject: Subject, hits: pl.DataFrame, rule: str, level: Level, message: str) -> pl.DataFrame:
    found = hits.select(
        ROW,
        pl.lit(None, pl.String).alias("value"),
        pl.lit(rule).alias("rule"),
        pl.lit(int(level), pl.UInt8).alias("level"),
        pl.lit(message).alias("message"),
        pl.lit(_ASK).alias("hint"),
    )
    return findings_at(subject.report, found, None)
