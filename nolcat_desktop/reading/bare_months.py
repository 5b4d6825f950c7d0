"""Month headings whose year stands elsewhere: in the row above or below, in a column of its own, or in the period.

`Jan, Feb, Mar` alone say nothing: without a year that leaves one series of months, they are told and not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

import polars as pl

from nolcat_desktop.counter.elements import element
from nolcat_desktop.counter.month_names import ENGLISH, FOREIGN, plain
from nolcat_desktop.counter.months import MonthForm, MonthHeading, label, read_months
from nolcat_desktop.counter.text import loose
from nolcat_desktop.reading.grid import Grid
from nolcat_desktop.reading.month_runs import in_their_run
from nolcat_desktop.report import ROW, Irregularity

YEAR_HEADINGS = frozenset({"year", "calendaryear", "usageyear", "reportyear", "jahr", "annee", "año", "ano", "anno"})
"""Loose headings of a column that holds the year of the months beside it; never the year of publication."""
JOINED = "F-two-rows"
_LONGEST = 3 * max(map(len, (*ENGLISH, *FOREIGN)))
"""Letters, with blanks around them, marks of accents apart and a full stop: a longer text is no month's name."""
_MAY_BE_NAME = re.compile(r"[^0-9]+")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.0+)?")

Cells = Sequence[str | None]


@lru_cache(maxsize=4096)
def bare_month(text: str | None) -> int | None:
    """The number of the month, from 1, whose name alone `text` is; None for anything else."""
    if not text or len(text) > _LONGEST or not _MAY_BE_NAME.fullmatch(text):
        return None
    name = plain(text.strip().rstrip("."))
    return ENGLISH.get(name) or FOREIGN.get(name)


def year_of(text: str | None) -> int | None:
    """The year that a cell holds and nothing else."""
    if not text or text.isalpha():
        return None
    found = _YEAR.fullmatch(text.strip())
    return int(found[1]) if found else None


def with_joined_headings(grid: Grid, rows: int) -> Grid:
    """Make one row of headings of two, one of which holds the years and the other the names of the months.

    Args:
        grid: A table.
        rows: How many rows from the top are looked at.

    Returns:
        The same table; where two such rows stand under one another the lower one holds both, `Jan-2017`, and the upper
        one is gone. A year holds up to the next one to its right.
    """
    named = [(row, cells, any(map(bare_month, cells))) for row, cells in grid.top(rows)]
    for (above, first, first_names), (below, second, second_names) in pairwise(named):
        if below != above + 1:
            continue
        joined = (_joined(first, second) if second_names else None) or (_joined(second, first) if first_names else None)
        if joined is not None:
            row = pl.DataFrame([(below, *joined)], schema=grid.cells.schema, orient="row")
            rest = grid.cells.filter(~pl.col(ROW).is_in([above, below]))
            said = Irregularity(JOINED, str(above), None, None, str(below))
            return replace(grid, cells=pl.concat([rest, row]).sort(ROW), irregularities=(*grid.irregularities, said))
    return grid


def _joined(years: Cells, names: Cells) -> list[str | None] | None:
    """Both rows as one; None unless every month has a year, and there is a heading of another kind.

    The second row has a month.
    """
    if not any(map(year_of, years)):
        return None
    joined: list[str | None] = []
    year = None
    is_table = False
    for over, cell in zip(years, names, strict=True):
        year = year_of(over) or year
        month = bare_month(cell)
        text = cell if cell and cell.strip() else over
        if month is None:
            if over and cell and over.strip() and cell.strip():
                return None
            is_table = is_table or element(text or "", None)[0] is not None
            joined.append(text)
        elif year is None or (over and over.strip() and year_of(over) is None):
            return None
        else:
            joined.append(label(date(year, month, 1)))
    return joined if is_table else None


def read_headings(texts: Sequence[str], begin: date | None, end: date | None) -> tuple[MonthHeading | None, ...]:
    """As `read_months`; where only bare names of months stand, the period may give them their year.

    Args:
        texts: The headings.
        begin: First day of the reporting period, if known.
        end: Last day of it.
    """
    found = in_their_run(texts, read_months(texts, begin, end), begin, end)
    if any(found) or any(loose(text) in YEAR_HEADINGS for text in texts):
        return found
    months = {place: month for place, text in enumerate(texts) if (month := bare_month(text)) is not None}
    settled = _settled(list(months.values()), begin, end)
    if settled is None:
        if len(months) < 2:  # noqa: PLR2004 - one word may be any heading
            return found
        settled = [None] * len(months)
    by_place = dict(zip(months, settled, strict=True))
    return tuple(_heading(by_place[place]) if place in by_place else None for place in range(len(texts)))


def _heading(month: date | None) -> MonthHeading:
    return MonthHeading(month, MonthForm.SETTLED if month else MonthForm.AMBIGUOUS)


def _settled(numbers: Sequence[int], begin: date | None, end: date | None) -> list[date | None] | None:
    """The one series of consecutive months of the period that has these numbers; in any order where it is one year."""
    if not numbers or begin is None or end is None:
        return None
    first, last = begin.year * 12 + begin.month - 1, end.year * 12 + end.month - 1
    span = range(first, last + 1)
    if len(numbers) == 1 and len(span) != 1:
        return None
    fitting = [
        run
        for step in ((1, -1) if len(numbers) > 1 else (1,))
        for base in span
        if (run := [base + step * place for place in range(len(numbers))])
        and all(month in span and month % 12 + 1 == number for month, number in zip(run, numbers, strict=True))
    ]
    if not fitting and len(span) <= 12 and len(set(numbers)) == len(numbers) > 1:  # noqa: PLR2004 - each name once
        by_number = {month % 12 + 1: month for month in span}
        fitting = [[by_number[number] for number in numbers]] if by_number.keys() >= set(numbers) else []
    return [date(month // 12, month % 12 + 1, 1) for month in fitting[0]] if len(fitting) == 1 else None
