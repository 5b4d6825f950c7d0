"""The header of a tabular report, R5 and R5.1: labels with a value beside each, in any order, above the headings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

from nolcat_desktop.counter.dates import read_date, read_period
from nolcat_desktop.counter.lists import read_exceptions, read_identifiers, read_settings, read_values
from nolcat_desktop.counter.text import loose
from nolcat_desktop.reading.blocks import R5_LABELS, Row, label_of
from nolcat_desktop.reading.grid import letters
from nolcat_desktop.report import Header, HeaderCell, ReportException, Setting

_DATES = frozenset({"begindate", "enddate"})
_SETTING_NAMES = {
    loose(name): name
    for name in (
        "Access_Method",
        "Access_Type",
        "Article_Version",
        "Attributed",
        "Attributes_To_Show",
        "Author",
        "Country_Code",
        "Data_Type",
        "Database",
        "Exclude_Monthly_Details",
        "Granularity",
        "Include_Component_Details",
        "Include_Parent_Details",
        "Item_Contributor",
        "Item_ID",
        "Metric_Type",
        "Parent_Data_Type",
        "Platform",
        "Section_Type",
        "Subdivision_Code",
        "YOP",
    )
}


def header_cell(row: Row) -> HeaderCell | None:
    """A header row as label, value and what stands beyond; None for a blank row."""
    number, cells = row
    found = label_of(cells)
    if found is None:
        return None
    place, label = found
    value = cells[place + 1] if place + 1 < len(cells) else None
    beyond = tuple(
        (f"{letters(n)}{number}", cell) for n, cell in enumerate(cells) if n > place + 1 and cell and cell.strip()
    )
    return HeaderCell(label, value or "", f"{letters(place)}{number}", f"{letters(place + 1)}{number}", beyond)


def read_header(rows: Sequence[Row]) -> Header:
    """Read the header rows of an R5 or R5.1 report, leniently; what is wrong with them is the business of `validation`.

    Args:
        rows: The rows above the headings: (row number, cells).

    Returns:
        The header; `texts` holds each known label once (the first one counts), values stripped of blanks around them.
    """
    cells = tuple(cell for row in rows if (cell := header_cell(row)))
    texts: dict[str, str] = {}
    positions: dict[str, str] = {}
    for cell in cells:
        label = R5_LABELS.get(loose(cell.label.rstrip(": ")))
        if label and label not in texts:
            texts[label] = cell.value.strip()
            positions[label] = cell.position or ""
    period = read_period(texts.get("Reporting_Period", ""))
    filters = settings(texts.get("Report_Filters", ""), positions.get("Report_Filters"))
    begin, end = period.begin, period.end
    if begin is None:
        begin, end = _dates_among(texts.get("Report_Filters", ""), begin, end)
    metric_types = read_values(texts.get("Metric_Types", ""))
    if metric_types:
        filters = (*filters, Setting("Metric_Type", tuple(metric_types), positions.get("Metric_Types")))
    return Header(
        cells=cells,
        texts=MappingProxyType(texts),
        positions=MappingProxyType(positions),
        filters=tuple(setting for setting in filters if loose(setting.name) not in _DATES),
        attributes=settings(texts.get("Report_Attributes", ""), positions.get("Report_Attributes")),
        identifiers=_identifiers(texts.get("Institution_ID", ""), positions.get("Institution_ID")),
        exceptions=exceptions(texts.get("Exceptions", ""), positions.get("Exceptions")),
        begin=begin,
        end=end,
        created=read_date(texts.get("Created", ""))[0],
    )


def settings(text: str, position: str | None) -> tuple[Setting, ...]:
    """Filters or attributes `Name=a|b; Other=c`; names in their canonical spelling when they are known."""
    pairs, _ = read_settings(text)
    return tuple(Setting(_SETTING_NAMES.get(loose(name), name), tuple(values), position) for name, values in pairs)


def exceptions(text: str, position: str | None) -> tuple[ReportException, ...]:
    """Exceptions `Code: Message (Data); …`."""
    found, _ = read_exceptions(text)
    return tuple(ReportException(code, message, data, position) for code, message, data in found)


def _identifiers(text: str, position: str | None) -> tuple[Setting, ...]:
    return tuple(Setting(namespace, (value,), position) for namespace, value in read_identifiers(text))


def _dates_among(text: str, begin: date | None, end: date | None) -> tuple[date | None, date | None]:
    """Begin_Date and End_Date where somebody put them among the filters."""
    dates = {
        loose(name): read_date(values[0])[0]
        for name, values in read_settings(text)[0]
        if loose(name) in _DATES and values
    }
    return dates.get("begindate", begin), dates.get("enddate", end)
