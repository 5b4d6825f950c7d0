"""Which report a table without a header block is: by its headings, and among what they allow by what names it.

Headings cannot tell JR1 from JR1 GOA and JR1a, nor BR1 from BR2 and BR7. The user, the sheet or the file may name
one of them; a report that the headings do not allow is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import PurePath

from nolcat_desktop.counter import reports
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.problem import Problem

_GAP = r"[\s_\-]*"
_SEPARABLE = re.compile(r"^(?P<first>[A-Z]+[0-9]+)(?P<rest>GOA|Mobile)$|^(?P<family>[A-Z]+)_(?P<view>[A-Z][0-9])$")


def named_in(candidates: Sequence[Definition], sheet: str | None, file: str) -> list[Definition]:
    """Those of `candidates` that the sheet names, else those that the file names; [] when neither names any."""
    for text in (sheet or "", PurePath(file.rsplit("!/", 1)[-1]).stem):
        told = _longest(candidates, text)
        if told:
            return told
    return []


def _longest(candidates: Sequence[Definition], text: str) -> list[Definition]:
    """The reports that a text names; where one name goes on in another (`JR1 GOA`), the longer one only."""
    spans = [
        (found.span(), one)
        for one in candidates
        for pattern in _patterns(one.report_id, one.name)
        for found in pattern.finditer(text)
    ]
    whole = [one for span, one in spans if not any(_is_within(span, other) for other, _ in spans)]
    return [one for one in candidates if one in whole]


def _is_within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


@cache
def _patterns(code: str, name: str) -> tuple[re.Pattern[str], ...]:
    """What names a report in the name of a file or a sheet: its code, or its whole name; never within a longer word."""
    parts = _SEPARABLE.match(code)
    codes = _GAP.join(part for part in parts.groups() if part) if parts else re.escape(code)
    words = _GAP.join(re.findall(r"[A-Za-z]+|[0-9]+", name))
    return tuple(re.compile(rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])", re.IGNORECASE) for pattern in (codes, words))


def told_by_user(code: str, candidates: Sequence[Definition]) -> list[Definition] | Problem:
    """Those of `candidates` that are the report which the user named.

    Returns:
        The report (of Release 5 and 5.1, when both have it), or why it cannot be that report.
    """
    told = [one for one in candidates if loose(one.report_id) == loose(code)]
    if told:
        return told
    known = any(reports.definition(release, code) for release in Release)
    fitting = ", ".join(dict.fromkeys(one.report_id for one in candidates))
    meaning = f"Its columns, metrics and attributes are those of {fitting}."
    meaning = meaning if fitting else "Its column headings are of no report."
    return Problem(
        f"This is no {code}" if known else f"There is no report {code}",
        f"{meaning} Nothing was stored.",
        "Say another report type, or put the header block back.",
    )


def twins(candidates: Sequence[Definition]) -> Problem:
    """That it has to be asked which of several reports a table is."""
    codes = list(dict.fromkeys(one.report_id for one in candidates))
    return Problem(
        "It cannot be told which report this is",
        f"The header block is missing, and its columns and metrics fit several reports: {', '.join(codes)}. "
        "Nothing was stored.",
        f"Say which one it is (--report-type {codes[0]}), or name the file or its sheet after it, for example "
        f"“{codes[0]} 2017”.",
    )
