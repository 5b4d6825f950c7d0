"""What an adding changed, month by month: what is new, what was replaced, what stayed; and what is missing still."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from nolcat_desktop.analysis.coverage_gaps import gaps
from nolcat_desktop.analysis.coverage_grid import build
from nolcat_desktop.dataset import Library
from nolcat_desktop.workflow.outcome import Conversion
from nolcat_desktop.workflow.reviewed import Reviewed

GAPS = pl.Schema(
    {"statistics_source_ID": pl.Int64(), "report_type": pl.String(), "months": pl.List(pl.String())},
)
"""Months between reports that were never loaded, and of which nobody said that no report exists."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Months of one report, yyyy-mm, ascending."""

    new: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    """They were there with other numbers."""
    kept: tuple[str, ...] = ()
    """They stay as they were."""


NOTHING_CHANGED = Changed()


def changed(line: Conversion, one: Reviewed, if_loaded: str) -> Changed:
    """What a report changed in the library.

    Args:
        line: What became of it.
        one: As it was reviewed, and what its months were held against.
        if_loaded: What the user decided about those that are there (`Decision.if_loaded`).
    """
    standing = one.standing
    if line.action not in {"added", "replaced", "empty"}:
        return NOTHING_CHANGED
    if line.action != "replaced" and not standing.equal and not standing.differing:
        return Changed(line.months)
    replaced = set(one.replaceable) if line.action == "replaced" and if_loaded == "replace" else set()
    kept = (set(standing.equal) | set(standing.differing)) - replaced
    new = set(standing.fresh) | (set(line.months) - kept - replaced)
    return Changed(tuple(sorted(new)), tuple(sorted(replaced)), tuple(sorted(kept)))


def together(every: Iterable[Changed]) -> Changed:
    """The months of several reports, one after the other: a month that two of them have stands twice."""
    listed = list(every)
    return Changed(
        tuple(sorted(month for one in listed for month in one.new)),
        tuple(sorted(month for one in listed for month in one.replaced)),
        tuple(sorted(month for one in listed for month in one.kept)),
    )


def gaps_left(library: Library, of: Sequence[tuple[int, str]]) -> pl.DataFrame:
    """The gaps between the reports of some sources, as the front page counts them.

    Args:
        library: It has been added to.
        of: statistics_source_ID and report type of what was added.

    Returns:
        One row for each of `of` that lacks a month, in the schema `GAPS`.
    """
    wanted = sorted(set(of))
    coverage = library.coverage().filter(pl.col("statistics_source_ID").is_in([source for source, _ in wanted]))
    if not coverage.height:
        return pl.DataFrame(schema=GAPS)
    last = date.fromisoformat(f"{max(coverage['month'])}-01")  # what is due after it is no gap between reports
    found: dict[tuple[int, str], list[str]] = {}
    for gap in gaps(build(coverage, {}, last, library.decisions().answers)):
        key = gap.source_id, gap.report_type
        if gap.newest is None and key in wanted:
            found.setdefault(key, []).extend(_months(gap.first, gap.months))
    return pl.DataFrame([(*key, found[key]) for key in wanted if key in found], schema=GAPS, orient="row")


def _months(first: date, count: int) -> Iterable[str]:
    start = first.year * 12 + first.month - 1
    return (f"{at // 12:04}-{at % 12 + 1:02}" for at in range(start, start + count))
