"""The rows of one sheet as they come in: cells in, a frame and what is irregular about it out.

Rows are packed into frames of some thousand rows each, so that a sheet never stands in memory as Python objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

import polars as pl

from nolcat_desktop.report import ROW, Irregularity

BATCH = 4096
"""Rows that are packed together."""
WHOLE_NUMBER = r"[ \u{a0}]*[+-]?(?:[0-9]+|[0-9]{1,3}(?:[,.'’ \u{a0}\u{202f}][0-9]{3})+)[ \u{a0}]*"
"""Text that looks like a whole number, with or without separators of thousands; as Polars spells expressions."""
_WHOLE_NUMBER = re.compile(WHOLE_NUMBER.replace(r"\u{a0}", "\xa0").replace(r"\u{202f}", "\u202f"))
_STARTS = frozenset("0123456789+- \xa0")
_AREA = 60_000_000
_LAST_COLUMN = 18_278


class _Columns(dict[str, int]):
    """Number of a column, from 0, by its letters."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters:
            if not "A" <= letter <= "Z":
                raise ValueError(f"{letters} is no column")
            number = number * 26 + ord(letter) - 64
        if not 1 <= number <= _LAST_COLUMN:
            raise ValueError(f"{letters} is no column")
        self[letters] = number - 1
        return number - 1


COLUMNS = _Columns()
"""Number of a column, from 0, by its letters; a `ValueError` for what are none."""


def letters(column: int) -> str:
    """The letters of a column; 0 is A, 26 is AA."""
    written = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        written = chr(65 + digit) + written
    return written


@dataclass(slots=True)
class _Tally:
    """How often something was seen, and where and what first."""

    count: int = 0
    position: str = ""
    value: str | None = None

    def add(self, count: int, position: str, value: str | None) -> None:
        if not self.count:
            self.position, self.value = position, value
        self.count += count


class Rows:
    """Collects the cells of one sheet, row by row."""

    def __init__(self) -> None:
        """Begin with no cells."""
        self._batches: list[pl.DataFrame] = []
        self._numbers: list[int] = []
        self._lines: list[list[str | None]] = []
        self._line: list[str | None] = []
        self._last = 0
        self._single: list[Irregularity] = []
        self._formulas = _Tally()
        self._hidden_rows = _Tally()
        self._text_numbers: dict[int, _Tally] = {}

    def put(self, row: int, column: int, text: str) -> None:
        """Take the value of a cell; a blank text is no value."""
        if not text:
            return
        if row != self._last:
            if len(self._lines) >= BATCH:
                self._pack()
            self._line = []
            self._lines.append(self._line)
            self._numbers.append(row)
            self._last = row
        line = self._line
        if column > len(line):
            line.extend([None] * (column - len(line)))
        if column == len(line):
            line.append(text)
        elif line[column] is None:
            line[column] = text
        else:
            self._twice(row, letters(column), text)

    def text_cell(self, row: int, column: int, text: str) -> None:
        """Take the value of a cell that the file calls text."""
        self.put(row, column, text)
        if text and text[0] in _STARTS and _WHOLE_NUMBER.fullmatch(text):
            self.text_numbers(column, 1, row, text)

    def text_numbers(self, column: int, count: int, row: int, text: str) -> None:
        """Note `count` more cells of `column` that are text like a whole number, the first being `text` in `row`."""
        self._text_numbers.setdefault(column, _Tally()).add(count, f"{letters(column)}{row}", text)

    def note(self, rule: str, position: str | None, value: str | None = None, detail: str | None = None) -> None:
        """Note something irregular about one place."""
        self._single.append(Irregularity(rule, position, None, value, detail))

    def formula(self, position: str, text: str) -> None:
        """Note a formula that holds a value."""
        self._formulas.add(1, position, f"={text}" if text else None)

    def without_value(self, row: int, column: int, formula: str) -> None:
        """Take a formula whose value nobody worked out: never blank, so that a count of it is no zero."""
        self.note("X-formula-without-value", f"{letters(column)}{row}", formula)
        self.put(row, column, formula)

    def hidden_row(self, row: int) -> None:
        """Note a hidden row that holds a value."""
        self._hidden_rows.add(1, str(row), None)

    def add(self, batch: pl.DataFrame) -> None:
        """Take whole rows: `row` and String columns named by their letters."""
        self._pack()
        self._batches.append(batch)

    def frame(self) -> pl.DataFrame:
        """The rows that hold a value, ascending: `row` (UInt32), and a String column up to the last used.

        Of a sheet whose area is beyond any report's, blank columns are left out.
        """
        self._pack()
        if not any(batch.height for batch in self._batches):
            return pl.DataFrame(schema={ROW: pl.UInt32})
        frame = pl.concat(self._batches, how="diagonal", rechunk=False)
        self._batches.clear()
        frame = self._ascending(frame)
        used = sorted(COLUMNS[name] for name in frame.columns if name != ROW)
        names = [letters(column) for column in range(used[-1] + 1)]
        if frame.height * len(names) > _AREA:
            names = [letters(column) for column in used]
        there = frozenset(frame.columns)
        blank = [pl.lit(None, pl.String).alias(name) for name in names if name not in there]
        return frame.with_columns(blank).select(ROW, *names)

    def irregularities(self) -> tuple[Irregularity, ...]:
        """All that was irregular; what repeats is one, with its count."""
        found = list(self._single)
        for rule, tally in (("X-formula", self._formulas), ("X-hidden-rows", self._hidden_rows)):
            if tally.count:
                found.append(Irregularity(rule, tally.position, None, tally.value, str(tally.count)))
        for _, tally in sorted(self._text_numbers.items()):
            found.append(Irregularity("X-number-as-text", tally.position, None, tally.value, str(tally.count)))
        return tuple(found)

    def _pack(self) -> None:
        """Make a frame of the rows at hand."""
        if not self._lines:
            return
        columns: dict[str, Iterable[str | None]] = {}
        for number, cells in enumerate(zip_longest(*self._lines)):
            if any(cell is not None for cell in cells):
                columns[letters(number)] = cells
        series = [pl.Series(name, cells, dtype=pl.String) for name, cells in columns.items()]
        self._batches.append(pl.DataFrame([pl.Series(ROW, self._numbers, dtype=pl.UInt32), *series]))
        self._numbers, self._lines, self._line, self._last = [], [], [], 0

    def _twice(self, row: int, name: str, text: str) -> None:
        self.note("X-duplicate-cell", f"{name}{row}", text)

    def _ascending(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame in order of its rows, the parts of a row that came apart put together."""
        if frame.select((pl.col(ROW).cast(pl.Int64).diff() > 0).all()).item():
            return frame
        for (row,), part in frame.filter(pl.col(ROW).is_duplicated()).group_by(ROW, maintain_order=True):
            for name in part.columns[1:]:
                for text in part[name].drop_nulls().slice(1):
                    self._twice(row, name, text)
        return frame.group_by(ROW).agg(pl.all().drop_nulls().first()).sort(ROW)
