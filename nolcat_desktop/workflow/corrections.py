"""What publishers corrected, and names of sources that are in the list no more, as the history tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from nolcat_desktop.dataset import Entry, Library
from nolcat_desktop.dataset.history import entries
from nolcat_desktop.dataset.journal import Journal, read_journal
from nolcat_desktop.dataset.layout import SOURCES
from nolcat_desktop.dataset.publish import changes_of, effective
from nolcat_desktop.dataset.sources import read_sources
from nolcat_desktop.problem import NolcatError


@dataclass(frozen=True, slots=True)
class Correction:
    """A count that newer numbers of the publisher replaced."""

    source_id: int
    report_type: str
    month: str
    """yyyy-mm."""
    metric: str
    before: int
    after: int
    when: datetime
    """The new count was stored."""


def corrections(past: Iterable[Entry]) -> tuple[Correction, ...]:
    """Every count that was replaced, in the order of `past`; what was undone does not count."""
    return tuple(
        Correction(
            one.source_id,
            one.report_type,
            one.restatement.month,
            one.restatement.metric,
            one.restatement.before,
            one.restatement.after,
            entry.when,
        )
        for entry in past
        if not entry.undone
        for one in entry.restated
    )


def corrections_of(
    found: Iterable[Correction], source_id: int, report_types: Iterable[str], months: Iterable[str]
) -> tuple[Correction, ...]:
    """Those of some reports of a source in `months` (yyyy-mm)."""
    types, wanted = frozenset(report_types), frozenset(months)
    return tuple(
        one for one in found if one.source_id == source_id and one.report_type in types and one.month in wanted
    )


def names_ever(library: Library, journal: Journal | None = None) -> Mapping[int, str]:
    """Source id → name, also of sources that an undoing took out of the list: the last name that each had.

    Raises:
        NolcatError: If the library's history or its list of sources cannot be read.
    """
    known = dict(library.sources().names())
    told = journal if journal is not None else read_journal(library.layout)
    lost = {one for entry in entries(told) for one in entry.source_ids} - known.keys()
    for record in reversed(effective(told.records)) if lost else ():
        for change in changes_of(record):
            if change.path == SOURCES and change.after and lost:
                known = {**_names_in(library, change.after), **known}
                lost -= known.keys()
    return known


def _names_in(library: Library, sha256: str) -> Mapping[int, str]:
    """The names in an earlier list of sources; none where it was tidied away."""
    try:
        return read_sources(library.layout.versions / sha256).names()
    except NolcatError:
        return {}
