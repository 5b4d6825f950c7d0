"""Judged as COUNTER's own validator does: how it minds what reading noticed in JSON (validation.md section 10)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.validation.expected import expected_months
from nolcat_desktop.validation.faults import Found
from nolcat_desktop.validation.subject import Subject

_SETTINGS: Final = frozenset({".Report_Header.Report_Filters", ".Report_Header.Report_Attributes"})
_DATES: Final = frozenset({"H-15", "H-17", "H-18"})
_ARRAY_ELEMENT: Final = re.compile(r"\.(?:Report_Items|Items|Attribute_Performance)\[\d+\]$")
_LISTS: Final = (".Item_ID", ".Publisher_ID", ".Institution_ID")
"""In Release 5 these are lists that may be left out."""
_OF_ORGANISATIONS: Final = ("V-08", "V-12", "V-14", "V-16")
_PROPERTIES: Final = frozenset({"J-identifier-unknown", "J-month-unreadable"})
"""In Release 5.1 these are properties that an object does not have: errors, not critical."""


def as_official(subject: Subject, found: Iterable[Found]) -> Iterator[Found]:
    """Findings of reading in the places and with the levels of COUNTER's own validator; some are none there."""
    told = list(found)
    typed = {one.position for one in told if one.rule == "J-type"}
    months = {f"{month:%Y-%m}" for month in expected_months(subject)}
    newer = subject.release is Release.R51
    for one in told:
        if _is_none(one, typed, months, newer=newer):
            continue
        if one.rule == "J-items-not-list":
            yield one._replace(position=None)
        else:
            yield one._replace(level=int(Level.ERROR)) if _is_error(one, newer=newer) else one


def in_lists(subject: Subject, found: Iterable[Found]) -> Iterator[Found]:
    """Findings about filters and attributes of R5.1, which the validator counts as lists even where they are none."""
    filters = {one.name: len(one.values) for one in subject.report.header.filters}
    for one in found:
        base, _, name = (one.position or "").rpartition(".")
        if base not in _SETTINGS:
            yield one
        elif one.rule in _DATES or (one.rule == "A-04" and one.value in {"False", "Month"}):
            yield one._replace(position=f"{one.position}[0]")
        elif one.rule in {"L-05", "L-07"} and name in filters:
            places = ",".join(str(n) for n in range(filters[name]))
            yield one._replace(position=f"{one.position}[{places}]")
        elif one.rule == "L-06":
            values = subject.filter_values("YOP")
            place = values.index(one.value) if one.value in values else 0
            yield one._replace(position=f"{one.position}[{place}]")
        else:
            yield one


def in_objects(subject: Subject, findings: pl.DataFrame) -> pl.DataFrame:
    """Findings about rows where the validator puts them: null is a property too many in R5.1, identifiers are lists."""
    nulls = [one.position for one in subject.report.irregularities if one.rule == "J-count-null"]
    is_null = (pl.col("rule") == "V-22") & pl.col("position").is_in(nulls)
    at = pl.col("position")
    organised = at.str.ends_with(".Publisher_ID")
    if subject.release is Release.R5:
        is_organisation = organised & pl.col("rule").is_in(_OF_ORGANISATIONS)
        return findings.with_columns(pl.when(is_organisation).then(at + "[0].Value").otherwise(at).alias("position"))
    return findings.with_columns(
        pl.when(is_null).then(pl.lit(int(Level.ERROR), pl.UInt8)).otherwise("level").alias("level"),
        pl.when(organised & (pl.col("rule") == "V-14"))
        .then(at + ".ISNI[0]")
        .when(organised & (pl.col("rule") == "V-16"))
        .then(at + ".ROR[0]")
        .otherwise(at)
        .alias("position"),
    )


def _is_none(one: Found, typed: set[str | None], months: set[str], *, newer: bool) -> bool:
    """Whether the validator says nothing of the kind."""
    required = newer and one.position == ".Report_Header.Institution_ID"
    if one.rule in {"J-empty", "J-null"} and required:
        return True
    if one.rule == "J-empty":
        return one.position in typed
    if one.rule == "J-month-outside":
        return one.value in months
    no_list = ".Report_Header.Exceptions" in typed
    return no_list and (one.position or "").startswith(".Report_Header.Exceptions[")


def _is_error(one: Found, *, newer: bool) -> bool:
    if one.rule == "J-type":
        at = one.position or ""
        is_list = at == ".Report_Header.Exceptions" or (not newer and at.endswith(_LISTS))
        return is_list or bool(_ARRAY_ELEMENT.search(at))
    return newer and one.rule in _PROPERTIES
