"""A file read from its beginning to its end in blocks, unpacked on the way: .gz, .bz2, .xz, .zst or as it is."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import pyarrow as pa

from nolcat_desktop.legacy.advice import disk_failure, unreadable
from nolcat_desktop.progress import Progress

_MAGIC = ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"), (b"\x28\xb5\x2f\xfd", "zst"))
_CUT_OFF = (EOFError, zlib.error, lzma.LZMAError, pa.ArrowInvalid)
BLOCK = 1 << 20


class Watched(io.RawIOBase):
    """The bytes on the disk: counted for the progress, hashed for the record."""

    def __init__(self, file: Path, progress: Progress, phase: str) -> None:
        """Open `file`."""
        self._file = file.open("rb", buffering=0)
        self._label, self._phase, self._progress = file.name, phase, progress
        self._size, self._read = file.stat().st_size, 0
        self._hash = hashlib.sha256()

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read, tell, check."""
        self._progress.tell(self._phase, self._read, max(self._size, 1), self._label)
        number = self._file.readinto(buffer) or 0
        self._hash.update(memoryview(buffer)[:number])
        self._read += number
        return number

    def sha256(self) -> str:
        """Of what was read so far."""
        return self._hash.hexdigest()

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
        super().close()


@contextmanager
def unpacked(file: Path, progress: Progress, phase: str = "Reading") -> Iterator[tuple[IO[bytes], Watched]]:
    """The content of `file` as a stream, and what watches it; by its first bytes, whatever its name says.

    Raises:
        NolcatError: If it cannot be opened or read, or its packing is damaged or cut off.
        Cancelled: If the user asked to stop, while it is read.
    """
    try:
        with Watched(file, progress, phase) as watched:
            buffered = io.BufferedReader(watched, BLOCK)
            head = buffered.peek(8)
            kind = next((name for magic, name in _MAGIC if head.startswith(magic)), "")
            with _opened(buffered, kind) as stream:
                yield stream, watched
    except _CUT_OFF as error:
        raise unreadable(file, f"it is damaged or cut off: {error}") from error
    except OSError as error:
        if error.errno is None:
            raise unreadable(file, f"it is damaged or cut off: {error}") from error
        raise disk_failure(error, file) from error


def _opened(stream: io.BufferedReader[Watched], kind: str) -> IO[bytes]:
    match kind:
        case "gz":
            return cast(IO[bytes], gzip.GzipFile(fileobj=stream))
        case "bz2":
            return cast(IO[bytes], bz2.BZ2File(stream))
        case "xz":
            return cast(IO[bytes], lzma.LZMAFile(stream))
        case "zst":
            return cast(IO[bytes], pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd"))
        case _:
            return stream
