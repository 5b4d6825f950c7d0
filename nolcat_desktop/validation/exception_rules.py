"""Exceptions that a report carries, R5 and R5.1 (validation.md section 5.4; Code of Practice, appendix F)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nolcat_desktop.counter.exceptions import EXCEPTIONS, NO_USAGE, StandardException
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.lists import read_exceptions
from nolcat_desktop.report import ReportException
from nolcat_desktop.validation.expected import NO_COMPONENTS, expected_months
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.subject import Subject, place

SYNTAX = Fault("X-00", Level.ERROR, "Exceptions: {detail}.", "Write Code: Message (Data), joined by '; '.")
UNKNOWN = Fault(
    "X-02",
    Level.ERROR,
    "Exception {detail} is not one of the standard ones.",
    "Codes of a provider's own are below 1000.",
)
DEPRECATED = Fault("X-03", Level.NOTICE, "Exception {detail} is deprecated.", "Nothing has to be done.")
NOT_IN_REPORT = Fault(
    "X-04", Level.ERROR, "Exception {detail} cannot stand in a report.", "It says why there is none; ask the provider."
)
MESSAGE = Fault(
    "X-05",
    Level.ERROR,
    "The message of exception {detail} is not the standard one: '{value}'.",
    "Only the code counts.",
)
NO_DATA = Fault(
    "X-06",
    Level.ERROR,
    "Exception {detail} must say more in parentheses.",
    "Ask the provider which dates or values are meant.",
)
PARTIAL = Fault(
    "X-08",
    Level.WARNING,
    "Exception 3040: only a part of the usage was returned.",
    "Fetch the report again before you rely on it.",
)
COMPONENTS = Fault(
    "X-09",
    Level.ERROR,
    "Exception 3063 is for reports with Include_Component_Details=True.",
    "Ask the provider for a corrected report.",
)
UNEXPLAINED = Fault(
    "X-10", Level.CRITICAL, "The report has no rows, and no exception says why.", "Fetch it again, or ask the provider."
)
NO_USAGE_BUT = Fault(
    "X-11",
    Level.CRITICAL,
    "Exception 3030 says that there is no usage, but there are rows.",
    "Ask the provider which is right.",
)
TOO_MANY = Fault(
    "X-12",
    Level.CRITICAL,
    "More exceptions about missing usage than months.",
    "Ask the provider for a corrected report.",
)
NO_MONTH_LEFT = Fault(
    "X-13",
    Level.CRITICAL,
    "The exceptions say that usage is missing for every month, but there are rows.",
    "Ask the provider which is right.",
)

_FIRST_STANDARD: Final = 1000
_OK: Final = 200
_PARTIAL: Final = 3040
_DEPRECATED: Final = frozenset({3000, 3010})
_MISSING: Final = range(3030, 3041)


def exception_findings(subject: Subject) -> Iterator[Found]:
    """What is wrong with the exceptions, one by one."""
    header = subject.report.header
    if not subject.is_json:
        for fault in read_exceptions(header.texts.get("Exceptions", ""))[1]:
            yield SYNTAX.at(place(subject, "Exceptions"), "Exceptions", header.texts["Exceptions"], fault)
    for exception in header.exceptions:
        yield from _one(subject, exception)
    yield from _once(subject)


def _one(subject: Subject, exception: ReportException) -> Iterator[Found]:
    code, at = exception.code, _part(subject, exception, "Code")
    if code is None or code < _FIRST_STANDARD:
        return
    known = EXCEPTIONS.get(code)
    if code in _DEPRECATED:
        yield DEPRECATED.at(at, "Exceptions", exception.message, str(code))
    if known is None or subject.release not in known.releases:
        if code not in _DEPRECATED:
            yield UNKNOWN.at(at, "Exceptions", exception.message, str(code))
        return
    yield from _standard(subject, exception, known)


def _part(subject: Subject, exception: ReportException, name: str) -> str | None:
    """Where the part `name` of an exception stands."""
    return f"{exception.position}.{name}" if subject.is_json else exception.position


def _standard(subject: Subject, exception: ReportException, known: StandardException) -> Iterator[Found]:
    code, at = str(known.code), exception.position
    if known.http_status != _OK:
        yield NOT_IN_REPORT.at(at, "Exceptions", exception.message, code)
    if exception.message != known.message and (exception.message or not subject.is_json):
        yield MESSAGE.at(_part(subject, exception, "Message"), "Exceptions", exception.message, code)
    if known.data_required and not exception.data:
        yield NO_DATA.at(at, "Exceptions", exception.message, code)


def _once(subject: Subject) -> Iterator[Found]:
    """Exceptions that are told once, however often they stand there (X-08 and X-09)."""
    first: dict[int | None, ReportException] = {}
    for exception in subject.report.header.exceptions:
        first.setdefault(exception.code, exception)
    if partial := first.get(_PARTIAL):
        yield PARTIAL.at(partial.position, "Exceptions", partial.message, str(_PARTIAL))
    if (without := first.get(NO_COMPONENTS)) and not subject.is_set("Include_Component_Details"):
        yield COMPONENTS.at(without.position, "Exceptions", without.message, str(NO_COMPONENTS))


def exceptions_beside_rows(subject: Subject) -> Iterator[Found]:
    """Exceptions that contradict the rows, or the months of the report (X-10 to X-13)."""
    report = subject.report
    header = ".Report_Header" if subject.is_json else "B9"
    found = [exception for exception in report.header.exceptions if exception.code in _MISSING]
    codes = {exception.code for exception in found}
    at = ".Report_Header.Exceptions" if subject.is_json else header
    months = len(expected_months(subject) or report.covered_months())
    if not report.items.height and not codes:
        yield UNEXPLAINED.at(header, "Exceptions")
        return
    if report.items.height and codes & NO_USAGE:
        none = next(exception for exception in found if exception.code in NO_USAGE)
        yield NO_USAGE_BUT.at(none.position, "Exceptions")
    elif months and len(codes) > months:
        yield TOO_MANY.at(at, "Exceptions")
    elif months and report.items.height and _PARTIAL not in codes and len(codes) == months:
        yield NO_MONTH_LEFT.at(at, "Exceptions")
