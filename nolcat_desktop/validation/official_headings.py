"""Judged as COUNTER's own validator does: column headings found by their spelling alone (validation.md section 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import FileKind
from nolcat_desktop.validation.expected import expected_columns, expected_months
from nolcat_desktop.validation.faults import Found
from nolcat_desktop.validation.heading_rules import (
    BLANK,
    FOREIGN,
    MISSING,
    MONTH_DATE,
    MONTH_FORM,
    NOT_ASKED,
    ORDER,
    REPEATED,
    SPELLED,
)
from nolcat_desktop.validation.subject import Subject

_SHORT: Final = re.compile(r"([A-Za-z]{3})-([0-9]{2})")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-[0-9]{2}")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PIVOT: Final = 70
"""Two-digit years below it are of this century."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are read, and what is said about the row of headings."""

    said: tuple[Found, ...]
    names: tuple[str, ...]
    """Canonical elements, and months `yyyy-mm`; () when the rows are not looked at."""


def official_columns(subject: Subject, cells: Sequence[tuple[str, str]], row: int) -> Columns:
    """Match the cells of the heading row with the columns that the header asks for.

    Args:
        subject: The report, its header as it is read by row numbers.
        cells: Position and text of each cell of the row.
        row: Its number.

    Returns:
        The columns; without names when one that must be there is missing.
    """
    months = expected_months(subject)
    wanted = {name: name for name in expected_columns(subject)} | {f"{m:%b-%Y}": f"{m:%Y-%m}" for m in months}
    found: list[str] = []
    said: list[Found] = []
    for position, text in cells:
        name = text if text in wanted else _meant(subject, text, wanted, months)
        said += _cell(subject, position, text, name, found)
        if name is not None and name not in found:
            found.append(name)
    missing = [name for name in wanted if name not in found]
    if missing:
        said.append(MISSING.at(str(row), None, None, ", ".join(missing)))
    if [name for name in wanted if name in found] != found:
        said.append(ORDER.at(str(row)))
    return Columns(tuple(said), () if missing else tuple(wanted[name] for name in found))


def _cell(subject: Subject, position: str, text: str, name: str | None, found: Sequence[str]) -> Iterator[Found]:
    if name is None:
        own = text in subject.definition.attributes_to_show
        fault = NOT_ASKED if own else FOREIGN if text.strip() else BLANK
        yield fault.at(position, text if own else None, text)
        return
    if text != name:
        in_other_form = MONTH_DATE if _DAY.fullmatch(text.strip()) else MONTH_FORM
        fault = SPELLED if loose(text) == loose(name) else in_other_form
        yield fault.at(position, name, text, name)
    if name in found:
        yield REPEATED.at(position, name, text, name)


def _meant(subject: Subject, text: str, wanted: dict[str, str], months: Sequence[date]) -> str | None:
    """The heading that `text` is a misspelling or another form of; None when there is none."""
    key = loose(text)
    spelled = next((name for name in wanted if loose(name) == key), None) if key else None
    if spelled is not None:
        return spelled
    month = _month(text.strip(), is_sheet=subject.report.origin.kind is FileKind.XLSX)
    return f"{month:%b-%Y}" if month in months and month is not None else None


def _month(text: str, *, is_sheet: bool) -> date | None:
    if short := _SHORT.fullmatch(text):
        name, year = short[1].lower(), int(short[2])
        number = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        year += 2000 if year < _PIVOT else 1900
    elif iso := (_ISO.fullmatch(text) or (_DAY.fullmatch(text) if is_sheet else None)):
        year, number = int(iso[1]), int(iso[2])
    else:
        return None
    return date(year, number, 1) if 1 <= number <= len(_MONTHS) and year > 0 else None
