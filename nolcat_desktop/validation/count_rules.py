"""Counts: month cells and Reporting_Period_Total (validation.md V-21 to V-23; Code of Practice, section 3.2)."""

from __future__ import annotations

from typing import Final

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counts import count, is_blank, is_damaged, is_repaired, plain_count
from nolcat_desktop.findings import no_findings
from nolcat_desktop.report import ROW
from nolcat_desktop.validation.evaluate import findings_at
from nolcat_desktop.validation.faults import Fault, filled_column
from nolcat_desktop.validation.subject import Subject

TOTAL: Final = "Reporting_Period_Total"
DAMAGED: Final = Fault(
    "V-22", Level.CRITICAL, "'{value}' is not a count.", "Ask the provider for the number; the cell can be left out."
)
REPAIRED: Final = Fault("V-22", Level.ERROR, "'{value}' is not written as a plain number.", "It is read as {detail}.")
BLANK: Final = Fault("V-22", Level.ERROR, "The count is blank.", "It is read as 0; write 0.")
TOTAL_DAMAGED: Final = Fault(
    "V-21",
    Level.CRITICAL,
    "Reporting_Period_Total '{value}' is not a count.",
    "The sum of the months cannot be checked.",
)
TOTAL_REPAIRED: Final = Fault(
    "V-21", Level.ERROR, "Reporting_Period_Total '{value}' is not written as a plain number.", "It is read as {detail}."
)
TOTAL_BLANK: Final = Fault(
    "V-21", Level.CRITICAL, "Reporting_Period_Total is blank.", "The sum of the months cannot be checked."
)
TOTAL_ZERO: Final = Fault(
    "V-21", Level.CRITICAL, "Reporting_Period_Total is 0.", "Rows without usage are left out of a report."
)
TOTAL_WRONG: Final = Fault(
    "V-23",
    Level.CRITICAL,
    "Reporting_Period_Total is {value}, but the months add up to {detail}.",
    "Ask the provider which number is right; the months are what is stored.",
)
JSON_ZERO: Final = Fault("J-10", Level.ERROR, "The count is 0.", "Months without usage are left out of JSON reports.")

_NUMERIC: Final = r"^\s*\+?[0-9]+(?:\.0*)?\s*$"

_CUT: Final = r"^\s*\+?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*$"

RELEASE_4: Final = {
    DAMAGED: Fault("R4-V09", Level.CRITICAL, DAMAGED.message, DAMAGED.hint),
    REPAIRED: Fault("R4-V08", Level.ERROR, REPAIRED.message, REPAIRED.hint),
    BLANK: Fault("R4-V07", Level.WARNING, BLANK.message, BLANK.hint),
    TOTAL_DAMAGED: Fault("R4-V11", Level.CRITICAL, TOTAL_DAMAGED.message, TOTAL_DAMAGED.hint),
    TOTAL_REPAIRED: Fault("R4-V08", Level.ERROR, TOTAL_REPAIRED.message, TOTAL_REPAIRED.hint),
    TOTAL_BLANK: Fault("R4-V10", Level.ERROR, TOTAL_BLANK.message, TOTAL_BLANK.hint),
    TOTAL_WRONG: Fault("R4-V12", Level.CRITICAL, TOTAL_WRONG.message, TOTAL_WRONG.hint),
}
"""What Release 4 calls the same faults, and how much it minds them; what is not here does not exist there."""


def count_findings(subject: Subject, *, release4: bool = False) -> list[pl.DataFrame]:
    """What is wrong with the counts: one row for each cell, in the schema `FINDINGS`."""
    items = subject.report.items
    if not items.height:
        return [no_findings()]
    checks = [check for check in _checks(subject, _odd(subject)) if not release4 or check[1] in RELEASE_4]
    if not checks:
        return [no_findings()]
    fired = (
        items.lazy().select(broken.any().alias(str(n)) for n, (_, _, broken, _) in enumerate(checks)).collect().row(0)
    )
    frames = []
    for (column, fault, broken, detail), found in zip(checks, fired, strict=True):
        if found:
            known = RELEASE_4[fault] if release4 else fault
            frames.append(_findings(subject, column, known, broken, detail))
    return frames


Check = tuple[str, Fault, pl.Expr, pl.Expr]


def _odd(subject: Subject) -> frozenset[str]:
    """Columns of counts in which something else stands than digits or nothing: only these are looked at closely."""
    report = subject.report
    columns = [*report.month_columns, *([TOTAL] if TOTAL in report.items.columns else [])]
    flags = []
    for name in columns:
        plain, cell = plain_count(name), pl.col(name)
        signed = cell.str.starts_with("+") | cell.str.starts_with("-")
        flags.append(((plain.is_null() & cell.is_not_null()) | signed).any().alias(name))
    odd = report.items.lazy().select(flags).collect().row(0) if flags else ()
    return frozenset(name for name, found in zip(columns, odd, strict=True) if found)


def _checks(subject: Subject, odd: frozenset[str]) -> list[Check]:
    """One row for each fault of each column of counts: the column, the fault, where it is, what fills its message."""
    report = subject.report
    nothing = pl.lit("")

    def number(column: str) -> pl.Expr:
        return count(column) if column in odd else plain_count(column)

    def blank(column: str) -> pl.Expr:
        return is_blank(column) if column in odd else pl.col(column).is_null()

    checks: list[Check] = []
    for month in report.month_columns:
        if month in odd:
            checks += _odd_checks(subject, month, DAMAGED, REPAIRED)
        checks.append(
            (month, JSON_ZERO, number(month) == 0, nothing)
            if subject.is_json
            else (month, BLANK, blank(month), nothing)
        )
    if TOTAL not in report.items.columns or subject.is_json:
        return checks
    if TOTAL in odd:
        checks += _odd_checks(subject, TOTAL, TOTAL_DAMAGED, TOTAL_REPAIRED)
    checks.append((TOTAL, TOTAL_BLANK, blank(TOTAL), nothing))
    checks.append((TOTAL, TOTAL_ZERO, number(TOTAL) == 0, nothing))
    if report.months and not report.totals_only:
        checks.append(_sum_check(subject, odd))
    return checks


def _sum_check(subject: Subject, odd: frozenset[str]) -> Check:
    """V-23. Official: months that are no numbers are left out of the sum."""

    def number(column: str) -> pl.Expr:
        if column not in odd:
            return plain_count(column)
        read = count(column)
        return pl.when(~_is_refused(column)).then(read) if subject.official else read

    months = subject.report.month_columns
    summed = pl.sum_horizontal(number(month) for month in months)
    wrong = number(TOTAL) != summed
    if subject.official and odd:
        wrong &= ~pl.any_horizontal(_is_truncated(name) for name in odd)
    return TOTAL, TOTAL_WRONG, wrong, summed.cast(pl.String)


def _odd_checks(subject: Subject, column: str, damaged: Fault, repaired: Fault) -> list[Check]:
    """Cells that are no plain number. Official: blanks around one are forgiven, and `+5` and `12.0` are numbers."""
    nothing, read = pl.lit(""), count(column).cast(pl.String)
    if not subject.official or subject.is_json:
        return [(column, damaged, is_damaged(column), nothing), (column, repaired, is_repaired(column), read)]
    cell = pl.col(column)
    around = cell.str.contains(r"^\s|\s$") & cell.str.contains(r"\S") & ~_is_refused(column)
    return [(column, damaged, _is_refused(column), nothing), (column, repaired, around, read)]


def _is_refused(column: str) -> pl.Expr:
    """Whether a cell is no number of COUNTER's validator, which knows no thousands separators. Never null."""
    number = pl.col(column).str.contains(_NUMERIC) & ~is_damaged(column)
    return ~number.fill_null(value=True) & ~is_blank(column)


def _is_truncated(column: str) -> pl.Expr:
    """Fractions and powers of ten, which COUNTER's validator silently cuts to whole numbers. Never null."""
    cell = pl.col(column).fill_null("")
    return cell.str.contains(_CUT) & ~cell.str.contains(_NUMERIC)


def _findings(subject: Subject, column: str, fault: Fault, broken: pl.Expr, detail: pl.Expr) -> pl.DataFrame:
    found = (
        subject.report.items.lazy()
        .filter(broken)
        .select(ROW, pl.col(column).alias("value"), detail.alias("detail"))
        .with_columns(
            pl.lit(fault.rule).alias("rule"),
            pl.lit(int(fault.level), pl.UInt8).alias("level"),
            filled_column(fault.message, column).alias("message"),
            filled_column(fault.hint, column).alias("hint"),
        )
        .collect()
    )
    return findings_at(subject.report, found, column)
