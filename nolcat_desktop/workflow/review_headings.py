"""Headings that name no month, above counts that would be lost: each is asked for, with what the columns beside prove.

Nothing is read from a proof alone: it is an answer that is offered, and the user's when it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from nolcat_desktop.conversion.lost_counts import lost_counts, lost_headings
from nolcat_desktop.counter.month_shapes import read_shape
from nolcat_desktop.counts import count
from nolcat_desktop.problem import Problem
from nolcat_desktop.report import Heading, Report
from nolcat_desktop.workflow.review_told import BESIDE, MonthAnswer, MonthQuestion

_MOST = 3
"""Answers that are offered."""


def heading_question(report: Report, problem: Problem | None) -> MonthQuestion | None:
    """What has to be asked about columns of counts that belong to no month.

    Args:
        report: As it was read.
        problem: What stops it.

    Returns:
        The question, if such columns are what stops it; else None.
    """
    if problem is None or not report.headings or problem != lost_counts(report):
        return None
    lost = lost_headings(report)
    columns = [one.column for one in lost if one.column in report.items.columns]
    if not lost or len(columns) < len(lost):
        return None
    uses = report.items.lazy().select((count(name) > 0).sum().alias(name) for name in columns if name).collect()
    return MonthQuestion(
        tuple((one.position, one.text) for one in lost),
        sum(uses.row(0)),
        tuple(_answers(report, lost))[:_MOST],
        by_cell=True,
        taken=frozenset(report.months),
    )


def _answers(report: Report, lost: Sequence[Heading]) -> Iterator[MonthAnswer]:
    """What the columns beside prove, for all that they prove; then each way to read the first heading by itself."""
    proved = _proved(report, lost)
    if proved:
        yield MonthAnswer(None, None, tuple(month for _, month in proved), BESIDE, proved)
    seen = {proved[0][1]} if proved and proved[0][0] == lost[0].position else set()
    shape = read_shape(lost[0].text)
    for reading in shape.readings if shape is not None else ():
        month = _first_day(reading.month) if reading.month is not None else None
        if month is not None and month not in seen and month not in report.months:
            seen.add(month)
            yield MonthAnswer(None, None, (month,), reading.way.name.lower(), ((lost[0].position, month),))


def _proved(report: Report, lost: Sequence[Heading]) -> tuple[tuple[str, date], ...]:
    """The months that follow from the columns beside: counted on, without a gap, and within the period."""
    row = [one for one in report.headings if one.month or one in lost]
    numbers = [_number(one.month) if one.month else None for one in row]
    begin, end = report.header.begin, report.header.end
    span = range(_number(begin), _number(end) + 1) if begin and end else None
    if not any(number is not None for number in numbers):
        counted = list(span) if span is not None and len(span) == len(row) else []
        return tuple((one.position, _first_day(number)) for one, number in zip(row, counted, strict=False))
    found = []
    for place, one in enumerate(row):
        number = _counted_on(numbers, place) if one in lost else None
        if number is not None and number not in numbers and (span is None or number in span):
            found.append((one.position, _first_day(number)))
    months = [month for _, month in found]
    return tuple(found) if len(set(months)) == len(months) else ()


def _counted_on(numbers: Sequence[int | None], place: int) -> int | None:
    """The month at `place`, if the nearest months on both sides leave just that one; at an end, the next one."""
    before = next((n for n in range(place, -1, -1) if numbers[n] is not None), None)
    after = next((n for n in range(place, len(numbers)) if numbers[n] is not None), None)
    left = numbers[before] if before is not None else None
    right = numbers[after] if after is not None else None
    if left is not None and right is not None and before is not None and after is not None:
        step = (right > left) - (right < left)
        return left + step * (place - before) if right - left == step * (after - before) else None
    step = _step([number for number in numbers if number is not None])
    if left is not None and before is not None:
        return left + step * (place - before) if step else None
    return right - step * (after - place) if right is not None and after is not None and step else None


def _step(known: Sequence[int]) -> int:
    """1 where the months stand one after the other, -1 where they stand backwards, 0 where they do neither."""
    if len(known) > 1 and known[-1] < known[0]:
        return -1 if known[0] - known[-1] >= len(known) - 1 else 0
    return 1


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
