"""OpenDocument spreadsheets (ODS, and the same as one XML file, FODS): every table with its cells as text.

A cell holds a value (`office:value`, `office:date-value` …) and the text that is shown. The value is read, because what
is shown may be rounded or `###`; the text only where its zeros in front say more (`0001`). Source: OpenDocument 1.3
part 3, sections 9.1 (tables) and 19.385 (`office:value-type`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.open_document_cells import TableReader
from nolcat_desktop.reading.workbook import Sheet, sheet_of
from nolcat_desktop.reading.workbook_package import CHUNK, Package, border, locked, unreadable

_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_PIECE: Final = 1 << 18
"""Bytes between two looks at whether to stop."""


def read_open_document(content: bytes, progress: Progress | None = None) -> Iterator[Sheet]:
    """Read the tables of an OpenDocument spreadsheet, one after the other, hidden ones too.

    Args:
        content: The bytes of the file: a zip, or one XML document.
        progress: Told how many bytes are read, and checked.

    Yields:
        Each table, as `workbook.read_workbook` gives sheets.

    Raises:
        NolcatError: If the file is damaged, encrypted, far too large, or has no table.
        Cancelled: If the user asked to stop.
    """
    progress = progress or Progress()
    reader = TableReader(progress)
    found = 0
    for chunk in _chunks(content, progress):
        with border(_CONTENT):
            reader.feed(chunk)
        for table in reader.take():
            found += 1
            yield sheet_of(table.name, table.state, table.hidden_columns, table.rows)
    with border(_CONTENT):
        reader.close()
    for table in reader.take():
        found += 1
        yield sheet_of(table.name, table.state, table.hidden_columns, table.rows)
    if not found:
        raise unreadable("it holds no sheet with cells")


def _chunks(content: bytes, progress: Progress) -> Iterator[bytes]:
    """The XML of the document, piece by piece."""
    if not zipfile.is_zipfile(io.BytesIO(content)) and not content.startswith(b"PK"):
        for place in range(0, len(content), _PIECE):
            progress.tell("Reading", place, len(content))
            yield content[place : place + _PIECE]
        return
    with Package(content) as package:
        if package.has(_MANIFEST) and b"encryption-data" in package.content(_MANIFEST):
            raise locked()
        for number, chunk in enumerate(package.chunks(_CONTENT)):
            progress.tell("Reading", number * CHUNK, package.size(_CONTENT))
            for place in range(0, len(chunk), _PIECE):
                progress.check()
                yield chunk[place : place + _PIECE]
