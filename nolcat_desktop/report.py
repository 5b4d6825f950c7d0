"""A COUNTER report as it was delivered: what travels from `reading` to `validation` and `conversion`.

Every cell is text until conversion, and every cell keeps its place. All forms (TSV, CSV, XLSX, JSON) and all releases
have this one shape: a wide frame, one row for each item, set of attributes and metric, one text column for each element
and each month. A JSON or XML report is laid out the same way when it is read, so that nothing above asks for the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.release import Release
from nolcat_desktop.problem import Problem
from nolcat_desktop.repairs import Repair

ROW = "row"
"""Column of `Report.items` that names the row: the spreadsheet row (record) in tabular files, 0, 1, 2 … in JSON."""


SHIFTED_ROW = "shifted-row"
"""Rule of `Report.left_out`: the row's cells do not stand under their headings, so all its counts are damaged."""


class FileKind(StrEnum):
    """What a file is by its content, whatever its name says."""

    TSV = "tsv"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    XLS = "xls"
    """Excel 5 to 2003, binary (BIFF)."""
    XLSB = "xlsb"
    """Excel 2007 and later, binary (BIFF12)."""
    ODS = "ods"
    """OpenDocument spreadsheet, also as one XML file (.fods)."""
    EXCEL_XML = "excel-xml"
    """XML Spreadsheet 2003."""
    HTML = "html"
    """Tables of a web page, often named .xls."""
    XML = "xml"
    """Release 4 as SUSHI delivers it; positions are paths, as in JSON."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a user said about a file that does not say it itself; nothing where None."""

    report_type: str | None = None
    """Code of the report, for tables without a header: `JR1`, `TR_J1`."""
    begin: date | None = None
    """First day of the reporting period, for tables that have none."""
    end: date | None = None
    """Last day of the reporting period."""
    release: Release | None = None
    """For tables whose header does not say it, and whose columns several releases have."""
    months: tuple[tuple[str, date], ...] = ()
    """Cells of headings that are no certain month (`F8`), and the first day of the month that each of them is."""


NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report comes from."""

    file: str
    """Path as it was given; inside an archive `archive.zip!/member`."""
    sheet: str | None
    """Sheet of a workbook, or None."""
    kind: FileKind
    sha256: str
    """Of the bytes of the file (of the member, inside an archive); 64 lower-case hex digits."""
    encoding: str | None = None
    """Of text files: `utf-8`, `utf-8-sig`, `utf-16`, `cp1252` …; None for workbooks."""
    told: Told = NOTHING_TOLD
    """What the user said about the file."""


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One label of the report header and what stands beside it, as delivered."""

    label: str
    """Text of the label cell; R4's rows without a label have ''."""
    value: str
    """Text of the value cell; '' when blank. JSON: the value as the tabular form writes it."""
    label_position: str | None
    position: str | None
    """Of the value: `B7`, or `.Report_Header.Created`."""
    beyond: tuple[tuple[str, str], ...] = ()
    """Cells further right that are not blank: (position, text)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A filter, an attribute or an identifier of the header: a name and its values."""

    name: str
    """Canonical name when it is known (also when misspelled), else as delivered."""
    values: tuple[str, ...]
    position: str | None
    value_positions: tuple[str, ...] = ()
    """JSON: one path for each value; tabular: () (all stand in the cell at `position`)."""


@dataclass(frozen=True, slots=True)
class ReportException:
    """An exception that the report carries (Code of Practice, appendix on exceptions)."""

    code: int | None
    message: str
    data: str | None
    position: str | None


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a report: as delivered, and what could be read from it."""

    cells: tuple[HeaderCell, ...] = ()
    """Every header row (tabular) or property (JSON), in order, as delivered."""
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Canonical label → value text, for the labels that were recognised: Report_Name, Report_ID, Release,
    Institution_Name, Institution_ID, Customer_ID, Metric_Types, Report_Filters, Report_Attributes, Exceptions,
    Reporting_Period, Created, Created_By, Registry_Record. R4 uses the same labels (A1 → Report_Name,
    B1 → Description, A2 → Institution_Name, A3 → Institution_ID, B3 → Section_Type, A5 → Reporting_Period,
    A7 → Created). Absent when the label is absent."""
    positions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Canonical label → position of its value."""
    filters: tuple[Setting, ...] = ()
    """Report filters without dates; Metric_Types is the filter `Metric_Type`."""
    attributes: tuple[Setting, ...] = ()
    """Report attributes: Attributes_To_Show, Exclude_Monthly_Details, Granularity, Include_Parent_Details,
    Include_Component_Details."""
    identifiers: tuple[Setting, ...] = ()
    """Institution_ID by namespace."""
    exceptions: tuple[ReportException, ...] = ()
    begin: date | None = None
    """First day of the reporting period; None when it could not be read."""
    end: date | None = None
    """Last day of the reporting period."""
    created: date | None = None
    """Date of Created (R4: Date run); None when absent, unreadable or ambiguous."""
    tree: Any = None
    """JSON: Report_Header as delivered (parsed); None in tabular files."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column heading of a tabular report."""

    text: str
    """As delivered; a date cell of a workbook is written yyyy-mm-dd."""
    position: str
    element: str | None = None
    """Canonical element that the column holds; None for months and for what is not known."""
    month: date | None = None
    """First day of the month that the column holds."""
    column: str | None = None
    """Name of its column in `Report.items`; None for a column that is blank from top to bottom."""


@dataclass(frozen=True, slots=True)
class Irregularity:
    """Something that reading came upon and that only reading can see; `validation` words it and gives it its level."""

    rule: str
    """Rule id, a row of `validation`'s table of reading rules."""
    position: str | None = None
    element: str | None = None
    value: str | None = None
    detail: str | None = None
    """What fills the message of the rule: a count, a neighbour, a reason."""


@dataclass(frozen=True, slots=True)
class Lines:
    """How the lines of a delimited file became rows: `lines` is the sum of the others."""

    lines: int
    """Of the whole file; blank ones behind the last filled one are not counted."""
    rows: int
    breaks: int
    """Line breaks inside quoted cells."""
    blank: int
    """Lines without anything."""


class Positions(Protocol):
    """Where rows and cells of a report stand in its file. Asked only for what is reported, so it may compute."""

    def rows(self, rows: pl.Series) -> pl.Series:
        """Position of whole rows: `16`, or the path of the object. `rows` are values of the column `row`."""
        ...

    def cells(self, rows: pl.Series, column: str) -> pl.Series:
        """Position of the cells of `column` (an element or a month `yyyy-mm` of `Report.items`) in `rows`."""
        ...

    def last(self) -> str:
        """Where findings about the whole body stand: one row below the last, or `.Report_Items`."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """A COUNTER report, as delivered."""

    origin: Origin
    header: Header
    release: Release | None
    """None when the file does not say, and nothing in it tells."""
    definition: Definition | None
    """Which report it is; None when that could not be found out."""
    items: pl.DataFrame
    """The data rows: `row` (UInt32) and one String column for each element that is there, each month (named
    `yyyy-mm`) and each
    column that is neither (named `#` and its letter, `#K`). A blank cell is null. Columns stand in the order of the
    file."""
    months: tuple[date, ...]
    """First days of the months that have a column in `items`, in the order of the file. Empty: totals only, or
    nothing."""
    positions: Positions
    headings: tuple[Heading, ...] = ()
    """Tabular: every column, in order. JSON: ()."""
    heading_row: int | None = None
    """Row (record) of the column headings; None in JSON or when there are none."""
    left_out: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={ROW: pl.UInt32, "rule": pl.String}))
    """Rows that are not data, each with the name of the rule that left it out (`total-row`, `blank-row`,
    `remark-row`, `second-heading`, `shifted-row`),
    in the columns of `items` plus `rule`. Nothing else is ever left out."""
    irregularities: tuple[Irregularity, ...] = ()
    totals_only: bool = False
    """True when the counts are not of one month each (Exclude_Monthly_Details, Granularity=Totals, JR5): never
    usage."""
    repairs: tuple[Repair, ...] = ()
    """Cells that are proved to have been something else: month headings (read so already) and identifiers, which stand
    in `items` as delivered. Counts are not among them: see `conversion.count_repairs`."""
    possible: tuple[Release, ...] = ()
    """Releases that it may be of, the likelier first, which was taken, when nothing tells them apart; else ()."""
    lines: Lines | None = None
    """Delimited text: the account of its lines, of the whole file. None in other forms."""

    @property
    def report_id(self) -> str | None:
        """The report's code as the `report_type` column writes it, or None."""
        return self.definition.report_id if self.definition else None

    @property
    def month_columns(self) -> tuple[str, ...]:
        """Names of the month columns of `items`, in order."""
        return tuple(f"{month:%Y-%m}" for month in self.months)

    def covered_months(self) -> tuple[date, ...]:
        """Give the months that the report speaks about: its month columns, or its period when it has no rows.

        First days, ascending.
        """
        if self.months and (self.items.height or self.header.begin is None):
            return tuple(sorted(set(self.months)))
        begin, end = self.header.begin, self.header.end
        if begin is None or end is None or end < begin:
            return tuple(sorted(set(self.months)))
        first, last = begin.year * 12 + begin.month - 1, end.year * 12 + end.month - 1
        return tuple(date(n // 12, n % 12 + 1, 1) for n in range(first, min(last, first + 1200) + 1))


@dataclass(frozen=True, slots=True)
class NotAReport:
    """A file or sheet in which no COUNTER report was found, and what was found instead."""

    file: str
    sheet: str | None
    problem: Problem
    kind: str = ""
    """What the content is, in a word or two: `PDF document`, `empty file`, `spreadsheet without a COUNTER report`."""
    candidates: tuple[str, ...] = ()
    """Codes of the reports that a table without a header may be: the question to be asked (`Told.report_type`)."""
