"""Judged as COUNTER's own validator does: what its reader refuses before it looks at a report.

It goes by the name of a file, not by its content, and reads the first sheet of a workbook only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.counts import without_cut_off
from nolcat_desktop.report import FileKind, Report
from nolcat_desktop.validation.faults import Fault, Found
from nolcat_desktop.validation.header_labels import LABEL_MISSING, LABEL_WRONG, expected_labels

EXTENSION = Fault(
    "F-02",
    Level.FATAL,
    "Files named '*{value}' are not read by COUNTER's validator.",
    "Name it after its content: .tsv, .csv, .xlsx or .json.",
)
NAMED_OTHERWISE = Fault(
    "F-02",
    Level.FATAL,
    "The file is named '*{value}', but its content is {detail}.",
    "Name it after its content; COUNTER's validator goes by the name.",
)
ENCODING = Fault(
    "F-03", Level.FATAL, "The text is encoded as {detail}, not as UTF-8.", "Save it as UTF-8 with byte order mark."
)
DELIMITER = Fault(
    "F-05",
    Level.FATAL,
    "Row 3 does not begin with Release, as COUNTER's validator expects in every table.",
    "The header must begin in row 1, with the separator that the file's name stands for.",
)
LINE_ENDS = Fault(
    "F-11", Level.FATAL, "The lines end with carriage returns only.", "Save it with the line ends of Windows or Unix."
)
NOT_A_REPORT = Fault(
    "F-10",
    Level.FATAL,
    "The content is not a JSON object with Report_Header and a list of Report_Items.",
    "Fetch the report again; nothing was checked.",
)
RELEASE_ASSUMED = Fault(
    "R-02", Level.WARNING, "The first sheet does not say of which Release it is.", "It is taken for {detail}."
)
NO_ID = Fault(
    "R-06", Level.FATAL, "The first sheet does not say which report it is.", "Only the first sheet is looked at."
)
SHEETS = Fault(
    "F-06",
    Level.ERROR,
    "The workbook has {detail} sheets.",
    "Keep one report in one sheet; only the first is looked at.",
)

_TEXT: Final = frozenset({".csv", ".tsv"})
_SHEETS: Final = frozenset({".xlsx", ".xls", ".ods"})
_UTF8: Final = frozenset({None, "utf-8", "utf-8-sig", "ascii"})
_REFUSED_JSON: Final = frozenset({"J-encoding", "J-no-header", "J-wrapped", "J-flat-header"})


def file_findings(report: Report) -> Iterator[Found]:
    """Why COUNTER's own validator would not read the file of `report`; nothing when it would."""
    extension = PurePath(report.origin.file).suffix.lower()
    if extension == ".json":
        yield from _json(report, extension)
    elif extension in _TEXT:
        yield from _text(report, extension)
    elif extension in _SHEETS:
        yield from _workbook(report, extension)
    else:
        yield EXTENSION.at(None, None, extension)


def _told(report: Report) -> frozenset[str]:
    return frozenset(told.rule for told in report.irregularities)


def _json(report: Report, extension: str) -> Iterator[Found]:
    if report.origin.kind is not FileKind.JSON:
        yield NAMED_OTHERWISE.at(None, None, extension, _content(report))
    elif report.origin.encoding not in _UTF8:
        yield ENCODING.at(None, detail=report.origin.encoding or "")
    elif _told(report) & _REFUSED_JSON:
        yield NOT_A_REPORT.at(None)


def _text(report: Report, extension: str) -> Iterator[Found]:
    kind = report.origin.kind
    if kind in {FileKind.XLSX, FileKind.JSON}:
        yield NAMED_OTHERWISE.at(None, None, extension, _content(report))
    elif report.origin.encoding not in _UTF8:
        yield ENCODING.at(None, detail=report.origin.encoding or "")
    elif "F-cr" in _told(report):
        yield LINE_ENDS.at(None)
    elif _has_other_separator(report, extension) or not _release_in_row_3(report):
        yield DELIMITER.at(None)


def _has_other_separator(report: Report, extension: str) -> bool:
    """Commas in a .tsv, tabs in a .csv. Semicolons and pipes are found by it."""
    if "F-delimiter" in _told(report):
        return False
    return (report.origin.kind is FileKind.TSV) != (extension == ".tsv")


def _release_in_row_3(report: Report) -> bool:
    return any(cell.label_position == "A3" and loose(cell.label) == "release" for cell in report.header.cells)


def _workbook(report: Report, extension: str) -> Iterator[Found]:
    kind = report.origin.kind
    if kind is FileKind.JSON:
        yield NAMED_OTHERWISE.at(None, None, extension, _content(report))
        return
    first_is_other = "F-first-sheet" in _told(report)
    if kind is FileKind.XLSX and not first_is_other:
        return
    yield RELEASE_ASSUMED.at("B3", "Release", None, str(Release.R51))
    filled = {cell.label_position for cell in report.header.cells if cell.value.strip()}
    for n, label in enumerate(expected_labels(Release.R51), start=1):
        if first_is_other:
            yield LABEL_MISSING.at(f"A{n}", label)
        elif f"A{n}" in filled:
            yield LABEL_WRONG.at(f"A{n}", label)
    if first_is_other:
        sheets = next((told.detail for told in report.irregularities if told.rule == "F-sheets"), None)
        yield SHEETS.at(None, detail=sheets or "several")
    yield NO_ID.at(None)


def _content(report: Report) -> str:
    return {FileKind.XLSX: "a workbook", FileKind.JSON: "JSON"}.get(report.origin.kind, "delimited text")


def as_delivered(report: Report) -> Report:
    """The report with the cells of its file: COUNTER's validator reads as blank what was cut off a row."""
    if not any(one.rule == "F-cut-row" for one in report.irregularities):
        return report
    cells = [without_cut_off(name) for name in report.month_columns]
    return replace(report, items=report.items.with_columns(cells))
