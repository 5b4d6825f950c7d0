"""The list of statistics sources on its way into a shared bucket: an id must mean the same here and there.

Rows that are only there stay there, rows that are only here are added: two workstations may send the same list. Ids are
NoLCAT's primary keys and part of every name in the bucket, so an id that means another source there stops everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from nolcat_desktop.dataset.layout import FIRST_LOCAL_ID
from nolcat_desktop.dataset.sources import Source, SourceList
from nolcat_desktop.problem import Problem
from nolcat_desktop.workflow.sending_refused import Refused, Why

_NAMED = 4


def check_ids(
    ours: SourceList, theirs: SourceList, used: Iterable[int], own_numbering: bool, our_names: bool = False
) -> None:
    """Stop what must not be sent.

    Args:
        ours: The library's list.
        theirs: The list in the bucket; empty if there is none.
        used: Ids of parts.
        own_numbering: Whether the library's own numbers were declared to be the ones that count.
        our_names: Whether names that differ are to be replaced there by ours.

    Raises:
        Refused: If an id is known to this computer only, or means another source there.
    """
    there = {row.source_id: row for row in theirs.rows}
    here = {row.source_id: row for row in ours.rows}
    others = [(row, there[row.source_id]) for row in ours.rows if _differs(row, there.get(row.source_id))]
    if others and not our_names:
        raise Refused(Why.OTHER_SOURCE, _another_source(others))
    made_up = [one for one in used if one >= FIRST_LOCAL_ID and one not in here and one not in there]
    local = [row.source_id for row in ours.rows if row.local and row.source_id not in there]
    if (local or made_up) and not own_numbering:
        raise Refused(Why.LOCAL_IDS, _local(sorted({*local, *made_up}), here))


def together(ours: SourceList, theirs: SourceList, our_names: bool = False) -> SourceList:
    """The list that is to lie there: theirs, filled up with ours. Names that are told alike stay as they are there."""
    here = {row.source_id: row for row in ours.rows}
    rows = [_one(here.get(row.source_id), row, our_names) for row in theirs.rows]
    known = {row.source_id for row in theirs.rows}
    rows += [row for row in ours.rows if row.source_id not in known]
    columns = (*theirs.columns, *(name for name in ours.columns if name not in theirs.columns))
    return replace(ours, rows=tuple(rows), columns=columns)


def says_the_same(one: SourceList, other: SourceList) -> bool:
    """Whether both lists say the same, in whatever order."""
    return _content(one) == _content(other)


def _content(of: SourceList) -> frozenset[tuple[object, ...]]:
    return frozenset(
        (row.source_id, row.name, row.local, tuple(sorted((k, v) for k, v in row.other.items() if v)))
        for row in of.rows
    )


def _one(ours: Source | None, theirs: Source, our_names: bool) -> Source:
    if ours is None:
        return theirs
    more: Mapping[str, str] = {name: text for name, text in ours.other.items() if text and not theirs.other.get(name)}
    name = ours.name if our_names and _differs(ours, theirs) else theirs.name
    other = MappingProxyType({**theirs.other, **more})
    return replace(theirs, name=name, local=theirs.local and ours.local, other=other)


def _differs(ours: Source, theirs: Source | None) -> bool:
    return theirs is not None and SourceList((theirs,)).find(ours.name) is None


def _another_source(pairs: Sequence[tuple[Source, Source]]) -> Problem:
    told = "; ".join(
        f"{ours.source_id:,} is “{ours.name}” here and “{theirs.name}” there" for ours, theirs in pairs[:_NAMED]
    )
    return Problem(
        "An id means another source in the bucket",
        f"{told}{_more(len(pairs))}. Usage would be given to the wrong source there. Nothing was sent.",
        "Find out which name is right. Give the source here the id that it has there, or rename it; if only the name "
        "changed, send with our names (--our-names).",
    )


def _local(ids: Sequence[int], here: Mapping[int, Source]) -> Problem:
    first = ids[0]
    name = f" “{here[first].name}”" if first in here else ""
    count = "1 source has a number" if len(ids) == 1 else f"{len(ids)} sources have numbers"
    return Problem(
        f"{count} of this computer only",
        f"For example {first:,}{name}. In a shared bucket such a number means nothing, or another source. "
        "Nothing was sent.",
        "Match them with NoLCAT's list of sources, or declare that this library uses numbers of its own.",
    )


def _more(count: int) -> str:
    return f" and {count - _NAMED} more" if count > _NAMED else ""
