"""The text of a `mysqldump` (or `mariadb-dump`) file, statement by statement, in bounded memory.

Texts are taken apart as MySQL writes them (MySQL 8 manual: String Literals, Comments). What stands within a text or a
comment is never taken for a statement. Statements of other tables are passed over without being kept.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO

from nolcat_desktop.legacy.advice import unreadable
from nolcat_desktop.problem import NolcatError

_READ = 1 << 20
_LONGEST = 1 << 30
"""Bytes of the longest statement that a server takes (max_allowed_packet)."""
_TAIL = 2048
_HEAD = 1 << 16
"""Bytes in which a statement says what it is about."""

_BLANK = re.compile(
    rb"(?:\s++|--[ \t\r]*(?:[ \t\r][^\n]*)?(?:\n|\Z)|\#[^\n]*(?:\n|\Z)"
    rb"|/\*(?!!|M!)(?:[^*]|\*(?!/))*+\*/|/\*M!\d*\\-(?:[^*]|\*(?!/))*+\*/)*+"
)
"""Blanks and comments; MariaDB's mark of the sandbox is one, other `/*!` are statements."""
_PASS = re.compile(
    rb"(?:[^;'\"`/\-\#]++|'(?:[^'\\]++|\\.|'')*+'|\"(?:[^\"\\]++|\\.|\"\")*+\"|`[^`]*+`"
    rb"|/\*(?:[^*]|\*(?!/))*+\*/|/(?!\*)|--[ \t\r][^\n]*(?:\n|\Z)|--\n|-(?!-[ \t\r\n])|\#[^\n]*(?:\n|\Z))*+(;)",
    re.DOTALL,
)
_DELIMITER = re.compile(rb"DELIMITER[ \t]+(\S+)[^\n]*\n", re.IGNORECASE)
_DELIMITER_BACK = re.compile(rb"(?<=\n)DELIMITER[ \t]+;[^\n]*(?:\n|\Z)", re.IGNORECASE)
_BEGINS, _COMPLETE = re.compile(rb"-- (?:MySQL|MariaDB) dump", re.IGNORECASE), b"-- Dump completed"


class DumpText:
    """A window that moves over the text; `at` counts from the beginning of the text."""

    def __init__(self, stream: IO[bytes], file: Path) -> None:
        """Read nothing yet."""
        self._stream, self._file = stream, file
        self.window = b""
        self.here = 0
        """Place in the window."""
        self._before = 0
        self._ended = False
        self._tail = b""
        self._promised: bool | None = None

    @property
    def at(self) -> int:
        """Bytes before this place."""
        return self._before + self.here

    def more(self) -> bool:
        """Read on, forgetting what lies behind; False at the end."""
        if self._ended:
            return False
        kept = len(self.window) - self.here
        if kept > _LONGEST:
            raise self.wrong("a statement begins here that no server would take")
        block = self._stream.read(max(_READ, kept))  # twice as much each time: a long text is no long work
        if self._promised is None:
            self._promised = _BEGINS.search(block[:400]) is not None
        self._before += self.here
        self.window, self.here = self.window[self.here :] + block, 0
        self._tail = (self._tail + block)[-_TAIL:]
        self._ended = not block
        return bool(block)

    def match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """What `pattern` matches here, once it cannot match more by reading on; None only at the very end."""
        while True:
            found = pattern.match(self.window, self.here)
            if found is not None and found.end() < len(self.window):
                return found
            if not self.more():
                return pattern.match(self.window, self.here)

    def head(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """What `pattern` matches here, or that it does not: the beginning of a statement, never more than `_HEAD`."""
        while len(self.window) - self.here < _HEAD and self.more():
            pass
        return pattern.match(self.window, self.here)

    def take(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """`match`, and go behind it."""
        found = self.match(pattern)
        if found is not None:
            self.here = found.end()
        return found

    def next_statement(self) -> bool:
        """Go to where a statement begins; False at the end.

        Raises:
            NolcatError: If the dump promises to say that it is complete, and does not.
        """
        while True:
            self.take(_BLANK)
            if self.here < len(self.window) or self.more():
                if not self._pass_delimited():
                    return True
                continue
            if self._promised and _COMPLETE not in self._tail:
                raise self.cut_off("its last line, “-- Dump completed”, is missing")
            return False

    def whole(self) -> bytes:
        """The rest of the statement at hand with its `;`; go behind it.

        Raises:
            NolcatError: If it has no end: the dump is cut off.
        """
        found = _PASS.match(self.window, self.here)
        while found is None:
            if not self.more():
                raise self.cut_off("it ends within a statement")
            found = _PASS.match(self.window, self.here)
        self.here = found.end()
        return found[0]

    def _pass_delimited(self) -> bool:
        """Pass over procedures and triggers, between `DELIMITER ;;` and `DELIMITER ;`; False if there are none here."""
        if self.window[self.here : self.here + 1] not in (b"D", b"d"):
            return False
        found = self.head(_DELIMITER)
        if found is None:
            return False
        self.here = found.end()
        if found[1] == b";":
            return True
        while (end := _DELIMITER_BACK.search(self.window, self.here)) is None:
            self.here = max(self.here, len(self.window) - 64)
            if not self.more():
                raise self.cut_off("it ends within a procedure or trigger")
        self.here = end.end()
        return True

    def cut_off(self, why: str) -> NolcatError:
        """The text ends where it should not."""
        return unreadable(self._file, f"{why}: it was cut off after {self._before + len(self.window):,} bytes")

    def wrong(self, why: str) -> NolcatError:
        """The text makes no sense here."""
        return unreadable(self._file, f"{why} (byte {self.at:,} of the unpacked text)")
