"""The librarian's answers about months that were never loaded, and the names that usage goes by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nolcat_desktop.dataset import Alias, Answer, Entry, Library, Named
from nolcat_desktop.dataset.decisions import told, told_alias
from nolcat_desktop.dataset.one_member import several_members
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress


def answer(library: Library, answers: Sequence[Answer], today: str, withdraw: bool = False) -> Entry:
    """Remember that no report exists for some months; undo takes it back, and so does `withdraw`.

    Args:
        library: Whose gaps are answered.
        answers: Of one month, a range, everything before or after; `on` and `entry` are filled in here.
        today: yyyy-mm-dd.
        withdraw: Take back answers of exactly these months instead.

    Raises:
        NolcatError: If a range ends before it begins, is open on both sides without a report type, or the library
            cannot be written.
    """
    for one in answers:
        if one.first is not None and one.last is not None and one.first > one.last:
            raise NolcatError(_BACKWARDS)
    names = library.sources().names()
    start = "withdraw: " if withdraw else ""
    what = start + "no report exists: " + "; ".join(_words(one, names) for one in answers)
    decisions = [told(replace(one, on=today), withdraw) for one in answers]
    return _decided(library, what, decisions)


def name_alias(library: Library, aliases: Sequence[Alias], withdraw: bool = False) -> Entry:
    """Remember that platforms, publishers, databases or the member go by another name; stored usage stays as it is.

    Raises:
        NolcatError: If a name is blank or stands for itself, a member's is to hold for some sources or months only or
            is withdrawn while usage of both names is there, or the library cannot be written.
    """
    if withdraw:
        _check_members(library, aliases)
    for one in aliases:
        if one.what is Named.MEMBER and (one.source_id, one.first, one.last) != (None, None, None):
            raise NolcatError(_EVERYWHERE)
        if not one.name.strip() or not one.stands_for.strip() or one.name == one.stands_for:
            raise NolcatError(_NO_NAME)
        if one.first is not None and one.last is not None and one.first > one.last:
            raise NolcatError(_BACKWARDS)
    said = "; ".join(f"{one.what} “{one.name}” stands for “{one.stands_for}”" for one in aliases)
    what = f"{'withdraw: ' if withdraw else ''}{said}"
    return _decided(library, what, [told_alias(one, withdraw) for one in aliases])


def _check_members(library: Library, withdrawn: Sequence[Alias]) -> None:
    names = {one.name for one in withdrawn if one.what is Named.MEMBER}
    left = [one for one in library.decisions().aliases if one.what is not Named.MEMBER or one.name not in names]
    problem = several_members([held.load for held in (*library.holdings(), *library.asides())], left)
    if names and problem is not None:
        raise NolcatError(_BOTH_THERE)


def declare_numbering(library: Library, own: bool) -> Entry:
    """Declare that the library's numbering of sources is its own (or no longer): then local ids may be sent."""
    what = "the numbering of sources is the library's own" if own else "the numbering of sources is NoLCAT's"
    return _decided(library, what, [{"kind": "numbering", "own": own}])


def _decided(library: Library, what: str, decisions: Sequence[Mapping[str, object]]) -> Entry:
    if not decisions:
        raise NolcatError(_NO_NAME)
    with library.run(what) as run:
        for one in decisions:
            run.decide(one)
        run.commit(Progress())
    return library.history()[-1]


def _words(one: Answer, names: Mapping[int, str]) -> str:
    if one.first is not None and one.last is not None:
        span = one.first if one.first == one.last else f"{one.first} to {one.last}"
    elif one.first is not None:
        span = f"from {one.first}"
    else:
        span = f"up to {one.last}" if one.last is not None else "all months"
    noted = f" (“{one.note}”)" if one.note else ""
    return f"{one.report_type or 'all reports'} of {names.get(one.source_id, one.source_id)}, {span}{noted}"


_BACKWARDS = Problem(
    "The last month is before the first", "Nothing was remembered.", "Give the first month, then the last."
)
_EVERYWHERE = Problem(
    "A member goes by a name everywhere",
    "A library holds one member, of all sources and months. Nothing was remembered.",
    "Give the two names alone.",
)
_BOTH_THERE = Problem(
    "Usage under both names is in the library",
    "Without this word they would be two members, and a library holds one. Nothing was changed.",
    "Remove the usage of the other member first.",
)
_NO_NAME = Problem(
    "There is nothing to remember",
    "A name is blank, or stands for itself.",
    "Give the name in the reports and its own.",
)
