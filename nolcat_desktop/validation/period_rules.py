"""The reporting period of tabular R5 and R5.1 reports (validation.md H-15 to H-18)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.text import loose
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.subject import Subject, place

PERIOD_EMPTY = Fault(
    "H-15", Level.CRITICAL, "Reporting_Period is blank.", "The month columns decide which months the report covers."
)
PERIOD_FATAL = Fault(
    "H-15",
    Level.FATAL,
    "Begin_Date or End_Date is missing.",
    "The month columns decide which months the report covers.",
)
PERIOD_FORM = Fault(
    "H-16",
    Level.ERROR,
    "Reporting_Period '{value}' is not written Begin_Date=yyyy-mm-dd; End_Date=yyyy-mm-dd.",
    "It is read as {detail}.",
)
PERIOD_DAYS = Fault(
    "H-17", Level.ERROR, "Reporting_Period '{value}' does not consist of whole months.", "It is read as whole months."
)
PERIOD_UNREADABLE = Fault(
    "H-17",
    Level.CRITICAL,
    "Reporting_Period '{value}' cannot be read.",
    "The month columns decide which months the report covers.",
)
PERIOD_REVERSED = Fault(
    "H-18",
    Level.CRITICAL,
    "Reporting_Period '{value}' ends before it begins.",
    "The month columns decide which months the report covers.",
)
PERIOD_NAMES = Fault(
    "H-16",
    Level.CRITICAL,
    "Reporting_Period '{value}' holds more than two dates: {detail}.",
    "Only Begin_Date and End_Date stand there.",
)
IN_FUTURE = Fault(
    "N-future", Level.NOTICE, "Reporting_Period ends in the future ({detail}).", "Later months cannot hold usage yet."
)
_HERE: Final = "B10"
"""Where the reporting period must stand."""
_PAIRS = re.compile(r"([A-Za-z_ -]+?)\s*=\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*(?:;|$)")
_PERIOD = re.compile(r"Begin_Date=(\d{4}-\d\d-\d\d); End_Date=(\d{4}-\d\d-\d\d)")


def period_findings(subject: Subject) -> Iterator[Found]:
    """What is wrong with Reporting_Period."""
    header = subject.report.header
    text, at = header.texts.get("Reporting_Period"), place(subject, "Reporting_Period")
    begin, end = header.begin, header.end
    if begin and end and subject.today and not subject.official and end > subject.today:
        yield IN_FUTURE.at(at, "Reporting_Period", text, end.isoformat())
    if subject.is_json:
        return
    if text is None:
        if subject.official and "Report_Filters" in header.positions:
            yield PERIOD_EMPTY.at(_HERE, "Reporting_Period")
            yield PERIOD_FATAL.at(None, "Reporting_Period")
        return
    yield from _written(text, at, begin, end)
    if subject.official and (begin is None or end is None or end < begin):
        yield PERIOD_FATAL.at(None, "Reporting_Period", text)


def _written(text: str, at: str | None, begin: date | None, end: date | None) -> Iterator[Found]:
    """How the period is written in a table."""
    if not text:
        yield PERIOD_EMPTY.at(at, "Reporting_Period")
    elif begin is None or end is None:
        yield PERIOD_UNREADABLE.at(at, "Reporting_Period", text)
    elif end < begin:
        yield PERIOD_REVERSED.at(at, "Reporting_Period", text)
    elif foreign := _foreign_names(text):
        yield PERIOD_NAMES.at(at, "Reporting_Period", text, ", ".join(foreign))
    elif not (match := _PERIOD.fullmatch(text)):
        yield PERIOD_FORM.at(at, "Reporting_Period", text, f"{begin:%Y-%m-%d} to {end:%Y-%m-%d}")
    elif not _whole_months(*match.groups()):
        yield PERIOD_DAYS.at(at, "Reporting_Period", text)


def dates_of(text: str) -> tuple[date | None, date | None]:
    """Begin_Date and End_Date among other names, as COUNTER's own validator finds them."""
    found = {loose(name): value for name, value in _PAIRS.findall(text)}
    return _day(found.get("begindate", "")), _day(found.get("enddate", ""))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _foreign_names(text: str) -> list[str]:
    if "=" not in text:
        return []
    names = [part.partition("=")[0].strip() for part in text.split(";") if part.strip()]
    return [name for name in names if loose(name) not in {"begindate", "enddate"}]


def _whole_months(begin: str, end: str) -> bool:
    try:
        first, last = date.fromisoformat(begin), date.fromisoformat(end)
    except ValueError:
        return False
    return first.day == 1 and (last + timedelta(days=1)).day == 1
