"""All of coverage as rows: what the reports say, what was never loaded, and what the librarian answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from nolcat_desktop.analysis.coverage_grid import Answered, CellState, build
from nolcat_desktop.analysis.month_series import NEVER_LOADED, NO_REPORT

_LONG_AGO = date(1900, 1, 1)
_TOLD = {
    "statistics_source_ID": pl.Int64,
    "report_type": pl.String,
    "release": pl.String,
    "month": pl.String,
    "state": pl.String,
    "usage_total": pl.Int64,
}


def whole_coverage(coverage: pl.DataFrame, answers: Sequence[Answered], today: date | None) -> pl.DataFrame:
    """Coverage with the months between, and after, that are expected and not there.

    Args:
        coverage: The library's: statistics_source_ID, report_type, release, month, state, usage_total.
        answers: What the librarian said of gaps. A report that speaks of the month speaks louder.
        today: Decides what is due after the last report; None: only months between reports are missing.

    Returns:
        The same columns, sorted alike; `never_loaded` and `no_report` rows have the release of the report before them
        and no total.
    """
    more = unloaded(coverage, answers, today)
    keys = ("statistics_source_ID", "report_type", "month", "release")
    return pl.concat([coverage, more]).sort(keys)


def unloaded(coverage: pl.DataFrame, answers: Sequence[Answered], today: date | None) -> pl.DataFrame:
    """Only what `whole_coverage` puts beside the library's own coverage; arguments and columns as there."""
    names: Mapping[int, str] = {}
    grid = build(coverage, names, today or _LONG_AGO, answers)
    rows = []
    for source, line in grid.lines():
        for at, state in enumerate(line.states):
            if state in (CellState.MISSING, CellState.ANSWERED):
                before = next((one for one in reversed(line.releases[:at]) if one), "")
                release = before or next((one for one in line.releases[at:] if one), "")
                told = NEVER_LOADED if state == CellState.MISSING else NO_REPORT
                rows.append((source.source_id, line.report_type, release, f"{grid.first_day(at):%Y-%m}", told, None))
    table = pl.DataFrame(rows, schema=_TOLD, orient="row")
    return table.select(pl.col(name).cast(kind) for name, kind in coverage.schema.items())
