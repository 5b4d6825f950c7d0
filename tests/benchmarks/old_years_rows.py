"""Damages to rows: lines that are no items, rows that are too short or shifted, totals of all sorts."""

from __future__ import annotations

from nolcat_desktop.counter.release import Release
from tests.benchmarks.old_years_tables import Damage, Line, Table
from tests.builders import Row


def _insert(table: Table, line: Line) -> None:
    first = next((n for n, one in enumerate(table.body) if one.row is not None), len(table.body))
    table.body.insert(table.dice.randint(first, len(table.body)), line)


def _sound(table: Table) -> list[Line]:
    """Items without damaged cells."""
    spoiled = {id(line) for line, _ in table.damaged}
    return [line for line in table.items if id(line) not in spoiled]


def empty_lines(table: Table) -> bool:
    """Lines without anything, or with nothing but delimiters."""
    for _ in range(3):
        _insert(table, Line([] if table.dice.random() < 0.5 else [""] * len(table.heads)))
    return True


def remark(table: Table) -> bool:
    """A sentence under the table."""
    table.body.append(Line([]))
    table.body.append(Line(["Figures may change until the end of the quarter."]))
    return True


def headings_again(table: Table) -> bool:
    """The headings once more, as at the top of a page."""
    if table.above:
        return False
    _insert(table, Line(list(table.heads)))
    return True


def rows_twice(table: Table) -> bool:
    """The same row again: stored as delivered."""
    if not _sound(table):
        return False
    line = table.dice.choice(_sound(table))
    _insert(table, Line(list(line.cells), line.row))
    return True


def rows_short(table: Table) -> bool:
    """Zeros at the end of a row left out, delimiters and all."""
    changed = False
    for line in table.items:
        cells = line.cells
        keep = len(table.report.columns) + 2
        while len(cells) > keep and cells[-1] == "0":
            cells.pop()
            changed = True
    return changed and "columns moved" not in table.done


def _columns_are_usual(table: Table) -> bool:
    usual = {"column in front", "column behind", "columns moved", "ytd behind", "column missing", "year column"}
    return not usual & set(table.done) and not table.above


def shifted_right(table: Table) -> bool:
    """A comma in a title that nobody quoted: the whole row stands one column further right."""
    if not _sound(table):
        return False
    line = table.dice.choice(_sound(table))
    assert line.row is not None
    if not _columns_are_usual(table) or len(table.items) < 2 or not any(line.row.counts.values()):
        return False
    line.cells.insert(1, "Fern and Lichen")
    _is_lost(table, line)
    return True


def shifted_left(table: Table) -> bool:
    """A blank cell lost: the whole row stands one column further left."""
    lines = [line for line in _sound(table) if "" in line.cells[1 : len(table.report.columns)]]
    if not _columns_are_usual(table) or not lines or len(table.items) < 2 or len(table.months) < 3:
        return False
    line = table.dice.choice(lines)
    assert line.row is not None
    if not any(line.row.counts.values()):
        return False
    del line.cells[line.cells.index("", 1)]
    _is_lost(table, line)
    return True


def _is_lost(table: Table, line: Line) -> None:
    """No count of the row may be stored; its months are listed."""
    assert line.row is not None
    table.lost.append(line)
    line.row = Row(line.row.elements, {})


def sorted_half(table: Table) -> bool:
    """Names and totals sorted without the months."""
    first = len(table.report.columns) + 1
    if not _columns_are_usual(table) or table.damaged or table.lost or "totals wrong" in table.done:
        return False
    lines = table.items
    totals = [line.row.total for line in lines if line.row]
    if len(set(totals)) != len(totals) or len(totals) < 4 or min(totals) == 0:
        return False
    tails = [line.cells[first:] for line in lines]
    tails = [*tails[1:], tails[0]]
    for line, tail in zip(lines, tails, strict=True):
        line.cells[first:] = tail
    table.refused = "numbers beside other titles"
    return True


def total_spelled(table: Table) -> bool:
    """R4's total row in capitals, blank, shortened, at the end, or gone."""
    lines = [line for line in table.body if line.row is None and line.cells]
    if table.report.release is not Release.R4 or not lines or table.report.report_id == "PR1":
        return False
    first = len(table.report.columns)
    match table.dice.randrange(5):
        case 0:
            for line in lines:
                line.cells[0] = line.cells[0].upper()
        case 1:
            for line in lines:
                line.cells[first:] = [""] * (len(line.cells) - first)
        case 2:
            for line in lines:
                del line.cells[first:]
        case 3:
            table.body[:] = [*(line for line in table.body if line not in lines), *lines]
        case _:
            table.body[:] = [line for line in table.body if line not in lines]
    return True


def total_row5(table: Table) -> bool:
    """A row of sums in a report of Release 5, which has none: before or behind the items."""
    names = [n for n, name in enumerate(table.report.columns) if name in {"Title", "Item", "Database", "Platform"}]
    if (
        table.report.release is Release.R4
        or len(table.items) < 2
        or not _columns_are_usual(table)
        or table.damaged
        or table.lost
    ):
        return False
    cells = [""] * len(table.heads)
    cells[names[0]] = table.dice.choice(
        ("Total", "All Titles", "Grand Total", "Totals", "TOTAL", "Total for all titles")
    )
    place = table.heads.index("Reporting_Period_Total") if "Reporting_Period_Total" in table.heads else -1
    places = [table.place(month) for month in table.months]
    for month, column in zip(table.months, places, strict=True):
        cells[column] = str(sum(line.row.counts.get(month, 0) for line in table.items if line.row))
    if place >= 0:
        cells[place] = str(sum(int(cells[column]) for column in places))
    table.body.insert(0 if table.dice.random() < 0.5 else len(table.body), Line(cells))
    return True


def total_without_name(table: Table) -> bool:
    """Sums under the table, without a label."""
    if len(table.items) < 2 or not _columns_are_usual(table) or table.damaged or table.lost:
        return False
    if table.report.release is Release.R4 and table.report.report_id in {"PR1", "DB1", "DB2", "BR5"}:
        return False
    cells = [""] * len(table.heads)
    for month in table.months:
        cells[table.place(month)] = str(sum(line.row.counts.get(month, 0) for line in table.items if line.row))
    table.body.append(Line(cells))
    return True


ROWS: dict[str, Damage] = {
    "empty lines": empty_lines, "remark": remark, "headings again": headings_again, "rows twice": rows_twice,
    "rows short": rows_short, "shifted right": shifted_right, "shifted left": shifted_left,
    "sorted half": sorted_half, "total spelled": total_spelled, "total row in R5": total_row5,
    "total without name": total_without_name,
}  # fmt: skip
