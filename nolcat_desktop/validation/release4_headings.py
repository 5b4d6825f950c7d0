"""Release 4: column headings (release4.md section 3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from nolcat_desktop.counter.elements import Match, canonical_heading, element, name_element
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import Heading
from nolcat_desktop.validation.expected import expected_months
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.subject import Subject

_W, _E, _C, _N = Level.WARNING, Level.ERROR, Level.CRITICAL, Level.NOTICE
SPELLED = Fault("R4-K01", _W, "The heading '{value}' must be spelled '{detail}'.", "It is read so.")
VARIANT = Fault("R4-K02", _E, "The heading '{value}' stands for '{detail}'.", "It is read so.")
BOOK_TITLE = Fault(
    "R4-K03",
    _N,
    "The first heading is '{value}'; Release 4 leaves it blank in book reports.",
    "Nothing has to be done.",
)
ORDER = Fault(
    "R4-K04", _E, "The columns do not stand in the order of the Code of Practice.", "They are found by their headings."
)
NO_IDENTIFIER = Fault(
    "R4-K05", _E, "The column {detail} is missing.", "Ask the provider; nothing is lost but the identifier."
)
NO_PLACE = Fault("R4-K06", _E, "The column {detail} is missing.", "Ask the provider for it.")
NO_NAME = Fault("R4-K07", _C, "The column of names ({detail}) is missing.", "Nobody can tell what was used.")
NO_METRIC = Fault("R4-K08", _C, "The column {detail} is missing.", "Without it the numbers mean nothing.")
NO_TOTAL = Fault("R4-K09", _E, "The column {detail} is missing.", "The sums cannot be checked.")
NO_FORMAT = Fault("R4-K10", _W, "The column {detail} is missing.", "The sums by format cannot be checked.")
UNKNOWN = Fault("R4-K11", _N, "'{value}' is not a column of this report.", "It is not carried over.")
NO_MONTHS = Fault("R4-M01", _C, "There is no column of a month.", "Such a report cannot be stored.")
MONTH_FORM = Fault("R4-M02", _W, "The month '{value}' must be written '{detail}'.", "It is read so.")
MONTHS_ORDER = Fault("R4-M04", _E, "The months do not follow one another.", "Each column is read by its heading.")
MONTH_OUTSIDE = Fault(
    "R4-M06", _E, "The month '{value}' lies outside the period of the report.", "The heading decides."
)
MONTH_MISSING = Fault("R4-M07", _W, "Months of the period have no column: {detail}.", "Their usage is unknown, not 0.")
TOTAL_BEHIND = Fault("R4-M08", _E, "Months stand before Reporting Period Total.", "They are read all the same.")
MONTH_LATER = Fault("R4-M09", _W, "The month '{value}' is later than the date run.", "It cannot hold usage yet.")

_DATE_CELL = re.compile(r"\d{4}-\d\d-\d\d")
_IDENTIFIERS: Final = frozenset({"DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "Print_ID", "Online_ID"})
_PLACES: Final = frozenset({"Publisher", "Platform"})
_FORMATS: Final = frozenset({"Reporting_Period_HTML", "Reporting_Period_PDF"})


def heading_findings4(subject: Subject) -> Iterator[Found]:
    """What is wrong with the column headings of an R4 report."""
    report = subject.report
    if report.heading_row is None:
        return
    for n, heading in enumerate(report.headings):
        if heading.month is not None:
            yield from _month(subject, heading)
        else:
            yield from _element(subject, heading, first=n == 0)
    yield from _missing(subject)
    yield from _order(subject)
    yield from _months(subject)


def _element(subject: Subject, heading: Heading, *, first: bool) -> Iterator[Found]:
    name, text = heading.element, heading.text
    if name is None:
        if text.strip():
            yield UNKNOWN.at(heading.position, None, text)
        return
    wanted = canonical_heading(subject.definition, name)
    is_3 = subject.release is Release.R3
    if name not in subject.definition.columns:
        if is_3 and name in _IDENTIFIERS:  # those that Release 4 brought are carried over
            return
        yield UNKNOWN.at(heading.position, name, text)
    elif text.strip() == wanted.strip():
        return
    elif first and not wanted:
        if is_3:
            return
        yield BOOK_TITLE.at(heading.position, name, text)
    elif element(text, subject.definition)[1] is Match.LOOSE or not text.strip():
        yield SPELLED.at(heading.position, name, text, wanted)
    elif element(text, subject.definition)[1] is not Match.EXACT:
        yield VARIANT.at(heading.position, name, text, wanted)


def _month(subject: Subject, heading: Heading) -> Iterator[Found]:
    month, text, header = heading.month, heading.text, subject.report.header
    if month is None:
        return
    right = f"{month:%b-%Y}"
    short = subject.release is Release.R3 and text == f"{month:%b-%y}"
    if text != right and not short and not _DATE_CELL.fullmatch(text):
        yield MONTH_FORM.at(heading.position, None, text, right)
    expected = expected_months(subject)
    if expected and month not in expected:
        yield MONTH_OUTSIDE.at(heading.position, None, text)
    if header.created and month > header.created:
        yield MONTH_LATER.at(heading.position, None, text)


def _missing(subject: Subject) -> Iterator[Found]:
    definition, row = subject.definition, str(subject.report.heading_row)
    there = {heading.element for heading in subject.report.headings}
    for name in definition.columns:
        if name in there or name in definition.optional:
            continue
        if name in _IDENTIFIERS:
            fault = NO_IDENTIFIER
        elif name == name_element(definition):
            fault = NO_NAME
        elif name in _PLACES:
            fault = NO_PLACE
        elif name in _FORMATS:
            fault = NO_FORMAT
        else:
            fault = NO_TOTAL if name == "Reporting_Period_Total" else NO_METRIC
        yield fault.at(row, name, None, canonical_heading(definition, name) or name)


def _order(subject: Subject) -> Iterator[Found]:
    report, row = subject.report, str(subject.report.heading_row)
    places = {name: n for n, name in enumerate(subject.definition.columns)}
    there = [places[heading.element] for heading in report.headings if heading.element in places]
    if there != sorted(there):
        yield ORDER.at(row)
    names = ["month" if heading.month else heading.element for heading in report.headings]
    if subject.release is Release.R3:
        return
    if "Reporting_Period_Total" in names and "month" in names[: names.index("Reporting_Period_Total")]:
        yield TOTAL_BEHIND.at(row)


def _months(subject: Subject) -> Iterator[Found]:
    report, row = subject.report, str(subject.report.heading_row)
    months = [heading.month for heading in report.headings if heading.month is not None]
    if not months:
        if subject.definition.has_months:
            yield NO_MONTHS.at(row)
        return
    numbers = [month.year * 12 + month.month for month in months]
    if any(later - earlier != 1 for earlier, later in pairwise(numbers)):
        yield MONTHS_ORDER.at(row)
    missing = [f"{month:%b-%Y}" for month in expected_months(subject) if month not in months]
    if missing:
        yield MONTH_MISSING.at(row, None, None, ", ".join(missing))
