"""Release 4: what rows say beside one another (release4.md section 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from nolcat_desktop.counter.elements import name_element
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.metrics4 import CANONICAL
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counts import count_or_zero
from nolcat_desktop.report import ROW
from nolcat_desktop.validation.faults import Fault, Found, frame_of
from nolcat_desktop.validation.keys import marks
from nolcat_desktop.validation.subject import Subject

OTHER_NAME: Final = Fault(
    "R4-A03", Level.NOTICE, "{element} '{value}' stands at titles of different names.", "They are kept apart."
)
ACTIVITY: Final = Fault(
    "R4-A04", Level.WARNING, "'{value}' lacks one of the four activities.", "Ask the provider for the missing rows."
)
CATEGORY: Final = Fault(
    "R4-A05", Level.NOTICE, "'{value}' has only one of the two reasons for denied access.", "That is common."
)
UNUSED: Final = Fault(
    "R4-A06", Level.NOTICE, "Titles without any use are listed: {detail}.", "Book reports leave such titles out."
)
NO_ZEROS: Final = Fault(
    "R4-A07",
    Level.NOTICE,
    "Not one of {detail} journals is without use.",
    "A platform may leave out what was not used; a missing title does not mean a lost subscription.",
)
SEVERAL: Final = Fault("R4-A09", Level.NOTICE, "The report is of {detail} customers.", "It is split by member.")
MOST: Final = 200
"""Findings of one kind that are told one by one."""
_ACTIVITIES: Final = 4
_CATEGORIES: Final = 2
_MANY: Final = 50
_TITLE: Final = ("Title", "Publisher", "Platform", "DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN")
_IDENTIFIERS: Final = ("DOI", "ISBN", "Print_ISSN", "Online_ISSN", "Print_ID", "Online_ID")
_OF_ITEMS: Final = {"DB1": _ACTIVITIES, "PR1": _ACTIVITIES, "JR2": _CATEGORIES, "BR3": _CATEGORIES, "DB2": _CATEGORIES}


def across_findings(subject: Subject, hashes: pl.DataFrame) -> list[pl.DataFrame]:
    """What the rows of an R4 report say beside one another.

    Args:
        subject: The report.
        hashes: The texts of its rows as numbers (`keys.hashed`).
    """
    items = subject.report.items
    found = [*_names(subject, items), *_metrics(subject, items, hashes), *_unused(subject, items), *_members(subject)]
    return [frame_of(found)]


def _cell(subject: Subject, row: int, element: str) -> str:
    return str(subject.report.positions.cells(pl.Series(ROW, [row], pl.UInt32), element)[0])


def _names(subject: Subject, items: pl.DataFrame) -> Iterator[Found]:
    name = name_element(subject.definition)
    if name is None or name not in items.columns:
        return
    for element in _IDENTIFIERS:
        if element not in items.columns:
            continue
        kinds = pl.col(name).str.to_lowercase().n_unique()
        shared = items.drop_nulls(element).group_by(element).agg(kinds.alias("names"), pl.col(ROW).min())
        for value, _, row in shared.filter(pl.col("names") > 1).sort(ROW).head(MOST).iter_rows():
            yield OTHER_NAME.at(_cell(subject, row, element), element, value)


def _metrics(subject: Subject, items: pl.DataFrame, hashes: pl.DataFrame) -> Iterator[Found]:
    """Items of which an activity, or a category of denial, is missing."""
    if subject.release is Release.R3:  # federated activities were only given where there were any
        return
    wanted, name = _OF_ITEMS.get(subject.definition.report_id), name_element(subject.definition)
    if wanted is None or name is None or not {name, "Metric_Type"} <= set(items.columns):
        return
    squashed = pl.col("Metric_Type").str.replace_all(r"\s+", " ").str.strip_chars().str.to_lowercase()
    known = [pl.when(squashed.str.contains(pattern)).then(pl.lit(text)) for pattern, text in CANONICAL]
    meant = pl.coalesce([*known, pl.col("Metric_Type")])
    key = [column for column in (name, "Publisher", "Platform", "Proprietary_ID") if column in items.columns]
    groups = items.select(ROW, name, meant.alias("meant"), marks(hashes, key).alias("item"))
    counted = groups.group_by("item", maintain_order=True).agg(
        pl.col("meant").n_unique().alias("kinds"), pl.col(ROW).first(), pl.col(name).first()
    )
    fault = ACTIVITY if wanted == _ACTIVITIES else CATEGORY
    for _, _, row, value in counted.filter(pl.col("kinds") < wanted).head(MOST).iter_rows():
        yield fault.at(str(row), name, value)


def _unused(subject: Subject, items: pl.DataFrame) -> Iterator[Found]:
    """Rows without any use: more than expected in book reports, fewer in journal reports."""
    months, report_id = subject.report.month_columns, subject.definition.report_id
    if not months or report_id not in {"BR1", "BR2", "BR3", "JR1"}:
        return
    key = [name for name in _TITLE if name in items.columns]  # a title of BR3 has a row for each category
    none = items.select(ROW, *key, pl.sum_horizontal(count_or_zero(month) for month in months).alias("sum"))
    titles = none.group_by(key or [ROW]).agg(pl.col("sum").sum(), pl.col(ROW).min().alias("first"))
    zeros = titles.filter(pl.col("sum") == 0).sort("first").select(pl.col("first").alias(ROW))
    if report_id == "JR1":
        if items.height >= _MANY and not zeros.height:
            yield NO_ZEROS.at(subject.report.positions.last(), None, None, str(items.height))
    elif zeros.height:
        first = subject.report.positions.rows(zeros.get_column(ROW).head(1))[0]
        yield UNUSED.at(first, None, None, str(zeros.height))


def _members(subject: Subject) -> Iterator[Found]:
    items = subject.report.items
    if "Institution_Name" in items.columns:
        members = items.get_column("Institution_Name").drop_nulls().n_unique()
        if members > 1:
            yield SEVERAL.at(subject.report.positions.last(), "Institution_Name", None, str(members))
