"""Files that went through many hands, each with what must be stored of it: damages drawn by lot, one after the other.

    for number in range(3000):
        case = a_case(number)

Each case is a report of some release and type, with up to one damage to its columns, its headings of months, its cells,
its rows and its block, in some kind of file. What it says is known beforehand, so it is known what may be stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from nolcat_desktop.counter.release import Release
from tests.benchmarks.old_years_cells import CELLS, COLUMNS, MONTH_DAMAGES
from tests.benchmarks.old_years_rows import ROWS
from tests.benchmarks.old_years_tables import Damage, Table, laid_out
from tests.builders import Abstract, Row, a_report, delimited, every_report, workbook, xlsx
from tests.builders.binary_workbook import xlsb
from tests.builders.damage import all_quoted, cr, crlf, padded, semicolons, utf16
from tests.builders.grid import Grid
from tests.builders.other_kinds import excel_xml, html, ods, unicode_text, xls

_YEARS = {Release.R4: (2008, 2018), Release.R5: (2019, 2024), Release.R51: (2025, 2026)}
_NOTES: Grid = [["About these figures"], ["They were drawn up by hand."], ["Ask Rowan."]]

WRITERS: dict[str, Callable[[Grid], bytes]] = {
    "tsv": lambda cells: delimited(cells, "\t"),
    "csv": lambda cells: b"\xef\xbb\xbf" + delimited(cells, ","),
    "pipes": lambda cells: delimited(cells, "|"),
    "semicolons": semicolons,
    "txt": utf16,
    "plain.txt": unicode_text,
    "old.csv": lambda cells: delimited(cells, ",", line_end="\r\n").decode().encode("cp1252", errors="replace"),
    "mac.csv": lambda cells: cr(cells, ","),
    "windows.tsv": crlf,
    "lying.xls": lambda cells: delimited(cells, "\t"),
    "quoted.csv": lambda cells: all_quoted(cells, ","),
    "padded.csv": lambda cells: delimited(padded(cells), ","),
    "xlsx": xlsx,
    "text.xlsx": lambda cells: xlsx(cells, typed=False),
    "dates.xlsx": lambda cells: xlsx(cells, months="date"),
    "two.xlsx": lambda cells: workbook({"Usage": cells, "Notes": _NOTES}),
    "xls": xls,
    "xlsb": xlsb,
    "ods": ods,
    "htm": html,
    "xml": excel_xml,
}


def block_missing(table: Table) -> bool:
    """No block at all; the name of the file says what it is, or the user does."""
    table.top = []
    table.told["report_type"] = table.report.report_id
    return True


def block_named(table: Table) -> bool:
    """No block, but the file is called after the report."""
    table.top = []
    table.file = f"{table.report.report_id} {table.report.begin.year} final"
    return True


def lines_above(table: Table) -> bool:
    """A title and blank lines above the block."""
    table.top[:0] = [["Usage statistics"], [], ["sent by the consortium"], []]
    return True


def lines_between(table: Table) -> bool:
    """Blank lines between block and headings."""
    table.top += [[], [""], []]
    return True


def no_line_between(table: Table) -> bool:
    """Nothing between block and headings."""
    table.top[:] = [row for row in table.top if row]
    return True


def labels_spelled(table: Table) -> bool:
    """Labels with blanks, colons, capitals."""
    way = table.dice.choice((str.upper, str.lower, lambda text: text.replace("_", " "), lambda text: f"{text} "))
    first = 1 if table.report.release is Release.R4 else 0
    for row in table.top[first:]:
        if row and (not first or row[0].startswith(("Period", "Date"))):
            row[0] = way(row[0])
    return True


def period_unreadable(table: Table) -> bool:
    """A reporting period that says nothing."""
    for row in table.top:
        for place, text in enumerate(row):
            if text.startswith((f"{table.report.begin:%Y-%m-%d} to", "Begin_Date=")):
                row[place] = table.dice.choice(("", "see below", "2017"))
    return "months" not in " ".join(table.done)


def period_of_another_year(table: Table) -> bool:
    """A reporting period that the headings contradict: they hold."""
    year = str(table.report.begin.year)
    for row in table.top:
        for place, text in enumerate(row):
            if text.startswith((f"{table.report.begin:%Y-%m-%d} to", "Begin_Date=")):
                row[place] = text.replace(year, str(int(year) - 1))
    return "months" not in " ".join(table.done)


def lines_missing(table: Table) -> bool:
    """Lines of R5's block that nothing depends on."""
    if table.report.release is Release.R4:
        return False
    table.top[:] = [row for row in table.top if not row or row[0] not in {"Institution_ID", "Created_By", "Created"}]
    return True


def further_right(table: Table) -> bool:
    """The whole sheet one column further right."""
    for cells in (*table.top, *table.above, table.heads, *(line.cells for line in table.body)):
        if cells:
            cells.insert(0, "")
    return "" not in table.heads[1:]


BLOCKS: dict[str, Damage] = {
    "block missing": block_missing, "block named": block_named, "lines above": lines_above,
    "lines between": lines_between, "no line between": no_line_between, "labels spelled": labels_spelled,
    "period unreadable": period_unreadable, "period of another year": period_of_another_year,
    "lines missing": lines_missing, "further right": further_right,
}  # fmt: skip
STAGES: tuple[Mapping[str, Damage], ...] = (COLUMNS, CELLS, ROWS, MONTH_DAMAGES, BLOCKS)


@dataclass(frozen=True, slots=True)
class Case:
    """One file, and what must become of it."""

    number: int
    name: str
    """Name of the file."""
    content: bytes
    wanted: Abstract
    """All usage that may be stored."""
    damaged: tuple[str, ...]
    """Cells that must be listed."""
    refused: str
    """Why nothing may be stored; blank when it must be."""
    told: Mapping[str, object]
    """What the user can say."""
    done: tuple[str, ...]
    """Damages, and the kind of file."""


def a_case(number: int, platform: str = "", seen: Counter[tuple[str, str]] | None = None, must: str = "") -> Case:
    """The same number gives the same file.

    Args:
        number: Of the case.
        platform: A provider's name of its own; blank: that of all.
        seen: (damage, kind of file) → how many there are; the kind is the one that is rarest with these damages, and
            they are counted. None: it is drawn by lot.
        must: A damage that is tried before the others of its sort.
    """
    dice = Random(f"case {number}")
    table = laid_out(_a_report(dice, number, {"platform": platform} if platform else {}), dice)
    places = {}
    for stage in STAGES:
        if stage is MONTH_DAMAGES:
            places = {month: table.place(month) for month in table.months}
        if dice.random() < 0.5 or must in stage:
            _spoil(table, stage, dice, must)
    if "year column" in table.done:
        places = {month: place + 1 for month, place in places.items()}
    if "further right" in table.done:
        places = {month: place + 1 for month, place in places.items()}
    kind = dice.choice(tuple(WRITERS))
    if seen is not None:
        known = {one: sum(min(seen[name, one], 1) for name in table.done) for one in WRITERS}
        kind = min(WRITERS, key=lambda one: (bool(seen[must, one]), known[one]))
        seen.update((name, kind) for name in table.done)
    content = WRITERS[kind](table.grid())
    return Case(
        number, f"{table.file}.{kind.rsplit('.')[-1]}", content, table.wanted(), tuple(table.positions(places)),
        table.refused, table.told, (*table.done, kind),
    )  # fmt: skip


def _spoil(table: Table, stage: Mapping[str, Damage], dice: Random, must: str) -> None:
    """Draw damages until one fits; a damage that does not leaves a table that is thrown away."""
    for name in sorted(dice.sample(sorted(stage), len(stage)), key=lambda one: one != must):
        if stage[name](_copy(table)):
            stage[name](table)
            table.done.append(name)
            return


def _copy(table: Table) -> Table:
    """A table to try a damage on, with lots that fall alike."""
    lines = [replace(line, cells=list(line.cells)) for line in table.body]
    dice = Random()
    dice.setstate(table.dice.getstate())
    top, above = [list(row) for row in table.top], [list(row) for row in table.above]
    return replace(
        table, dice=dice, top=top, above=above, heads=list(table.heads), body=lines,
        damaged=list(table.damaged), lost=list(table.lost), told=dict(table.told), done=list(table.done),
    )  # fmt: skip


def _a_report(dice: Random, number: int, named: Mapping[str, str]) -> Abstract:
    reports = [one for one in every_report() if one[0] is not Release.R51 or number % 2]
    while True:
        release, report_id = dice.choice(reports)
        begin = date(dice.randint(*_YEARS[release]), dice.choice((1, 1, 7)), 1)
        months = dice.choice((1, 3, 6, 12))
        report = a_report(
            release, report_id, months=months, titles=dice.choice((4, 8)), seed=number, begin=begin, **named
        )
        if report.rows:
            break
    scale = dice.choice((1, 1, 997))
    rows = (Row(row.elements, {key: n * scale for key, n in row.counts.items()}) for row in report.rows)
    return replace(report, rows=tuple(rows))
