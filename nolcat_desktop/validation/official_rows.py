"""Judged as COUNTER's own validator does: every header row has its number, and so have the column headings.

Labels are not searched for: what stands in another row is not read. Tabular files of R5 and R5.1 (validation.md
section 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import polars as pl

from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.report import ROW, Header, HeaderCell, Report
from nolcat_desktop.validation.faults import Found
from nolcat_desktop.validation.header_labels import (
    BEYOND,
    BLANKS,
    BLANKS_MILD,
    LABEL_MISSING,
    LABEL_SPELLED,
    LABEL_WRONG,
    NOT_BLANK,
    expected_labels,
)

Cells = Mapping[int, Mapping[str, str]]
"""Row → column letter → text; only what is not blank."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A report whose header holds only what stands where it must."""

    report: Report
    said: tuple[Found, ...]
    headings: tuple[tuple[str, str], ...]
    """Position and text of the cells of the row where the headings must stand, to the last that is not blank."""
    is_there: bool
    """False when the file ends above that row."""
    has_headings: bool
    """True when the headings stand there, so that the rows below them can be told."""


def heading_row(release: Release) -> int:
    """The row where the column headings of `release` must stand."""
    return len(expected_labels(release)) + 2


def placed(report: Report, release: Release) -> Placed:
    """Read the header of a tabular report by its row numbers.

    Args:
        report: As read, leniently.
        release: 5 or 5.1.

    Returns:
        The report without the header values that stand elsewhere, and what is wrong with its labels.
    """
    row = heading_row(release)
    cells = _cells(report, row)
    labels = dict(enumerate(expected_labels(release), start=1))
    accepted = {label for n, label in labels.items() if loose(cells.get(n, {}).get("A", "")) == loose(label)}
    said = [*_label_findings(cells, labels, release), *_separator(cells, row - 1)]
    there = cells.get(row, {})
    width = max((_number(letters) for letters in there), default=0)
    names = [_letters(n) for n in range(1, width + 1)]
    last = max([*cells, report.heading_row or 0, *report.items.get_column(ROW).tail(1)])
    return Placed(
        replace(report, header=_only(report.header, accepted, labels)),
        tuple(said),
        tuple((f"{name}{row}", there.get(name, "")) for name in names),
        last >= row,
        report.heading_row == row,
    )


def _cells(report: Report, row: int) -> Cells:
    """What stands in the rows down to `row`."""
    cells: dict[int, dict[str, str]] = {}
    for cell in report.header.cells:
        for position, text in _of(cell):
            letters = position.rstrip("0123456789")
            if text.strip():
                cells.setdefault(int(position[len(letters) :]), {})[letters] = text
    if report.heading_row is not None and report.heading_row <= row:
        cells[report.heading_row] = {
            heading.position.rstrip("0123456789"): heading.text for heading in report.headings if heading.text.strip()
        }
    if report.heading_row is not None and report.heading_row < row:
        for rows in (report.items, report.left_out):
            cells.update(_body_cells(report, rows, row))
    return cells


def _body_cells(report: Report, rows: pl.DataFrame, last: int) -> dict[int, dict[str, str]]:
    letters = {heading.column: heading.position.rstrip("0123456789") for heading in report.headings if heading.column}
    above = rows.filter(pl.col(ROW) <= last)
    return {
        line[ROW]: {letters[name]: text for name, text in line.items() if name in letters and text and text.strip()}
        for line in above.iter_rows(named=True)
    }


def _of(cell: HeaderCell) -> Iterator[tuple[str, str]]:
    if cell.label_position:
        yield cell.label_position, cell.label
    if cell.position:
        yield cell.position, cell.value
    yield from cell.beyond


def _label_findings(cells: Cells, labels: Mapping[int, str], release: Release) -> Iterator[Found]:
    for n, label in labels.items():
        line = cells.get(n, {})
        given = line.get("A")
        if given is None:
            yield LABEL_MISSING.at(f"A{n}", label)
            continue
        if loose(given) != loose(label):
            yield LABEL_WRONG.at(f"A{n}", label, given)
            continue
        if given != label:
            yield LABEL_SPELLED.at(f"A{n}", label, given)
        value = line.get("B", "")
        if value != value.strip():
            mild = label == "Created_By" or (label == "Institution_Name" and release is Release.R5)
            yield (BLANKS_MILD if mild else BLANKS).at(f"B{n}", label, value)
        for letters, text in line.items():
            if letters not in {"A", "B"}:
                yield BEYOND.at(f"{letters}{n}", label, text)


def _separator(cells: Cells, row: int) -> Iterator[Found]:
    for letters, text in cells.get(row, {}).items():
        yield NOT_BLANK.at(f"{letters}{row}", None, text)


def _only(header: Header, accepted: set[str], labels: Mapping[int, str]) -> Header:
    """`header` with the texts whose labels stand in their rows."""
    places = {f"B{n}": label for n, label in labels.items()}
    kept = {
        label: text
        for label, text in header.texts.items()
        if label in accepted and places.get(header.positions.get(label, "")) == label
    }
    if kept.keys() == header.texts.keys():
        return header
    period = "Reporting_Period" in kept
    return replace(
        header,
        texts=MappingProxyType(kept),
        positions=MappingProxyType({label: header.positions[label] for label in kept}),
        filters=tuple(one for one in header.filters if places.get(one.position or "") in kept),
        attributes=tuple(one for one in header.attributes if places.get(one.position or "") in kept),
        identifiers=header.identifiers if "Institution_ID" in kept else (),
        exceptions=header.exceptions if "Exceptions" in kept else (),
        begin=header.begin if period else None,
        end=header.end if period else None,
        created=header.created if "Created" in kept else None,
    )


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
