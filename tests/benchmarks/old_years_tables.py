"""A report as a table that is to be spoiled: what it says stands beside what must be stored of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from nolcat_desktop.counter.release import Release
from tests.builders import Abstract, Row, grid, heading_row, total_rows
from tests.builders.abstract import month_key
from tests.builders.grid import Grid, letters, month_heading


@dataclass(eq=False, slots=True)
class Line:
    """A line under the headings."""

    cells: list[str]
    row: Row | None = None
    """What it says, if it is an item: elements and the counts that must be stored."""


@dataclass(slots=True)
class Table:
    """A report laid out, before it has the form of a file."""

    report: Abstract
    dice: Random
    top: Grid
    heads: list[str]
    body: list[Line]
    file: str = "export"
    """Name without the ending."""
    above: Grid = field(default_factory=list)
    """Another row of headings right above the row of headings."""
    damaged: list[tuple[Line, str]] = field(default_factory=list)
    """Cells that cannot be read: line and month."""
    lost: list[Line] = field(default_factory=list)
    """Rows that do not stand under their headings: every cell from the first month on must be listed."""
    refused: str = ""
    """Why nothing of it may be stored, however it is asked."""
    question: bool = False
    """Whether it may only be stored when the user has said what it is."""
    told: dict[str, object] = field(default_factory=dict)
    """What the user can say of it."""
    done: list[str] = field(default_factory=list)
    """Names of the damages."""

    @property
    def items(self) -> list[Line]:
        """Lines of items."""
        return [line for line in self.body if line.row is not None]

    def place(self, month: str) -> int:
        """Column (from 0) of a month, while its heading is the usual one."""
        return self.heads.index(month_heading(date(int(month[:4]), int(month[5:]), 1)))

    @property
    def months(self) -> list[str]:
        """Months, `yyyy-mm`."""
        return [month_key(month) for month in self.report.months]

    def change(self, line: Line, month: str, text: str, count: int | None) -> None:
        """Write `text` for a count; with None it cannot be read, so it must be listed and is not stored."""
        assert line.row is not None
        line.cells[self.place(month)] = text
        counts = {key: number for key, number in line.row.counts.items() if key != month}
        if count is None:
            self.damaged.append((line, month))
        else:
            counts[month] = count
        line.row = Row(line.row.elements, counts)

    def grid(self) -> Grid:
        """All cells."""
        return [*self.top, *self.above, self.heads, *(line.cells for line in self.body)]

    def wanted(self) -> Abstract:
        """The report of which all usage must be stored, damaged cells left out."""
        return replace(self.report, rows=tuple(line.row for line in self.items if line.row is not None))

    def positions(self, places: Mapping[str, int]) -> list[str]:
        """Where the damaged cells stand."""
        first = len(self.top) + len(self.above) + 2
        rows = {id(line): number for number, line in enumerate(self.body, first)}
        cells = [(line, places[month]) for line, month in self.damaged]
        first = min(places.values())
        cells += [(line, n) for line in self.lost for n, text in enumerate(line.cells) if n >= first and text]
        return [f"{letters(place)}{rows[id(line)]}" for line, place in cells]


Damage = Callable[[Table], bool]
"""Spoils a table in place; False when this table cannot have the damage (and then it is untouched)."""


def laid_out(report: Abstract, dice: Random) -> Table:
    """A sound report as a table."""
    cells, head = grid(report), heading_row(report)
    totals = len(total_rows(report)) if report.release is Release.R4 else 0
    lines = [Line(row) for row in cells[head : head + totals]]
    lines += [Line(row, item) for row, item in zip(cells[head + totals :], report.rows, strict=True)]
    top = [list(row) for row in cells[: head - 1]]
    return Table(report, dice, top, list(cells[head - 1]), lines)
