"""Words that only one of Releases 5 and 5.1 has: they tell the releases apart where nothing else does.

Codes of Practice 5.0.3 and 5.1, sections 3.2 and 4.
"""

from __future__ import annotations

from collections.abc import Iterator

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import DEFINITIONS

MASTERS = ("PR", "DR", "TR", "IR")
_ELEMENTS = ("Data_Type", "Section_Type", "Access_Type", "Parent_Data_Type")


def own_words(release: Release, other: Release) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Master report, element, and the values of it that `release` has and `other` has not."""
    for master in MASTERS:
        ours, theirs = _of(release, master), _of(other, master)
        for element in _ELEMENTS:
            words = frozenset(ours.values.get(element, ())) - frozenset(theirs.values.get(element, ()))
            if words:
                yield master, element, words


def _of(release: Release, report_id: str) -> Definition:
    return next(one for one in DEFINITIONS if one.release is release and one.report_id == report_id)
