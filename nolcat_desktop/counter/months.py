"""Month headings: `Jan-2023`, and everything that vendors and Excel make of it.

Code of Practice 5.1, section 3.2.4: each month is a column, headed Mmm-yyyy. A heading that may mean two months is
never guessed at: only the reporting period and the other months of the row may settle it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from itertools import product

from nolcat_desktop.counter.month_names import LABELS
from nolcat_desktop.counter.month_shapes import Kind, Shape, Way, read_shape


class MonthForm(Enum):
    """How a month heading is written, and so how far it can be trusted."""

    EXACT = auto()
    """`Jan-2023`."""
    DATE = auto()
    """`2023-01-01`, with or without a time: what a workbook's date cell gives."""
    KNOWN = auto()
    """Another form that can mean one month only."""
    SETTLED = auto()
    """By itself it may mean several months; period and neighbours leave one."""
    AMBIGUOUS = auto()
    """It may mean several months, or is spoiled (`2023-13`); the month is not known."""
    FOREIGN = auto()
    """A month's name in another language, which means one month only: `Mrz-2020`."""
    TOLD = auto()
    """The heading does not say it; the user did."""


_LONGEST = 60
"""No month heading has more characters; titles do."""
_GROUPS = (
    (Way.YEAR, Way.DAY),
    (Way.MONTH_FIRST, Way.DAY_FIRST, Way.YEAR_FIRST),
    (Way.AS_DATED, Way.MANGLED),
    (Way.MISTYPED,),
)
"""Ways of reading that exclude each other; headings that differ in group are read independently."""
_FORMS = {Kind.EXACT: MonthForm.EXACT, Kind.DATE: MonthForm.DATE, Kind.FOREIGN: MonthForm.FOREIGN}


@dataclass(frozen=True, slots=True)
class MonthHeading:
    """What one heading was read as."""

    month: date | None
    """First day of the month; None if the form is AMBIGUOUS, and only then."""
    form: MonthForm


def label(month: date) -> str:
    """Write a month as its heading must be written, whatever the computer's language: `Jan-2023`.

    Args:
        month: any day of it.
    """
    return f"{LABELS[month.month - 1]}-{month.year:04d}"


def in_words(month: str | date) -> str:
    """Write a month as people do, whatever the computer's language: `Jan 2023`.

    Args:
        month: yyyy-mm, or any day of it.
    """
    year, number = (month.year, month.month) if isinstance(month, date) else (int(month[:4]), int(month[5:7]))
    return f"{LABELS[number - 1]} {year:04d}"


def day_in_words(day: date) -> str:
    """Write a day as people do, whatever the computer's language: `12 Jan 2023`."""
    return f"{day.day} {in_words(day)}"


def is_month_like(text: str) -> bool:
    """Tell quickly whether a cell may head a month column; for finding the heading row.

    Args:
        text: any cell.

    Returns:
        True for a month with its year or day, also in another language. False for bare names of months and for
        everything of digits only (years, counts, identifiers, Excel's serial numbers).
    """
    if len(text) > _LONGEST or text.strip().isdigit():
        return False
    shape = read_shape(text)
    return shape is not None and shape.kind not in (Kind.NUMBER, Kind.BROKEN, Kind.MAYBE)


def read_months(headings: Sequence[str], begin: date | None, end: date | None) -> tuple[MonthHeading | None, ...]:
    """Find the months in a row of headings.

    Headings of doubt are settled only if, with one way of reading for all of them, the months of the row are distinct
    and consecutive (ascending or descending) and the doubtful ones lie within the reporting period, and only one
    series of months does so. A month without doubt stands even outside the period. A name with one letter wrong
    (`Jal-2020`) is settled beside months without doubt, and within the period, only.

    Args:
        headings: the cells of the heading row, as delivered.
        begin: first day of the reporting period, if known.
        end: last day of the reporting period, if known.

    Returns:
        One entry for each heading: None where it is nothing like a month.
    """
    span = _span(begin, end)
    shapes = [_within(read_shape(heading), span) for heading in headings]
    if not any(shape is not None and shape.kind is not Kind.MAYBE for shape in shapes):
        return (None,) * len(shapes)
    if span is None or not any(shape is not None and shape.month is not None for shape in shapes):
        shapes = [shape and (Shape(Kind.MAYBE) if shape.kind is Kind.MAYBE else shape) for shape in shapes]
    places = [place for place, shape in enumerate(shapes) if shape is not None]
    run = [shape for shape in shapes if shape is not None]
    settled = dict(zip(places, _settle(run, span), strict=True)) if any(shape.readings for shape in run) else {}
    return tuple(None if shape is None else _heading(shape, settled.get(place)) for place, shape in enumerate(shapes))


def _heading(shape: Shape, settled: int | None) -> MonthHeading:
    if shape.month is not None:
        form = _FORMS.get(shape.kind, MonthForm.KNOWN)
        return MonthHeading(_first_day(shape.month), form)
    if settled is not None and shape.readings:
        form = MonthForm.KNOWN if len(shape.readings) == 1 and shape.kind is Kind.NUMBER else MonthForm.SETTLED
        return MonthHeading(_first_day(settled), form)
    return MonthHeading(None, MonthForm.AMBIGUOUS)


def _within(shape: Shape | None, span: range | None) -> Shape | None:
    if shape is None or shape.kind is not Kind.NUMBER:
        return shape
    fits = span is not None and any(reading.month in span for reading in shape.readings)
    return shape if fits else None


def _settle(run: Sequence[Shape], span: range | None) -> Sequence[int | None]:
    """Find the one series of months that the run can mean; Nones if there is none or more than one.

    A day beside a month's name tells no year, so that way of reading is tried only where the number cannot be a year
    in any series: years that contradict the period are a contradiction, not days. A period of two Januaries leaves
    `11-Jan` open, the one of 2011 or the eleventh day of the other.
    """
    nothing: list[int | None] = [None] * len(run)
    has_anchor = any(shape.month is not None for shape in run)
    series = set(_series(run, span, set(Way) - {Way.DAY}))
    is_named = any(reading.way in (Way.YEAR, Way.DAY) for shape in run for reading in shape.readings)
    if is_named and not series:
        series = set(_series(run, span, set(Way)))
    if is_named and span is None and not has_anchor:
        return nothing
    fitting = {months for months in series if _lies_within(run, months, span)}
    if is_named and len(fitting) == 1 and span is not None:
        fitting |= {months for months in _series(run, span, set(Way)) if _lies_within(run, months, span)}
    return list(fitting.pop()) if len(fitting) == 1 else nothing


def _series(run: Sequence[Shape], span: range | None, ways: set[Way]) -> Iterator[tuple[int, ...]]:
    used = ways & {reading.way for shape in run for reading in shape.readings}
    choices = [[way for way in group if way in used] for group in _GROUPS]
    for combination in product(*(choice for choice in choices if choice)):
        for step in (1, -1):
            for base in _bases(run, span, combination, step):
                months = tuple(base + step * place for place in range(len(run)))
                if all(_admits(shape, month, combination) for shape, month in zip(run, months, strict=True)):
                    yield months


def _bases(run: Sequence[Shape], span: range | None, ways: Sequence[Way], step: int) -> set[int]:
    for place, shape in enumerate(run):
        if shape.month is not None:
            return {shape.month - step * place}
    bases: set[int] = set()
    for place, shape in enumerate(run):
        if not shape.readings:
            continue
        for reading in shape.readings:
            if reading.way in ways:
                months = [reading.month] if reading.month is not None else span or ()
                bases |= {month - step * place for month in months if reading.admits(month)}
        break
    return bases


def _admits(shape: Shape, month: int, ways: Sequence[Way]) -> bool:
    if shape.month is not None:
        return shape.month == month
    if not shape.readings:
        return True
    return any(reading.admits(month) for reading in shape.readings if reading.way in ways)


def _lies_within(run: Sequence[Shape], months: Sequence[int], span: range | None) -> bool:
    return span is None or all(month in span for shape, month in zip(run, months, strict=True) if shape.readings)


def _span(begin: date | None, end: date | None) -> range | None:
    if begin is None or end is None or end < begin:
        return None
    return range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
