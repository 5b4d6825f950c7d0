"""R4 in XML (SUSHI): whatever stands around them, the COUNTER reports in a response, or what it holds instead."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.exceptions import NO_USAGE
from nolcat_desktop.counter.release import Release
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.json_refusals import exceptions_instead
from nolcat_desktop.reading.json_tally import Tally
from nolcat_desktop.reading.unread_numbers import Left
from nolcat_desktop.reading.xml_codes import SESSIONS, code_of
from nolcat_desktop.reading.xml_header import (
    Around,
    definition_of,
    exceptions_of,
    header_of,
    period_of,
    release_of,
)
from nolcat_desktop.reading.xml_laid_out import lay_out
from nolcat_desktop.reading.xml_parts import Node, foreign_bytes, read_parts
from nolcat_desktop.reading.xml_period import Periods
from nolcat_desktop.reading.xml_sheet import ItemSheet, customer_path
from nolcat_desktop.report import Irregularity, NotAReport, Origin, Report, ReportException

_REPORT: Final = "Report"
_MONTH_LENGTH: Final = 7
_OF_REPORT: Final = frozenset({"Vendor", "Customer", "Exception"})
_OF_CUSTOMER: Final = frozenset(
    {"Name", "ID", "Contact", "WebSiteUrl", "LogoUrl", "Consortium", "InstitutionalIdentifier"}
)
_BUILT: Final = frozenset({"Vendor", "Customer"})
"""Children that tell a report from the element of the same name around it."""


@dataclass(slots=True)
class _Collected:
    """A report while its items come in."""

    sheet: ItemSheet
    tally: Tally
    numbers: dict[int, int] = field(default_factory=dict)
    """Customer → how many items it has so far."""


def read_xml(content: bytes, origin: Origin, progress: Progress | None = None) -> tuple[Report | NotAReport, ...]:
    """Read every COUNTER report (R4) in an XML file.

    Args:
        content: The bytes of the file.
        origin: Where they come from; its encoding is filled in.
        progress: Told how much is read, and checked.

    Returns:
        The reports in order, or one `NotAReport` that says what the file is instead. An exception 3030 in place of a
        report is a report without rows. Bad input never raises.

    Raises:
        Cancelled: If the user asked to stop.
    """
    progress = progress or Progress()
    try:
        return _Response(origin).read(content, progress)
    except NolcatError as error:
        again = foreign_bytes(content) if error.problem.position else None
        if again is None:
            return (NotAReport(origin.file, None, error.problem, "damaged XML"),)
    raw, encoding = again
    try:
        found = _Response(origin, encoding).read(_as_utf8(raw), progress)
    except NolcatError as error:
        return (NotAReport(origin.file, None, error.problem, "damaged XML"),)
    said = Irregularity("F-encoding", detail=f"{encoding}, by its look")
    return tuple(
        replace(one, irregularities=(said, *one.irregularities)) if isinstance(one, Report) else one for one in found
    )


def _as_utf8(raw: bytes) -> bytes:
    """The document without its declaration, whose encoding is not that of `raw` any more."""
    start = raw.find(b"?>") if raw.lstrip().startswith(b"<?xml") else -1
    lines = raw[: start + 2].count(b"\n")
    return b"\n" * lines + raw[start + 2 :] if start >= 0 else raw


class _Response:
    """Reads one file."""

    def __init__(self, origin: Origin, encoding: str | None = None) -> None:
        self.origin, self.encoding = origin, encoding
        self.collected: dict[int, _Collected] = {}

    def read(self, content: bytes, progress: Progress) -> tuple[Report | NotAReport, ...]:
        root, encoding = read_parts(content, self._take, progress)
        self.origin = replace(self.origin, encoding=self.encoding or encoding)
        found = list(_reports(root, (root,)))
        if found:
            self._astray(found)
            return tuple(self._report(around) for around in found)
        response = next((node for node in _walk(root) if node.first("Exception") is not None), None)
        fault = next((node for node in _walk(root) if node.name == "Fault"), None)
        if response is not None:
            return (self._without_report(Around(response, None)),)
        if root.name == "Exception":
            return (self._without_report(Around(_around(root), None)),)
        return (_fault(self.origin, fault) if fault is not None else _other(self.origin, root),)

    def _astray(self, found: list[Around]) -> None:
        """Items, and what looks like them, that stand in none of the reports: the first report tells them."""
        first = found[0]
        collected = self.collected.setdefault(id(first.report), self._begin(first))
        left = collected.sheet.left
        own = {id(around.report) for around in found}
        for key, other in self.collected.items():
            if key not in own and other.sheet.height:
                left.counted.append(".ReportItems")
        left.all += [place for place in left.counted if place not in left.all]

    def _take(self, path: tuple[Node, ...], item: Node) -> None:
        """An item: it belongs to the innermost Report around it, and to the last Customer of that."""
        report = next((node for node in reversed(path) if node.name == _REPORT), path[0])
        collected = self.collected.get(id(report))
        if collected is None:
            collected = self.collected[id(report)] = self._begin(Around(_response(path), report))
        customer = len(list(report.all("Customer"))) - 1
        number = collected.numbers.get(customer, 0)
        collected.numbers[customer] = number + 1
        collected.sheet.take(customer, number, item)

    def _begin(self, around: Around) -> _Collected:
        tally, periods = Tally(), Periods()
        periods.begin, periods.end = period_of(around)
        return _Collected(ItemSheet(periods, tally), tally)

    def _report(self, around: Around) -> Report | NotAReport:
        report = around.report
        if report is None:
            raise AssertionError("a report was found that is none")
        collected = self.collected.get(id(report)) or self._begin(around)
        tally = collected.tally
        release = release_of(around)
        if release != "4":
            return NotAReport(self.origin.file, None, _old(release), f"COUNTER Release {release} report (XML)")
        exceptions, stops = exceptions_of(around, tally)
        if stops and not collected.sheet.height:
            return exceptions_instead(self.origin, list(exceptions))
        definition = definition_of(around, tally)
        if definition is None and not collected.sheet.height and exceptions:
            return exceptions_instead(self.origin, list(exceptions))
        _tell_around(around, tally)
        frames = collected.sheet.frames()
        if set(map(code_of, frames[1]["#code"].unique())) & SESSIONS:
            return NotAReport(self.origin.file, None, _old("3"), "COUNTER Release 3 report (XML)")
        return self._laid_out(around, definition, collected, exceptions)

    def _laid_out(
        self,
        around: Around,
        definition: Definition | None,
        collected: _Collected,
        exceptions: tuple[ReportException, ...],
    ) -> Report:
        laid = lay_out(collected.sheet.frames(), definition, around, collected.tally)
        items = laid.items
        _look_beside(around, collected.sheet.left)
        collected.sheet.left.tell(collected.tally, is_empty=items.is_empty())
        months = [date(int(name[:4]), int(name[5:]), 1) for name in items.columns if name[:1].isdigit()]
        yearly = definition is not None and not definition.has_months
        odd = any(name.startswith("#") for name in items.columns)
        totals_only = yearly or (odd and not months)
        if totals_only:
            items = items.rename({name: f"#{name}" for name in items.columns if name[:1].isdigit()})
        return Report(
            origin=self.origin,
            header=header_of(around, exceptions, _span(months)),
            release=Release.R4,
            definition=definition,
            items=items,
            months=() if totals_only else tuple(months),
            positions=laid.positions,
            irregularities=collected.tally.irregularities(),
            totals_only=totals_only,
        )

    def _without_report(self, around: Around) -> Report | NotAReport:
        """Exceptions in place of a report: 3030 is a report without usage, all others are none."""
        tally = Tally()
        exceptions, stops = exceptions_of(around, tally)
        definition = definition_of(around, tally)
        begin, end = period_of(around)
        codes = {one.code for one in exceptions}
        if stops or not codes & NO_USAGE or definition is None or begin is None or end is None:
            return exceptions_instead(self.origin, list(exceptions))
        collected = self._begin(around)
        collected.tally.add("R4-X02", exceptions[0].position, "Exception", str(exceptions[0].code))
        return self._laid_out(around, definition, collected, exceptions)


def _walk(node: Node) -> list[Node]:
    found = [node]
    for child in node.children:
        found += _walk(child)
    return found


def _reports(node: Node, path: tuple[Node, ...]) -> list[Around]:
    """Every report under `node`: a Report that has a vendor or a customer, and none inside."""
    inner = [found for child in node.children for found in _reports(child, (*path, child))]
    if inner or node.name != _REPORT:
        return inner
    is_built = any(child.name in _BUILT for child in node.children)
    return [Around(_response(path), node)] if is_built else []


def _response(path: tuple[Node, ...]) -> Node:
    """The innermost element around a report that holds a request or exceptions; else the outermost."""
    telling = {"ReportDefinition", "Exception"}
    return next((node for node in reversed(path) if any(child.name in telling for child in node.children)), path[0])


def _around(exception: Node) -> Node:
    """An exception that is the whole file, as if something stood around it."""
    root = Node("", {})
    root.children.append(exception)
    return root


def _span(months: list[date]) -> tuple[date, date] | None:
    if not months:
        return None
    last = max(months)
    return min(months), last.replace(day=monthrange(last.year, last.month)[1])


def _look_beside(around: Around, left: Left) -> None:
    """Elements beside the items that no report has."""
    if around.report is None:
        return
    left.look(around.report, _OF_REPORT, "")
    for place, customer in enumerate(around.customers):
        left.look(customer, _OF_CUSTOMER, customer_path(place))


def _tell_around(around: Around, tally: Tally) -> None:
    """What is missing around the items."""
    report = around.report
    if report is None:
        return
    if report.first("Vendor") is None:
        tally.add("R4-X08", ".Vendor", "Vendor")
    for place, customer in enumerate(around.customers):
        if not customer.says("ID"):
            tally.add("R4-X08", f".Customer[{place}].ID", "Customer/ID")
    if not around.customers:
        tally.add("R4-X08", ".Customer", "Customer")
    if not (around.attribute("Created") or around.response.attributes.get("Created")):
        tally.add("R4-X21", ".Created", "Created")
    if around.response is report:
        tally.add("R4-X07", None, None, "Report without a ReportResponse around it")


def _old(release: str) -> Problem:
    name = f"R{release}" if release.isdigit() else release
    return Problem(
        f"This report follows another release of COUNTER ({name})",
        "It counts by other rules than Release 4, which alone is read from XML; nothing was stored.",
        "Ask the provider for the same months as a Release 4 or Release 5 report.",
        ".Version",
    )


def _fault(origin: Origin, fault: Node) -> NotAReport:
    said = fault.says("faultstring") or fault.says("Reason", "Text") or fault.says("faultcode") or "no reason given"
    problem = Problem(
        "The publisher's service sent an error instead of a report",
        f"It says: “{said[:300]}”. There is no usage in the file.",
        "Fetch the report again, or ask the publisher what the error means.",
    )
    return NotAReport(origin.file, None, problem, "error of a SUSHI service")


def _other(origin: Origin, root: Node) -> NotAReport:
    problem = Problem(
        "This is not a COUNTER report that can be read",
        f"It is an XML document whose first element is “{root.name[:60]}”, and there is no COUNTER report in it.",
        "Choose the file that the publisher delivered as COUNTER report, or ask for it as TSV.",
    )
    return NotAReport(origin.file, None, problem, "XML document")
