"""The XML of a sheet, cut between rows: regular pieces are read many cells at a time, all else by the XML parser.

Both put the same cells into `Rows`, in the order of the sheet.
"""

from __future__ import annotations

import re
from collections import deque
from concurrent.futures import Executor, Future
from enum import Enum

from nolcat_desktop.reading.workbook_cells import CellReader
from nolcat_desktop.reading.workbook_regular import RegularReader, RegularRows
from nolcat_desktop.reading.workbook_rows import Rows

PIECE = 4 << 20
"""Bytes of XML that are read together."""
_AHEAD = 3
_LONGEST_TAG = 64
_PATIENCE = 3
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml(?:(?!encoding)[^<>])*(?:encoding=[\"']utf-8[\"'](?:(?!encoding)[^<>])*)?\?>)?\s*<((?:[A-Za-z0-9]+:)?)worksheet[\s>]",
    re.IGNORECASE,
)


class _State(Enum):
    HEAD = "before the rows"
    ROWS = "in the rows"
    PLAIN = "parser only"


class SheetStream:
    """Takes the bytes of one sheet in pieces of any size."""

    def __init__(
        self, reader: CellReader, regular: RegularReader, rows: Rows, pool: Executor, piece: int = PIECE
    ) -> None:
        """Read into `rows`; `reader` reads into the same."""
        self._reader, self._regular, self._rows, self._pool, self._size = reader, regular, rows, pool, piece
        self._state = _State.HEAD
        self._prefix = b""
        self._buffer = bytearray()
        self._waiting: deque[tuple[bytes, Future[RegularRows | None]]] = deque()
        self._refused = 0
        self._distrusted = False

    def feed(self, chunk: bytes) -> None:
        """Read the next bytes.

        Raises:
            NolcatError: If the sheet is damaged.
        """
        if self._state is _State.PLAIN:
            self._reader.feed(chunk)
            return
        searched = max(0, len(self._buffer) - _LONGEST_TAG)
        self._buffer += chunk
        if self._state is _State.HEAD:
            self._find_rows()
            searched = 0
        if self._state is _State.ROWS:
            self._cut(searched)

    def close(self) -> None:
        """There is no more."""
        self._plain()
        self._reader.close()

    def _find_rows(self) -> None:
        """End the head at the first row."""
        begun = self._buffer.find(b"sheetData>")
        if begun < 0:
            if len(self._buffer) > self._size:
                self._plain()
            return
        end = begun + len(b"sheetData>")
        head = bytes(self._buffer[:end])
        root = _HEAD.match(head)
        if root is not None:
            self._prefix = root[1]
        tag = b"<" + self._prefix + b"sheetData>"
        if root is None or not head.endswith(tag) or b"<!" in head or head.count(b"<?") > 1:
            self._plain()
            return
        self._reader.feed(head)
        del self._buffer[:end]
        self._state = _State.ROWS

    def _cut(self, searched: int) -> None:
        """Send off the rows that are complete; what follows the last row is for the parser."""
        end = self._buffer.find(b"</" + self._prefix + b"sheetData", searched)
        if end >= 0:
            self._send(end)
            self._plain()
        elif len(self._buffer) >= self._size:
            tag = b"</" + self._prefix + b"row>"
            end = self._buffer.rfind(tag)
            if end >= 0:
                self._send(end + len(tag))
            elif len(self._buffer) > 8 * self._size:
                self._plain()

    def _send(self, end: int) -> None:
        piece = bytes(self._buffer[:end])
        del self._buffer[:end]
        self._waiting.append((piece, self._pool.submit(self._read, piece)))
        if len(self._waiting) >= _AHEAD:
            self._settle()
        if self._distrusted:
            self._plain()

    def _read(self, piece: bytes) -> RegularRows | None:
        """What the piece holds, if it is regular; if elements have a prefix, then only if all have the same."""
        if self._prefix:
            bare = piece.replace(b"<" + self._prefix, b"<").replace(b"</" + self._prefix, b"</")
            if len(piece) - len(bare) != bare.count(b"<") * len(self._prefix):
                return None
            piece = bare
        return self._regular.read(piece)

    def _settle(self) -> None:
        """Take the rows of the oldest piece, or let the parser read it; distrust the rest if a comment may be cut."""
        piece, future = self._waiting.popleft()
        found = None if self._distrusted and future.cancel() else future.result()
        if found is not None and not self._distrusted:
            self._rows.add(found.frame)
            for column, count, row, text in found.text_numbers:
                self._rows.text_numbers(column, count, row, text)
            self._reader.last_row = found.last_row
            self._refused = 0
            return
        self._reader.feed(piece)
        self._refused += 1
        if b"<!" in piece or b"<?" in piece or self._refused >= _PATIENCE:
            self._distrusted = True

    def _plain(self) -> None:
        """Let the parser read all that follows."""
        while self._waiting:
            self._settle()
        if self._state is not _State.PLAIN:
            self._state = _State.PLAIN
            self._reader.feed(bytes(self._buffer))
            self._buffer.clear()
