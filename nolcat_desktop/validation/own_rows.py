"""Rules over the rows that COUNTER's own validator does not have (validation.md section 11); at most warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from nolcat_desktop.counter.exceptions import NO_LONGER, NOT_READY
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counts import count_or_zero
from nolcat_desktop.validation.cell_elements import IDENTIFIERS
from nolcat_desktop.validation.evaluate import row_findings
from nolcat_desktop.validation.faults import Fault, Found, frame_of
from nolcat_desktop.validation.rule import ALL, BOTH, Over, Rule
from nolcat_desktop.validation.subject import Subject

NOT_READY_BUT = Fault(
    "N-3031",
    Level.WARNING,
    "Exception {detail} says that usage is not ready, but the last month has usage.",
    "Fetch the report again before you rely on its last months.",
)
NO_LONGER_BUT = Fault(
    "N-3032",
    Level.WARNING,
    "Exception {detail} says that usage is no longer there, but the first month has usage.",
    "Ask the provider which months are missing.",
)
_FILTERED: Final = "The row should not be in this report: ask the provider whether the filter was applied."


def own_row_findings(subject: Subject, items: pl.DataFrame) -> list[pl.DataFrame]:
    """Titles that are identifiers, rows outside the header's filters, exceptions against months; none officially."""
    if subject.official or not items.height:
        return []
    rules = [*_named_by_identifier(items), *_outside_filters(subject, items)]
    return [*row_findings(subject.report, items, rules), frame_of(_exceptions(subject))]


def _named_by_identifier(items: pl.DataFrame) -> Iterator[Rule]:
    name = next((name for name in ("Title", "Item", "Database") if name in items.columns), None)
    ids = [column for column in IDENTIFIERS if column in items.columns and not column.startswith(("Parent_", "Compo"))]
    if name is None or not ids:
        return
    value = pl.col(name).str.strip_chars()
    same = pl.any_horizontal(pl.col(column) == value for column in ids)
    yield Rule(
        "N-named-by-identifier",
        Level.NOTICE,
        (name,),
        same,
        "{element} '{value}' is an identifier, not a name.",
        "Ask the provider for names; the row is kept.",
        Over.ROW,
        ALL,
        official=False,
    )


def _outside_filters(subject: Subject, items: pl.DataFrame) -> Iterator[Rule]:
    years = _years(subject.filter_values("YOP"))
    if years and "YOP" in items.columns:
        year = pl.col("YOP").cast(pl.Int32, strict=False)
        yield _filtered("YOP", ~pl.any_horizontal(year.is_between(first, last) for first, last in years))
    for element in ("Country_Code", "Subdivision_Code"):
        values = subject.filter_values(element)
        if values and element in items.columns:
            yield _filtered(element, ~pl.col(element).is_in(list(values)))
    authors = (*subject.filter_values("Author"), *subject.filter_values("Item_Contributor"))
    if authors and "Authors" in items.columns:
        wanted = [author.split("(")[0].strip().lower() for author in authors]
        text = pl.col("Authors").str.to_lowercase()
        yield _filtered("Authors", ~pl.any_horizontal(text.str.contains(name, literal=True) for name in wanted))
    yield from _outside_item(subject, items)


def _outside_item(subject: Subject, items: pl.DataFrame) -> Iterator[Rule]:
    values = [value.partition(":")[2].strip() or value for value in subject.filter_values("Item_ID")]
    ids = [column for column in IDENTIFIERS if column in items.columns and not column.startswith("Component_")]
    if values and ids:
        there = pl.any_horizontal(pl.col(column).str.ends_with(value) for column in ids for value in values)
        yield Rule(
            "N-filter",
            Level.WARNING,
            (),
            ~there.fill_null(value=False),
            "The row has not the identifier that the filter Item_ID asks for.",
            _FILTERED,
            Over.ROW,
            BOTH,
            official=False,
        )


def _filtered(element: str, outside: pl.Expr) -> Rule:
    return Rule(
        "N-filter",
        Level.WARNING,
        (element,),
        outside,
        "{element} '{value}' is not what the filter of the header asks for.",
        _FILTERED,
        Over.ROW,
        BOTH,
        official=False,
    )


def _years(values: tuple[str, ...]) -> list[tuple[int, int]]:
    matches = [re.fullmatch(r"([0-9]{1,4})(?:-([0-9]{1,4}))?", value) for value in values]
    return [(int(match[1]), int(match[2] or match[1])) for match in matches if match]


def _exceptions(subject: Subject) -> Iterator[Found]:
    """Exceptions 3031 and 3032: there must be a month without usage at the end, or at the beginning."""
    months = sorted(subject.report.month_columns)
    for told in subject.report.header.exceptions:
        if not months or told.code not in NOT_READY | NO_LONGER:
            continue
        late = told.code in NOT_READY
        if _has_usage(subject, months[-1] if late else months[0]):
            fault = NOT_READY_BUT if late else NO_LONGER_BUT
            yield fault.at(told.position, "Exceptions", told.message, str(told.code))


def _has_usage(subject: Subject, month: str) -> bool:
    return bool(subject.report.items.select((count_or_zero(month) > 0).any()).item())
