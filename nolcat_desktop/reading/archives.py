"""Zip archives, also inside one another, as lists of the files in them; none is unpacked to the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from nolcat_desktop.problem import NolcatError, Problem

LARGEST_MEMBER: Final = 4 << 30
"""Bytes that a file inside an archive may unpack to."""
LARGEST_INNER: Final = 1 << 30
"""Bytes that an archive inside an archive may have: it is held in memory while its files are read."""
DEEPEST: Final = 4
"""How many archives may stand inside one another."""
MOST_MEMBERS: Final = 200_000
"""Files that are listed of one archive, all that it holds inside others together."""
_LARGE: Final = 256 << 20
_STEEPEST: Final = 500
"""How many times larger than in the archive a file may be once it is beyond `_LARGE`."""
_LOCAL_HEADER: Final = b"PK\x03\x04"
_EMPTY_ARCHIVE: Final = b"PK\x05\x06"
_NAME_AT: Final = 30
_DOCUMENT_PARTS: Final = (
    "[content_types].xml",
    "mimetype",
    "_rels/",
    "docprops/",
    "xl/",
    "word/",
    "ppt/",
    "customxml/",
)
"""How the first file in a document that is a zip (workbook, text document …) is called."""
BROKEN: Final = (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile, zlib.error)
"""What the standard library raises about a zip archive that is damaged, protected, or packed in an unknown way."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive."""

    name: str
    """Path of the archive and of the file in it: `archive.zip!/inner.zip!/member`."""
    load: Callable[[], bytes] = field(repr=False)
    """Its content; a `NolcatError` when it cannot be read."""


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive of files, not a document that is a zip too; a damaged `.zip` is one as well.

    Raises:
        OSError: If it cannot be read.
    """
    with path.open("rb") as file:
        if file.read(4) not in {_LOCAL_HEADER, _EMPTY_ARCHIVE}:
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not _is_document(archive.namelist())
    except BROKEN:
        return path.suffix.lower() == ".zip"


def members(path: Path, is_passed_over: Callable[[str], bool]) -> Iterator[Member]:
    """Every file in an archive and in the archives inside it, in the order of their names.

    Args:
        path: A zip archive.
        is_passed_over: Whether a file or folder of this name is left out.

    Raises:
        NolcatError: If its list of files cannot be read.
    """
    for number, member in enumerate(_members(_Outer(path), str(path), is_passed_over, 1)):
        if number >= MOST_MEMBERS:
            yield Member(f"{path}!/", failing(_too_many()))
            return
        yield member


class _Outer:
    """An archive on the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def opened(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(self._path)

    def done(self) -> None:
        """A file of it was read."""


class _Inner:
    """An archive in an archive: unpacked into memory when a file of it is asked for, until the last one was."""

    def __init__(self, load: Callable[[], bytes]) -> None:
        self._load = load
        self._content: bytes | None = None
        self.left = 0
        """How many of its files have not been asked for yet."""

    def opened(self) -> zipfile.ZipFile:
        if self._content is None:
            self._content = self._load()
        return zipfile.ZipFile(io.BytesIO(self._content))

    def done(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self._content = None

    def forget(self) -> None:
        self._content = None


def _members(
    archive: _Outer | _Inner, name: str, is_passed_over: Callable[[str], bool], depth: int
) -> Iterator[Member]:
    try:
        with archive.opened() as opened:
            infos = sorted(opened.infolist(), key=lambda info: info.filename)
            kept = [one for one in infos if not one.is_dir() and not any(map(is_passed_over, one.filename.split("/")))]
            inner = {one.filename for one in kept if _begins_as_archive(opened, one)}
    except BROKEN as error:
        raise NolcatError(unreadable(str(error))) from error
    if isinstance(archive, _Inner):
        archive.forget()
        archive.left = len(kept)
    for one in kept:
        path = f"{name}!/{one.filename}"
        load = _loader(archive, one)
        if one.filename not in inner:
            yield Member(path, load)
        elif depth >= DEEPEST:
            yield Member(path, failing(_too_deep()))
        else:
            yield from _nested(one, path, load, is_passed_over, depth)


def _nested(
    info: zipfile.ZipInfo, path: str, load: Callable[[], bytes], is_passed_over: Callable[[str], bool], depth: int
) -> Iterator[Member]:
    """The files of an archive in an archive; itself when it cannot be opened, or is a document after all."""
    if info.file_size > LARGEST_INNER:
        yield Member(path, failing(_too_large(info.file_size)))
        return
    try:
        content = load()
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            is_document = _is_document(opened.namelist())
        del content
        if not is_document:
            yield from _members(_Inner(load), path, is_passed_over, depth + 1)
            return
    except NolcatError as error:
        yield Member(path, failing(error.problem))
        return
    except BROKEN as error:
        if path.lower().endswith(".zip"):
            yield Member(path, failing(unreadable(str(error))))
            return
    yield Member(path, load)


def _begins_as_archive(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether a member begins as a zip whose first file is none of a document's."""
    try:
        with opened.open(info) as stream:
            head = stream.read(_NAME_AT + 20)
    except BROKEN:
        return False
    if not head.startswith(_LOCAL_HEADER):
        return head.startswith(_EMPTY_ARCHIVE)
    length = int.from_bytes(head[26:28], "little")
    first = head[_NAME_AT : _NAME_AT + length].decode("utf-8", "replace").replace("\\", "/").lower()
    return not first.startswith(_DOCUMENT_PARTS)


def _is_document(names: list[str]) -> bool:
    return "[Content_Types].xml" in names or "mimetype" in names or "xl/workbook.bin" in names


def _loader(archive: _Outer | _Inner, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def load() -> bytes:
        if info.file_size > LARGEST_MEMBER or (
            info.file_size > _LARGE and info.file_size > _STEEPEST * max(1, info.compress_size)
        ):
            raise NolcatError(_too_large(info.file_size))
        try:
            with archive.opened() as opened:
                return opened.read(info)
        except BROKEN as error:
            raise NolcatError(unreadable(str(error))) from error
        finally:
            archive.done()

    return load


def failing(problem: Problem) -> Callable[[], bytes]:
    """What stands for the content of a file that cannot be read."""

    def load() -> bytes:
        raise NolcatError(problem)

    return load


def unreadable(detail: str) -> Problem:
    """The problem of an archive that cannot be opened."""
    return Problem(
        "The archive could not be opened",
        f"It is damaged, protected by a password, or incomplete ({detail}); nothing in it was read.",
        "Unpack it with another program, or download it again.",
    )


def _too_large(size: int) -> Problem:
    return Problem(
        "This file in the archive is too large",
        f"It unpacks to {size:,} bytes; nothing was read.",
        "Unpack the archive and open the file itself.",
    )


def _too_deep() -> Problem:
    return Problem(
        "Archives stand too deep inside one another",
        f"This one stands inside {DEEPEST} others; it was not opened, and nothing in it was read.",
        "Unpack it and open the folder.",
    )


def _too_many() -> Problem:
    return Problem(
        "The archive holds too many files",
        f"Only the first {MOST_MEMBERS:,} were looked at.",
        "Unpack it and open its folders one by one.",
    )
