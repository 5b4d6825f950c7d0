"""Which of Releases 5 and 5.1 a table is of whose header does not say it: told, or likely and to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.months import read_months
from nolcat_desktop.counter.release import Release
from nolcat_desktop.problem import Problem
from nolcat_desktop.reading.release_words import release_of_words
from nolcat_desktop.report import Irregularity, Origin

RELEASE51_BEGINS = date(2025, 1, 1)
"""From this month on providers must deliver Release 5.1 (COUNTER's timetable)."""
_SAID = r"(?<![A-Za-z0-9])(?:R|CoP|Release|COUNTER|Version|V)[\s_\-]*"
_NAMES_51 = re.compile(rf"{_SAID}5[.,]?1(?![0-9])|(?<![A-Za-z0-9.\-])5\.1(?![.\-]?[0-9])", re.IGNORECASE)
_NAMES_5 = re.compile(rf"{_SAID}5(?:\.0)?(?![0-9])(?![.,_\-\s]1(?![0-9]))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """The release that a table is taken for."""

    release: Release
    is_told: bool
    """Whether words, the user, a name or its first month tell it; False: it is only the likelier."""
    told: tuple[Irregularity, ...] = ()
    """That the user said so."""


def choose_release(
    headings: Sequence[str],
    cells: pl.DataFrame,
    candidates: Sequence[Definition],
    origin: Origin,
    begin: date | None = None,
) -> Choice | Problem:
    """By words that only one release has, else by the user's word, a name, or the first month; else Release 5.

    Release 5.1 may be delivered for older months, too, so that a month before 2025 tells nothing.

    Args:
        headings: The column headings.
        cells: What stands under them.
        candidates: Reports that the table may be.
        origin: Its file and sheet, which may name a release, and what the user said.
        begin: First day of the reporting period, if the header says it.

    Returns:
        The choice; the reason, if no candidate is of the release that the user named.
    """
    releases = {one.release for one in candidates}
    if origin.told.release and candidates and origin.told.release not in releases:
        return _denied(origin.told.release, candidates)
    proof = release_of_words(headings, cells, candidates)
    if proof is not None:
        return Choice(proof[0], True)
    if origin.told.release is not None:
        said = Irregularity("R-told", detail=f"Release {origin.told.release}")
        return Choice(origin.told.release, True, (said,) if len(releases) > 1 else ())
    named = release_in_names(origin.sheet, origin.file)
    if named is not None:
        return Choice(named, True)
    first = begin or min((one.month for one in read_months(headings, None, None) if one and one.month), default=None)
    is_late = first is not None and first >= RELEASE51_BEGINS
    return Choice(Release.R51 if is_late else Release.R5, is_late)


def release_in_names(sheet: str | None, file: str) -> Release | None:
    """The release that the sheet names, else the file: `TR_J1_R51.csv`, `COUNTER 5.1`; None for neither, or both."""
    for text in (sheet or "", PurePath(file.rsplit("!/", 1)[-1]).stem):
        found = [one for one, pattern in ((Release.R51, _NAMES_51), (Release.R5, _NAMES_5)) if pattern.search(text)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def unsure(release: Release, other: Release) -> Irregularity:
    """That one of two releases was taken which nothing tells apart."""
    return Irregularity("R-release", None, None, str(other), f"Release {release}, though Release {other}")


def _denied(told: Release, candidates: Sequence[Definition]) -> Problem:
    fitting = ", ".join(dict.fromkeys(f"{one.report_id} of Release {one.release}" for one in candidates))
    return Problem(
        f"This is no report of Release {told}",
        f"Its column headings are those of {fitting}. Nothing was stored.",
        "Say another release, or put the header block back.",
    )
