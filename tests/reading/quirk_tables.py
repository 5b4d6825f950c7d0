"""Tables as publishers and spreadsheet programs deliver them: small, written by hand, each with a known total.

The deviations are those of real files; titles, names and numbers are invented.
"""

from __future__ import annotations

from collections.abc import Sequence

from nolcat_desktop.conversion import damaged_cells, file_total, stopped_by
from nolcat_desktop.report import Report
from tests.builders import Grid
from tests.conversion.sums import usage_of
from tests.reading.found import report

JOURNAL = ["Journal", "Publisher", "Platform", "Journal DOI", "Proprietary Identifier", "Print ISSN", "Online ISSN"]
BOOK = ["", "Publisher", "Platform", "Book DOI", "Proprietary Identifier", "ISBN", "ISSN"]
TOTAL = ["Reporting Period Total"]
FORMATS = [*TOTAL, "Reporting Period HTML", "Reporting Period PDF"]
MONTHS = ["Jan-2017", "Feb-2017", "Mar-2017"]
PERIOD = "2017-01-01 to 2017-03-31"
LIMIT = "Access denied: concurrent/simultaneous licence limit exceded"
NOT_LICENSED = "Access denied. Content item not licenced"
COUNTS = (("5", "0", "3"), ("2", "5", "3"))
"""Counts of two items in three months: together 18."""
SUM = 18
SUMS = ["18", "7", "5", "6"]
"""Total and months of both items together."""
_ANNALS = ["Annals of Moss", "Larch", "Larch Online", "10.5555/aom", "A", "0028-0836", "1476-4687"]
_BEES = ["Bees and Light", "Larch", "Larch Online", "", "B", "", "0036-8075"]


def block(name: str, period: str = PERIOD, section: str | None = None) -> Grid:
    """The seven rows above R4's headings."""
    types = (["Section Type:"], [section]) if section is not None else ([], [])
    rows = [["Meadow University", *types[0]], ["MU-1", *types[1]]]
    return [[name, "Number of …"], *rows, ["Period covered by Report:"], [period], ["Date run:"], ["2017-04-12"]]


def journals(metric: str | None = None, extra: int = 2) -> Grid:
    """Two journals; with a metric, or with the two columns of formats, blank."""
    return [
        [*names, *([metric] if metric else []), str(sum(map(int, counts))), *[""] * (0 if metric else extra), *counts]
        for names, counts in zip((_ANNALS, _BEES), COUNTS, strict=True)
    ]


def books(metric: str | None = None) -> Grid:
    """Two books."""
    names = (
        ["Moss Atlas", "Larch", "Plat", "", "B1", "978-0-306-40615-7", ""],
        ["Tarns", "Elm", "Plat", "", "B2", "", ""],
    )
    return [
        [*name, *([metric] if metric else []), str(sum(map(int, counts))), *counts]
        for name, counts in zip(names, COUNTS, strict=True)
    ]


def totals(label: str, columns: int, *, formats: bool = False, metric: str = "") -> list[str]:
    """A total row of both items: `columns` before the total."""
    filled = [label, *[""] * (columns - 1)]
    if metric:
        filled[-1] = metric
    return [*filled, SUMS[0], *(["", ""] if formats else []), *SUMS[1:]]


def jr1(*, name: str = "Journal Report 1 (R4)", period: str = PERIOD, months: Sequence[str] = MONTHS) -> Grid:
    """A JR1 with its total row."""
    headings = [*JOURNAL, *FORMATS, *months]
    return [*block(name, period), headings, totals("Total for all journals", 7, formats=True), *journals()]


def text(rows: Grid, delimiter: str = "\t") -> bytes:
    """The rows as they are, without quotes."""
    return "\n".join(delimiter.join(row) for row in rows).encode()


def exact(content: bytes, total: int, file: str = "report.tsv") -> Report:
    """The one report in `content`, which nothing stops and whose usage adds up to `total`."""
    found = report(content, file)
    assert stopped_by(found) is None
    assert damaged_cells(found) == ()
    assert file_total(found) == total
    assert usage_of(found)["usage_count"].sum() == total
    return found


def stopped(content: bytes, file: str = "report.tsv") -> str:
    """The title of what stops the one report in `content`."""
    problem = stopped_by(report(content, file))
    assert problem is not None
    return problem.title
