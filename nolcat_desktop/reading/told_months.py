"""Headings that are no certain month, and the months that the user said they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from nolcat_desktop.counter.months import MonthForm, MonthHeading

NO_MONTHS: Mapping[str, date] = MappingProxyType({})
"""Nobody said anything."""


def with_answers(
    found: Sequence[MonthHeading | None], cells: Sequence[str], answered: Mapping[str, date]
) -> tuple[MonthHeading | None, ...]:
    """The headings as they were read, and those that could not be as the user said.

    Args:
        found: What each heading was read as.
        cells: Where each stands.
        answered: Cell → first day of the month that the user said it is.

    Returns:
        The same. An answer is not heard for a heading that is one month, and no other heading is; nor where its month
        is that of another heading, read or answered: then nobody knows which of the two is meant.
    """
    if not answered:
        return tuple(found)
    read = Counter(one.month for one in found if one is not None and one.month is not None)
    open_ = {
        cell for one, cell in zip(found, cells, strict=True) if one is None or one.month is None or read[one.month] > 1
    }
    said = {cell: month for cell, month in answered.items() if cell in open_}
    others = Counter(one.month for one, cell in zip(found, cells, strict=True) if one is not None and cell not in said)
    often = Counter(said.values())
    heard = {cell: month for cell, month in said.items() if often[month] == 1 and not others[month]}
    return tuple(
        MonthHeading(heard[cell], MonthForm.TOLD) if cell in heard else one
        for one, cell in zip(found, cells, strict=True)
    )
