"""The words of filters: what may be typed over a column, what it means, and why it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import polars as pl
from PySide6.QtCore import QCoreApplication, QLocale

from nolcat_desktop.analysis.conditions import Condition, Kind, condition, plain_text
from nolcat_desktop.counter.month_names import ENGLISH
from nolcat_desktop.gui.frame_model import Column

_MONTHS = range(1, 13)


def month_names() -> Mapping[str, int]:
    """Names of months in the locale's language and in English, as `conditions.condition` wants them."""
    return _names(QLocale().name())


@lru_cache(maxsize=4)
def _names(of: str) -> Mapping[str, int]:
    locale, names, numbers = QLocale(of), [], []
    for number in _MONTHS:
        for length in (QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat):
            names += [locale.monthName(number, length), locale.standaloneMonthName(number, length)]
            numbers += [number, number]
    return dict(ENGLISH) | {name.replace(".", " ").strip(): n for name, n in zip(plainly(names), numbers, strict=True)}


def plainly(texts: Sequence[str]) -> list[str]:
    """Each as `conditions.plain` gives it, in one go."""
    return (
        pl.DataFrame({"text": texts}, schema={"text": pl.String}).select(plain_text(pl.col("text")))["text"].to_list()
    )


def read_filter(column: Column, typed: str) -> Condition | None:
    """What was typed over `column` as a condition; None for nothing.

    Raises:
        UnreadableError: If it cannot be read.
    """
    return condition(column.key, column.kind, typed, month_names())


def placeholder(kind: Kind) -> str:
    """The word that stands in an empty filter."""
    match kind:
        case Kind.TEXT:
            return QCoreApplication.translate("filters", "contains")
        case Kind.COUNT:
            return QCoreApplication.translate("filters", "from")
        case Kind.YEAR | Kind.NUMBER | Kind.MONTH | Kind.DAY:
            return QCoreApplication.translate("filters", "any")


def help_text(kind: Kind) -> str:
    """What may be typed, with examples."""
    match kind:
        case Kind.TEXT:
            return QCoreApplication.translate(
                "filters", "Any part of the text, or = and all of it; capitals do not count"
            )
        case Kind.COUNT:
            return QCoreApplication.translate("filters", "A number: 100 (from 100), = 100, > 100, <= 5, 10–50")
        case Kind.YEAR:
            return QCoreApplication.translate("filters", "A year: 2019, > 2019, 2015–2019, unknown, in press")
        case Kind.NUMBER:
            return QCoreApplication.translate("filters", "A number: 14, > 14, 14–20")
        case Kind.MONTH:
            return QCoreApplication.translate("filters", "A month: 2023, Mar 2023, Mar, > Mar 2023, Mar – Jun 2023")
        case Kind.DAY:
            return QCoreApplication.translate("filters", "A day, month or year: 2023-03-05, Mar 2023, 2023, > 2023")


def fault_text(column: Column, typed: str) -> str:
    """Why what was typed is not used."""
    said = QCoreApplication.translate("filters", "“{typed}” cannot be read, so {column} is not filtered. {help}.")
    return said.format(typed=typed.strip(), column=column.heading, help=help_text(column.kind))


def told(column: Column, typed: str) -> str:
    """What was typed as a sentence's part: `Title contains “zeit”`."""
    if column.kind is Kind.TEXT and len(typed.strip()) > 1 and typed.strip().startswith("="):
        said = QCoreApplication.translate("filters", "{column} is “{typed}”")
        typed = typed.strip()[1:]
    elif column.kind is Kind.TEXT:
        said = QCoreApplication.translate("filters", "{column} contains “{typed}”")
    else:
        said = QCoreApplication.translate("filters", "{column} is limited to “{typed}”")
    return said.format(column=column.heading, typed=typed.strip())
