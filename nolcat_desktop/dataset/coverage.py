"""Which months of which report are there, and why others are not."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from nolcat_desktop.dataset.left_out import left_out_of
from nolcat_desktop.dataset.loads import State
from nolcat_desktop.dataset.overlaps import overlaps
from nolcat_desktop.dataset.parts import Holding

COVERAGE = pl.Schema(
    {
        "statistics_source_ID": pl.Int64(),
        "report_type": pl.String(),
        "release": pl.String(),
        "month": pl.String(),
        "state": pl.String(),
        "usage_total": pl.Int64(),
    }
)
"""One row for each source, report type, release and month (yyyy-mm) that a report speaks about. `usage_total` is the
control sum of the usage there, 0 for a confirmed zero, null where nothing is known."""

_ORDER = (
    State.OVERLAPPING,
    State.PARTIAL,
    State.RESTATED,
    State.USAGE,
    State.CONFIRMED_ZERO,
    State.TOTALS_ONLY,
    State.NO_DATA,
    State.NOT_READY,
)
_COUNTED = (State.OVERLAPPING, State.PARTIAL, State.RESTATED, State.USAGE, State.CONFIRMED_ZERO)


def coverage(holdings: Iterable[Holding]) -> pl.DataFrame:
    """What is known about each month, in the columns of `COVERAGE`, sorted by its first four.

    Of several loads the one with usage speaks; a month that two loads count is `overlapping`. A month of which cells
    were left out is `partial`, whatever the load says of it: planning goes by the load.
    """
    listed = list(holdings)
    states: dict[tuple[int, str, str, str], set[State]] = {}
    totals: dict[tuple[int, str, str, str], int] = {}
    for held in listed:
        load = held.load
        by_month = load.tally.by_month()
        restated = {one.month for one in load.restated}
        lacking = left_out_of(load)
        for month, state in load.states.items():
            key = (load.source_id, load.report_type, load.release, month)
            states.setdefault(key, set()).add(
                State.PARTIAL if month in lacking else _seen(state, month in by_month, month in restated)
            )
            totals[key] = totals.get(key, 0) + by_month.get(month, 0)
    for found in overlaps(listed):
        for held in (found.first, found.second):
            for month in found.months:
                states[held.load.source_id, held.load.report_type, held.load.release, month] = {State.OVERLAPPING}
    rows = [(*key, *_told(of, totals[key])) for key, of in sorted(states.items())]
    return pl.DataFrame(rows, schema=COVERAGE, orient="row")


def _seen(state: State, has_usage: bool, is_restated: bool) -> State:
    """A month with usage is `usage`, `restated` or `partial`; one said to have usage but without a row is a zero."""
    if has_usage and state is not State.PARTIAL:
        return State.RESTATED if is_restated else State.USAGE
    if has_usage:
        return state
    return State.CONFIRMED_ZERO if state is State.USAGE else state


def _told(states: set[State], total: int) -> tuple[str, int | None]:
    if total and State.OVERLAPPING not in states:
        states = states & {State.PARTIAL, State.RESTATED, State.USAGE}
    state = next(each for each in _ORDER if each in states)
    return state.value, total if state in _COUNTED and (total or state is not State.PARTIAL) else None
