"""Which report a table is: from its header, else, with care, from its headings, its sheet and the name of its file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from nolcat_desktop.counter import reports
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import element, infer
from nolcat_desktop.counter.months import is_month_like, label
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import squash
from nolcat_desktop.problem import Problem
from nolcat_desktop.reading.bare_months import bare_month
from nolcat_desktop.reading.headerless import named_in, told_by_user
from nolcat_desktop.reading.permitted import permitted
from nolcat_desktop.reading.release3 import (
    OF_RELEASE_4,
    has_words4,
    is_told3,
    not_stored,
    of_release3,
    old_mark,
    report_of,
    without_mark,
)
from nolcat_desktop.reading.release_choice import choose_release, unsure
from nolcat_desktop.report import ROW, Header, Irregularity, Origin

_RELEASES = {
    "5": Release.R5,
    "r5": Release.R5,
    "5.0": Release.R5,
    "5.0.0": Release.R5,
    "5.0.1": Release.R5,
    "5.0.2": Release.R5,
    "5.0.3": Release.R5,
    "5.1": Release.R51,
    "r5.1": Release.R51,
    "5.10": Release.R51,
    "5.1.0": Release.R51,
    "5.1.1": Release.R51,
    "5,1": Release.R51,
    "4": Release.R4,
    "r4": Release.R4,
}
_WORDS_BEFORE = re.compile(r"^(?:counter )?(?:code of practice |cop )?(?:release |version |v\.? ?(?=[0-9]))?")
_DATED_RELEASE = re.compile(
    r"0?5[-. ]{1,2}jan(?:uary|uar)?\.?|0?5\.0?1\.(?:20[0-9]{2})?|20[0-9]{2}-01-05(?:[ t]00:00:00)?"
)
"""What a spreadsheet program makes of 5.1 where dates are written day.month: the fifth of January of its year."""
_BOTH = (Release.R5, Release.R51)


@dataclass(frozen=True, slots=True)
class Identity:
    """What was found out about a table's report."""

    release: Release | None
    definition: Definition | None
    candidates: tuple[Definition, ...] = ()
    """Reports that it may be, when it has no header and its headings fit several."""
    irregularities: tuple[Irregularity, ...] = ()
    old: str | None = None
    """`R3`, `R2` or `R1` when the header names such a release."""
    problem: Problem | None = None
    """Why the report that the user named, or the header, cannot be taken."""
    possible: tuple[Release, ...] = ()
    """The release that was taken, and the one that it may be as well, when nothing tells them apart."""


def release_of(text: str) -> Release | None:
    """The release that the header's Release names; None when it names none that is known."""
    tidy = squash(text).lower()
    if _DATED_RELEASE.fullmatch(tidy):
        return Release.R51
    return _RELEASES.get(_WORDS_BEFORE.sub("", tidy))


def identify5(
    header: Header, headings: Sequence[str], origin: Origin | None = None, cells: pl.DataFrame | None = None
) -> Identity:
    """Identify an R5 or R5.1 report by Release, Report_ID and Report_Name; contradictions are told, Report_ID holds.

    Args:
        header: The header as read.
        headings: The column headings; asked when the header names no report at all, or no release.
        origin: Where a table comes from; None: the layout tells the release (JSON).
        cells: What stands under the headings.
    """
    text = header.texts.get("Release", "")
    release = release_of(text)
    found: list[Irregularity] = []
    possible: tuple[Release, ...] = ()
    if release is None and not text:
        release = Release.R51 if "Registry_Record" in header.texts else Release.R5
        if release is Release.R5 and headings and origin is not None and cells is not None:
            chosen = _without_release(header, headings, origin, cells)
            if isinstance(chosen, Problem):
                return Identity(None, None, problem=chosen)
            release, possible = chosen.release or release, chosen.possible
            found += chosen.irregularities
        found.append(Irregularity("R-02", header.positions.get("Report_ID"), "Release", detail=str(release)))
    if release is None or release.is_before_5:
        return Identity(release, None, (), tuple(found))
    code, name = header.texts.get("Report_ID", ""), header.texts.get("Report_Name", "")
    definition = reports.definition(release, code)
    if definition is None:
        definition = _by_name(name, release)
        if definition is not None:
            found.append(
                Irregularity("R-05", header.positions.get("Report_ID"), "Report_ID", detail=definition.report_id)
            )
    elif name:
        definition, told = _of_two(definition, _by_name(name, release), headings, header)
        found += told
    if definition is None and not code and not name and headings:
        definition = _chosen([one for one in _allowed(headings) if one.release is release])
        if definition is not None:
            found.append(Irregularity("R-06", detail=definition.report_id))
    return Identity(release, definition, (), tuple(found), possible=possible if definition is not None else ())


def _without_release(
    header: Header, headings: Sequence[str], origin: Origin, cells: pl.DataFrame
) -> Identity | Problem:
    """The release of a table whose header names its report and no release, and what stays possible beside it."""
    code, name = header.texts.get("Report_ID", ""), header.texts.get("Report_Name", "")
    named = [reports.definition(release, code) or _by_name(name, release) for release in _BOTH]
    both = [one for one in named if one is not None]
    allowed = _allowed(headings)
    candidates = [one for one in both if one in allowed] or both
    if not candidates:
        return Identity(None, None)
    choice = choose_release(headings, cells, candidates, origin, header.begin)
    if isinstance(choice, Problem):
        return choice
    chosen = next((one for one in candidates if one.release is choice.release), candidates[0])
    possible = () if choice.is_told else _possible(chosen, candidates)
    told = (*choice.told, *((unsure(*possible),) if possible else ()))
    return Identity(chosen.release, chosen, (), told, possible=possible)


def _of_two(
    by_code: Definition, by_name: Definition | None, headings: Sequence[str], header: Header
) -> tuple[Definition, list[Irregularity]]:
    """The report that the code names; that of the name, where the columns are those of it and not of the other."""
    if by_name is None or by_name is by_code or not headings:
        return by_code, []
    allowed = _allowed(headings)
    if by_code in allowed or by_name not in allowed:
        return by_code, []
    said = Irregularity("R-05", header.positions.get("Report_ID"), "Report_ID", detail=by_name.report_id)
    return by_name, [said]


def _by_name(name: str, release: Release) -> Definition | None:
    named = reports.named(name, release) or reports.named(name)
    return next((found for one in named if (found := reports.definition(release, one.report_id))), None)


def identify4(header: Header, headings: Sequence[str], cells: pl.DataFrame) -> Identity:
    """Identify a report of Release 4 or 3 by the name in A1.

    Of Release 3 (books: 1) only what carries the columns of a report of Release 4 is read; all else is named, and why.
    A name without any release is Release 4's, unless the headings are as only Release 3 has them.
    """
    name, at = header.texts.get("Report_Name", ""), header.positions.get("Report_Name")
    mark = old_mark(name)
    if mark:
        found = report_of(name, mark, headings)
        if not isinstance(found, str) and found.metric_types and has_words4(_texts(cells)):
            found = OF_RELEASE_4
        if isinstance(found, str):
            return Identity(None, None, (), (), f"R{mark}", not_stored(name, mark, found, at))
        return Identity(Release.R3, found)
    named = reports.named(name, Release.R4)
    old = without_mark(named[0], header, headings) if named else None
    if old is not None:
        return Identity(Release.R3, old, (), (Irregularity("R3-F02", at, "Report_Name", name),))
    return Identity(Release.R4, named[0] if named else None)


def identify_bare(headings: Sequence[str], header: Header, origin: Origin, cells: pl.DataFrame) -> Identity:
    """Identify a table without any name in a header: by its columns, and by what names one of those they allow.

    What stands under the headings rules reports out (`permitted`); what names one of the others is the user's word,
    else the name of its sheet, else that of its file. Where Release 5 and 5.1 have the same columns, `choose_release`
    takes one of them, and the other stays possible where nothing tells.

    Args:
        headings: The column headings.
        header: What is left of a header; BR2's section type tells it from its twins.
        origin: Where the table comes from.
        cells: What stands under the headings.
    """
    candidates = permitted(_allowed(headings, may_be_3=is_told3(origin)), headings, cells)
    if origin.told.report_type:
        told = told_by_user(origin.told.report_type, candidates)
        if isinstance(told, Problem):
            return Identity(None, None, tuple(candidates), problem=told)
    else:
        told = named_in(candidates, origin.sheet, origin.file)
    section = header.texts.get("Section_Type")
    candidates = told or [one for one in candidates if section and one.report_id == "BR2"] or candidates
    if origin.told.release is None and any(one.release is Release.R3 for one in candidates):
        candidates = of_release3(candidates, _texts(cells))
    choice = choose_release(headings, cells, candidates, origin)
    if isinstance(choice, Problem):
        return Identity(None, None, tuple(candidates), problem=choice)
    releases = {candidate.release for candidate in candidates}
    settled = [candidate for candidate in candidates if candidate.release is choice.release]
    is_settled = settled and (not releases - set(_BOTH) or origin.told.release)
    chosen = _chosen(settled if is_settled else candidates)
    if chosen is None:
        return Identity(None, None, tuple(candidates))
    rule = "R-06" if chosen.release in _BOTH else "R4-F06"
    if origin.told.report_type:
        rule = "R-told"
    said = (Irregularity(rule, detail=chosen.report_id), *choice.told)
    possible = () if choice.is_told else _possible(chosen, candidates)
    if not possible:
        return Identity(chosen.release, chosen, tuple(candidates), said)
    return Identity(chosen.release, chosen, tuple(candidates), (*said, unsure(*possible)), possible=possible)


def _possible(chosen: Definition, candidates: Sequence[Definition]) -> tuple[Release, ...]:
    """The release that was chosen and the other of 5 and 5.1, if that has the same report; else ()."""
    others = [one.release for one in candidates if one.report_id == chosen.report_id and one is not chosen]
    found = [release for release in others if release in _BOTH and chosen.release in _BOTH]
    return (chosen.release, found[0]) if found else ()


def _allowed(headings: Sequence[str], *, may_be_3: bool | None = None) -> list[Definition]:
    """The reports that a row of headings may head; a month's name alone stands for a month."""
    months = [label(date(1, number, 1)) if (number := bare_month(text)) else None for text in headings]
    texts = [month or text for text, month in zip(headings, months, strict=True)]
    elements = frozenset(name for text in texts if (name := element(text, None)[0]))
    return list(infer(elements, texts, any(map(is_month_like, headings)) or any(months), may_be_3=may_be_3))


def _texts(cells: pl.DataFrame) -> list[str]:
    """Every text that stands under the headings, once."""
    columns = [name for name in cells.columns if name != ROW]
    return [text for name in columns for text in cells[name].unique().drop_nulls()]


def _chosen(candidates: Sequence[Definition]) -> Definition | None:
    """The one report that candidates leave; a master is told from its views by its columns."""
    if not candidates:
        return None
    first, rest = candidates[0], candidates[1:]
    views = [other for other in rest if other.is_view and other.family == first.family]
    is_master = not first.is_view and len(views) == len(rest)
    return first if not rest or (is_master and not first.release.is_before_5) else None
