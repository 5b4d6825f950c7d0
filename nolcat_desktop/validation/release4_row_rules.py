"""Release 4: rules over whole item rows (release4.md section 3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from nolcat_desktop.counter.elements import name_element
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counts import count, is_blank, is_damaged
from nolcat_desktop.validation.rule import R4, Over, Rule
from nolcat_desktop.validation.subject import Subject

_IDENTIFIED: Final = ("DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "Print_ID", "Online_ID")
_HTML: Final = "Reporting_Period_HTML"
_PDF: Final = "Reporting_Period_PDF"
_TOTAL: Final = "Reporting_Period_Total"


def release4_row_rules(subject: Subject) -> list[Rule]:
    """Rules over whole rows of this R4 report."""
    columns = subject.report.items.columns
    return [*_named(subject, columns), *_formats(columns)]


def _named(subject: Subject, columns: list[str]) -> Iterator[Rule]:
    name = name_element(subject.definition)
    if name is not None and name in columns:
        yield _rule("R4-V01", Level.ERROR, (name,), pl.col(name).is_null(), "The name is blank.", "The row is kept.")
    ids = [column for column in _IDENTIFIED if column in columns]
    if ids and subject.definition.report_id[:2] in {"JR", "BR", "TR"}:
        none = pl.all_horizontal(pl.col(column).is_null() for column in ids)
        yield _rule("R4-V23", Level.NOTICE, (), none, "The row has no identifier.")


def _formats(columns: list[str]) -> Iterator[Rule]:
    for column in (_HTML, _PDF):
        if column in columns:
            damaged = "{element} '{value}' is not a count."
            yield _rule("R4-V13", Level.WARNING, (column,), is_blank(column), "{element} is blank.")
            yield _rule("R4-V13", Level.CRITICAL, (column,), is_damaged(column), damaged)
    if {_HTML, _PDF, _TOTAL} <= set(columns):
        message = "HTML and PDF together are more than the total {value}."
        more = count(_HTML) + count(_PDF) > count(_TOTAL)
        yield _rule("R4-V14", Level.CRITICAL, (_TOTAL,), more, message, "Ask the provider which is right.")


def _rule(  # noqa: PLR0913, PLR0917 - a row of the tables above has so many columns
    rule: str, level: Level, elements: tuple[str, ...], broken: pl.Expr, message: str, hint: str = ""
) -> Rule:
    return Rule(rule, level, elements, broken, message, hint, Over.ROW, R4)
