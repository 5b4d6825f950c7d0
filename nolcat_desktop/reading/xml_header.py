"""What stands around the items of an R4 response: as the header that tabular reports have (release4.md, 4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from nolcat_desktop.counter import reports
from nolcat_desktop.counter.dates import read_date
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.reading.json_tally import Tally
from nolcat_desktop.reading.xml_parts import Node
from nolcat_desktop.report import Header, HeaderCell, ReportException, Setting

_DATE_LENGTH: Final = 10
_SEVERITIES: Final = frozenset({"info", "debug", "warning", "error", "fatal"})
_STOPPING: Final = frozenset({"error", "fatal"})
EMPTY: Final = frozenset(range(3030, 3041))
"""Exceptions that explain why a report has no items."""
_MILD: Final = frozenset({*range(3030, 3041), 3050, 3060, 3061, 3062})
"""Exceptions that do not stop a report, where no severity says otherwise."""
_NO_ANSWER: Final = frozenset({*range(1000, 3030), 4001})
"""Exceptions that say why the question was not answered (4001: not yet), whatever their severity."""


@dataclass(frozen=True, slots=True)
class Around:
    """The elements around the items of one report."""

    response: Node
    """What holds the request and the exceptions: ReportResponse, or the root."""
    report: Node | None
    """The report itself; None when there is none (an exception came in its place)."""

    @property
    def asked(self) -> Node | None:
        """What was asked for (ReportDefinition)."""
        return self.response.first("ReportDefinition")

    @property
    def customers(self) -> list[Node]:
        """The customers of the report."""
        return list(self.report.all("Customer")) if self.report is not None else []

    def attribute(self, name: str) -> str:
        """An attribute of the report; '' when it is not there."""
        return self.report.attributes.get(name, "").strip() if self.report is not None else ""

    def asks(self, name: str) -> str:
        """An attribute of what was asked for."""
        return self.asked.attributes.get(name, "").strip() if self.asked is not None else ""


def period_of(around: Around) -> tuple[date | None, date | None]:
    """First and last day of UsageDateRange, as far as they can be read."""
    asked = around.asked
    texts = [asked.says("Filters", "UsageDateRange", name) if asked is not None else "" for name in ("Begin", "End")]
    return read_date(texts[0])[0], read_date(texts[1])[0]


def release_of(around: Around) -> str:
    """`4` when the report or the request says so or neither says anything; else what is said."""
    said = [text for text in (around.attribute("Version"), around.asks("Release")) if text]
    if not said or any(_is_four(text) for text in said):
        return "4"
    return said[0]


def _is_four(text: str) -> bool:
    bare = loose(text).removeprefix("r").removeprefix("c").removeprefix("v")
    return bare.partition(".")[0] == "4"


def definition_of(around: Around, tally: Tally) -> Definition | None:
    """Which report it is: by its own name, its title, else by what was asked for; a contradiction is told."""
    own = _named(around.attribute("Name")) or _named(around.attribute("Title")) or _named(around.attribute("ID"))
    asked = _named(around.asks("Name"))
    if own is not None and asked is not None and own is not asked:
        tally.add("R4-X06", ".Name", "Name", around.attribute("Name") or own.report_id, asked.report_id)
    return own or asked


def _named(text: str) -> Definition | None:
    if not text:
        return None
    bare = text.replace("(R4)", "").strip()
    return reports.definition(Release.R4, bare) or next(iter(reports.named(text, Release.R4)), None)


def exceptions_of(around: Around, tally: Tally) -> tuple[tuple[ReportException, ...], bool]:
    """The exceptions of a response, and whether one of them stands for the report (Error, Fatal)."""
    found, stops = [], False
    nodes = [*around.response.all("Exception"), *(around.report.all("Exception") if around.report else ())]
    for place, node in enumerate(nodes):
        path = f".Exception[{place}]"
        number, severity = node.says("Number") or node.says("Code"), node.says("Severity")
        code = int(number) if number.isascii() and number.isdigit() else None
        if severity.lower() not in _SEVERITIES:
            tally.add("R4-X04", f"{path}.Severity", "Severity", severity or None)
        is_mild = code in _MILD if severity.lower() not in _SEVERITIES else severity.lower() not in _STOPPING
        stops = stops or code in _NO_ANSWER or not (is_mild or code in EMPTY)
        found.append(ReportException(code, node.says("Message"), node.says("Data") or None, path))
    return tuple(found), stops


def header_of(around: Around, exceptions: tuple[ReportException, ...], span: tuple[date, date] | None) -> Header:
    """The header of a report.

    Args:
        around: What stands around its items.
        exceptions: As `exceptions_of` gives them.
        span: First day of the first and last day of the last month that has counts; None without any.
    """
    cells = _Cells()
    cells.put("Report_Name", ".Title" if around.attribute("Title") else ".Name", _name(around))
    cells.put("Report_ID", ".Name", around.attribute("Name") or around.asks("Name"))
    cells.put("Release", ".Version", around.attribute("Version") or around.asks("Release"))
    customers = around.customers
    if len(customers) == 1:
        cells.put("Institution_Name", ".Customer[0].Name", customers[0].says("Name"))
        cells.put("Customer_ID", ".Customer[0].ID", customers[0].says("ID"))
        cells.put("Institution_ID", ".Customer[0].InstitutionalIdentifier", _institution(customers[0]))
    begin, end = period_of(around)
    asked = around.asked.says("Filters", "UsageDateRange", "Begin") if around.asked is not None else ""
    if asked:
        until = around.asked.says("Filters", "UsageDateRange", "End") if around.asked is not None else ""
        cells.put("Reporting_Period", ".ReportDefinition.Filters.UsageDateRange", f"{asked} to {until}")
    created = around.attribute("Created") or around.response.attributes.get("Created", "")
    cells.put("Created", ".Created", created)
    vendor = around.report.first("Vendor") if around.report is not None else None
    cells.put("Created_By", ".Vendor.Name", (vendor.says("Name") or vendor.says("ID")) if vendor is not None else "")
    if begin is None and span is not None:
        begin = span[0]
    if end is None and span is not None:
        end = span[1]
    return Header(
        cells=tuple(cells.cells),
        texts=MappingProxyType(cells.texts),
        positions=MappingProxyType(cells.positions),
        filters=_filters(around),
        identifiers=_identifiers(customers),
        exceptions=exceptions,
        begin=begin,
        end=end,
        created=read_date(created[:_DATE_LENGTH])[0],
    )


class _Cells:
    """Labels, values and positions, as they come together."""

    def __init__(self) -> None:
        self.cells: list[HeaderCell] = []
        self.texts: dict[str, str] = {}
        self.positions: dict[str, str] = {}

    def put(self, label: str, position: str, value: str) -> None:
        self.positions[label] = position
        if value:
            self.texts[label] = value
            self.cells.append(HeaderCell(label, value, position, position))


def _name(around: Around) -> str:
    title = around.attribute("Title")
    return title or around.attribute("Name") or around.asks("Name")


def _institution(customer: Node) -> str:
    found = [f"{one.says('Type')}:{one.says('Value')}" for one in customer.all("InstitutionalIdentifier")]
    return "; ".join(text for text in found if text != ":")


def _identifiers(customers: list[Node]) -> tuple[Setting, ...]:
    if len(customers) != 1:
        return ()
    return tuple(
        Setting(one.says("Type"), (one.says("Value"),), f".Customer[0].InstitutionalIdentifier[{place}]")
        for place, one in enumerate(customers[0].all("InstitutionalIdentifier"))
    )


def _filters(around: Around) -> tuple[Setting, ...]:
    """What the request was narrowed by, dates apart."""
    filters = around.asked.first("Filters") if around.asked is not None else None
    if filters is None:
        return ()
    return tuple(
        Setting(one.attributes.get("Name", ""), (one.text,), f".ReportDefinition.Filters.Filter[{place}]")
        for place, one in enumerate(filters.all("Filter"))
        if one.text
    )
