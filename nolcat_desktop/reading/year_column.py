"""Tables with the year in a column and one column for each of its months: made as wide as a report is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from nolcat_desktop.counter.text import loose
from nolcat_desktop.counts import is_blank
from nolcat_desktop.reading.bare_months import YEAR_HEADINGS, bare_month
from nolcat_desktop.reading.body import UNREAD_MONTH, Body
from nolcat_desktop.report import Heading, Irregularity

_YEAR = r"^\s*((?:19|20)[0-9]{2})(?:\.0+)?\s*$"
_FEWEST = 2
"""Names of months that make a table of this kind; one word may head anything."""


def spread(body: Body) -> Body:
    """Give each year and month of such a table a column of its own.

    Args:
        body: Headings and rows as they were read.

    Returns:
        The same, if it is no such table. Otherwise each month column `Jan` is `2017-01`, `2018-01` …, blank in the rows
        of other years. If a row with numbers has no year, nothing is changed: its numbers would belong nowhere.
    """
    year = next((one for one in body.headings if one.column and loose(one.text) in YEAR_HEADINGS), None)
    months = {one: number for one in body.headings if one.column and (number := _number(one))}
    if year is None or year.column is None or body.months or len(months) < _FEWEST:
        return body
    told = pl.col(year.column).str.extract(_YEAR)
    has_counts = pl.any_horizontal(~is_blank(one.column) for one in months if one.column)
    is_heading = (pl.col(year.column) == year.text).fill_null(value=False)  # the headings once more
    if body.items.lazy().select((has_counts & told.is_null() & ~is_heading).any()).collect().item():
        return _unread(body, months)
    years = sorted(int(text) for text in body.items.select(told.unique()).to_series().drop_nulls())
    cells = [
        pl.when(told == str(each)).then(pl.col(one.column)).alias(f"{each:04d}-{number:02d}")
        for one, number in months.items()
        for each in years
        if one.column
    ]
    if len({cell.meta.output_name() for cell in cells}) < len(cells):
        return _unread(body, months)  # a month that stands twice belongs to none
    items = body.items.with_columns(cells).drop(one.column for one in months if one.column)
    headings = tuple(_headings(body.headings, months, years))
    return replace(body, items=items, headings=headings, months=tuple(one.month for one in headings if one.month))


def _unread(body: Body, months: Mapping[Heading, int]) -> Body:
    said = (Irregularity(UNREAD_MONTH, one.position, None, one.text, "no year beside it") for one in months)
    return replace(body, irregularities=(*body.irregularities, *said))


def _number(heading: Heading) -> int | None:
    return bare_month(heading.text) if heading.element is None and heading.month is None else None


def _headings(headings: Sequence[Heading], months: dict[Heading, int], years: Sequence[int]) -> list[Heading]:
    found: list[Heading] = []
    for one in headings:
        if one not in months:
            found.append(one)
            continue
        days = (date(year, months[one], 1) for year in years)
        found.extend(replace(one, month=day, column=f"{day:%Y-%m}") for day in days)
    return found
