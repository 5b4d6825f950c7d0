"""Taking usage out of the library: what would go, and doing it; undo brings it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.dataset import Entry, Library, Load
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress

REMOVED = pl.Schema(
    {
        "statistics_source_ID": pl.Int64(),
        "statistics_source_name": pl.String(),
        "report_type": pl.String(),
        "release": pl.String(),
        "metric_type": pl.String(),
        "first_month": pl.String(),
        "last_month": pl.String(),
        "months": pl.Int64(),
        "rows": pl.Int64(),
        "uses": pl.Int64(),
    }
)
"""What goes: one row for each source, report, release and metric; `rows` are those of all metrics together. A report
without usage has one row without a metric."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be removed; every None means all."""

    source_id: int | None = None
    report_type: str | None = None
    months: tuple[str, ...] | None = None
    """yyyy-mm."""
    release: str | None = None
    sha256: str | None = None
    """Only what came from this original."""

    def takes(self, load: Load) -> bool:
        """Whether some of `load` is chosen."""
        return (
            self.source_id in (None, load.source_id)
            and self.report_type in (None, load.report_type)
            and self.release in (None, load.release)
            and self.sha256 in (None, load.sha256)
            and (self.months is None or bool(set(self.months) & set(load.states)))
        )


def removal(library: Library, chosen: Chosen) -> pl.DataFrame:
    """What removing would take away, in the schema `REMOVED`; nothing is changed."""
    names = library.sources().names()
    gone = [_narrowed(held.load, chosen) for held in library.holdings() if chosen.takes(held.load)]
    rows = []
    for key in sorted({(load.source_id, load.report_type, load.release) for load in gone}):
        of = [load for load in gone if (load.source_id, load.report_type, load.release) == key]
        months = sorted({month for load in of for month in load.states})
        number = sum(load.rows for load in of)
        span = (months[0], months[-1], len(months), number)
        sums: dict[str | None, int | None] = {}
        for load in of:
            for metric, by_month in load.tally.sums.items():
                sums[metric] = (sums.get(metric) or 0) + sum(by_month.values())
        rows += [
            (key[0], names.get(key[0], ""), *key[1:], metric, *span, uses)
            for metric, uses in (sorted(sums.items(), key=str) or [(None, None)])
        ]
    return pl.DataFrame(rows, schema=REMOVED, orient="row")


def remove(library: Library, chosen: Sequence[Chosen], progress: Progress) -> Entry:
    """Take what is chosen out of the library, in one run. Originals stay.

    Args:
        library: From which it goes.
        chosen: What.
        progress: Told and checked along the way.

    Returns:
        The entry of the history; undoing it brings everything back.

    Raises:
        NolcatError: If nothing of it is there, or the library cannot be written.
        Cancelled: If the user asked to stop; nothing was removed.
    """
    with library.run(f"remove {words_of(chosen, library)}") as run:
        for one in chosen:
            for report in dict.fromkeys((each.source_id, each.report_type) for each in run.loads if one.takes(each)):
                run.remove(*report, months=one.months, release=one.release, sha256=one.sha256)
        entry = run.commit(progress)
    if entry is None:
        raise NolcatError(_NOTHING)
    return library.history()[-1]


def _narrowed(load: Load, chosen: Chosen) -> Load:
    return load if chosen.months is None else load.narrowed(chosen.months)


def words_of(chosen: Sequence[Chosen], library: Library) -> str:
    """What is chosen, in words: `TR 2024-01 to 2024-03 of EBSCO`."""
    names = library.sources().names()
    return "; ".join(_word(one, names) for one in chosen)


def _word(one: Chosen, names: dict[int, str]) -> str:
    said = [one.report_type or "all reports"]
    if one.release:
        said.append(f"Release {one.release}")
    if one.months is not None:
        months = sorted(one.months)
        said.append(months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}" if months else "no month")
    if one.source_id is not None:
        said.append(f"of {names.get(one.source_id, one.source_id)}")
    if one.sha256:
        said.append(f"from the original {one.sha256[:8]}…")
    return " ".join(said)


_NOTHING = Problem(
    "Nothing of that is in the library",
    "Nothing was removed.",
    "Look at the coverage for the sources, reports and months that are there.",
)
