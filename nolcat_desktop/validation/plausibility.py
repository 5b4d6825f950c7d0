"""Numbers that may be right and are unusual enough to ask: a report beside the library's own past. All are notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation.faults import Fault, Found, frame_of

Sums = Mapping[str, Mapping[str, int]]
"""Metric → month `yyyy-mm` → sum of counts, as loads keep them; months without use may be left out."""

EQUAL_MONTHS = Fault(
    "N-equal-months",
    Level.NOTICE,
    "{element} is {value} in each of {detail} months.",
    "Such numbers are seldom counted: ask the provider whether they were estimated.",
)
TEN_TIMES = Fault(
    "N-ten-times",
    Level.NOTICE,
    "{element} is {value} in {detail}, ten times and more what is usual.",
    "Look for crawlers or a fault in counting; ask the provider before you rely on the month.",
)
EQUAL_METRICS = Fault(
    "N-equal-metrics",
    Level.NOTICE,
    "{element} equals {value} in each of {detail} months.",
    "Investigations are seldom all requests: ask the provider whether both are counted.",
)
SMALLER = Fault(
    "N-smaller",
    Level.NOTICE,
    "{element} is {value}, less than a third of the same months a year before ({detail}).",
    "Look whether titles, platforms or months are missing.",
)
_PAIRS: Final = (
    ("Total_Item_Investigations", "Total_Item_Requests"),
    ("Unique_Item_Investigations", "Unique_Item_Requests"),
    ("Unique_Title_Investigations", "Unique_Title_Requests"),
)
_YEAR: Final = 12
_TIMES: Final = 10
_SHARE: Final = 3
_FEW: Final = 100
"""Counts below it vary too much to say anything."""


def plausibility(sums: Sums, before: Sums) -> pl.DataFrame:
    """Compare the control sums of a report with those of the same report before.

    Args:
        sums: Of the report that is looked at.
        before: Of what the library has of the same source and report type, earlier months among them; may be empty.

    Returns:
        Notices in the schema `FINDINGS`, without positions.
    """
    found: list[Found] = []
    for metric, months in sums.items():
        found += _equal_months(metric, months)
        found += _ten_times(metric, months, before.get(metric, {}))
        found += _smaller(metric, months, before.get(metric, {}))
    return frame_of([*found, *_equal_metrics(sums)])


def _equal_months(metric: str, months: Mapping[str, int]) -> Iterator[Found]:
    counts = [count for count in months.values() if count]
    if len(counts) >= _YEAR and len(set(counts)) == 1:
        yield EQUAL_MONTHS.at(None, metric, str(counts[0]), str(len(counts)))


def _ten_times(metric: str, months: Mapping[str, int], before: Mapping[str, int]) -> Iterator[Found]:
    """Months far above the middle of all others, here and before."""
    known = {**before, **months}
    for month, count in sorted(months.items()):
        others = [other for name, other in known.items() if name != month and other]
        if len(others) >= _SHARE and count >= _FEW and count >= _TIMES * median(others):
            yield TEN_TIMES.at(None, metric, str(count), month)


def _smaller(metric: str, months: Mapping[str, int], before: Mapping[str, int]) -> Iterator[Found]:
    pairs = [(count, before.get(_year_before(month), 0)) for month, count in months.items()]
    now = sum(count for count, last in pairs if last)
    then = sum(last for _, last in pairs)
    if then >= _FEW and now * _SHARE < then:
        yield SMALLER.at(None, metric, str(now), str(then))


def _equal_metrics(sums: Sums) -> Iterator[Found]:
    for big, small in _PAIRS:
        more, fewer = sums.get(big, {}), sums.get(small, {})
        used = {month: count for month, count in more.items() if count}
        if len(used) >= _SHARE and sum(used.values()) >= _FEW and used == {m: c for m, c in fewer.items() if c}:
            yield EQUAL_METRICS.at(None, big, small, str(len(used)))


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - 1:04}{month[4:]}"
