"""A frame as a file: written beside its name, renamed when whole, so that a half file never stands under the name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from nolcat_desktop.export.whole_file import whole_file
from nolcat_desktop.problem import NolcatError, Problem

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ENDINGS = (".csv", ".tsv", ".xlsx", ".parquet")
SHEET_ROWS, SHEET_COLUMNS, CELL_LENGTH = 1_048_575, 16_384, 32_767
"""Data rows below the headings, columns, and characters of a cell that Excel holds (its specifications and limits)."""
_MEASURED, _WIDEST = 200, 60
EXACT = 999_999_999_999_999
"""Excel keeps 15 digits of a number; a longer one is written as text."""


def write_table(
    frame: pl.DataFrame, target: Path, sheet: str = "usage", about: tuple[str, pl.DataFrame] | None = None
) -> None:
    """Write `frame` to `target`, in the form that its ending names; what stood there is replaced.

    Args:
        frame: Columns of texts, numbers and dates.
        target: A name that ends in one of `ENDINGS`. CSV and TSV are UTF-8 with a byte order mark, so that Excel reads
            them rightly; dates are yyyy-mm-dd.
        sheet: Name of the sheet of a workbook.
        about: Name and rows of a second sheet of a workbook, which says what the first one is; left out elsewhere.

    Raises:
        NolcatError: If the ending is another, the frame does not fit a sheet, or the disk refuses.
    """
    write = _WRITERS.get(target.suffix.lower())
    if write is None:
        raise NolcatError(
            Problem(
                f"Files that end in “{target.suffix}” cannot be written",
                "Nothing was written.",
                f"Choose one of {', '.join(ENDINGS)}.",
            )
        )
    if write is _workbook:
        _check_fits(frame)
    with whole_file(target) as beside:
        if write is _workbook:
            _workbook(frame, beside, sheet, about)
        else:
            write(frame, beside, sheet)


def _check_fits(frame: pl.DataFrame) -> None:
    texts = frame.select(pl.col(pl.String).str.len_chars().max())
    longest = max((length or 0 for length in (texts.row(0) if texts.width else ())), default=0)
    for what, number, limit in (
        ("rows", frame.height, SHEET_ROWS),
        ("columns", frame.width, SHEET_COLUMNS),
        ("characters in a cell", longest, CELL_LENGTH),
    ):
        if number > limit:
            raise NolcatError(
                Problem(
                    "The table is too large for Excel",
                    f"It has {number:,} {what}; Excel holds {limit:,}. Nothing was written.",
                    "Write it as .csv or .parquet, or choose fewer months or sources.",
                )
            )


def _csv(frame: pl.DataFrame, target: Path, _sheet: str) -> None:
    frame.write_csv(target, include_bom=True)


def _tsv(frame: pl.DataFrame, target: Path, _sheet: str) -> None:
    frame.write_csv(target, include_bom=True, separator="\t")


def _parquet(frame: pl.DataFrame, target: Path, _sheet: str) -> None:
    frame.write_parquet(target)


def _workbook(frame: pl.DataFrame, target: Path, sheet: str, about: tuple[str, pl.DataFrame] | None = None) -> None:
    """Texts stay texts: nothing becomes a formula, a link or a number because of how it looks."""
    import xlsxwriter  # slow to import, and needed for workbooks alone
    from xlsxwriter.exceptions import XlsxWriterException

    target.touch()  # a folder that refuses is noticed before XlsxWriter opens files of its own elsewhere
    try:
        with xlsxwriter.Workbook(str(target), {"constant_memory": True}) as workbook:
            bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
            _fill(workbook.add_worksheet(sheet), frame, bold, day)
            if about is not None:
                _fill(workbook.add_worksheet(about[0]), about[1], bold, day)
    except XlsxWriterException as error:
        raise OSError(str(error)) from error


def _fill(page: Worksheet, frame: pl.DataFrame, bold: Format, day: Format) -> None:
    page.freeze_panes(1, 0)
    for n, name in enumerate(frame.columns):
        page.set_column(n, n, _width(frame[name]))
        page.write_string(0, n, name, bold)
    for number, row in enumerate(frame.iter_rows(), 1):
        for n, value in enumerate(row):
            _write_cell(page, number, n, value, day)
    if frame.width:
        page.autofilter(0, 0, frame.height, frame.width - 1)


def _width(column: pl.Series) -> int:
    """So that most is read without dragging, in characters; of texts the longest of the first ones counts."""
    texts = column.head(_MEASURED).cast(pl.String).str.len_chars().max()
    longest = texts if isinstance(texts, int) else 0
    return min(max(longest, len(column.name)) + 3, _WIDEST)


def _write_cell(page: Worksheet, row: int, column: int, value: object, day: Format) -> None:
    match value:
        case None:
            return
        case date():
            page.write_datetime(row, column, value, day)
        case int() | float() if abs(value) <= EXACT and not isinstance(value, bool):
            page.write_number(row, column, value)
        case _:
            page.write_string(row, column, str(value))


_WRITERS: dict[str, Callable[[pl.DataFrame, Path, str], None]] = dict(
    zip(ENDINGS, (_csv, _tsv, _workbook, _parquet), strict=True)
)
