"""Which statistics source a report belongs to: proposed by an id in the file's name, or a name in the report."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import PurePath

import polars as pl

from nolcat_desktop.conversion.usage_members import of_member
from nolcat_desktop.dataset import Load
from nolcat_desktop.report import Report

_ID_AND_YEAR = re.compile(r"^([0-9]{1,15})_(?:19|20)[0-9]{2}$")


def proposed_id(file: str, known: Collection[int]) -> int | None:
    """The id in a file name `{id}_{year}`, if the list has it; None otherwise (design 3.2)."""
    matched = _ID_AND_YEAR.match(_stem(file))
    return int(matched.group(1)) if matched and int(matched.group(1)) in known else None


def proposed_name(report: Report, member: str | None = None) -> str:
    """A name for the source of a report that nothing else names.

    Its platform, when it has one; who made it; its most frequent platform; its publisher; else its file's name.
    """
    platforms = platforms_in(report, member)
    if len(platforms) == 1:
        return next(iter(platforms))
    created_by = report.header.texts.get("Created_By", "").strip()
    if created_by:
        return created_by
    if platforms:
        return _most_frequent(report, member)
    publisher = _only(report, "Publisher", member)
    return publisher or _stem(report.origin.file)


def source_of_siblings(report: Report, loads: Iterable[Load]) -> int | None:
    """The source of loads made by the same hand, for a report that names no platform (an empty one); None if unsure."""
    created_by = report.header.texts.get("Created_By", "").strip()
    if not created_by or platforms_in(report):
        return None
    said = ("Created_By", created_by)
    found = {load.source_id for load in loads if any(tuple(row[:2]) == said for row in load.header)}
    return found.pop() if len(found) == 1 else None


def platforms_in(report: Report, member: str | None = None) -> frozenset[str]:
    """The platforms in the rows of a report (of `member`)."""
    return _names(report, "Platform", member)


def _stem(file: str) -> str:
    return PurePath(file.rsplit("!/", 1)[-1]).stem


def _names(report: Report, element: str, member: str | None) -> frozenset[str]:
    if element not in report.items.columns:
        return frozenset()
    names = of_member(report.items, member)[element].drop_nulls().unique().to_list()
    return frozenset(name.strip() for name in names if name.strip())


def _most_frequent(report: Report, member: str | None) -> str:
    names = of_member(report.items, member).lazy().select(pl.col("Platform").str.strip_chars())
    counted = names.filter(pl.col("Platform") != "").group_by("Platform").len().sort("len", "Platform").collect()
    return str(counted["Platform"][-1])


def _only(report: Report, element: str, member: str | None) -> str | None:
    names = _names(report, element, member)
    return next(iter(names)) if len(names) == 1 else None
