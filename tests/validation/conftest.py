"""A small report built by hand, and changes to it: one value at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl
import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import definition
from nolcat_desktop.report import ROW, FileKind, Header, HeaderCell, Heading, Origin, Report, Setting

MONTHS = (date(2024, 1, 1), date(2024, 2, 1))
FIRST_ROW = 16
TITLE = {
    "Title": "Annals of Peat Science",
    "Publisher": "Larch Press",
    "Publisher_ID": "larch:1",
    "Platform": "Larch Online",
    "DOI": "10.9999/peat",
    "Proprietary_ID": "larch:7",
    "ISBN": None,
    "Print_ISSN": "1234-5679",
    "Online_ISSN": None,
    "URI": "https://larch.example/peat",
    "Data_Type": "Journal",
    "YOP": "2023",
    "Access_Type": "Controlled",
    "Access_Method": "Regular",
}
METRICS = ("Total_Item_Investigations", "Total_Item_Requests", "Unique_Item_Investigations", "Unique_Item_Requests")
HEADER = {
    "Report_Name": "Title Report",
    "Report_ID": "TR",
    "Release": "5.1",
    "Institution_Name": "Universität Nebelheim",
    "Institution_ID": "ISNI:0000000121032683",
    "Metric_Types": "",
    "Report_Filters": "",
    "Report_Attributes": "Attributes_To_Show=YOP|Access_Type|Access_Method",
    "Exceptions": "",
    "Reporting_Period": "Begin_Date=2024-01-01; End_Date=2024-02-29",
    "Created": "2024-03-02T09:00:00Z",
    "Created_By": "Larch Press",
    "Registry_Record": "https://registry.countermetrics.org/platform/5f0c2b7e-3a41-4d4e-9b55-0a6b7c8d9e10",
}


@dataclass(frozen=True)
class Sheet:
    """Positions of a spreadsheet with these columns."""

    columns: tuple[str, ...]

    def rows(self, rows: pl.Series) -> pl.Series:
        return rows.cast(pl.String)

    def cells(self, rows: pl.Series, column: str) -> pl.Series:
        return pl.Series([f"{letter(self.columns.index(column))}{row}" for row in rows], dtype=pl.String)

    def last(self) -> str:
        return "99"


def letter(place: int) -> str:
    """Name of the spreadsheet column at `place`, counted from 0, up to Z."""
    return chr(ord("A") + place)


def sound_rows() -> list[dict[str, Any]]:
    """Four rows of one journal, sound by the Code of Practice 5.1."""
    counts = {
        "Total_Item_Investigations": 9,
        "Total_Item_Requests": 5,
        "Unique_Item_Investigations": 6,
        "Unique_Item_Requests": 4,
    }
    return [
        {
            **TITLE,
            "Metric_Type": metric,
            "Reporting_Period_Total": str(2 * counts[metric]),
            "2024-01": str(counts[metric]),
            "2024-02": str(counts[metric]),
        }
        for metric in METRICS
    ]


def report_of(
    rows: Sequence[Mapping[str, Any]], header: Mapping[str, str] = MappingProxyType(HEADER), **changes: Any
) -> Report:
    """A TR report of Release 5.1 in a spreadsheet."""
    columns = list(rows[0])
    items = pl.DataFrame(
        [{ROW: FIRST_ROW + n, **row} for n, row in enumerate(rows)],
        schema={ROW: pl.UInt32, **dict.fromkeys(columns, pl.String)},
    )
    months = {f"{month:%Y-%m}": month for month in MONTHS}
    headings = tuple(
        Heading(
            f"{months[name]:%b-%Y}" if name in months else name,
            f"{letter(n)}15",
            None if name in months else name,
            months.get(name),
            name,
        )
        for n, name in enumerate(columns)
    )
    cells = tuple(HeaderCell(label, text, f"A{n}", f"B{n}") for n, (label, text) in enumerate(header.items(), start=1))
    shown = Setting("Attributes_To_Show", ("YOP", "Access_Type", "Access_Method"), "B8")
    return replace(
        Report(
            origin=Origin("peat.tsv", None, FileKind.TSV, "0" * 64, "utf-8-sig"),
            header=Header(
                cells=cells,
                texts=MappingProxyType(dict(header)),
                positions=MappingProxyType({label: f"B{n}" for n, label in enumerate(header, start=1)}),
                attributes=(shown,),
                begin=date(2024, 1, 1),
                end=date(2024, 2, 29),
                created=date(2024, 3, 2),
            ),
            release=Release.R51,
            definition=definition(Release.R51, "TR"),
            items=items,
            months=MONTHS,
            positions=Sheet(tuple(columns)),
            headings=headings,
            heading_row=15,
        ),
        **changes,
    )


Changed = Callable[..., Report]


@pytest.fixture
def a_title_report() -> Changed:
    """Builds the sound report with cells of its first row changed: `a_title_report(Platform=None)`."""

    def build(row: int = 0, **cells: str | None) -> Report:
        rows = sound_rows()
        rows[row] |= {name.replace("m2024_", "2024-"): text for name, text in cells.items()}
        return report_of(rows)

    return build
