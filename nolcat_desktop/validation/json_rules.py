"""The header of JSON reports: what the tabular rules do not see (validation.md section 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from nolcat_desktop.counter.dates import read_date
from nolcat_desktop.counter.exceptions import EXCEPTIONS
from nolcat_desktop.counter.identifiers import INSTITUTION_NAMESPACES, PROPRIETARY_ID
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.header_labels import BLANKS
from nolcat_desktop.validation.subject import Subject

DATE_MISSING = Fault("H-15", Level.CRITICAL, "{element} is missing.", "The months of the performance decide.")
DATE_FATAL = Fault("H-15", Level.FATAL, "Begin_Date or End_Date is missing.", "The months of the performance decide.")
DATE_FORM = Fault(
    "H-17",
    Level.ERROR,
    "{element} '{value}' is not the {detail} day of a month, written yyyy-mm-dd.",
    "It is read as whole months.",
)
DATE_UNREADABLE = Fault(
    "H-17", Level.CRITICAL, "{element} '{value}' is not a date.", "The months of the performance decide."
)
REVERSED = Fault(
    "H-18", Level.CRITICAL, "End_Date '{value}' lies before Begin_Date.", "The months of the performance decide."
)
IDENTIFIER_FORM = Fault(
    "V-13", Level.ERROR, "'{value}' in Institution_ID has not the form of its namespace.", "Check the identifier."
)
RELEASE_ASSUMED = Fault(
    "R-02", Level.WARNING, "The file does not say of which Release it is.", "It is read as {detail}."
)
SEVERITY = Fault("X-07", Level.ERROR, "Severity '{value}' does not fit; it must be {detail}.", "Only the code counts.")
SEVERITY_UNKNOWN = Fault("X-07", Level.CRITICAL, "'{value}' is not a severity.", "Only the code counts.")
_SEVERITIES: Final = ("Fatal", "Error", "Warning", "Debug", "Info")
_STANDARD: Final = 1000
HELP_URL = Fault("X-15", Level.ERROR, "Help_URL '{value}' is not an address.", "Write a whole address: https://…")

_TEXTS: Final = (
    "Release",
    "Report_ID",
    "Report_Name",
    "Created",
    "Created_By",
    "Institution_Name",
    "Customer_ID",
    "Registry_Record",
)
_FORM = re.compile(r"\d{4}-\d\d-\d\d")


def json_findings(subject: Subject) -> Iterator[Found]:
    """What is wrong with the header of a JSON report beside what holds for all forms; nothing for tabular files."""
    tree = subject.report.header.tree
    if not subject.is_json or not isinstance(tree, Mapping):
        return
    positions = subject.report.header.positions
    for name in _TEXTS:
        value = tree.get(name)
        if isinstance(value, str) and value != value.strip():
            yield BLANKS.at(positions.get(name), name, value)
    if subject.official and "Release" not in tree:
        yield RELEASE_ASSUMED.at(".Report_Header.Release", "Release", None, str(subject.release))
    filters = tree.get("Report_Filters")
    as_it_must = isinstance(filters, Mapping) if subject.release is Release.R51 else bool(filters)
    if not subject.official or as_it_must:
        yield from _dates(subject)
    yield from _identifiers(subject)
    if subject.release is Release.R5:
        yield from _severities(tree.get("Exceptions"), positions.get("Exceptions", ".Report_Header.Exceptions"))
    yield from _help(tree.get("Exceptions"), positions.get("Exceptions", ".Report_Header.Exceptions"))


def _dates(subject: Subject) -> Iterator[Found]:
    header = subject.report.header
    given = dict(
        part.partition("=")[::2] for part in header.texts.get("Reporting_Period", "").split("; ") if "=" in part
    )
    fallback = header.positions.get("Report_Filters", ".Report_Header")
    for name, which in (("Begin_Date", "first"), ("End_Date", "last")):
        at = header.positions.get(name, fallback)
        if name not in given:
            yield DATE_MISSING.at(fallback, name)
            continue
        text = given[name].split("|")[0]
        day = read_date(text)[0] or (header.begin if which == "first" else header.end)
        if day is None:
            yield DATE_UNREADABLE.at(at, name, text)
        elif not _FORM.fullmatch(text) or not _bounds(day, which):
            yield DATE_FORM.at(at, name, text, which)
    if header.begin and header.end and header.end < header.begin:
        yield REVERSED.at(header.positions.get("End_Date", fallback), "End_Date", given.get("End_Date"))
    if subject.official and (header.begin is None or header.end is None or header.end < header.begin):
        yield DATE_FATAL.at(None, "Reporting_Period")


def _bounds(day: date, which: str) -> bool:
    return day.day == 1 if which == "first" else (day + timedelta(days=1)).day == 1


def _identifiers(subject: Subject) -> Iterator[Found]:
    for setting in subject.report.header.identifiers:
        form = INSTITUTION_NAMESPACES.get(setting.name)
        for value in setting.values:
            text = value if form else f"{setting.name}:{value}"
            if not re.fullmatch(form or PROPRIETARY_ID, text):
                yield IDENTIFIER_FORM.at(setting.position, "Institution_ID", text)


def _severities(exceptions: object, base: str) -> Iterator[Found]:
    """R5: whether the severity of each exception is one that its code may have (X-07)."""
    for n, exception in enumerate(exceptions if isinstance(exceptions, list) else []):
        if not isinstance(exception, Mapping) or not isinstance(exception.get("Severity"), str):
            continue
        severity, code = str(exception["Severity"]), exception.get("Code")
        at = f"{base}[{n}].Severity"
        meant = next((known for known in _SEVERITIES if loose(known) == loose(severity)), None)
        if meant is None:
            yield SEVERITY_UNKNOWN.at(at, "Severity", severity)
        elif severity != meant:
            yield SEVERITY.at(at, "Severity", severity, meant)
        elif isinstance(code, int) and severity not in (fitting := _fitting(code)):
            yield SEVERITY.at(at, "Severity", severity, " or ".join(fitting))


def _fitting(code: int) -> tuple[str, ...]:
    if code == 0:
        return ("Info", "Debug")
    known = EXCEPTIONS.get(code)
    return ("Warning",) if code < _STANDARD else known.severities if known and known.severities else _SEVERITIES


def _help(exceptions: object, base: str) -> Iterator[Found]:
    for n, exception in enumerate(exceptions if isinstance(exceptions, list) else []):
        url = exception.get("Help_URL") if isinstance(exception, Mapping) else None
        if isinstance(url, str):
            parts = urlsplit(url) if "[" not in url else None
            if parts is None or not parts.scheme or not parts.netloc:
                yield HELP_URL.at(f"{base}[{n}].Help_URL", "Help_URL", url)
