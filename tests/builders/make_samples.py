"""Makes the sample reports that are shipped with the program: `python -m tests.builders.make_samples [FOLDER]`.

An invented university library, four invented platforms, 2017 to 2024; the window shows the library as it is on a day
in January 2025 (`gui.context.SAMPLE_DAY`). Every file can be stored, the one that went
through a spreadsheet too. The same bytes come out each time (workbooks: with the same version of XlsxWriter).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from nolcat_desktop.counter.release import Release
from tests.builders.abstract import Abstract, ReportedException, Row, month_key
from tests.builders.damage import cell, excel_issn, with_cell
from tests.builders.files import csv, tsv, workbook, xlsx
from tests.builders.grid import grid, position
from tests.builders.make import a_report, empty
from tests.builders.objects import json

R4, R5, R51 = Release.R4, Release.R5, Release.R51
LARCH, KELP, ROWAN, TIDAL = "Larch Online", "Kelpstack Books", "Rowan Shelf", "Tidal Index Service"
FOLDER = Path(__file__).parents[2] / "resources" / "sample-reports"
_PARTLY = "Partial Data Returned"
WAITING = FOLDER.with_name("sample-reports-waiting")
"""Reports that the sample library does not hold: each stands for something that has to be decided."""

README = """\
Sample reports
==============

Everything in this folder is invented: the Universität Nebelheim and its library, the platforms, publishers, titles,
authors, identifiers and all counts. The files show what COUNTER reports look like in Releases 4, 5 and 5.1, as
tab- and comma-separated text, workbooks and JSON. They are for trying the program out; they say nothing about any
real library, publisher or platform.

larch-online_*          Release 4, 2017 and 2018: journals, databases
kelpstack_*             Release 4, 2017 and 2018: book sections; Release 5, 2023, and 5.1, 2024: three reports in one
                        workbook; the platform report of 2024 says that November is only partly there
rowan-shelf_*           Release 5, 2019 to 2023, and Release 5.1, 2024: journals and books, article level in 2024.
                        September to December 2021 are missing: a gap to be found.
                        The titles of 2023 went through a spreadsheet, which changed how headings, an ISSN and a
                        count are written.
tidal-index_*           Release 5: databases, 2020 to 2023, and Release 5.1, 2024, with December not ready yet; for
                        access denied, reports that say "no usage"

The project's tests make these files again (tests/builders/make_samples.py); do not edit them by hand.
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A shipped file and the reports in it."""

    content: bytes
    reports: tuple[Abstract, ...]
    """As they were before the spreadsheet; ISSNs that lost their zero there cannot all be had back."""


def samples() -> Mapping[str, Sample]:
    """File name → content; without README.txt."""
    return _release_4() | _titles() | _databases() | _release_51()


WAITING_README = """\
Sample reports that wait for a decision
=======================================

Invented like the ones in sample-reports, which the sample library holds. Each of these needs a look:

larch-online_JR1_2018_damaged.csv         a spreadsheet turned a count into hash signs
rowan-shelf_TR_2020_books-only.tsv        books alone, while the library holds books and journals of that year
rowan-shelf_TR_2022_corrected.csv         the publisher corrected March and April
tidal-index_DR_2023_once-more.tsv         the same as is there already, in another form
"""


def waiting() -> Mapping[str, bytes]:
    """File name → content of the reports that wait for a decision; without README.txt."""
    made = samples()
    titles = made["rowan-shelf_TR_2020.xlsx"].reports[0]
    books = [row for row in titles.rows if row.elements.get("Data_Type") == "Book"]
    only_books = replace(titles, rows=tuple(books), filters={"Data_Type": ("Book",)})
    journals = made["larch-online_JR1_2018.tsv"].reports[0]
    return {
        "larch-online_JR1_2018_damaged.csv": csv(
            with_cell(grid(journals), position(journals, 2, month_key(journals.months[4])), "########")
        ),
        "rowan-shelf_TR_2020_books-only.tsv": tsv(only_books),
        "rowan-shelf_TR_2022_corrected.csv": csv(_corrected(made["rowan-shelf_TR_2022.csv"].reports[0])),
        "tidal-index_DR_2023_once-more.tsv": tsv(made["tidal-index_DR_2023.xlsx"].reports[0]),
    }


def _corrected(report: Abstract) -> Abstract:
    """The same report a month later: a tenth fewer uses in March and April, where there are so many."""
    changed = {month_key(month) for month in report.months[2:4]}
    rows = (
        Row(row.elements, {month: n - n // 10 if month in changed else n for month, n in row.counts.items()})
        for row in report.rows
    )
    return replace(report, rows=tuple(rows), created=report.created.replace("-01-", "-02-", 1))


def _year(release: Release, report_id: str, platform: str, year: int, titles: int, months: int = 12) -> Abstract:
    made = a_report(
        release, report_id, months=months, titles=titles, seed=year, begin=date(year, 1, 1), platform=platform
    )
    return replace(made, created_by=f"{platform} Statistics" if release is not R4 else made.created_by)


def _release_4() -> dict[str, Sample]:
    journals17, journals18 = (_year(R4, "JR1", LARCH, year, 16) for year in (2017, 2018))
    searches = _year(R4, "DB1", LARCH, 2017, 5, 24)
    books17, books18 = (_year(R4, "BR2", KELP, year, 20) for year in (2017, 2018))
    return {
        "larch-online_JR1_2017.xlsx": Sample(xlsx(journals17, months="date", sheet="JR1"), (journals17,)),
        "larch-online_JR1_2018.tsv": Sample(tsv(journals18), (journals18,)),
        "larch-online_DB1_2017-2018.tsv": Sample(tsv(searches), (searches,)),
        "kelpstack_BR2_2017.tsv": Sample(tsv(books17), (books17,)),
        "kelpstack_BR2_2018.xlsx": Sample(xlsx(books18, sheet="BR2"), (books18,)),
    }


def _titles() -> dict[str, Sample]:
    found = {year: _year(R5, "TR", ROWAN, year, 12) for year in (2019, 2020, 2022)}
    gap = _year(R5, "TR", ROWAN, 2021, 8, 8)
    edited = _edited(_year(R5, "TR", ROWAN, 2023, 12))
    several = {name: _year(R5, name, KELP, 2023, 8) for name in ("PR", "TR_B1", "TR_B3")}
    platform = _year(R5, "PR", ROWAN, 2019, 5, 48)
    last = _year(R5, "PR", ROWAN, 2023, 5)
    return {
        "rowan-shelf_TR_2019.tsv": Sample(tsv(found[2019]), (found[2019],)),
        "rowan-shelf_TR_2020.xlsx": Sample(xlsx(found[2020], sheet="TR"), (found[2020],)),
        "rowan-shelf_TR_2021_January-August.json": Sample(json(gap, indent=None), (gap,)),
        "rowan-shelf_TR_2022.csv": Sample(csv(found[2022]), (found[2022],)),
        "rowan-shelf_TR_2023_from-a-spreadsheet.xlsx": Sample(_from_spreadsheet(edited), (edited,)),
        "rowan-shelf_PR_2019-2022.tsv": Sample(tsv(platform), (platform,)),
        "rowan-shelf_PR_2023.json": Sample(json(last), (last,)),
        "kelpstack_2023.xlsx": Sample(workbook(several), tuple(several.values())),
    }


def _databases() -> dict[str, Sample]:
    first, second = _year(R5, "DR", TIDAL, 2020, 3, 36), _year(R5, "DR", TIDAL, 2023, 4)
    denied = empty(_year(R5, "DR_D2", TIDAL, 2023, 4))
    return {
        "tidal-index_DR_2020-2022.tsv": Sample(tsv(first), (first,)),
        "tidal-index_DR_2023.xlsx": Sample(xlsx(second, typed=False, sheet="DR"), (second,)),
        "tidal-index_DR_D2_2023_no-usage.tsv": Sample(tsv(denied), (denied,)),
    }


def _release_51() -> dict[str, Sample]:
    titles, items = _year(R51, "TR", ROWAN, 2024, 12), _year(R51, "IR", ROWAN, 2024, 8)
    platform = _year(R51, "PR", ROWAN, 2024, 5)
    several = {name: _year(R51, name, KELP, 2024, 8) for name in ("PR", "TR_B1", "TR_B3")}
    several["PR"] = replace(several["PR"], exceptions=(ReportedException(3040, _PARTLY, "2024-11"),))
    databases = _without_last(_year(R51, "DR", TIDAL, 2024, 4))
    denied = empty(_year(R51, "DR_D2", TIDAL, 2024, 4))
    return {
        "rowan-shelf_PR_2024.csv": Sample(csv(platform), (platform,)),
        "kelpstack_2024.xlsx": Sample(workbook(several), tuple(several.values())),
        "tidal-index_DR_2024.tsv": Sample(tsv(databases), (databases,)),
        "tidal-index_DR_D2_2024_no-usage.json": Sample(json(denied), (denied,)),
        "rowan-shelf_TR_2024.json": Sample(json(titles), (titles,)),
        "rowan-shelf_IR_2024.tsv": Sample(tsv(items), (items,)),
    }


def _without_last(report: Abstract) -> Abstract:
    """The same report before its last month was ready."""
    last = month_key(report.months[-1])
    rows = (Row(row.elements, {month: n for month, n in row.counts.items() if month != last}) for row in report.rows)
    told = ReportedException(3031, "Usage Not Ready for Requested Dates", last)
    return replace(report, rows=tuple(row for row in rows if row.counts), exceptions=(told,))


def _edited(report: Abstract) -> Abstract:
    """The same report with 1,234 investigations in its first row's first month: large enough for a separator."""
    first = report.rows[0]
    counts = {**first.counts, month_key(report.months[0]): 1234}
    return replace(report, rows=(Row(first.elements, counts), *report.rows[1:]))


def _from_spreadsheet(report: Abstract) -> bytes:
    """Months as dates, ISSNs as numbers without hyphen and leading zero, a count as the text `1,234`."""
    cells = excel_issn(report)
    place = position(report, 0, month_key(report.months[0]))
    cells = with_cell(cells, place, f"{int(cell(cells, place)):,}")
    return xlsx(cells, months="date", sheet="TR 2023", numbers=("Print_ISSN", "Online_ISSN"))


def write(folder: Path) -> None:
    """Writes every sample and the README into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sample in samples().items():
        (folder / name).write_bytes(sample.content)
    (folder / "README.txt").write_text(README, encoding="utf-8", newline="\n")


def write_waiting(folder: Path) -> None:
    """Writes every report that waits, and their README, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in waiting().items():
        (folder / name).write_bytes(content)
    (folder / "README.txt").write_text(WAITING_README, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    if len(sys.argv) == 1:
        write_waiting(WAITING)
