"""Reports of Release 3 (books: Release 1) as the tests lay them out: headings in row 5, months first, totals behind.

Source: real files and public programs that read them; names and activities have no heading of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

ACTIVITIES3 = (
    "Total searches run",
    "Searches-federated and automated",
    "Total sessions",
    "Sessions-federated and automated",
)
NAMES3 = {
    "JR1": ("Journal Report 1 (R3)", "Number of Successful Full-Text Article Requests by Month and Journal"),
    "JR1a": (
        "Journal Report 1a (R3)",
        "Number of Successful Full-Text Article Requests from an Archive by Month and Journal",
    ),
    "BR1": ("Book Report 1 (R1)", "Number of Successful Title Requests by Month and Title"),
    "BR2": ("Book Report 2 (R1)", "Number of Successful Section Requests by Month and Title"),
    "DB1": ("Database Report 1(R3) ", "Total Searches and Sessions by Month and Database"),
}
_TITLES = ("Annals of Peat", "Journal of Invented Dyes", "Total Eclipse Letters")
_IDS = {
    "JR": (("9901-0011", "9902-0025"), ("9901-0038", "9902-0041"), ("", "9902-005X")),
    "BR": (("978-0-9999100-1-6", ""), ("978-0-9999101-2-2", "9903-0101"), ("978-0-9999102-3-8", "")),
}


@dataclass(frozen=True, slots=True)
class Old3:
    """A report of Release 3 as rows of cells, and what is true of it."""

    rows: list[list[str]]
    counts: dict[tuple[str, str, str], int]
    """(name, activity or '', month yyyy-mm) → count, where it is above 0."""

    def cell(self, row: int, column: str) -> str:
        """What stands at `column` (a letter) and `row` (from 1)."""
        return self.rows[row - 1][ord(column) - ord("A")]

    def put(self, row: int, column: str, text: str) -> None:
        """Change one cell."""
        self.rows[row - 1][ord(column) - ord("A")] = text


def months_of(year: int, count: int = 12) -> list[date]:
    """The first `count` months of `year`."""
    return [date(year, number, 1) for number in range(1, count + 1)]


def release3(report_id: str, year: int = 2010, count: int = 12, *, name: str | None = None) -> Old3:
    """Lay out a report of Release 3 of the first `count` months of `year`."""
    months = months_of(year, count)
    own_name, description = NAMES3[report_id]
    headings = [f"{month:%b-%Y}" for month in months]
    top = [[name or own_name, description], ["Example State University"], ["Date run:"], [f"{year + 1}-02-15"]]
    counts: dict[tuple[str, str, str], int] = {}
    if report_id == "DB1":
        body = [["", "Publisher", "Platform", "", *headings, "YTD Total"], *_databases(months, counts)]
    else:
        body = _titles(report_id[:2], headings, months, counts)
    return Old3([*top, *body], counts)


def _titles(
    kind: str, headings: Sequence[str], months: Sequence[date], counts: dict[tuple[str, str, str], int]
) -> list[list[str]]:
    formats = kind == "JR"
    items = []
    for place, (title, ids) in enumerate(zip(_TITLES, _IDS[kind], strict=True), 1):
        used = [(7 * place + 3 * number) % (5 + place) for number in range(len(months))]
        counts |= {(title, "", f"{month:%Y-%m}"): n for month, n in zip(months, used, strict=True) if n}
        html = [str(sum(used) // 3), str(sum(used) - sum(used) // 3)] if formats else []
        items.append([title, "Larch Press", "Larch Online", *ids, *map(str, used), str(sum(used)), *html])
    columns = ["Print ISSN", "Online ISSN"] if formats else ["ISBN", "ISSN"]
    totals = ["YTD Total", "YTD HTML", "YTD PDF"] if formats else ["YTD Total"]
    label = "Total for all journals" if formats else "Total for all titles"
    sums = [str(sum(int(row[n]) for row in items)) for n in range(5, len(items[0]))]
    return [
        ["", "Publisher", "Platform", *columns, *headings, *totals],
        [label, "Larch Press", "Larch Online", "", "", *sums],
        *items,
    ]


def _databases(months: Sequence[date], counts: dict[tuple[str, str, str], int]) -> list[list[str]]:
    """Four activities for each database, and a blank row between them."""
    rows: list[list[str]] = []
    for place, name in enumerate(("Moorland Abstracts", "Tidal Index"), 1):
        for kind, activity in enumerate(ACTIVITIES3):
            used = [(40 - 9 * kind) * place + number for number in range(len(months))]
            counts |= {(name, activity, f"{month:%Y-%m}"): n for month, n in zip(months, used, strict=True)}
            rows.append([name, "Larch Press", "Larch Online", activity, *map(str, used), str(sum(used))])
        rows.append([""] * (5 + len(months)))
    return rows[:-1]
