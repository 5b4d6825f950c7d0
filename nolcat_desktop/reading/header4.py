"""The header of a tabular Release 4 report: seven cells in column A, told by what they say rather than by their row.

A1 holds name and release (B1 the description), A2 the customer, A3 the identifier, A4 `Period covered by Report:`,
A5 the period, A6 `Date run:`, A7 the date; in BR2 `Section Type:` stands in B2 and the section type in B3.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase
from types import MappingProxyType

from nolcat_desktop.counter.dates import read_date, read_period
from nolcat_desktop.counter.text import loose, squash
from nolcat_desktop.reading.blocks import R4_NAME, Row, label_of
from nolcat_desktop.reading.grid import letters
from nolcat_desktop.report import Header, HeaderCell

_PERIOD = ("periodcoveredbyreport", "periodcovered", "reportingperiod")
_RUN = ("daterun",)
_LABEL_ROWS = 3
"""Rows from the name to the first label."""


def is_release4(rows: Sequence[Row]) -> bool:
    """Whether one of the header rows begins with the name of an R4 (or older) report."""
    return any((found := label_of(cells)) and R4_NAME.match(squash(found[1])) for _, cells in rows)


def is_nameless4(rows: Sequence[Row]) -> bool:
    """Whether the rows are R4's block without its first line: only R4 has the label `Period covered by Report`."""
    labels = {loose(found[1]).rstrip(":") for _, cells in rows if (found := label_of(cells))}
    return bool(labels & set(_PERIOD[:2])) or bool(labels & set(_RUN))


def read_header4(rows: Sequence[Row]) -> Header:
    """Read the block above the headings of an R4 report, also when the line with its name is lost.

    Args:
        rows: The rows above the headings: (row number, cells).

    Returns:
        The header with R4's labels (see `Header.texts`); a cell that is not there has no entry.
    """
    lines = [(number, (label_of(cells) or (0, ""))[0], cells) for number, cells in rows]
    named = (n for n, (_, place, cells) in enumerate(lines) if R4_NAME.match(squash(cells[place] or "")))
    start = next(named, None)
    column = lines[start or 0][1]
    above, lines = lines[: start or 0], lines[start or 0 :]
    found: dict[str, tuple[str, str]] = {}
    if start is not None:
        _put(found, "Report_Name", lines[0], column)
        _put(found, "Description", lines[0], column + 1)
    period = _after(lines, _PERIOD, "Reporting_Period", found, column)
    if period is None and lines:
        period = _unlabelled(lines, lines[0][0], "Reporting_Period", found, column)
    run = _after(lines, _RUN, "Created", found, column)
    if run is None and "Reporting_Period" in found:
        run = _unlabelled(lines, int(found["Reporting_Period"][1].lstrip(ascii_uppercase)), "Created", found, column)
    stop = min((n for n in (period, run) if n is not None), default=min(len(lines), 3))
    _section_type(lines[0 if start is None else 1 : stop], column, found)
    if start is not None:
        _customer(lines[:stop], column, found)
    return Header(
        cells=_cells([*above, *lines], column, found),
        texts=MappingProxyType({label: text.strip() for label, (text, _) in found.items()}),
        positions=MappingProxyType({label: position for label, (_, position) in found.items()}),
        begin=read_period(found.get("Reporting_Period", ("", ""))[0]).begin,
        end=read_period(found.get("Reporting_Period", ("", ""))[0]).end,
        created=read_date(found.get("Created", ("", ""))[0].strip())[0],
    )


Line = tuple[int, int, list[str | None]]


def _at(line: Line, column: int) -> str:
    return (line[2][column] if column < len(line[2]) else None) or ""


def _put(found: dict[str, tuple[str, str]], label: str, line: Line, column: int) -> None:
    found[label] = (_at(line, column), f"{letters(column)}{line[0]}")


def _after(
    lines: Sequence[Line], words: Sequence[str], label: str, found: dict[str, tuple[str, str]], column: int
) -> int | None:
    """Put the cell under (or beside) the line that begins with one of `words`; the index of that line."""
    for n, line in enumerate(lines):
        key = loose(_at(line, column)).rstrip(":")
        if key not in words:
            continue
        if _at(line, column + 1):
            _put(found, label, line, column + 1)
        elif n + 1 < len(lines) and lines[n + 1][0] == line[0] + 1:
            _put(found, label, lines[n + 1], column)
        return n
    return None


def _unlabelled(
    lines: Sequence[Line], row: int, label: str, found: dict[str, tuple[str, str]], column: int
) -> int | None:
    """Put the first cell below `row` that has the form of what `label` names; the index of its label's line.

    The label is another text, or blank: only the form tells what stands below it.
    """
    for n, line in enumerate(lines):
        for place in (column, column + 1):
            if line[0] <= row or not _has_form(_at(line, place), label):
                continue
            _put(found, label, line, place)
            above = lines[n - 1][0] if n else 0
            is_label = place == column and above == line[0] - 1 and above >= lines[0][0] + _LABEL_ROWS
            return n - 1 if is_label else n
    return None


def _has_form(text: str, label: str) -> bool:
    if label == "Created":
        return read_date(text.strip())[0] is not None
    period = read_period(text)
    return period.begin is not None and period.end is not None


def _section_type(lines: Sequence[Line], column: int, found: dict[str, tuple[str, str]]) -> None:
    """BR2's section type, under its label."""
    for n, line in enumerate(lines):
        if loose(_at(line, column + 1)).rstrip(":") == "sectiontype":
            found["Section_Type"] = ("", f"{letters(column + 1)}{line[0] + 1}")
            if n + 1 < len(lines):
                _put(found, "Section_Type", lines[n + 1], column + 1)


def _customer(lines: Sequence[Line], column: int, found: dict[str, tuple[str, str]]) -> None:
    """Customer and identifier, between the name and the period; the customer may be blank."""
    named = [line for line in lines[1:] if _at(line, column).strip()]
    if named and loose(_at(named[0], column)) == "customer":
        named = named[1:]
    labels: tuple[str, ...] = ("Institution_Name", "Institution_ID")
    if len(named) == 1 and named[0][0] == lines[0][0] + len(labels):
        labels = labels[1:]
    for label, line in zip(labels, named, strict=False):
        _put(found, label, line, column)


def _cells(lines: Sequence[Line], column: int, found: dict[str, tuple[str, str]]) -> tuple[HeaderCell, ...]:
    """Every row of the block as delivered: column A as the value, B and beyond beside it."""
    by_position = {position: label for label, (_, position) in found.items()}
    cells = []
    for line in lines:
        position = f"{letters(column)}{line[0]}"
        beyond = tuple(
            (f"{letters(n)}{line[0]}", cell) for n, cell in enumerate(line[2]) if n > column and cell and cell.strip()
        )
        if _at(line, column).strip() or beyond:
            cells.append(HeaderCell(by_position.get(position, ""), _at(line, column), None, position, beyond))
    return tuple(cells)
