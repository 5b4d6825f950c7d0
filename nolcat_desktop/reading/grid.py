"""The cells of a table as text, each with its row and column: what delimited files and sheets of workbooks share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import polars as pl

from nolcat_desktop.report import ROW, Irregularity, Lines


def letters(index: int) -> str:
    """The spreadsheet's name of a column: 0 → `A`, 25 → `Z`, 26 → `AA`."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    """The inverse of `letters`: `A` → 0, `AA` → 26."""
    index = 0
    for letter in name:
        index = index * 26 + ord(letter) - 64
    return index - 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of text cells."""

    cells: pl.DataFrame
    """`row` (UInt32: spreadsheet row, or record of a delimited file, from 1) and String columns `A`, `B` … without gaps
    up to the last one used. A blank cell is null. Rows without any cell are not there; their number is."""
    irregularities: tuple[Irregularity, ...] = ()
    last_row: int = 0
    """Number of the last row of the file, blank ones at the end left aside."""
    usual: int = 0
    """Cells of a row of a delimited file, where `widths` says nothing else; 0 in workbooks: rows have no length."""
    widths: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    """Row → its number of cells, of the rows that have more or fewer than usual."""

    is_ended: bool = True
    """False: no line break follows the last row of a delimited file, so that its last cell may be cut."""

    lines: Lines | None = None
    """Of a delimited file: how its lines became rows."""

    def top(self, rows: int) -> list[tuple[int, list[str | None]]]:
        """The first `rows` rows as (row number, cells), for looking at the header."""
        return [(line[0], list(line[1:])) for line in self.cells.head(rows).iter_rows()]

    def between(self, first: int, end: int | None) -> Grid:
        """The rows from number `first` up to, not including, `end`; the same columns."""
        keep = pl.col(ROW) >= first
        if end is not None:
            keep &= pl.col(ROW) < end
        cells = self.cells.filter(keep)
        return replace(self, cells=cells, last_row=self.last_row if end is None else end - 1)

    def width(self, row: int) -> int:
        """Cells of a row of a delimited file; 0 when not known."""
        return self.widths.get(row, self.usual)
