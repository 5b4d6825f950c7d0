"""Headings and body of a tabular report: columns get the names of elements and months, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import Match, blank_elements, element
from nolcat_desktop.counter.months import MonthForm, MonthHeading, label
from nolcat_desktop.reading.bare_months import read_headings
from nolcat_desktop.reading.blocks import Row
from nolcat_desktop.reading.grid import Grid
from nolcat_desktop.reading.told_months import NO_MONTHS, with_answers
from nolcat_desktop.repairs import Repair
from nolcat_desktop.report import ROW, Heading, Irregularity

_NAMED = 500
"""Surplus cells that are named one by one; the rest are counted."""
BEYOND = "F-long-row"
"""Rule: a cell further right than the last heading."""
UNREAD_MONTH = "R4-M03"
"""Rule: a heading that is a month, but which one cannot be told."""
REPEATED = "K-07"
"""Rule: a heading that another one further left has already; `detail` is the column that they both name."""


@dataclass(frozen=True, slots=True)
class Body:
    """Headings and rows of a tabular report."""

    headings: tuple[Heading, ...]
    items: pl.DataFrame
    """As `Report.items`, total and remark rows still among them."""
    months: tuple[date, ...]
    irregularities: tuple[Irregularity, ...]
    repairs: tuple[Repair, ...] = ()
    """Of the headings."""


_SETTLED = "no other month fits the reporting period and the months beside it"
_FOREIGN = "the name means this month in every language that has it"
_REPAIRED = {
    MonthForm.SETTLED: ("heading-month", _SETTLED),
    MonthForm.FOREIGN: ("heading-language", _FOREIGN),
    MonthForm.TOLD: ("heading-told", "you said so"),
}
"""Rule and proof, by how a heading was read that does not say its month plainly."""


@dataclass(slots=True)
class _Naming:
    """Headings while they are read from left to right."""

    definition: Definition | None
    row: int
    empty: int = 0
    """Columns to the left of the table, which hold nothing."""
    taken: set[str] = field(default_factory=set)
    found: list[Heading] = field(default_factory=list)
    said: list[Irregularity] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    def add(self, letter: str, text: str, month: MonthHeading | None, *, is_filled: bool) -> None:
        """Name one column; what repeats a column further left, or is neither element nor month, keeps its letter."""
        position = f"{letter}{self.row}"
        day = month.month if month else None
        place = len(self.found) - self.empty
        name = _element(text, place, self.definition, self.taken) if month is None and place >= 0 else None
        column = f"{day:%Y-%m}" if day else name
        if month is not None and month.form is MonthForm.AMBIGUOUS:
            self.said.append(Irregularity(UNREAD_MONTH, position, None, text, month.form.name.lower()))
        if column is not None and column not in self.taken:
            self.taken.add(column)
            self.found.append(Heading(text, position, name, day, column))
            self._repaired(position, text, month)
            return
        if column is not None:
            self.said.append(Irregularity(REPEATED, position, name, text, column))
        self.found.append(Heading(text, position, None, None, f"#{letter}" if is_filled or text.strip() else None))

    def _repaired(self, position: str, text: str, month: MonthHeading | None) -> None:
        if month is None or month.month is None or month.form not in _REPAIRED:
            return
        rule, proof = _REPAIRED[month.form]
        self.repairs.append(Repair(position, f"{month.month:%Y-%m}", text, label(month.month), rule, proof))


def read_body(  # noqa: PLR0913, PLR0917 - the table, and what is known of it
    headings: Row,
    body: Grid,
    definition: Definition | None,
    begin: date | None,
    end: date | None,
    answered: Mapping[str, date] = NO_MONTHS,
) -> Body:
    """Name the columns of `body` by `headings`.

    Args:
        headings: Row number and cells of the heading row.
        body: The rows under it.
        definition: The report, when it is known.
        begin: First day of the reporting period, to settle headings such as `22-Jan`.
        end: Last day of it.
        answered: Cells of headings, and the months that the user said they are.

    Returns:
        The body. Every column of `body` that holds anything has a column in `items`: an element, a month `yyyy-mm`, or
        `#` and its letter when it is neither, or when it repeats one that stands further left.
    """
    number, cells = headings
    columns = [name for name in body.cells.columns if name != ROW]
    texts = [*((cell or "") for cell in cells), *[""] * (len(columns) - len(cells))]
    filled = {name for name in columns if body.cells[name].null_count() < body.cells.height}
    naming = _Naming(definition, number, _empty_before(columns, texts, filled))
    found = with_answers(read_headings(texts, begin, end), [f"{letter}{number}" for letter in columns], answered)
    for letter, text, month in zip(columns, texts, found, strict=True):
        naming.add(letter, text, month, is_filled=letter in filled)
    last = max((n for n, heading in enumerate(naming.found) if heading.text.strip() or heading.month), default=-1)
    beyond = _beyond(body, columns[last + 1 :], filled, number)
    named = [(letter, heading.column) for letter, heading in zip(columns, naming.found, strict=True) if heading.column]
    items = body.cells.select(ROW, *(pl.col(letter).alias(column) for letter, column in named))
    kept = tuple(heading for n, heading in enumerate(naming.found) if n <= last or heading.column)
    months = tuple(heading.month for heading in kept if heading.month and heading.column)
    return Body(kept, items, months, (*naming.said, *beyond), tuple(naming.repairs))


def _empty_before(columns: Sequence[str], texts: Sequence[str], filled: set[str]) -> int:
    """How many columns to the left hold nothing at all, if a title column without a heading follows them."""
    pairs = zip(columns, texts, strict=True)
    before = next((n for n, (letter, text) in enumerate(pairs) if text.strip() or letter in filled), 0)
    return before if not texts[before].strip() else 0


def _element(text: str, place: int, definition: Definition | None, taken: set[str]) -> str | None:
    """The element that a heading names. A blank first heading is R4's title column."""
    if not text.strip():
        blanks = blank_elements(definition) if definition is not None else ("Title",)
        return (blanks[place] or None) if place < len(blanks) and blanks[place] not in taken else None
    name, match = element(text, definition)
    if name is None and definition is not None and match is Match.NONE:
        name, _ = element(text, None)
        if name is not None and definition.release.is_before_5 and name in taken:
            return None
    return name


def _beyond(body: Grid, columns: Sequence[str], filled: set[str], heading_row: int) -> list[Irregularity]:
    """Cells further right than the last heading."""
    found: list[Irregularity] = []
    count = 0
    for letter in columns:
        if letter not in filled:
            continue
        cells = body.cells.select(ROW, letter).drop_nulls()
        count += cells.height
        found.extend(
            Irregularity(BEYOND, f"{letter}{row}", None, text)
            for row, text in cells.head(max(0, _NAMED - len(found))).iter_rows()
        )
    if count > len(found):
        found.append(Irregularity(BEYOND, str(heading_row), None, None, f"{count} cells in all"))
    return found


def letters_of(headings: Sequence[Heading]) -> dict[str, str]:
    """Column of `Report.items` → letter of the spreadsheet's column."""
    return {heading.column: heading.position.rstrip("0123456789") for heading in headings if heading.column}
