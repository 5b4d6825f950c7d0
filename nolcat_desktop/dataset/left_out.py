"""Months whose numbers are too low, because cells that could not be read were left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from nolcat_desktop.counter.exceptions import PARTIAL
from nolcat_desktop.dataset.loads import Load, State
from nolcat_desktop.dataset.parts import Holding
from nolcat_desktop.dataset.scope import Relation, relation_here

_OF_A_DATABASE = "COUNTERData of "
"""How the name of an original begins that was taken over from a database: what is left out there are rows."""
_NOTHING_LOST = "no use is counted"
"""How it is told of a row of a database that nothing is lost with it (`legacy.rules`, the harmless faults)."""
_TOLD = {State.USAGE, State.CONFIRMED_ZERO, State.PARTIAL}


class LeftOut(NamedTuple):
    """The cells of one report that were left out of a month."""

    original: str
    """Name of the file as it was given."""
    positions: tuple[str, ...]
    """Of the cells."""
    is_certain: bool
    """Whether all of them are known to be of this month; if not, it is too low only perhaps."""
    publisher_too: bool = False
    """Whether the publisher says of the month, too, that uses may be missing (exception 3040)."""


def left_out(holdings: Iterable[Holding]) -> dict[tuple[int, str, str], tuple[LeftOut, ...]]:
    """(statistics_source_ID, report type, yyyy-mm) → what was left out there of each live load."""
    found: dict[tuple[int, str, str], tuple[LeftOut, ...]] = {}
    for held in holdings:
        for month, cells in left_out_of(held.load).items():
            key = (held.load.source_id, held.load.report_type, month)
            found[key] = (*found.get(key, ()), cells)
    return found


def left_out_of(load: Load) -> dict[str, LeftOut]:
    """Month held live → what was left out of it; a cell whose month is not known is left out of each, perhaps.

    Not among them are rows of a database with which nothing is lost, and months of which the load counts nothing,
    because it has totals only or an exception says why.
    """
    places: dict[str | None, list[str]] = {}
    is_database = load.original.startswith(_OF_A_DATABASE)
    for (position, value), month in zip_longest(load.damaged, load.damaged_months[: len(load.damaged)]):
        if not (is_database and value.endswith(_NOTHING_LOST)):
            places.setdefault(month, []).append(position)
    anywhere = places.get(None, [])
    return {
        month: LeftOut(load.original, tuple(places.get(month, []) + anywhere), not anywhere, _is_partial(load, month))
        for month in load.months
        if (month in places or anywhere) and load.states[month] in _TOLD
    }


def closed(load: Load, month: str, live: Sequence[Holding]) -> tuple[Holding, ...]:
    """The live loads of which cells were left out of `month` that can be read in `load`, a report of the same scope.

    Args:
        load: What is known of a report that is not stored yet.
        month: yyyy-mm, one of its months.
        live: Loads of the same source and report type.

    Returns:
        () if the report itself lacks cells of the month, or does not tell its use whole.
    """
    if load.states.get(month) not in (State.USAGE, State.CONFIRMED_ZERO) or month in left_out_of(load):
        return ()
    return tuple(
        held
        for held in live
        if held.load.damaged
        and held.load.release == load.release
        and month in left_out_of(held.load)
        and relation_here(held.load.scope, load.scope) is Relation.SAME
    )


def _is_partial(load: Load, month: str) -> bool:
    """Whether an exception says so; a month without use is partial for its cells alone, unless one speaks of it."""
    if load.states[month] is not State.PARTIAL:
        return False
    return month in load.tally.rows_by_month or any(
        code in PARTIAL and (not data or month in data) for code, _, data in load.exceptions
    )
