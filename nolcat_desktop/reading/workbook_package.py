"""The parts of a workbook file: a zip whose parts name one another (ECMA-376 part 2, Open Packaging Conventions).

This is the border post for zip and XML: what they raise ends here as a `NolcatError`.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote
from xml.parsers import expat

from nolcat_desktop.problem import NolcatError, Problem

CHUNK = 1 << 20
_LARGEST = 4 << 30
_LARGE = 64 << 20
_STEEPEST = 200
"""How many times larger than in the archive a part, or all parts, may be once they are beyond `_LARGE`; a sheet full of
equal numbers or blank rows comes to some dozens."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.spreadsheetml|ms-excel)"
    rb"\.(?:sheet|template|addin|sheet\.macroEnabled|template\.macroEnabled)\.main\+xml",
    re.IGNORECASE,
)
_FOREIGN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    expat.ExpatError,
)

Attributes = dict[str, str]


def unreadable(reason: str) -> NolcatError:
    """The error for a workbook whose content contradicts its format; `reason` says where and how."""
    return NolcatError(
        Problem(
            "The workbook is damaged",
            f"It could not be read to its end ({reason}), so nothing of it was taken over.",
            "Download the report again; or open it in a spreadsheet program, save it as a new .xlsx file and use that.",
        )
    )


def locked() -> NolcatError:
    """The error for a workbook with a password."""
    return NolcatError(
        Problem(
            "The workbook is protected by a password",
            "Its content is encrypted and cannot be read.",
            "Open it in a spreadsheet program, save it without a password, and use that file.",
        )
    )


def old_format() -> NolcatError:
    """The error for spreadsheet files that are not XLSX."""
    return NolcatError(
        Problem(
            "The workbook is in an old or binary Excel format",
            "Only .xlsx workbooks can be read, not .xls or .xlsb, so nothing of it was taken over.",
            "Open it in a spreadsheet program, save it as an Excel workbook (.xlsx), and use that file.",
        )
    )


def too_large(part: str) -> NolcatError:
    """The error for a part that would inflate beyond all measure."""
    return NolcatError(
        Problem(
            "The workbook inflates beyond all measure",
            f"Its part {part} is larger than any report, so it is none, or built to do harm. It was not read.",
            "Ask the publisher for the report in another form, for example as tab-separated text (TSV).",
        )
    )


@contextmanager
def border(place: str) -> Iterator[None]:
    """Turn what zip and XML raise within it into a `NolcatError` that names `place`."""
    try:
        yield
    except NolcatError:
        raise
    except _FOREIGN as foreign:
        raise unreadable(f"{place}: {str(foreign) or type(foreign).__name__}") from foreign
    except LookupError as foreign:
        if type(foreign) is not LookupError:  # a missing key is a defect of ours; an encoding unknown to expat is not
            raise
        raise unreadable(f"{place}: {foreign}") from foreign


class Package:
    """An open workbook file, and its parts by name. Use it with `with`."""

    def __init__(self, path_or_content: Path | bytes) -> None:
        """Open the file.

        Raises:
            NolcatError: If it is not a zip, is encrypted, or is another kind of spreadsheet.
        """
        _refuse_containers(path_or_content)
        with border("archive"):
            self._zip = zipfile.ZipFile(
                io.BytesIO(path_or_content) if isinstance(path_or_content, bytes) else path_or_content
            )
        self._parts = {_key(info.filename): info for info in self._zip.infolist()}
        sizes = [(info.file_size, info.compress_size) for info in self._parts.values()]
        if _is_steep(sum(size for size, _ in sizes), sum(packed for _, packed in sizes)):
            raise too_large("list")

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def has(self, part: str) -> bool:
        """Whether the file holds the part."""
        return _key(part) in self._parts

    def size(self, part: str) -> int:
        """Bytes of the part when inflated, as the archive says."""
        return self._parts[_key(part)].file_size

    def chunks(self, part: str) -> Iterator[bytes]:
        """The content of a part, in pieces of at most `CHUNK` bytes.

        Raises:
            NolcatError: If the part is missing, encrypted, damaged or far too large.
        """
        info = self._parts.get(_key(part))
        if info is None:
            raise unreadable(f"the part {part} is missing")
        if info.flag_bits & 1:
            raise locked()
        if info.file_size > _LARGEST or _is_steep(info.file_size, info.compress_size):
            raise too_large(part)
        with border(part), self._zip.open(info) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def content(self, part: str) -> bytes:
        """The whole content of a part."""
        return b"".join(self.chunks(part))

    def walk(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], object] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read the XML of a part, telling `start`, `end` (names without their namespace) and `text` what comes by."""
        parser = new_parser()
        parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
        if end is not None:
            told = end
            parser.EndElementHandler = lambda name: told(local(name))
        if text is not None:
            parser.CharacterDataHandler = text
        with border(part):
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)

    def relations(self, part: str) -> list[Attributes]:
        """What a part names: `Id`, `Type` and `Target` (the full name of a part) of each; [] if it names nothing."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", name + ".rels")
        found: list[Attributes] = []

        def start(element: str, attributes: Attributes) -> None:
            if element == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.join("/", folder, unquote(attributes.get("Target", "")).replace("\\", "/"))
                found.append({**attributes, "Target": posixpath.normpath(target).lstrip("/")})

        if self.has(relations):
            self.walk(relations, start)
        return found


def _is_steep(size: int, packed: int) -> bool:
    return size > max(_LARGE, _STEEPEST * packed)


def _key(part: str) -> str:
    """Part names are told apart without regard to case."""
    return part.replace("\\", "/").lstrip("/").lower()


def _refuse_containers(path_or_content: Path | bytes) -> None:
    """Raise for OLE containers: encrypted workbooks and old ones."""
    with border("file"):
        head = path_or_content[:8] if isinstance(path_or_content, bytes) else _head(path_or_content)
        if head != _OLE:
            return
        content = path_or_content if isinstance(path_or_content, bytes) else path_or_content.read_bytes()
    raise locked() if "EncryptedPackage".encode("utf-16-le") in content else old_format()


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]


def new_parser() -> expat.XMLParserType:
    """A parser that joins namespaces and names with a blank, and refuses document types (entities)."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_: object) -> None:
    raise unreadable("it holds a document type, which workbooks never do")


def looks_like_workbook(content: bytes) -> bool:
    """Whether the bytes are a zip that holds an XLSX workbook, whatever its name says."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {_key(info.filename): info for info in archive.infolist()}
            types = names.get("[content_types].xml")
            if "xl/workbook.xml" in names:
                return True
            return types is not None and types.file_size < _LARGE and bool(_MAIN.search(archive.read(types)))
    except _FOREIGN:
        return False
