"""Archives, also inside one another, as lists of the files in them; none is unpacked to the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading.archive_problems import database_dump, failing, too_deep, too_large, too_many, unreadable
from nolcat_desktop.reading.packed import HEAD, LARGE, STEEPEST, Entry, entries, is_packed, is_tape, unpacked

LARGEST_MEMBER: Final = 4 << 30
"""Bytes that a file inside an archive may unpack to."""
LARGEST_INNER: Final = 1 << 30
"""Bytes that an archive inside an archive may have: it is held in memory while its files are read."""
DEEPEST: Final = 4
"""How many archives may stand inside one another."""
MOST_MEMBERS: Final = 200_000
"""Files that are listed of one archive, all that it holds inside others together."""
_LOCAL_HEADER: Final = b"PK\x03\x04"
_EMPTY_ARCHIVE: Final = b"PK\x05\x06"
_NAME_AT: Final = 30
_DUMPS: Final = (b"-- MySQL dump", b"-- MariaDB dump", b"/*M!", b"/*!")
"""How what `mysqldump` writes begins: gigabytes that are no report."""
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
_OF_DOCUMENTS: Final = frozenset({"[Content_Types].xml", "mimetype", "xl/workbook.bin", "Index/Document.iwa"})
"""Files that none but a document has: Microsoft's, OpenDocument, Apple's Numbers and Pages."""
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
    """Whether a file is packed, or an archive of files, not a document that is a zip too; a damaged `.zip` is one too.

    Raises:
        OSError: If it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if is_packed(head):
        return True
    if not head.startswith((_LOCAL_HEADER, _EMPTY_ARCHIVE)):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not _is_document(archive.namelist())
    except BROKEN:
        return path.suffix.lower() == ".zip"


def members(path: Path, is_passed_over: Callable[[str], bool]) -> Iterator[Member]:
    """Every file in an archive and in the archives inside it, in the order of their names.

    Args:
        path: An archive.
        is_passed_over: Whether a file or folder of this name is left out.

    Raises:
        NolcatError: If its list of files cannot be read.
    """
    with path.open("rb") as file:
        is_zip = not is_packed(file.read(HEAD))
    found = (
        _members(_Outer(path), str(path), is_passed_over, 1)
        if is_zip
        else _unpacked(str(path), lambda: _whole(path), is_passed_over, 1)
    )
    for number, member in enumerate(found):
        if number >= MOST_MEMBERS:
            yield Member(f"{path}!/", failing(too_many(MOST_MEMBERS)))
            return
        yield member


def _whole(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST_INNER:
        raise NolcatError(too_large(size))
    return path.read_bytes()


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
            yield Member(path, failing(too_deep(DEEPEST)))
        else:
            yield from _nested(one.file_size, path, load, is_passed_over, depth)


class _Tape:
    """A tape archive: in memory from when a file of it is asked for, until the last one was."""

    def __init__(self, load: Callable[[], bytes], content: bytes, files: int) -> None:
        self._load, self._files = load, files
        self._content: bytes | None = content
        self._left = files

    def part(self, entry: Entry, most: int | None = None) -> bytes:
        if self._content is None:
            self._content = unpacked(self._load())
        return self._content[entry.start : entry.start + (entry.size if most is None else min(most, entry.size))]

    def read(self, entry: Entry) -> bytes:
        found = self.part(entry)
        self._left -= 1
        if self._left <= 0:
            self.forget()
        return found

    def forget(self) -> None:
        self._content, self._left = None, self._files


def _unpacked(
    path: str, load: Callable[[], bytes], is_passed_over: Callable[[str], bool], depth: int
) -> Iterator[Member]:
    """The one file that was packed, or the files of a tape archive."""
    packed = load()
    head = unpacked(packed, HEAD)
    if head.startswith(_DUMPS):
        raise NolcatError(database_dump())
    if not is_tape(head):
        stem = path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
        yield Member(f"{path}!/{stem or 'file'}", lambda: unpacked(load()))
        return
    content = unpacked(packed)
    kept = [one for one in entries(content) if not any(map(is_passed_over, one.name.split("/")))]
    held = _Tape(load, content, len(kept))
    del packed, content
    for one in kept:
        yield from _of_tape(one, held, f"{path}!/{one.name}", is_passed_over, depth)
    held.forget()


def _of_tape(
    entry: Entry, tape: _Tape, path: str, is_passed_over: Callable[[str], bool], depth: int
) -> Iterator[Member]:
    def load() -> bytes:
        return tape.read(entry)

    head = tape.part(entry, HEAD)
    if not (is_packed(head) or _is_zip_of_files(head)):
        yield Member(path, load)
    elif depth >= DEEPEST:
        yield Member(path, failing(too_deep(DEEPEST)))
    else:
        yield from _nested(entry.size, path, load, is_passed_over, depth)


def _nested(
    size: int, path: str, load: Callable[[], bytes], is_passed_over: Callable[[str], bool], depth: int
) -> Iterator[Member]:
    """The files of an archive in an archive; itself when it cannot be opened, or is a document after all."""
    if size > LARGEST_INNER:
        yield Member(path, failing(too_large(size)))
        return
    try:
        content = load()
        if is_packed(content[:HEAD]):
            del content
            yield from _unpacked(path, load, is_passed_over, depth + 1)
            return
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
    """Whether a member begins as an archive does."""
    try:
        with opened.open(info) as stream:
            head = stream.read(HEAD)
    except BROKEN:
        return False
    return is_packed(head) or _is_zip_of_files(head)


def _is_zip_of_files(head: bytes) -> bool:
    """Whether a file begins as a zip whose first file is none of a document's."""
    if not head.startswith(_LOCAL_HEADER):
        return head.startswith(_EMPTY_ARCHIVE)
    length = int.from_bytes(head[26:28], "little")
    first = head[_NAME_AT : _NAME_AT + length].decode("utf-8", "replace").replace("\\", "/").lower()
    return not first.startswith(_DOCUMENT_PARTS)


def _is_document(names: list[str]) -> bool:
    return any(name in _OF_DOCUMENTS for name in names)


def _loader(archive: _Outer | _Inner, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def load() -> bytes:
        if info.file_size > LARGEST_MEMBER or (
            info.file_size > LARGE and info.file_size > STEEPEST * max(1, info.compress_size)
        ):
            raise NolcatError(too_large(info.file_size))
        try:
            with archive.opened() as opened:
                return opened.read(info)
        except BROKEN as error:
            raise NolcatError(unreadable(str(error))) from error
        finally:
            archive.done()

    return load
