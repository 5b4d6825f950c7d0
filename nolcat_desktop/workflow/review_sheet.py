"""The file as a spreadsheet shows it: real row numbers and column letters, and a cell in its surroundings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import ROW, FileKind, Positions, Report

ROWS, COLUMNS = 5, 6
"""Rows, the headings' among them, and columns round a cell."""
_CELL = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")
_PROPERTY = re.compile(r"\.([^.\[\]]+)$")
_OBJECTS = frozenset({FileKind.JSON, FileKind.XML})
"""Files without letters: their positions are paths."""
_METRIC = loose("Metric_Type")
_MANY = 4096
"""Rows of one object at most, among which the one that a path names is looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What a file holds, as text, row by row."""

    cells: pl.DataFrame
    """One text column for each column of the file, named by its letter (JSON: by its element); null: blank."""
    rows: pl.Series
    """Number of each row in the file, as text (JSON: the path of its object)."""
    heading: int | None = None
    """Which row of `cells` holds the headings."""
    is_tabular: bool = True
    places: Positions | None = None
    """Where cells stand in a file without letters, in which several rows may come from one object."""
    numbers: pl.Series | None = None
    """What `places` calls each row of `cells`."""

    def row_named(self, name: str) -> int | None:
        """Which row of `cells` has this number or path."""
        return self.rows.index_of(name)


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """A few rows and columns of a sheet."""

    sheet: Sheet
    row: int | None
    """Of the ringed cell, within the sheet; None: no row is meant."""
    column: int | None
    """Of the ringed cell; None: the whole row is meant."""


def sheet_of(report: Report) -> Sheet:
    """All of `report` in the order of its file: header, headings, data rows, and the rows that are left out."""
    return _objects(report) if report.origin.kind in _OBJECTS else _table(report)


def surroundings(report: Report, position: str | None) -> Surroundings:
    """The cells round `position`: the headings first, then rows and columns next to it.

    Args:
        report: Read again.
        position: Of a finding: a cell `F15`, a row `16`, a path, or None for the whole file.

    Returns:
        At most 5 rows and 6 columns, with the place of the cell among them; of columns that are further to the left
        those of titles and metrics.
    """
    return round_cell(sheet_of(report), position)


def round_cell(sheet: Sheet, position: str | None) -> Surroundings:
    """As `surroundings`, in a sheet that is there already."""
    row, column = place_of(sheet, position)
    height = sheet.cells.height
    if row is None:
        wanted = list(range(min(ROWS, height)))
    else:
        others = ROWS - 1 if sheet.heading is not None and sheet.heading < row else ROWS
        first = max(0, min(row - others // 2, height - others))
        wanted = [n for n in range(first, min(first + others, height)) if n != sheet.heading or n == row]
        if sheet.heading is not None and sheet.heading < row:
            wanted = [n for n in wanted if n > sheet.heading]  # what stands above the headings is not under them
        if sheet.heading is not None and sheet.heading not in wanted and sheet.heading < row:
            wanted.insert(0, sheet.heading)
    is_counted = row is not None and sheet.heading is not None and row > sheet.heading
    shown = _columns_round(sheet, column, whole_row=is_counted)
    small = Sheet(
        sheet.cells[wanted, shown],
        sheet.rows.gather(wanted),
        wanted.index(sheet.heading) if sheet.heading in wanted else None,
        sheet.is_tabular,
    )
    ringed = wanted.index(row) if row is not None else None
    return Surroundings(small, ringed, shown.index(column) if column is not None else None)


def _columns_round(sheet: Sheet, column: int | None, whole_row: bool = False) -> list[int]:
    """Six columns: those beside the cell, and what it counts: the first one, of titles, and that of the metrics.

    Of a whole row (`whole_row`) what it counts, and its first counts.
    """
    width = sheet.cells.width
    begin = max(0, min((column or 0) - COLUMNS // 2, width - COLUMNS))
    shown = list(range(begin, min(begin + COLUMNS, width)))
    if sheet.heading is None or (column is None and not whole_row):
        return shown
    headings = [loose(text or "") for text in sheet.cells.row(sheet.heading)]
    if column is None:
        metric = _metric_column(headings)
        return [0, *range(metric, min(metric + COLUMNS - 1, width))] if metric else shown
    wanted = {0, *(at for at, text in enumerate(headings[:column]) if text == _METRIC)}
    for at in sorted(wanted):
        if at not in shown:
            gone = next(one for one in shown if one not in wanted and one != column)
            shown = sorted([at, *(one for one in shown if one != gone)])
    return shown


def _metric_column(headings: Sequence[str]) -> int:
    """Of headings as `loose` gives them; 0 where none is that of the metrics."""
    return headings.index(_METRIC) if _METRIC in headings else 0


def what_stands_at(sheet: Sheet, row: int, column: int) -> tuple[str, ...]:
    """What a count counts, in the file's own words: its title, its metric, the heading over it, and the cell itself.

    Args:
        sheet: A whole file.
        row: Of `sheet.cells`.
        column: The same.

    Returns:
        () above the headings, and where there are none.
    """
    if sheet.is_tabular and (sheet.heading is None or row <= sheet.heading):
        return ()
    headings = sheet.cells.row(sheet.heading) if sheet.heading is not None else tuple(sheet.cells.columns)
    texts = sheet.cells.row(row)
    metric = _metric_column([loose(text or "") for text in headings])
    told = [texts[at] for at in dict.fromkeys((0, metric)) if at != column]
    return tuple(text.strip() for text in (*told, headings[column], texts[column]) if text and text.strip())


def place_of(sheet: Sheet, position: str | None) -> tuple[int | None, int | None]:
    """Row and column of `position` in the sheet; None where it names none."""
    if not position:
        return None, None
    matched = _CELL.fullmatch(position)
    if matched:
        columns = sheet.cells.columns
        return sheet.row_named(matched[2]), columns.index(matched[1]) if matched[1] in columns else None
    row = sheet.row_named(position)
    return (row, None) if row is not None else _path_place(sheet, position)


def _path_place(sheet: Sheet, position: str) -> tuple[int | None, int | None]:
    """The object that a path lies in: the longest beginning of it that is a row."""
    named = _PROPERTY.search(position)
    column = sheet.cells.columns.index(named[1]) if named and named[1] in sheet.cells.columns else None
    start = position
    while start:
        row = sheet.row_named(start)
        if row is None and start.endswith("]"):
            inside = sheet.rows.str.starts_with(start + ".") | sheet.rows.str.starts_with(start + "[")
            row = inside.arg_max() if inside.any() else None
        if row is not None:
            return _exact_place(sheet, start, position) or (row, column)
        start = start[: max(start.rfind("."), start.rfind("["), 0)]
    return None, None


def _exact_place(sheet: Sheet, start: str, position: str) -> tuple[int, int] | None:
    """The cell that stands at the path `position`, in the rows whose path begins with `start`; None where none does."""
    if sheet.places is None or sheet.numbers is None:
        return None
    rows = sheet.rows.str.starts_with(start).arg_true().head(_MANY)
    numbers = sheet.numbers.gather(rows)
    for column, name in enumerate(sheet.cells.columns):
        at = sheet.places.cells(numbers, name).index_of(position)
        if at is not None:
            return int(rows[at]), column
    return None


def _table(report: Report) -> Sheet:
    letters = {heading.column: _letter(heading.position) for heading in report.headings if heading.column}
    above = _above(report)
    if report.heading_row is not None:
        above[report.heading_row] = {_letter(one.position): one.text for one in report.headings}
    names = {name for cells in above.values() for name in cells} | set(letters.values())
    order = sorted(names, key=lambda name: (len(name), name))
    schema = pl.Schema({ROW: pl.UInt32(), **dict.fromkeys(order, pl.String())})
    top = pl.DataFrame([{ROW: row, **cells} for row, cells in sorted(above.items())], schema=schema)
    parts = [top]
    for frame in (report.items, report.left_out):
        there = [name for name in frame.columns if name in letters]
        renamed = frame.select(ROW, *(pl.col(name).cast(pl.String).alias(letters[name]) for name in there))
        parts.append(renamed)
    whole = pl.concat(parts, how="diagonal").select(schema.names()).sort(ROW, maintain_order=True)
    rows = whole[ROW].cast(pl.String)
    heading = rows.index_of(str(report.heading_row)) if report.heading_row is not None else None
    return Sheet(whole.drop(ROW), rows, heading)


def _above(report: Report) -> dict[int, dict[str, str]]:
    """Header cells by row and letter."""
    found: dict[int, dict[str, str]] = {}
    for cell in report.header.cells:
        for position, text in ((cell.label_position, cell.label), (cell.position, cell.value), *cell.beyond):
            matched = _CELL.fullmatch(position or "")
            if matched and text:
                found.setdefault(int(matched[2]), {})[matched[1]] = text
    return found


def _objects(report: Report) -> Sheet:
    rows = report.positions.rows(report.items[ROW]) if report.items.height else pl.Series(dtype=pl.String)
    cells = report.items.drop(ROW).cast(pl.String)
    return Sheet(cells, rows, is_tabular=False, places=report.positions, numbers=report.items[ROW])


def _letter(position: str) -> str:
    return position.rstrip("0123456789")
