"""Release 4 in XML: rules of its own form (release4.md section 4.6; COUNTER schema 4.1, SUSHI 1.7), and their words.

What only the reader of the XML can see comes as irregularities and is worded by the table `XML`. The header, headings
and total rows of the tabular form have no rules here: there are none. Cells and rows are judged as in tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.made_early import unfinished_months
from nolcat_desktop.validation.reading_table import ASK, C, E, N, W, row
from nolcat_desktop.validation.subject import Subject

XML: Final = (
    row("R4-X02", N, "An exception stands in place of the report: {value}.", "The report is empty."),
    row("R4-X04", W, "The severity '{value}' of an exception is not known.", "It is judged by its number."),
    row("R4-X06", E, "The report is called '{value}', but {detail} was asked for.", "The report's own name holds."),
    row("R4-X07", N, "Elements do not stand in the order of the standard: {value}.", "They are read all the same."),
    row("R4-X08", E, "{element} is missing.", ASK),
    row(
        "R4-X09", C, "The period {value} is not one whole month.", "Its counts belong to no month: they are not stored."
    ),
    row(
        "R4-X10", E, "Counts of {value} lie outside the period that was asked for ({detail}).", "Their own month holds."
    ),
    row("R4-X11", E, "The category '{value}' is not that of {element} ({detail} times).", "The metric decides."),
    row(
        "R4-X12",
        E,
        "The metric '{element}' is not one of this report ({detail}).",
        "Without a column for metrics it is left out; else it is stored as delivered.",
    ),
    row(
        "R4-X13",
        C,
        "{value} uses by format are told for {element}, but no total (ft_total).",
        "A total is never made of parts: what is missing is not stored.",
    ),
    row("R4-X14", C, "HTML and PDF of {element} come to {value}, the total is {detail}.", "The total is stored."),
    row("R4-X15", E, "The metric '{value}' stands twice for one item and month.", "Both counts are stored."),
    row("R4-X16", C, "An instance has no Count.", "Nobody knows how many uses: ask the provider."),
    row("R4-X17", W, "The data type '{value}' is not that of this report ({detail} items).", "The report decides."),
    row(
        "R4-X18",
        N,
        "The type of identifier '{element}' is of an older form of the standard ({detail} times).",
        "It is read so.",
    ),
    row("R4-X19", N, "The identifier {element} is empty ({detail} times).", "Nothing is lost."),
    row("R4-X21", W, "The report does not say when it was made.", "The date of the report stays unknown."),
    row("R4-X25", N, "'{element}' is a part of the total and has no column ({detail} counts).", "It is only checked."),
    row("R4-X26", N, "'{element}' has no column ({detail} times).", "It is not carried over; the original is kept."),
    row(
        "R4-X27",
        N,
        "'{element}' is not a type of identifier that has a column ({detail} times).",
        "It is not carried over; the original is kept.",
    ),
    row(
        "R4-X28", N, "Items have more than one kind of ISBN ({detail}).", "The general, else the online one is stored."
    ),
)
"""What is noticed in R4's XML; an `{element}` is an element or a metric, a `{value}` what stands there."""

NO_RELEASE: Final = Fault("R4-F09", Level.ERROR, "The report does not name its Release.", "It is read as Release 4.")
NO_CUSTOMER: Final = Fault("R4-H06", Level.ERROR, "The customer has no name.", ASK)
PERIOD_DAYS: Final = Fault(
    "R4-H16",
    Level.WARNING,
    "The period '{value}' does not consist of whole months.",
    "The months of the counts decide.",
)
PERIOD_REVERSED: Final = Fault(
    "R4-H17", Level.CRITICAL, "The period '{value}' ends before it begins.", "The months of the counts decide."
)
RUN_EARLY: Final = Fault(
    "R4-H20",
    Level.WARNING,
    "The report was made on {value}, before its period ended: {detail} may be incomplete.",
    "Fetch the report again; until then do not compare these months with others.",
)
EMPTY: Final = Fault("R4-A10", Level.NOTICE, "The report has no items.", "It says that there was no usage.")
YEARS: Final = Fault(
    "R4-X20", Level.WARNING, "Counts are split by year of publication, as only JR5 does.", "All of them are stored."
)
BESIDE: Final = Fault(
    "R4-X03",
    Level.NOTICE,
    "The report comes with the exception {detail}: {value}.",
    "Its numbers are read all the same.",
)
INCOMPLETE: Final = Fault(
    "R4-X03", Level.WARNING, "The report comes with the exception {detail}: {value}.", "It never replaces stored usage."
)
_INCOMPLETE: Final = frozenset({3031, 3032, 3040})


def xml_findings(subject: Subject) -> Iterator[Found]:
    """What is wrong around the items of an R4 report in XML."""
    header, definition = subject.report.header, subject.definition
    for one in header.exceptions:
        fault = INCOMPLETE if one.code in _INCOMPLETE else BESIDE
        yield fault.at(one.position, "Exception", one.message, "" if one.code is None else str(one.code))
    if "Release" not in header.texts:
        yield NO_RELEASE.at(".Version", "Release")
    if "Institution_Name" in header.positions and "Institution_Name" not in header.texts:
        yield NO_CUSTOMER.at(header.positions["Institution_Name"], "Institution_Name")
    yield from _period(subject)
    if not subject.report.items.height:
        yield EMPTY.at(subject.report.positions.last())
    if "YOP" in subject.report.items.columns and definition.has_months:
        yield YEARS.at(".Customer", "YOP")


def _period(subject: Subject) -> Iterator[Found]:
    header = subject.report.header
    at, text = header.positions.get("Reporting_Period"), header.texts.get("Reporting_Period", "")
    if text and header.begin and header.end:
        if header.end < header.begin:
            yield PERIOD_REVERSED.at(at, "Reporting_Period", text)
        elif header.begin.day != 1 or (header.end + timedelta(days=1)).day != 1:
            yield PERIOD_DAYS.at(at, "Reporting_Period", text)
    if header.created and header.end and header.created < header.end:
        yield RUN_EARLY.at(
            header.positions.get("Created"), "Created", header.created.isoformat(), unfinished_months(header)
        )
