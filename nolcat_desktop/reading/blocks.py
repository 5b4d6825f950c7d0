"""Where the reports stand in a table: header blocks and heading rows, found by content, never by row number.

A sheet usually holds one report, but two under one another occur, as do lines above the header, a header shifted to the
right, and no header at all (the headings stand in row 1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.counter.elements import element
from nolcat_desktop.counter.header import LABELS
from nolcat_desktop.counter.months import is_month_like
from nolcat_desktop.counter.text import loose, squash
from nolcat_desktop.reading.grid import Grid
from nolcat_desktop.report import ROW

LOOK = 100
"""Rows in which a header and its headings must stand."""
R5_LABELS = {loose(label): label for label in (*LABELS, "Customer_ID")}
"""Loose key → label of the tabular header; JSON has Customer_ID beside them, and tables made from it, too."""
R4_NAME = re.compile(r"^\s*(journal|book|database|platform|multimedia|title|consortium)\s+report\s+\d", re.IGNORECASE)
_REPORT4 = r"(?:journal|book|database|platform|multimedia|title|consortium)\s+report\s+\d.*\(\s*R\d\s*\)"
_NEXT_BLOCK = rf"(?i)^\s*(?:{_REPORT4}.*|report[_ ]?name)\s*:?\s*$"
_HEADER_ROWS = 20
_MOST_CELLS = 3
"""Filled cells of a header's first line; an item that is called like one has more."""
_ENOUGH_LABELS = 3
_ENOUGH_HEADINGS = 3
_COUNTED = frozenset({"Metric_Type", "Reporting_Period_Total", "Articles_in_Press"})

Row = tuple[int, list[str | None]]


@dataclass(frozen=True, slots=True)
class Block:
    """One report in a table."""

    header: tuple[Row, ...]
    """The rows above the headings that hold something: (row number, cells)."""
    headings: Row | None
    """The heading row; None when there is none."""
    body: Grid
    """What stands under the headings; without any, the whole block."""


def find_blocks(grid: Grid) -> tuple[Block, ...]:
    """Every report in `grid`, in order; () when nothing in it looks like one."""
    *further, first = reversed(_starts(grid))
    found: list[Block] = []
    end = None
    for start in further:
        block = _block(grid.between(start, end))
        if block is not None:  # else it is an item that is called as a header's first line is
            found.append(block)
            end = start
    block = _block(grid.between(first, end) if end is not None else grid)
    return (*([block] if block is not None else []), *reversed(found))


def _starts(grid: Grid) -> list[int]:
    """Row numbers at which a report begins: 0, and each first line of a header that stands below headings."""
    top = grid.top(LOOK)
    heading = next((number for number, cells in top if is_heading_row(cells)), None)
    names = grid.cells.columns[1:]
    if heading is None or not names:
        return [0]
    places = {0, (label_of(top[0][1]) or (0, ""))[0]}
    label = pl.any_horizontal(_begins_with(_NEXT_BLOCK, names[: place + 1]) for place in places)
    few = pl.sum_horizontal(pl.col(names).str.contains(r"\S")) <= _MOST_CELLS
    found = grid.cells.lazy().filter((pl.col(ROW) > heading) & label & few).select(ROW).collect()[ROW]
    return [0, *found.to_list()]


def _begins_with(pattern: str, names: list[str]) -> pl.Expr:
    """Whether the last of these columns holds `pattern`, and those before it nothing."""
    return pl.all_horizontal(pl.col(names[-1]).str.contains(pattern), *(pl.col(name).is_null() for name in names[:-1]))


def _block(grid: Grid) -> Block | None:
    top = grid.top(LOOK)
    place = next((n for n, (_, cells) in enumerate(top) if is_heading_row(cells)), None)
    if place is None:
        header = tuple(row for row in top[:_HEADER_ROWS] if label_of(row[1]))
        return Block(header, None, grid) if _is_header(header) else None
    return Block(tuple(top[:place]), top[place], grid.between(top[place][0] + 1, None))


def is_heading_row(cells: Sequence[str | None]) -> bool:
    """Whether a row heads columns: names of elements, and months or a total or a metric beside them."""
    texts = [cell for cell in cells if cell and cell.strip()]
    if len(texts) < 2 or (len(texts) == 2 and loose(texts[0]) in R5_LABELS):  # noqa: PLR2004 - a label and its value
        return False
    elements = {name for text in texts if (name := element(text, None)[0])}
    if not elements:
        return False
    if any(map(is_month_like, texts)):
        return True
    counted = bool(elements & _COUNTED) or any(loose(text).startswith("yop") for text in texts)
    return len(elements) >= _ENOUGH_HEADINGS and counted


def label_of(cells: Sequence[str | None]) -> tuple[int, str] | None:
    """Column index and text of the first cell of a row that holds something."""
    return next(((n, cell) for n, cell in enumerate(cells) if cell and cell.strip()), None)


def _is_header(rows: Sequence[Row]) -> bool:
    labels = [found[1] for _, cells in rows if (found := label_of(cells))]
    known = {loose(text) for text in labels} & R5_LABELS.keys()
    return len(known) >= _ENOUGH_LABELS or any(R4_NAME.match(squash(text)) for text in labels)
