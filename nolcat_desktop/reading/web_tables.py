"""Tables of a web page, which many services name `.xls`: cells as text, at the rows and columns where they are shown.

The tables of a page are put together to what a reader takes for one table each: a table without column headings that
stands before another is its header, one that stands behind is its continuation. Rows are counted over them together.
Source: HTML Living Standard, section 4.9.12 (forming a table).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from nolcat_desktop.counter.text import loose, squash
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.blocks import R4_NAME, R5_LABELS, is_heading_row
from nolcat_desktop.reading.encoding import Decoded, decode
from nolcat_desktop.reading.web_archive import Page, pages_of
from nolcat_desktop.reading.web_tokens import Tag, tokens
from nolcat_desktop.reading.workbook import Sheet, sheet_of
from nolcat_desktop.reading.workbook_package import too_large, unreadable
from nolcat_desktop.reading.workbook_rows import Rows, letters

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD: Final = 4096
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WIDEST: Final = 1000
"""Columns that a cell may span (HTML's own limit)."""
_MOST_COLUMNS: Final = 1 << 14
_LONGEST: Final = 65_534
"""Rows that a cell may span (HTML's own limit)."""
_MOST_CELLS: Final = 20_000_000
_LOOK: Final = 100
_HEADER_ROWS: Final = 20
_CHECKED_EVERY: Final = 20_000
_LOSSY = re.compile(r"#+|-?[0-9](?:[.,][0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
"""What Excel shows of a number that does not fit; its web pages hold the number beside it (`x:num`)."""

_Line = dict[int, str]


@dataclass(slots=True)
class _Table:
    """A table while it is read."""

    lines: list[_Line] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    """Column, first and last line (from 0) of cells over several rows."""
    spanned: dict[int, int] = field(default_factory=dict)
    """Column → how many of the next lines it is taken in."""
    column: int = 0
    cell: Tag | None = None
    pieces: list[str] = field(default_factory=list)

    def begin_row(self) -> None:
        self.spanned = {column: left - 1 for column, left in self.spanned.items() if left > 1}
        self.lines.append({})
        self.column = 0

    def begin_cell(self, tag: Tag) -> None:
        if not self.lines:
            self.begin_row()
        self.cell, self.pieces = tag, []

    def end_cell(self) -> int:
        """Put the cell that is open into its place; how many cells it takes."""
        if self.cell is None:
            return 0
        given, text = self.cell.attributes(), _text(self.pieces)
        self.cell = None
        while self.spanned.get(self.column, 0) > 0:
            self.column += 1
        if self.column >= _MOST_COLUMNS:
            raise too_large("table")
        width = _span(given.get("colspan"), _WIDEST)
        height = _span(given.get("rowspan"), _LONGEST)
        exact = given.get("x:num", "")
        text = exact if exact and _LOSSY.fullmatch(text) else text
        if text:
            self.lines[-1][self.column] = text
        if height > 1:
            self.spanned |= dict.fromkeys(range(self.column, self.column + width), height)
            self.merged.append((self.column, len(self.lines) - 1, len(self.lines) + height - 2))
        self.column += width
        return width


def read_web_tables(content: bytes, progress: Progress | None = None) -> tuple[list[Sheet], Decoded | None]:
    """Read the tables of a web page, or of the pages that were saved as one file.

    Args:
        content: The bytes of the page, or of the web archive.
        progress: Checked, and told how many tables there were.

    Returns:
        What is one table each to a reader, named after its sheet, else `Table 1` … when there are several; and how the
        page (the first with tables) was decoded, None when it is no text (then there are no tables).

    Raises:
        NolcatError: If its tables are beyond all measure, or the web archive is damaged.
        Cancelled: If the user asked to stop.
    """
    progress = progress or Progress()
    found: list[tuple[str, list[_Table]]] = []
    first: Decoded | None = None
    for page in pages_of(content):
        decoded = _decoded(page)
        if decoded is None and page.content is not content:
            raise unreadable("a page of the web archive is no text")
        if decoded is None:
            return [], None
        groups = _grouped([table for table in _tables(decoded.utf8.decode(), progress) if any(table.lines)])
        first = decoded if first is None or (groups and not found) else first
        several = len(groups) > 1 and bool(page.name)
        found += [(f"{page.name} {n}" if several else page.name, group) for n, group in enumerate(groups, 1)]
    several = len(found) > 1
    sheets = [_sheet(name or (f"Table {n}" if several else ""), group) for n, (name, group) in enumerate(found, 1)]
    return sheets, first


def _decoded(page: Page) -> Decoded | None:
    """The page as text: a byte order mark decides, then what it says itself, if that is possible."""
    content, declared = page.content, _DECLARED.search(page.content[:_HEAD])
    plain = decode(content)
    name = declared[1].decode("ascii").lower() if declared is not None else page.charset.lower()
    if not name or (plain is not None and not plain.guessed):
        return plain
    try:
        text = content.decode("cp1252" if name in {"iso-8859-1", "latin1", "us-ascii"} else name)
        return Decoded(text.replace("\r\n", "\n").encode(), name, guessed=False)
    except (LookupError, ValueError):
        return plain


def _tables(page: str, progress: Progress) -> Iterator[_Table]:
    """Every table, also inside cells of others, as it ends; open ones at the end of the page."""
    stack: list[_Table] = []
    cells = 0
    for number, token in enumerate(tokens(page)):
        if not number % _CHECKED_EVERY:
            progress.check()
        table = stack[-1] if stack else None
        if isinstance(token, str):
            if table is not None and table.cell is not None:
                table.pieces.append(token)
        elif token.name == "table" and not token.is_end:
            stack.append(_Table())
        elif table is None:
            continue
        elif token.name == "table":
            table.end_cell()
            yield stack.pop()
        else:
            cells += _of_table(table, token)
            if cells > _MOST_CELLS:
                raise too_large("table")
    for table in reversed(stack):
        table.end_cell()
        yield table


def _of_table(table: _Table, tag: Tag) -> int:
    """Take a tag that stands in a table; how many cells came to an end."""
    match tag.name:
        case "td" | "th":
            ended = table.end_cell()
            if not tag.is_end:
                table.begin_cell(tag)
            return ended
        case "tr":
            ended = table.end_cell()
            if not tag.is_end:
                table.begin_row()
            return ended
        case "thead" | "tbody" | "tfoot":
            return table.end_cell()
        case "br" | "p" | "div" | "li" if table.cell is not None:
            table.pieces.append("\0")
        case _:
            pass
    return 0


def _text(pieces: Sequence[str]) -> str:
    """The text of a cell as it is shown: runs of blanks are one, only `<br>` and paragraphs break lines."""
    lines = (_BLANKS.sub(" ", line).strip(" \xa0") for line in "".join(pieces).split("\0"))
    return "\n".join(line for line in lines if line)


def _span(text: str | None, most: int) -> int:
    number = (text or "").strip()
    return min(int(number), most) or 1 if number.isascii() and number.isdigit() and len(number) < 9 else 1  # noqa: PLR2004 - longer ones are no spans


def _grouped(tables: list[_Table]) -> list[list[_Table]]:
    """The tables that belong together, in order."""
    groups: list[list[_Table]] = []
    above: list[_Table] = []
    for table in tables:
        if _has_headings(table):
            groups.append([*above, table])
            above = []
        elif not groups or above or _is_header(table):
            above.append(table)
        else:
            groups[-1].append(table)
    if above:
        groups.append(above)
    return groups


def _has_headings(table: _Table) -> bool:
    return any(is_heading_row(list(line.values())) for line in table.lines[:_LOOK])


def _is_header(table: _Table) -> bool:
    """Whether a table holds rows of a report's header."""
    firsts = [next(iter(line.values()), "") for line in table.lines[:_HEADER_ROWS]]
    return any(loose(text.rstrip(": ")) in R5_LABELS or R4_NAME.match(squash(text)) for text in firsts)


def _sheet(name: str, tables: list[_Table]) -> Sheet:
    rows = Rows()
    first = 1
    for table in tables:
        for number, line in enumerate(table.lines, first):
            for column, text in line.items():
                rows.put(number, column, text)
        for column, top, bottom in table.merged:
            last = min(bottom, len(table.lines) - 1)
            if first + top > _HEADER_ROWS and last > top:
                place = f"{letters(column)}{first + top}"
                rows.note("X-merged", place, f"{place}:{letters(column)}{first + last}")
        first += len(table.lines)
    return sheet_of(name, "visible", (), rows)
