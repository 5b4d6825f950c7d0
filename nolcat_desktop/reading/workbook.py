"""Workbooks (XLSX): every sheet with its cells as text, each at its place.

Read with nothing but a zip and an XML parser of the standard library, because the libraries at hand guess types, drop
error cells, shift positions when the first rows or columns are blank, or lose number formats: silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.workbook_book import Book, SheetPart, open_book
from nolcat_desktop.reading.workbook_cells import CellReader
from nolcat_desktop.reading.workbook_package import CHUNK, Package, looks_like_workbook
from nolcat_desktop.reading.workbook_regular import RegularReader
from nolcat_desktop.reading.workbook_rows import COLUMNS, Rows
from nolcat_desktop.reading.workbook_stream import SheetStream
from nolcat_desktop.report import ROW, Irregularity

__all__ = ["Sheet", "looks_like_workbook", "read_workbook", "sheet_of"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    first_row: int
    """Spreadsheet number of the first of `rows`; 1 if there is none."""
    rows: pl.DataFrame
    """Rows that hold a value, ascending: `row` (UInt32, the spreadsheet's number) and a String column for each column
    of the sheet up to the last used, named by its letters, `A` … `AC`. A blank cell is null. (Of a sheet whose area
    is beyond any report's, columns without any value are left out.)"""
    irregularities: tuple[Irregularity, ...]
    """X-error-cell, X-formula-without-value and X-duplicate-cell (one for each cell), X-merged (one for each range of
    several rows below row 20), X-hidden-sheet, X-hidden-columns; and, with how many there are as detail and the place
    of the first, X-formula, X-hidden-rows and X-number-as-text (for each column; of any content, so that identifiers
    are among them)."""


def read_workbook(path_or_content: Path | bytes, progress: Progress | None = None) -> Iterator[Sheet]:
    """Read the worksheets of a workbook, one after the other, in its order; hidden ones too.

    Args:
        path_or_content: The file, or its bytes.
        progress: Told how many bytes of the (inflated) sheet are read.

    Yields:
        Each worksheet. The file is opened when the first one is asked for and closed after the last.

    Raises:
        NolcatError: If the workbook is damaged, encrypted, not XLSX, far too large, or has no worksheet.
    """
    progress = progress or Progress()
    with Package(path_or_content) as package:
        book = open_book(package)
        with ThreadPoolExecutor(2) as pool:
            source = _Source(package, book, RegularReader(book), pool)
            for sheet in book.sheets:
                yield _read_sheet(source, sheet, progress)


@dataclass(frozen=True, slots=True)
class _Source:
    """An open workbook."""

    package: Package
    book: Book
    regular: RegularReader
    pool: Executor


def _read_sheet(source: _Source, sheet: SheetPart, progress: Progress) -> Sheet:
    rows = Rows()
    reader = CellReader(source.book, rows, sheet.part)
    stream = SheetStream(reader, source.regular, rows, source.pool)
    for number, chunk in enumerate(source.package.chunks(sheet.part)):
        progress.tell("Reading", number * CHUNK, source.package.size(sheet.part), sheet.name)
        stream.feed(chunk)
    stream.close()
    return sheet_of(sheet.name, sheet.state, reader.hidden_columns, rows)


def sheet_of(name: str, state: str, hidden_columns: Sequence[tuple[int, int]], rows: Rows) -> Sheet:
    """The sheet whose cells were put into `rows`.

    Args:
        name: Of the sheet.
        state: `visible`, `hidden` or `veryHidden`.
        hidden_columns: First and last number of hidden columns, from 0.
        rows: Its cells, and what was noticed about them.
    """
    frame = rows.frame()
    hidden = _hidden(name, state, hidden_columns, frame)
    first = int(frame[ROW][0]) if frame.height else 1
    return Sheet(name, first, frame, (*hidden, *rows.irregularities()))


def _hidden(sheet: str, state: str, columns: Sequence[tuple[int, int]], frame: pl.DataFrame) -> list[Irregularity]:
    """What is said of a hidden sheet and of the hidden columns that hold a value."""
    found = []
    if state != "visible":
        found.append(Irregularity("X-hidden-sheet", None, None, sheet, state))
    used = [name for name in frame.columns if name != ROW and frame[name].null_count() < frame.height]
    names = [name for name in used if any(first <= COLUMNS[name] <= last for first, last in columns)]
    if names:
        first_row = frame.filter(pl.col(names[0]).is_not_null())[ROW][0]
        found.append(
            Irregularity("X-hidden-columns", f"{names[0]}{first_row}", None, ", ".join(names), str(len(names)))
        )
    return found
