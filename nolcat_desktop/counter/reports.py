"""Every report of every release, and how to find one by its code or its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from nolcat_desktop.counter.definition import Definition, Family
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports3 import REPORTS3, is_release3
from nolcat_desktop.counter.reports4 import REPORTS4
from nolcat_desktop.counter.reports5 import REPORTS5
from nolcat_desktop.counter.reports51 import REPORTS51
from nolcat_desktop.counter.text import loose

DEFINITIONS: tuple[Definition, ...] = REPORTS4 + REPORTS5 + REPORTS51 + REPORTS3
"""All reports: Release 4, 5, 5.1, and those of Release 3 that can be stored."""

_RELEASE_MARK = re.compile(r"\bR\s*([1-9])(?![0-9])", re.IGNORECASE)
_GAP = r"[\s_\-\"'“”‘’]*"
_DESCRIPTION = r"number|access|total"


_BY_ID: Mapping[tuple[Release, str], Definition] = MappingProxyType(
    {(d.release, loose(d.report_id)): d for d in DEFINITIONS}
)
_PLAIN_NAMES: Mapping[str, str] = MappingProxyType({loose(d.report_id): d.name.partition(" (")[0] for d in DEFINITIONS})
_FAMILIES: Mapping[str, Family] = MappingProxyType({loose(d.report_id): d.family for d in DEFINITIONS})


def definition(release: Release, report_id: str) -> Definition | None:
    """Find a report by its code, written loosely (`jr1 goa`, `TR-J1`); `JR1a` never falls on `JR1`."""
    return _BY_ID.get((release, loose(report_id)))


def family(report_type: str) -> Family | None:
    """Give the folder of a report type of any release, or None when there is no such report."""
    return _FAMILIES.get(loose(report_type))


def plain_name(report_type: str) -> str:
    """Give the name of a report as its newest release has it, without what its filters leave out.

    Returns:
        `Journal Requests` for `TR_J1` (`… (Excluding OA_Gold)`, `… (Controlled)`), `Title Report` for `TR`; '' when
        there is no such report.
    """
    return _PLAIN_NAMES.get(loose(report_type), "")


def named_report(report_type: str) -> str:
    """Give a report's name with its code: `Journal Requests (TR_J1)`; a code that COUNTER does not know alone."""
    name = plain_name(report_type)
    return f"{name} ({report_type})" if name else report_type


def _pattern(name: str) -> re.Pattern[str]:
    """Build what recognises an R4 name at the beginning of a cell, with or without its description."""
    parts = re.findall(r"[A-Za-z]+|\d+", name)
    if name[-1].isdigit():
        end = rf"(?!\d)(?!{_GAP}(?:mobile|goa)\b)(?!{_GAP}[a-z](?![a-z]))"
    else:
        end = rf"(?:(?![a-z0-9])|(?={_DESCRIPTION}))"
    return re.compile(rf"^\W*{_GAP.join(parts)}{end}", re.IGNORECASE)


_PATTERNS4: tuple[tuple[re.Pattern[str], Definition], ...] = tuple((_pattern(d.name), d) for d in REPORTS4)
_PATTERNS3: tuple[tuple[re.Pattern[str], Definition], ...] = tuple((_pattern(d.name), d) for d in REPORTS3)
_NAMES5: tuple[tuple[str, Definition], ...] = tuple((loose(d.name), d) for d in REPORTS5 + REPORTS51)


def _named4(name: str) -> tuple[Definition, ...]:
    mark = _RELEASE_MARK.search(name)
    patterns = _PATTERNS4
    if mark and mark.group(1) != "4":
        patterns = _PATTERNS3 if is_release3(name, mark.group(1)) else ()
    found = [d for pattern, d in patterns if pattern.match(name)]
    return (max(found, key=lambda d: len(d.name)),) if found else ()


def _named5(name: str) -> tuple[Definition, ...]:
    key = loose(name)
    same = tuple(d for known, d in _NAMES5 if known == key)
    if same:
        return same
    begun = [(known, d) for known, d in _NAMES5 if _continues(key, known)]
    longest = max((len(known) for known, _ in begun), default=0)
    return tuple(d for known, d in begun if len(known) == longest)


def _continues(key: str, known: str) -> bool:
    rest = key[len(known) :]
    return key.startswith(known) and bool(rest) and not rest[0].isdigit() and not rest.startswith("(r4")


def named(name: str, release: Release | None = None) -> tuple[Definition, ...]:
    """Find reports by Report_Name (R4 and R3: cell A1), written loosely, with further words after the name.

    Args:
        name: e.g. `Title Master Report`, `Journal Report 1(R4)`, `Platform Report 1 (R4): Total Searches …`,
            `Book Report 2 (R1)`.
        release: only reports of this release; None: of all.

    Returns:
        The reports of the longest name that fits; several when releases share a name (`Platform Usage`), none when the
        cell names another release, or a report of it that is not stored (`Journal Report 1 (R2)`, `Database Report 3
        (R3)`).
    """
    found = _named4(name) or _named5(name)
    return tuple(d for d in found if release is None or d.release is release)
