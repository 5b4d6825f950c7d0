"""Release 4: total rows, which are checks and never usage (release4.md section 3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from nolcat_desktop.counter.elements import name_element
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.reports4 import TOTAL_ROWS
from nolcat_desktop.counter.text import loose
from nolcat_desktop.counts import count, count_or_zero, is_blank
from nolcat_desktop.report import ROW
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.subject import Subject

MISSING = Fault(
    "R4-T01", Level.ERROR, "The total row is missing ({detail}).", "The sums of the columns cannot be checked."
)
WRONG = Fault(
    "R4-T05",
    Level.CRITICAL,
    "The total is {value}, but the rows add up to {detail}.",
    "Ask the provider which is right; the rows are what is stored.",
)
BLANK = Fault("R4-T06", Level.WARNING, "The total row is blank.", "The sums of the columns cannot be checked.")
IDENTIFIED = Fault("R4-T09", Level.ERROR, "{element} '{value}' stands in a total row.", "A total has no identifier.")
NOT_EXPECTED = Fault("R4-T10", Level.NOTICE, "This report has no total row by the Code of Practice.", "It is left out.")

FEWER = Fault(
    "R4-T04", Level.ERROR, "There are {value} total rows, not {detail}.", "The sums of a category cannot be checked."
)
FEWER_FITTING = Fault(
    "R4-T04",
    Level.NOTICE,
    "There are {value} total rows, not {detail}.",
    "One category has no rows: it may be right.",
)
LABEL_SPELLED = Fault("R4-T02", Level.WARNING, "The total row is labelled '{value}'.", "Write '{detail}'.")
LABEL_OTHER = Fault("R4-T03", Level.ERROR, "The total row is labelled '{value}'.", "Write '{detail}'.")
PUBLISHER = Fault(
    "R4-T07",
    Level.WARNING,
    "The total row names the publisher '{value}', but the items have others.",
    "It is blank where items have several publishers.",
)
UNNAMED = Fault(
    "R4-T08", Level.NOTICE, "{element} is blank in the total row, though all items have '{detail}'.", "Nothing is lost."
)
ELSEWHERE = Fault(
    "R4-T11", Level.NOTICE, "The total row does not stand right under the column headings.", "It is found all the same."
)
SHIFTED = Fault(
    "R4-T12",
    Level.CRITICAL,
    "The values of the total row are shifted against the columns.",
    "The rows are what is stored; check in the file whether they are shifted as well.",
)
KEPT = Fault("R4-T13", Level.NOTICE, "'{value}' is named like a total, but is an item.", "It is stored as usage.")

_LIKE: Final = r"^\s*total(?:s|\b.*\bfor all\b.*)?\s*$"
_MOST: Final = 200
_LEAST: Final = 3
_IDENTIFIERS: Final = ("DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "Print_ID", "Online_ID")
_COUNTS: Final = ("Reporting_Period_Total", "Reporting_Period_HTML", "Reporting_Period_PDF")


def total_findings(subject: Subject) -> Iterator[Found]:
    """What is wrong with the total rows that reading left out, or with their absence."""
    report = subject.report
    yield from _kept(subject)
    labels = TOTAL_ROWS.get(subject.definition.report_id)
    totals = report.left_out
    totals = totals.filter(pl.col("rule") == "total-row") if totals.height else totals
    if not totals.height:
        if labels and report.items.height:
            yield MISSING.at(str(report.heading_row) if report.heading_row else None, None, None, labels[0])
        return
    columns = [
        name for name in (*_COUNTS, *report.month_columns) if name in totals.columns and name in report.items.columns
    ]
    if labels:
        yield from _how_many(subject, totals, labels)
    for row in totals.get_column(ROW):
        line = totals.filter(pl.col(ROW) == row)
        if labels == ():
            yield NOT_EXPECTED.at(_at(subject, row, None))
        yield from _one(subject, line, row, labels or ())
        if columns and bool(line.select(pl.all_horizontal(is_blank(name) for name in columns)).item()):
            yield BLANK.at(_at(subject, row, None))
    if labels != () and columns:
        yield from _sums(subject, totals, columns)


def _kept(subject: Subject) -> Iterator[Found]:
    """Rows that are named like a total and are items all the same."""
    name = name_element(subject.definition)
    if name is None or name not in subject.report.items.columns:
        return
    like = subject.report.items.filter(pl.col(name).str.to_lowercase().str.contains(_LIKE))
    for row, text in like.select(ROW, name).head(_MOST).iter_rows():
        yield KEPT.at(_at(subject, row, name), name, text)


def _how_many(subject: Subject, totals: pl.DataFrame, labels: tuple[str, ...]) -> Iterator[Found]:
    """How many total rows there are, and whether they stand right under the headings."""
    report = subject.report
    if totals.height < len(labels):
        items = report.items
        kinds = items.get_column("Metric_Type").n_unique() if "Metric_Type" in items.columns else 1
        fault = FEWER if kinds > totals.height else FEWER_FITTING
        yield fault.at(str(totals.get_column(ROW)[0]), None, str(totals.height), str(len(labels)))
    first = int(totals.get_column(ROW).min())  # type: ignore[arg-type]
    if report.heading_row is not None and first != report.heading_row + 1:
        yield ELSEWHERE.at(str(first))


def _one(subject: Subject, line: pl.DataFrame, row: int, labels: tuple[str, ...]) -> Iterator[Found]:
    """The cells of one total row, apart from its sums."""
    for element in _IDENTIFIERS:
        text = line.get_column(element)[0] if element in line.columns else None
        if text and text.strip():
            yield IDENTIFIED.at(_at(subject, row, element), element, text)
    name = name_element(subject.definition)
    label = line.get_column(name)[0] if name is not None and name in line.columns else None
    if label and labels and label not in labels:
        same = any(loose(label) == loose(wanted) for wanted in labels)
        yield (LABEL_SPELLED if same else LABEL_OTHER).at(_at(subject, row, name), name, label, labels[0])
    for element in ("Publisher", "Platform"):
        yield from _shared(subject, line, row, element)


def _shared(subject: Subject, line: pl.DataFrame, row: int, element: str) -> Iterator[Found]:
    """Publisher and Platform of a total row: those of all items, or blank."""
    items = subject.report.items
    if element not in items.columns or element not in line.columns:
        return
    found = items.get_column(element).unique()
    is_named = TOTAL_ROWS.get(subject.definition.report_id) != TOTAL_ROWS["BR5"]  # totals of searches name nothing
    given = line.get_column(element)[0]
    if given and element == "Publisher" and (found.len() > 1 or given != found[0]):
        yield PUBLISHER.at(_at(subject, row, element), element, given)
    elif not given and is_named and found.len() == 1 and found[0]:
        yield UNNAMED.at(_at(subject, row, element), element, None, found[0])


def _sums(subject: Subject, totals: pl.DataFrame, columns: list[str]) -> Iterator[Found]:
    """Each total beside the sum of its rows: by category where they name one, else of everything if there is one."""
    items = subject.report.items
    metric = "Metric_Type" if "Metric_Type" in items.columns else None
    for row in totals.get_column(ROW):
        line = totals.filter(pl.col(ROW) == row)
        category = line.get_column(metric)[0] if metric else None
        if metric and category is None and totals.height > 1:
            continue
        rows = items.filter(pl.col(metric) == category) if metric and category is not None else items
        given = line.select(count(name) for name in columns).row(0)
        sums = rows.select(count_or_zero(name).sum() for name in columns).row(0)
        damaged = rows.select(count_or_zero(name).is_null().any() for name in columns).row(0)
        if _is_shifted(given, sums):
            yield SHIFTED.at(_at(subject, row, None))
            continue
        for name, told, summed, broken in zip(columns, given, sums, damaged, strict=True):
            if told is not None and told != summed and not broken:
                yield WRONG.at(_at(subject, row, name), name, str(told), str(summed))


def _is_shifted(given: tuple[int | None, ...], sums: tuple[int, ...]) -> bool:
    """Whether a total row has the right values some columns further left or right."""
    told = [value for value in given if value is not None]
    if list(given) == list(sums) or len(told) < len(sums) // 2 or len(told) < _LEAST or len(set(told)) == 1:
        return False
    return any(
        told[: len(sums) - shift] == list(sums[shift:]) or told[shift:] == list(sums[: len(told) - shift])
        for shift in range(1, len(sums) // 2 + 1)
        if len(sums) - shift >= _LEAST
    )


def _at(subject: Subject, row: int, element: str | None) -> str:
    positions, rows = subject.report.positions, pl.Series(ROW, [row], pl.UInt32)
    return str((positions.cells(rows, element) if element else positions.rows(rows))[0])
