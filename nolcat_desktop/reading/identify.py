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
from nolcat_desktop.counter.months import is_month_like, label, read_months
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import squash
from nolcat_desktop.problem import Problem
from nolcat_desktop.reading.bare_months import bare_month
from nolcat_desktop.reading.headerless import named_in, told_by_user
from nolcat_desktop.reading.release_words import release_of_words
from nolcat_desktop.report import Header, Irregularity, Origin

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
_OLD = re.compile(r"\(\s*R\s*([1-3])\s*\)", re.IGNORECASE)
_WORDS_BEFORE = re.compile(r"^(?:counter )?(?:code of practice |cop )?(?:release |version |v\.? ?(?=[0-9]))?")
_DATED_RELEASE = re.compile(
    r"0?5[-. ]{1,2}jan(?:uary|uar)?\.?|0?5\.0?1\.(?:20[0-9]{2})?|20[0-9]{2}-01-05(?:[ t]00:00:00)?"
)
"""What a spreadsheet program makes of 5.1 where dates are written day.month: the fifth of January of its year."""
RELEASE51_BEGINS = date(2025, 1, 1)
"""From this month on providers must deliver Release 5.1 (COUNTER's timetable)."""


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
    """Why the report that the user named cannot be taken."""


def release_of(text: str) -> Release | None:
    """The release that the header's Release names; None when it names none that is known."""
    tidy = squash(text).lower()
    if _DATED_RELEASE.fullmatch(tidy):
        return Release.R51
    return _RELEASES.get(_WORDS_BEFORE.sub("", tidy))


def identify5(header: Header, headings: Sequence[str]) -> Identity:
    """Identify an R5 or R5.1 report by Release, Report_ID and Report_Name; contradictions are told, Report_ID holds.

    Args:
        header: The header as read.
        headings: The column headings; asked only when the header names no report at all.
    """
    text = header.texts.get("Release", "")
    release = release_of(text)
    found: list[Irregularity] = []
    if release is None and not text:
        release = Release.R51 if "Registry_Record" in header.texts else Release.R5
        found.append(Irregularity("R-02", header.positions.get("Report_ID"), "Release", detail=str(release)))
    if release is None or release is Release.R4:
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
    return Identity(release, definition, (), tuple(found))


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


def identify4(header: Header) -> Identity:
    """Identify an R4 report by the name in A1.

    A report of Release 3 or older is named and never read: it counts by other rules (sessions, turnaways of one kind,
    searches with the federated ones among them), and no release of usage stands for it.
    """
    name = header.texts.get("Report_Name", "")
    old = _OLD.search(name)
    if old:
        return Identity(None, None, (), (), f"R{old.group(1)}")
    named = reports.named(name, Release.R4)
    return Identity(Release.R4, named[0] if named else None)


def identify_bare(headings: Sequence[str], header: Header, origin: Origin, cells: pl.DataFrame) -> Identity:
    """Identify a table without any name in a header: by its headings, and by what names one of those they allow.

    That is the user's word, else the name of its sheet, else that of its file. Where Release 5 and 5.1 have the same
    columns, words that one of them alone has decide, else the first month: 5.1 is taken from 2025 on.

    Args:
        headings: The column headings.
        header: What is left of a header; BR2's section type tells it from its twins.
        origin: Where the table comes from.
        cells: What stands under the headings.
    """
    candidates = _allowed(headings)
    if origin.told.report_type:
        told = told_by_user(origin.told.report_type, candidates)
        if isinstance(told, Problem):
            return Identity(None, None, tuple(candidates), problem=told)
    else:
        told = named_in(candidates, origin.sheet, origin.file)
    section = header.texts.get("Section_Type")
    candidates = told or [one for one in candidates if section and one.report_id == "BR2"] or candidates
    first = min((read.month for read in read_months(headings, None, None) if read and read.month), default=None)
    likely = Release.R51 if first is not None and first >= RELEASE51_BEGINS else Release.R5
    proof = release_of_words(headings, cells, candidates)
    likely = proof[0] if proof else likely
    releases = {candidate.release for candidate in candidates}
    settled = [candidate for candidate in candidates if candidate.release is likely]
    chosen = _chosen(settled if settled and Release.R4 not in releases else candidates)
    if chosen is None:
        return Identity(None, None, tuple(candidates))
    rule = "R4-F06" if chosen.release is Release.R4 else "R-06"
    if origin.told.report_type:
        rule = "R-told"
    return Identity(chosen.release, chosen, tuple(candidates), (Irregularity(rule, detail=chosen.report_id),))


def _allowed(headings: Sequence[str]) -> list[Definition]:
    """The reports that a row of headings may head; a month's name alone stands for a month."""
    months = [label(date(1, number, 1)) if (number := bare_month(text)) else None for text in headings]
    texts = [month or text for text, month in zip(headings, months, strict=True)]
    elements = frozenset(name for text in texts if (name := element(text, None)[0]))
    return list(infer(elements, texts, any(map(is_month_like, headings)) or any(months)))


def _chosen(candidates: Sequence[Definition]) -> Definition | None:
    """The one report that candidates leave; a master is told from its views by its columns."""
    if not candidates:
        return None
    first, rest = candidates[0], candidates[1:]
    views = [other for other in rest if other.is_view and other.family == first.family]
    is_master = not first.is_view and len(views) == len(rest)
    return first if not rest or (is_master and first.release is not Release.R4) else None
