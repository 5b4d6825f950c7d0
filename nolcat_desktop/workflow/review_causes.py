"""One cause, one finding: what only follows from another finding, or from what is asked, is not told beside it.

The findings of `nolcat validate` and of the findings file stay as they are; this is what a review shows.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from nolcat_desktop.conversion.lost_counts import lost_headings
from nolcat_desktop.report import Report

_LETTERS, _ROW = r"^([A-Z]+)[0-9]+$", r"^[A-Z]*([0-9]+)$"
_OF_HEADINGS = ("K-02", "K-03", "K-06", "K-07", "R4-K07", "R4-K11", "R4-K12", "R4-M02", "R4-M03", "N-own-column")
"""Rules about one heading that is no column of the report, or one that stands there already."""
_OF_SUMS = ("V-23", "R4-V12", "R4-T05", "K-08", "R4-M01", "R4-M04", "R4-M07")
"""Rules about totals, and about months that have no column: known only when every column of counts has its month."""


@dataclass(frozen=True, slots=True)
class _Follows:
    """What follows from findings at the same cell, row (`_ROW`) or column (`_LETTERS`)."""

    causes: tuple[str, ...]
    rules: tuple[str, ...]
    beside: str = r"^(.+)$"


_FOLLOWS = (
    _Follows(
        ("X-lost-identifier", "X-hashes"),
        ("V-07", "V-08", "V-09", "V-10", "V-22", "R4-V13", "R4-V16", "R4-V17", "R4-V18", "R4-V19"),
    ),  # a spreadsheet program spoiled the cell: that it is not written well either says nothing more
    _Follows(("K-06", "K-07", "R4-K11", "R4-K12", "R4-M03", "N-own-column"), ("N-not-carried",)),
    _Follows(("R4-M03", "K-07", "R4-K12"), ("K-06", "R4-K11")),
    _Follows(
        ("D-heading-missing", "D-heading-month", "D-heading-language", "D-heading-told"), ("K-02", "K-03", "R4-M02")
    ),
    _Follows(("F-shifted",), ("F-long-row", "R4-V27"), _ROW),
    _Follows(("F-long-row", "R4-V27", "F-unheaded"), ("N-not-carried",), _LETTERS),
)


def told_once(findings: pl.DataFrame) -> pl.DataFrame:
    """The findings without those that follow from others."""
    kept = findings
    for each in _FOLLOWS:
        kept = _without(kept, findings, each)
    return kept


def until_answered(findings: pl.DataFrame, report: Report) -> pl.DataFrame:
    """The findings without those that wait for an answer.

    Args:
        findings: Of the report.
        report: As it was read. Where a column of counts has no month, that is what stops it, and is asked: what other
            rules say of its heading, of sums and of missing columns waits until it is answered.
    """
    lost = lost_headings(report)
    if not lost:
        return findings
    at = [one.position for one in lost]
    letters = [position.rstrip("0123456789") for position in at]
    of_it = pl.col("position").is_in(at) & pl.col("rule").is_in([*_OF_HEADINGS, "N-not-carried", "F-unheaded"])
    beyond = pl.col("position").str.extract(_LETTERS).is_in(letters) & pl.col("rule").is_in(["F-long-row", "R4-V27"])
    waits = pl.col("rule").is_in(_OF_SUMS)
    return findings.filter(~(of_it | beyond | waits).fill_null(value=False))


def _without(kept: pl.DataFrame, findings: pl.DataFrame, each: _Follows) -> pl.DataFrame:
    place = pl.col("position").str.extract(each.beside)
    causes = findings.filter(pl.col("rule").is_in(each.causes)).select(place)["position"].drop_nulls().unique()
    if causes.is_empty():
        return kept
    follows = pl.col("rule").is_in(each.rules) & place.is_in(causes.implode())
    return kept.filter(~follows.fill_null(value=False))
