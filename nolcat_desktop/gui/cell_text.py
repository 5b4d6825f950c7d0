"""Values as a librarian reads them (`Mar 2024`, `37,304`, `+4.1 %`), and as a screen reader says them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from nolcat_desktop.analysis.conditions import IN_PRESS_YOP, UNKNOWN_YOP, Kind

MINUS, NO_BREAK = "−", "\u00a0"


def number(value: int) -> str:
    """A count with the locale's separators and a real minus."""
    text = QLocale().toString(abs(value))
    return f"{MINUS}{text}" if value < 0 else text


def change(part: float) -> str:
    """A part of something as a signed percentage with one decimal: `+4.1 %`."""
    rounded = round(part * 100, 1)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{QLocale().toString(abs(rounded), 'f', 1)}{NO_BREAK}%"


def month(first: date) -> str:
    """A month for the eye: `Mar 2024`."""
    return f"{month_name(first.month)} {first.year:04}"


def month_name(of: int) -> str:
    """The short name of month 1 to 12: `Mar`."""
    return QLocale().standaloneMonthName(of, QLocale.FormatType.ShortFormat)


def spoken_month(first: date) -> str:
    """A month for the ear: `March 2024`."""
    return f"{QLocale().standaloneMonthName(first.month, QLocale.FormatType.LongFormat)} {first.year:04}"


def months(begin: date, end: date) -> str:
    """From one month to another: `Jan – Dec 2023`, `Nov 2022 – Mar 2023`, `Mar 2023`."""
    if (begin.year, begin.month) == (end.year, end.month):
        return month(begin)
    first = month_name(begin.month) if begin.year == end.year else month(begin)
    return f"{first} – {month(end)}"


def cell(kind: Kind, value: object) -> str:
    """The text of a cell; blank for null.

    Args:
        kind: What the column holds.
        value: A text, number or day, or None.
    """
    match value:
        case None:
            return ""
        case int():
            return _number(kind, value)
        case date() if kind is Kind.MONTH:
            return month(value)
        case date():
            return QLocale().toString(QDate(value.year, value.month, value.day), QLocale.FormatType.ShortFormat)
        case _:
            return str(value)


def spoken_cell(kind: Kind, value: object) -> str:
    """The cell for the ear: months in full, and `blank` for null."""
    if value is None or value == "":
        return QCoreApplication.translate("cell_text", "blank")
    if isinstance(value, date):
        if kind is Kind.MONTH:
            return spoken_month(value)
        return QLocale().toString(QDate(value.year, value.month, value.day), QLocale.FormatType.LongFormat)
    return cell(kind, value)


def _number(kind: Kind, value: int) -> str:
    if kind is Kind.YEAR:
        return _year(value)
    return str(value) if kind is Kind.NUMBER else number(value)


def _year(value: int) -> str:
    if value == UNKNOWN_YOP:
        return QCoreApplication.translate("cell_text", "unknown")
    if value == IN_PRESS_YOP:
        return QCoreApplication.translate("cell_text", "in press")
    return f"{value:04}"
