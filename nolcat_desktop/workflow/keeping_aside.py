"""Loads that are kept but not live: what there is, and making one live."""

from __future__ import annotations

from dataclasses import dataclass

from nolcat_desktop.dataset import Entry, Library, Load
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.removing import Chosen, words_of


@dataclass(frozen=True, slots=True)
class Aside:
    """A load that is kept aside."""

    path: str
    """Names it, for `make_live`."""
    source: str
    load: Load
    against: tuple[str, ...]
    """Its months (yyyy-mm) that another load counts now."""


def kept_aside(library: Library) -> tuple[Aside, ...]:
    """Everything that is kept aside, by path."""
    names = library.sources().names()
    live = [held.load for held in library.holdings()]
    return tuple(
        Aside(
            held.path,
            names.get(held.load.source_id, str(held.load.source_id)),
            held.load,
            tuple(month for month in held.load.months if any(_counts(one, held.load, month) for one in live)),
        )
        for held in library.asides()
    )


def make_live(library: Library, path: str, progress: Progress, months: tuple[str, ...] | None = None) -> Entry:
    """Make a load live; what counts its months now is kept aside in its place. Undo swaps back.

    Raises:
        NolcatError: If nothing is kept at `path`, or the library cannot be written.
    """
    found = next((one for one in library.asides() if one.path == path), None)
    what = f"make live: {found.load.report_type}, {found.load.original}" if found else "make live"
    with library.run(what) as run:
        run.bring_in(path, months)
        run.commit(progress)
    return library.history()[-1]


def put_aside(library: Library, chosen: Chosen, progress: Progress) -> Entry:
    """Keep live months of a report aside, as they are; nothing takes their place.

    Raises:
        NolcatError: If no such month is live, or the library cannot be written.
    """
    with library.run(f"keep aside {words_of([chosen], library)}") as run:
        for one in run.live:
            if chosen.takes(one.load):
                run.set_aside([one], one.load.months if chosen.months is None else chosen.months)
        entry = run.commit(progress)
    if entry is None:
        raise NolcatError(_NOTHING)
    return library.history()[-1]


def _counts(live: Load, aside: Load, month: str) -> bool:
    return (live.source_id, live.report_type) == (aside.source_id, aside.report_type) and live.claims(month)


_NOTHING = Problem("Nothing of that is live", "Nothing was changed.", "Look at the coverage for what is there.")
