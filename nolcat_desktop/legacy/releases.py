"""Of which release the usage of a month is: by the report type, by words that only one release has, by dates.

NoLCAT's relation does not say it, and Releases 5 and 5.1 share the codes of their reports. What decides, in this order:

1. The report type: JR1, BR2, DB1 … are of Release 4; of Release 3 where the rows say so, as this program's own do.
2. Words that only one of the two has (Codes of Practice 5.0.3 and 5.1, sections 3.2 and 4): a Section_Type, OA_Gold
   and Data_Type Database are of Release 5; Open, Free_To_Read, Database_Aggregated, Reference_Work … of Release 5.1.
   A month in which words of both stand is refused.
3. Dates: usage before 2021 is of Release 5. Release 5.1 was published in May 2023, and the Code asks for the current
   year and the 24 months before it (section 5: availability of past usage).
4. The order of time: a provider goes from 5 to 5.1 and not back. A month before one of Release 5 is of Release 5, a
   month after one of Release 5.1 is of Release 5.1, for the same source and report type.

What is still open is asked: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType

import polars as pl

from nolcat_desktop.counter.own_words import own_words
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import definition
from nolcat_desktop.usage import USAGE_COLUMNS

ONLY_R5, ONLY_R51 = "#only 5", "#only 5.1"
"""Columns that tell whether a word of the row belongs to one release alone."""
BEFORE_R51 = date(2021, 1, 1)
"""Usage before this day is of Release 5: see rule 3."""


class Open(Enum):
    """Why the release of a month is not known."""

    UNDECIDED = "undecided"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rows of one month of a source's report say."""

    month: date
    only_r5: bool
    only_r51: bool
    said: str | None = None
    """The release that the rows themselves name; None when they do not."""
    said_more: bool = False
    """Whether they name more than one, or some of them none."""


def marks() -> tuple[pl.Expr, pl.Expr]:
    """Two Boolean columns, never null: words that only Release 5 has, and only Release 5.1."""
    return _mark(Release.R5, Release.R51).alias(ONLY_R5), _mark(Release.R51, Release.R5).alias(ONLY_R51)


def decide(
    report_type: str, months: Sequence[Evidence], wished: Release | None = None
) -> Mapping[date, Release | Open]:
    """Give each month its release, or why it is open.

    Args:
        report_type: The report's code.
        months: What is known of each month of one source and report type.
        wished: What the user says of months that neither words nor dates decide.
    """
    if definition(Release.R5, report_type) is None and definition(Release.R51, report_type) is None:
        return MappingProxyType({one.month: _before_5(one) for one in months})
    found = {one.month: _by_itself(one) for one in months}
    last = max((month for month, release in found.items() if release is Release.R5), default=date.min)
    first = min((month for month, release in found.items() if release is Release.R51), default=date.max)
    for month, release in found.items():
        if release is Open.UNDECIDED and last < first:
            if month < last:
                found[month] = Release.R5
            elif month > first:
                found[month] = Release.R51
        if found[month] is Open.UNDECIDED and wished is not None:
            found[month] = wished
    return MappingProxyType(found)


def _before_5(month: Evidence) -> Release | Open:
    if month.said_more and month.said is not None:
        return Open.MIXED
    return Release.R3 if month.said == Release.R3 else Release.R4


def _by_itself(month: Evidence) -> Release | Open:
    if month.said_more or (month.only_r5 and month.only_r51):
        return Open.MIXED
    if month.said is not None:
        return Release(month.said)
    if month.only_r51:
        return Release.R51
    return Release.R5 if month.only_r5 or month.month < BEFORE_R51 else Open.UNDECIDED


def _mark(release: Release, other: Release) -> pl.Expr:
    seen = [
        (pl.col("#type").str.slice(0, 2) == master)
        & pl.col("#type").str.contains(r"^..(_|$)")
        & pl.col(USAGE_COLUMNS[element]).is_in(sorted(words))
        for master, element, words in own_words(release, other)
    ]
    if release is Release.R5:
        seen.append(pl.col("#type").str.contains(r"^TR(_|$)") & pl.col("section_type").is_not_null())
    return pl.any_horizontal(seen).fill_null(value=False)
