"""Which report a table is: from its header, else, with care, from its headings, its sheet and the name of its file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from nolcat_desktop.counter import reports
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import element, infer
from nolcat_desktop.counter.months import is_month_like, read_months
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import Header, Irregularity

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
RELEASE51_BEGINS = date(2025, 1, 1)
"""From this month on providers must deliver Release 5.1 (COUNTER's timetable)."""
_CODE = re.compile(r"[A-Za-z]+_?[A-Za-z]?\d*[A-Za-z]*")


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


def release_of(text: str) -> Release | None:
    """The release that the header's Release names; None when it names none that is known."""
    return _RELEASES.get(text.strip().lower())


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
    if definition is None and not code and not name and headings:
        definition = _chosen([one for one in _allowed(headings) if one.release is release])
        if definition is not None:
            found.append(Irregularity("R-06", detail=definition.report_id))
    return Identity(release, definition, (), tuple(found))


def _by_name(name: str, release: Release) -> Definition | None:
    named = reports.named(name, release) or reports.named(name)
    return next((found for one in named if (found := reports.definition(release, one.report_id))), None)


def identify4(header: Header) -> Identity:
    """Identify an R4 report by the name in A1."""
    name = header.texts.get("Report_Name", "")
    old = _OLD.search(name)
    if old:
        return Identity(None, None, (), (), f"R{old.group(1)}")
    named = reports.named(name, Release.R4)
    return Identity(Release.R4, named[0] if named else None)


def identify_bare(headings: Sequence[str], sheet: str | None, file: str) -> Identity:
    """Identify a table without any header: by its headings, and among what they allow by the name of sheet or file.

    Where Release 5 and 5.1 have the same columns, the first month decides: 5.1 is taken from 2025 on.
    """
    candidates = _allowed(headings)
    codes = {loose(code) for text in (sheet or "", PurePath(file).stem) for code in _CODE.findall(text)}
    told = [candidate for candidate in candidates if loose(candidate.report_id) in codes]
    if told:
        candidates = told
    first = min((read.month for read in read_months(headings, None, None) if read and read.month), default=None)
    likely = Release.R51 if first is not None and first >= RELEASE51_BEGINS else Release.R5
    releases = {candidate.release for candidate in candidates}
    settled = [candidate for candidate in candidates if candidate.release is likely]
    chosen = _chosen(settled if settled and Release.R4 not in releases else candidates)
    if chosen is None:
        return Identity(None, None, tuple(candidates))
    rule = "R4-F06" if chosen.release is Release.R4 else "R-06"
    return Identity(chosen.release, chosen, tuple(candidates), (Irregularity(rule, detail=chosen.report_id),))


def _allowed(headings: Sequence[str]) -> list[Definition]:
    """The reports that a row of headings may head."""
    elements = frozenset(name for text in headings if (name := element(text, None)[0]))
    return list(infer(elements, headings, any(map(is_month_like, headings))))


def _chosen(candidates: Sequence[Definition]) -> Definition | None:
    """The one report that candidates leave; a master is told from its views by its columns."""
    if not candidates:
        return None
    first, rest = candidates[0], candidates[1:]
    views = [other for other in rest if other.is_view and other.family == first.family]
    is_master = not first.is_view and len(views) == len(rest)
    return first if not rest or (is_master and first.release is not Release.R4) else None
