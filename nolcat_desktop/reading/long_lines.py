"""Lines that are no line of a table: found before a text is taken apart, so that none costs memory or minutes."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 4 << 20
"""Bytes of a line; a row of a report has some hundred cells, and Excel's cells hold 32,767 characters."""
MOST_CELLS: Final = 20_000
"""Delimiters in a line; Excel has 16,384 columns."""
_STEP: Final = 32 << 10
_ENDS: Final = (b"\n", b"\r")
_DELIMITERS: Final = (b"\t", b",", b";", b"|")


def beyond_measure(content: bytes) -> str | None:
    """What is wrong with the first line that is too long or has too many cells; None when every line is sound.

    Looks into the few lines only that are longer than 32 KB.

    Args:
        content: The bytes of a text file in any encoding.
    """
    start = 0
    while start + _STEP < len(content):
        end = max(content.rfind(mark, start, start + _STEP) for mark in _ENDS)
        if end < start:
            found = [content.find(mark, start + _STEP, start + LONGEST + 1) for mark in _ENDS]
            end = min((at for at in found if at >= 0), default=len(content))
            if end - start > LONGEST:
                return f"text file with a line of more than {LONGEST:,} bytes"
            if any(content.count(mark, start, end) > MOST_CELLS for mark in _DELIMITERS):
                return f"text file with a line of more than {MOST_CELLS:,} cells"
        start = end + 1
    return None
