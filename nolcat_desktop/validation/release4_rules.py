"""Release 4: the block above the headings (release4.md section 3.1 and 3.2; Code of Practice 4, chapter 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import FileKind
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.made_early import unfinished_months
from nolcat_desktop.validation.release3_rules import release3_findings
from nolcat_desktop.validation.release4_descriptions import description_findings
from nolcat_desktop.validation.release4_headings import heading_findings4
from nolcat_desktop.validation.release4_totals import total_findings
from nolcat_desktop.validation.release4_xml import xml_findings
from nolcat_desktop.validation.subject import Subject

_W, _E, _C, _N = Level.WARNING, Level.ERROR, Level.CRITICAL, Level.NOTICE
NO_RELEASE = Fault("R4-F09", _E, "'{value}' does not name the Release.", "Write '{detail}'.")
NAME_SPELLED = Fault("R4-H01", _W, "The report's name is written '{value}'.", "Write '{detail}'.")
NO_CUSTOMER = Fault("R4-H06", _E, "The customer is missing.", "It stands under the report's name.")
CUSTOMER_NUMBER = Fault(
    "R4-H07", _W, "The customer's name is a bare number: '{value}'.", "The identifier belongs one row below."
)
NO_SECTION = Fault("R4-H09", _E, "The section type is missing.", "Book Report 2 says which sections it counts.")
SECTION = Fault("R4-H10", _E, "A section type stands in the header: '{value}'.", "Only Book Report 2 has one.")
BEYOND = Fault("R4-H11", _E, "'{value}' stands in a part of the header that must be blank.", "It is not read.")
LABEL_OTHER = Fault("R4-H13", _E, "'{value}' stands where '{detail}' is expected.", "What stands below it is read.")
LABEL_SPELLED = Fault("R4-H12", _W, "The label '{value}' must be spelled '{detail}'.", "It is read so.")
PERIOD_FORM = Fault(
    "R4-H14", _W, "The period '{value}' is not written yyyy-mm-dd to yyyy-mm-dd.", "It is read as {detail}."
)
PERIOD_UNREADABLE = Fault("R4-H15", _C, "The period '{value}' cannot be read.", "The month columns decide.")
PERIOD_DAYS = Fault(
    "R4-H16", _W, "The period '{value}' does not consist of whole months.", "It is read as whole months."
)
PERIOD_REVERSED = Fault("R4-H17", _C, "The period '{value}' ends before it begins.", "The month columns decide.")
RUN_FORM = Fault("R4-H18", _W, "The date run '{value}' is not written yyyy-mm-dd.", "It is read as {detail}.")
RUN_UNREADABLE = Fault(
    "R4-H19", _W, "The date run '{value}' is missing or cannot be read.", "The date of the report stays unknown."
)
RUN_EARLY = Fault(
    "R4-H20",
    _W,
    "The report was run on {value}, before its period ended: {detail} may be incomplete.",
    "Fetch the report again; until then do not compare these months with others.",
)
MOVED = Fault("R4-H21", _W, "The column headings do not stand in row 8.", "They are found all the same.")
EMPTY = Fault("R4-A10", _N, "The report has headings and no items.", "It says that there was no usage.")
_HEADING_ROW: Final = 8
_LABELS: Final = {"periodcoveredbyreport": "Period covered by Report:", "daterun": "Date run:"}
_PERIOD = re.compile(r"\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]00:00:00)?")


def release4_findings(subject: Subject) -> Iterator[Found]:
    """What is wrong with header, headings and total rows of an R4 or R3 report; XML has rules of its own."""
    if subject.report.origin.kind is FileKind.XML:
        yield from xml_findings(subject)
        return
    is_4 = subject.release is Release.R4
    if not is_4:
        yield from release3_findings(subject)
    if subject.report.header.cells:
        if is_4:
            yield from _name(subject)
        yield from description_findings(subject)
        yield from _customer(subject)
        yield from _labels(subject)
        if is_4 or "Reporting_Period" in subject.report.header.texts:
            yield from _period(subject)
        yield from _run(subject)
    yield from heading_findings4(subject)
    if not subject.report.items.height:
        yield EMPTY.at(subject.report.positions.last())
    yield from total_findings(subject)


def _name(subject: Subject) -> Iterator[Found]:
    header = subject.report.header
    name, at = header.texts.get("Report_Name", ""), header.positions.get("Report_Name")
    wanted = f"{subject.definition.name} (R4)"
    if "(r4)" not in loose(name):
        yield NO_RELEASE.at(at, "Report_Name", name, wanted)
    elif name != wanted and loose(name) == loose(wanted):
        yield NAME_SPELLED.at(at, "Report_Name", name, wanted)


def _customer(subject: Subject) -> Iterator[Found]:
    texts, positions = subject.report.header.texts, subject.report.header.positions
    customer = texts.get("Institution_Name", "")
    if not customer:
        yield NO_CUSTOMER.at(positions.get("Institution_Name"), "Institution_Name")
    elif customer.isdigit() and subject.release is Release.R4:
        yield CUSTOMER_NUMBER.at(positions.get("Institution_Name"), "Institution_Name", customer)
    section = texts.get("Section_Type", "")
    if subject.definition.report_id == "BR2":
        if not section and subject.release is Release.R4:
            yield NO_SECTION.at(positions.get("Section_Type"), "Section_Type")
    elif section:
        yield SECTION.at(positions["Section_Type"], "Section_Type", section)
    known = set(positions.values())
    for cell in subject.report.header.cells:
        for position, text in cell.beyond:
            if position not in known and loose(text).rstrip(":") != "sectiontype":
                yield (SECTION if position in {"B2", "B3"} else BEYOND).at(position, None, text)


def _labels(subject: Subject) -> Iterator[Found]:
    header = subject.report.header
    texts = {cell.position: cell.value or cell.label for cell in header.cells}
    known = {loose(text).rstrip(":") for text in texts.values()}
    for (key, wanted), label in zip(_LABELS.items(), ("Reporting_Period", "Created"), strict=True):
        place = header.positions.get(label, "")
        if key not in known and place[:1] == "A":
            above = f"A{int(place[1:]) - 1}"
            yield LABEL_OTHER.at(above, label, texts.get(above), wanted)
    for cell in header.cells:
        right = _LABELS.get(loose(cell.value).rstrip(":"))
        if right and cell.value not in {right, right.rstrip(":")}:
            yield LABEL_SPELLED.at(cell.position, None, cell.value, right)
    heading_row = subject.report.heading_row
    if subject.release is Release.R4 and heading_row is not None and heading_row != _HEADING_ROW:
        yield MOVED.at(str(heading_row))


def _period(subject: Subject) -> Iterator[Found]:
    header = subject.report.header
    text, at = header.texts.get("Reporting_Period", ""), header.positions.get("Reporting_Period")
    begin, end = header.begin, header.end
    if begin is None or end is None:
        yield PERIOD_UNREADABLE.at(at, "Reporting_Period", text)
    elif end < begin:
        yield PERIOD_REVERSED.at(at, "Reporting_Period", text)
    elif begin.day != 1 or (end + timedelta(days=1)).day != 1:
        yield PERIOD_DAYS.at(at, "Reporting_Period", text)
    elif not _PERIOD.fullmatch(text):
        yield PERIOD_FORM.at(at, "Reporting_Period", text, f"{begin} to {end}")


def _run(subject: Subject) -> Iterator[Found]:
    header = subject.report.header
    text, at = header.texts.get("Created", ""), header.positions.get("Created")
    if header.created is None:
        yield RUN_UNREADABLE.at(at, "Created", text)
        return
    if not _DATE.fullmatch(text):
        yield RUN_FORM.at(at, "Created", text, header.created.isoformat())
    if header.end and header.created < header.end:
        yield RUN_EARLY.at(at, "Created", header.created.isoformat(), unfinished_months(header))
