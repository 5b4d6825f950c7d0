"""Counts written with a decimal comma and nothing behind it: `140,00`, `1.234,00`.

A spreadsheet program of a country with decimal commas writes every number of a column so. One such cell among others
proves nothing; all of them do, if the totals of the rows agree.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nolcat_desktop.counts import count, count_or_zero, is_blank
from nolcat_desktop.report import ROW, Heading, Irregularity

RULE = "F-decimal-comma"
_TOTAL = "Reporting_Period_Total"
_FORM = r"^\s*(?:[0-9]+|[0-9]{1,3}(?:[.\s\x{00a0}][0-9]{3})+),0{1,2}\s*$"
_ZERO = r"^\s*0\s*$"
_LOOK = 50
_FEWEST = 3


def with_points(items: pl.DataFrame, headings: Sequence[Heading]) -> tuple[pl.DataFrame, tuple[Irregularity, ...]]:
    """Give the counts of a table points for commas, where all of them prove that this is meant.

    Args:
        items: All rows under the headings, as `Report.items`.
        headings: The headings of its columns.

    Returns:
        The rows, `140,00` written `140.00`, and what is to be said of it; the rows as they are if one count is written
        otherwise, or the months of a row do not add up to its total.
    """
    months = [one.column for one in headings if one.month and one.column]
    counted = [one.column for one in headings if one.column and (one.month or one.column == _TOTAL)]
    if not months or items.is_empty():
        return items, ()
    first = items.head(_LOOK).lazy().select(pl.any_horizontal(_is_form(name).any() for name in counted))
    if not first.collect().item():
        return items, ()
    sound = [(is_blank(name) | _is_form(name) | pl.col(name).str.contains(_ZERO)).all() for name in counted]
    number = pl.sum_horizontal(_is_form(name).sum() for name in months)
    is_all, cells = items.lazy().select(pl.all_horizontal(sound), number).collect().row(0)
    if not is_all or cells < _FEWEST:
        return items, ()
    bare = (pl.col(name).str.replace_all(r"[.\s\x{00a0}]", "").str.replace(",", ".", literal=True) for name in counted)
    found = items.with_columns(bare)
    if _TOTAL in counted:
        sums = pl.sum_horizontal(count_or_zero(name) for name in months)
        agree = ((sums == count(_TOTAL)) | is_blank(_TOTAL)).all()
        if not found.lazy().select(agree).collect().item():
            return items, ()
    column = next(one for one in headings if one.column in months)
    row = items.filter(_is_form(column.column or ""))[ROW]
    place = f"{column.position.rstrip('0123456789')}{row[0]}" if row.len() else column.position
    return found, (Irregularity(RULE, place, None, None, str(cells)),)


def _is_form(name: str) -> pl.Expr:
    return pl.col(name).str.contains(_FORM).fill_null(value=False)
