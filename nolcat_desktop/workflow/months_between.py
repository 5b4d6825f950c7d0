"""Months as text, yyyy-mm."""

from __future__ import annotations


def months_between(first: str, last: str) -> list[str]:
    """Every month from `first` to `last`, both included; [] when `last` is before `first`."""
    begin, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(begin, end + 1)]
