"""Old Excel workbooks (XLS, Excel 2 to 2003): every sheet with its cells as text, as far as possible as they are shown.

The records are taken apart by `xlrd`; what its cells mean is decided here, as for all workbooks. This is the border
post for `xlrd`, which raises whatever comes up when a file is damaged.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import xlrd

from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress
from nolcat_desktop.reading.number_format import DATE, GENERAL, NumberFormat, number_format, number_text
from nolcat_desktop.reading.workbook import Sheet, sheet_of
from nolcat_desktop.reading.workbook_package import locked, unreadable
from nolcat_desktop.reading.workbook_rows import Rows, letters

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as OldSheet

_CHECKED_EVERY: Final = 4096
"""Records between two looks at whether to stop."""
_CELLS: Final = frozenset({0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206})
_CELLS_TOO: Final = frozenset({0x007E, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x027E, 0x0406})
_MOST_COLUMNS: Final = 256
_HEADER_ROWS: Final = 20
_VISIBLE = ("visible", "hidden", "veryHidden")


def read_old_workbook(content: bytes, progress: Progress | None = None) -> Iterator[Sheet]:
    """Read the worksheets of an XLS workbook, one after the other, hidden ones too.

    Args:
        content: The bytes of the file.
        progress: Checked while records are read, told sheet by sheet.

    Yields:
        Each worksheet, as `workbook.read_workbook` gives them.

    Raises:
        NolcatError: If the workbook is damaged, encrypted, or has no worksheet.
        Cancelled: If the user asked to stop.
    """
    progress = progress or Progress()
    with _border("workbook"):
        book = _opened(content)
    try:
        if not book.nsheets:
            raise unreadable("it holds no sheet with cells")
        book.get_record_parts = _watched(book.get_record_parts, progress)
        for number, name in enumerate(book.sheet_names()):
            progress.tell("Reading", number, book.nsheets, name)
            with _border(f"sheet {name}"):
                sheet = book.sheet_by_index(number)
                read = _Reader(book, sheet, progress).read()
            yield read
            book.unload_sheet(number)
    finally:
        book.release_resources()


def _opened(content: bytes) -> Book:
    """The workbook with its styles; without them if they are what is damaged."""
    options: dict[str, Any] = {"file_contents": content, "logfile": io.StringIO(), "on_demand": True}
    try:
        return xlrd.open_workbook(formatting_info=True, ragged_rows=True, **options)
    except xlrd.XLRDError:
        raise
    except Exception:  # noqa: BLE001 - whatever its styles make xlrd raise, the cells may be sound
        return xlrd.open_workbook(formatting_info=False, ragged_rows=True, **options)


def _watched(read: Callable[[], tuple[int, int, bytes]], progress: Progress) -> Callable[[], tuple[int, int, bytes]]:
    """`read`, which gives the next record, stopping when asked to and at cells outside of any sheet."""
    seen = 0

    def watched() -> tuple[int, int, bytes]:
        nonlocal seen
        seen += 1
        if not seen % _CHECKED_EVERY:
            progress.check()
        kind, length, data = read()
        if (kind in _CELLS or kind in _CELLS_TOO) and int.from_bytes(data[2:4], "little") >= _MOST_COLUMNS:
            raise unreadable("a cell stands in a column that there is not")
        return kind, length, data

    return watched


@contextmanager
def _border(place: str) -> Iterator[None]:
    try:
        yield
    except (NolcatError, Cancelled):
        raise
    except xlrd.XLRDError as foreign:
        if "encrypted" in str(foreign).lower():
            raise locked() from foreign
        raise unreadable(f"{place}: {foreign}") from foreign
    except Exception as foreign:
        raise unreadable(f"{place}: {str(foreign) or type(foreign).__name__}") from foreign


class _Reader:
    """Reads one sheet."""

    def __init__(self, book: Book, sheet: OldSheet, progress: Progress) -> None:
        self.book, self.sheet, self.progress = book, sheet, progress
        self.rows = Rows()
        self.formats: dict[int, NumberFormat] = {}
        self.texts: dict[tuple[float, int], str] = {}

    def read(self) -> Sheet:
        """All its cells."""
        sheet = self.sheet
        hidden = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
        for row in range(sheet.nrows):
            if not row % _CHECKED_EVERY:
                self.progress.check()
            filled = [self._cell(row, column, kind) for column, kind in enumerate(sheet.row_types(row))]
            if row in hidden and any(filled):
                self.rows.hidden_row(row + 1)
        for first, last, left, _ in sheet.merged_cells:
            if first >= _HEADER_ROWS and last - first > 1:
                place = f"{letters(left)}{first + 1}"
                self.rows.note("X-merged", place, f"{place}:{letters(left)}{last}")
        columns = [(column, column) for column, info in sheet.colinfo_map.items() if info.hidden]
        return sheet_of(sheet.name, _VISIBLE[min(sheet.visibility, 2)], columns, self.rows)

    def _cell(self, row: int, column: int, kind: int) -> bool:
        """Take one cell; whether it holds anything."""
        value = self.sheet.cell_value(row, column)
        match kind:
            case xlrd.XL_CELL_TEXT:
                self.rows.text_cell(row + 1, column, value)
                return bool(value)
            case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
                self.rows.put(row + 1, column, self._number(value, self._style(row, column), kind))
            case xlrd.XL_CELL_BOOLEAN:
                self.rows.put(row + 1, column, "TRUE" if value else "FALSE")
            case xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(value, f"#ERR{value}")
                self.rows.put(row + 1, column, text)
                self.rows.note("X-error-cell", f"{letters(column)}{row + 1}", text)
            case _:
                return False
        return True

    def _style(self, row: int, column: int) -> int:
        return int(self.sheet.cell_xf_index(row, column)) if self.book.formatting_info else -1

    def _number(self, value: float, style: int, kind: int) -> str:
        shown = DATE if kind == xlrd.XL_CELL_DATE and style < 0 else self._format(style)
        known = self.texts.get((value, style))
        if known is None or style < 0:
            known = number_text(repr(value), shown, bool(self.book.datemode))
            self.texts[value, style] = known
        return known

    def _format(self, style: int) -> NumberFormat:
        known = self.formats.get(style)
        if known is None:
            known = GENERAL
            if 0 <= style < len(self.book.xf_list):
                key = self.book.xf_list[style].format_key
                form = self.book.format_map.get(key)
                known = number_format(key, form.format_str if form is not None else None)
            self.formats[style] = known
        return known
