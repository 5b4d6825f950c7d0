"""Column headings of tabular R5 and R5.1 reports (validation.md section 6; Code of Practice, section 3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.report import Heading
from nolcat_desktop.validation.expected import expected_columns, expected_months
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.subject import Subject

NO_HEADINGS = Fault("K-01", Level.CRITICAL, "There are no column headings.", "A report without usage has them too.")
SPELLED = Fault("K-02", Level.ERROR, "The column heading '{value}' must be spelled '{detail}'.", "It is read so.")
MONTH_FORM = Fault("K-03", Level.ERROR, "The month '{value}' must be written '{detail}'.", "It is read so.")
MONTH_DATE = Fault("K-04", Level.WARNING, "The month '{value}' is a date cell.", "Write '{detail}' as text.")
NOT_ASKED = Fault(
    "K-05",
    Level.ERROR,
    "The column {element} is not among the attributes that the header asks for.",
    "It is read all the same.",
)
FOREIGN = Fault("K-06", Level.CRITICAL, "'{value}' is not a column of this report.", "It is not carried over.")
BLANK = Fault("K-06", Level.CRITICAL, "A column has no heading.", "It is not carried over.")
OUTSIDE = Fault(
    "K-06",
    Level.CRITICAL,
    "The month '{value}' lies outside the reporting period.",
    "Its column is read; the heading decides.",
)
NOT_MONTHLY = Fault(
    "K-06",
    Level.CRITICAL,
    "The month '{value}' stands in a report without monthly details.",
    "Ask the provider which is meant.",
)
OWN_COLUMN = Fault(
    "N-own-column",
    Level.NOTICE,
    "The column '{value}' is the provider's own.",
    "It is not carried over (Code of Practice, section 11).",
)
REPEATED = Fault("K-07", Level.CRITICAL, "The column heading '{value}' is repeated.", "The first one counts.")
MISSING = Fault(
    "K-08", Level.CRITICAL, "Columns are missing: {detail}.", "Fetch the report again, or ask the provider."
)
ORDER = Fault(
    "K-09",
    Level.CRITICAL,
    "The columns do not stand in the order of the Code of Practice.",
    "They are found by their headings.",
)

_OWN = re.compile(r"[A-Za-z0-9]+:\S")
_WELL_FORMED = re.compile(r"[A-Z][a-z]{2}-\d{4}")
_ISO = re.compile(r"\d{4}-\d{1,2}|[A-Za-z]{3}-\d\d")
_DATE_CELL = re.compile(r"\d{4}-\d\d-\d\d")


def heading_findings(subject: Subject) -> Iterator[Found]:
    """What is wrong with the column headings."""
    report = subject.report
    if subject.is_json:
        return
    if report.heading_row is None:
        yield NO_HEADINGS.at(str(len(report.header.cells) + 2))
        return
    expected, months = expected_columns(subject), expected_months(subject)
    for n, heading in enumerate(report.headings):
        if heading.month is not None:
            yield from _month(subject, heading, months)
        elif heading.element is not None:
            yield from _element(subject, heading, expected)
        elif not heading.text.strip() and any(later.text.strip() for later in report.headings[n + 1 :]):
            yield BLANK.at(heading.position)
        elif heading.text.strip():
            own = _OWN.match(heading.text.strip()) and not subject.official
            yield (OWN_COLUMN if own else FOREIGN).at(heading.position, None, heading.text)
    yield from _whole(subject, expected, months)


def _element(subject: Subject, heading: Heading, expected: tuple[str, ...]) -> Iterator[Found]:
    name = heading.element or ""
    if heading.text != name:
        yield SPELLED.at(heading.position, name, heading.text, name)
    if name not in subject.definition.columns:
        yield FOREIGN.at(heading.position, name, heading.text)
    elif name not in expected:
        yield NOT_ASKED.at(heading.position, name, heading.text)


def _month(subject: Subject, heading: Heading, months: tuple[date, ...]) -> Iterator[Found]:
    month = heading.month or date.min
    text, right = heading.text, month.strftime("%b-%Y")
    if subject.is_set("Exclude_Monthly_Details"):
        yield NOT_MONTHLY.at(heading.position, None, text)
        return
    if months and month not in months:
        yield OUTSIDE.at(heading.position, None, text)
        return
    if text == right:
        return
    if _DATE_CELL.fullmatch(text):
        yield MONTH_DATE.at(heading.position, None, text, right)
    elif _ISO.fullmatch(text):
        yield MONTH_FORM.at(heading.position, None, text, right)
    elif subject.official and not _WELL_FORMED.fullmatch(text.title()):
        yield FOREIGN.at(heading.position, None, text)
    else:
        yield SPELLED.at(heading.position, None, text, right)


def _whole(subject: Subject, expected: tuple[str, ...], months: tuple[date, ...]) -> Iterator[Found]:
    """What is missing, and the order of what is there."""
    report = subject.report
    row = str(report.heading_row)
    there = [heading.element or (f"{heading.month:%b-%Y}" if heading.month else None) for heading in report.headings]
    wanted = [*expected, *(f"{month:%b-%Y}" for month in months)]
    missing = [name for name in wanted if name not in there]
    if missing:
        yield MISSING.at(row, None, None, ", ".join(missing))
    canonical = {
        name: n for n, name in enumerate((*subject.definition.columns, *(f"{month:%b-%Y}" for month in months)))
    }
    places = [canonical[name] for name in dict.fromkeys(there) if name is not None and name in canonical]
    if places != sorted(places):
        yield ORDER.at(row)
