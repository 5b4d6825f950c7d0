"""What a file is by its content, whatever its name says: a kind that can be read, or what it is instead."""

from __future__ import annotations

import io
import re
import zipfile

from nolcat_desktop.reading.archives import BROKEN
from nolcat_desktop.reading.json_report import looks_like_json
from nolcat_desktop.reading.web_archive import is_web_archive
from nolcat_desktop.reading.workbook_package import looks_like_workbook
from nolcat_desktop.report import FileKind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin (compound files)."""
PROTECTED = "Excel file protected by a password"
DAMAGED_ZIP = "damaged zip archive or document"
_FIRST_SECTOR = 512
"""Where the first stream of a compound file usually begins."""
_BARE_BIFF = re.compile(rb"\x09(?:\x00\x04\x00|\x02\x06\x00|\x04\x06\x00|\x08[\x08\x10]\x00)")
"""Excel 2 to 4, and later ones without the compound file around them."""
PARQUET = "Parquet file"
MAIL = "e-mail"
NUMBERS = "document of Apple Numbers or Pages"
SEVEN_ZIP = "7-Zip archive"
RAR = "RAR archive"
_SIGNATURES = (
    (b"%PDF", "PDF document"),
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"II*\0", "TIFF picture"),
    (b"MM\0*", "TIFF picture"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"Rar!", RAR),
    (b"PAR1", PARQUET),
    (b"{\\rtf", "Rich Text document"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"\0\1\0\0Standard ", "Access database"),
    (b"MIME-Version:", MAIL),
    (b"Return-Path:", MAIL),
    (b"Received:", MAIL),
    (b"MZ\x90\0", "program"),
    (b"ID3", "sound"),
    (b"RIFF", "film, sound or picture"),
    (b"\x1aE\xdf\xa3", "film"),
)
_FILM = b"ftyp"
"""Stands at byte 4 of films in MP4 and QuickTime."""
_INSIDE = (
    ("word/document.xml", "Word document (.docx)"),
    ("ppt/presentation.xml", "PowerPoint presentation (.pptx)"),
    ("visio/document.xml", "Visio drawing (.vsdx)"),
    ("index/document.iwa", NUMBERS),
    ("index.zip", NUMBERS),
)
"""A part of a zip, in lower case, that tells what it is."""
REMEDIES = {
    PROTECTED: "Open it with its password and save it without one",
    DAMAGED_ZIP: "The download broke off, or the file was cut: get it again",
    PARQUET: "If it is NoLCAT's or was exported here, take it over instead (nolcat take-over --parquet)",
    NUMBERS: "Open it in Numbers (also at iCloud.com) and choose File > Export To > Excel or CSV",
    SEVEN_ZIP: "Unpack it (with 7-Zip, or the system's own program) and choose the folder with what was in it",
    RAR: "Unpack it (with 7-Zip, or the system's own program) and choose the folder with what was in it",
    MAIL: "Open it in your mail program, save its attachments, and choose those",
    "Outlook message (.msg)": "Open it in your mail program, save its attachments, and choose those",
    "PDF document": "Numbers cannot be taken out of a PDF without risk; look whether the provider's site still has it",
}
"""What a file is → what can be done about it; a sentence without its end."""
_OPEN_DOCUMENTS = (
    (b"application/vnd.oasis.opendocument.text", "text document (OpenDocument)"),
    (b"application/vnd.oasis.opendocument", "OpenDocument file that is no spreadsheet"),
    (b"application/epub", "e-book (EPUB)"),
)
_STREAMS = (
    ("EncryptedPackage", PROTECTED),
    ("WordDocument", "Word document (.doc)"),
    ("PowerPoint Document", "PowerPoint presentation (.ppt)"),
    ("__substg1.0_", "Outlook message (.msg)"),
    ("VisioDocument", "Visio drawing (.vsd)"),
)
"""A stream of a compound file that tells what it is."""
_SPREADSHEETS = (b"application/vnd.oasis.opendocument.spreadsheet",)
_ODS_TYPES = re.compile(rb"application/(?:vnd\.oasis\.opendocument|vnd\.sun\.xml)\.(?:spreadsheet(?:-template)?|calc)")
_BEGINNING = 4000
"""Bytes in which a web page or an XML document gives itself away."""
_PROLOGUE = re.compile(
    rb"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!doctype(?!\s+html)[^>\[]*>\s*)*", re.DOTALL | re.IGNORECASE
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|style|table|tr|td|th|thead|tbody|div|p|center|font|link|title|h[1-6]"
    rb"|br|b|span|script)[\s/>]",
    re.IGNORECASE,
)


def kind_of(content: bytes) -> FileKind | str | None:
    """What `content` is.

    Args:
        content: The bytes of a file that is not empty.

    Returns:
        A kind with a reader of its own; what it is in a word or two, if it cannot be read (`PDF document`); None when
        it may be delimited text.
    """
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(OLE):
        return _compound(content)
    if _BARE_BIFF.match(content) or is_web_archive(content):
        return FileKind.XLS if content.startswith(b"\x09") else FileKind.HTML
    if (signed := _signed(content)) is not None:
        return signed
    markup = _markup(content)
    if markup is not None:
        return markup
    return FileKind.JSON if looks_like_json(content) and not _is_quoted_cell(content) else None


def is_foreign(beginning: bytes) -> bool:
    """Whether the first bytes of a file tell that no report can be in it, so that the rest need not be read."""
    return _signed(beginning) not in {None, MAIL}  # what begins as a mail may be a web page that was saved


def _signed(beginning: bytes) -> str | None:
    """The kind whose files always begin so; None: of none that is known."""
    if beginning[4:8] == _FILM and beginning.startswith(b"\0\0"):
        return "film"
    return next((kind for signature, kind in _SIGNATURES if beginning.startswith(signature)), None)


def _zipped(content: bytes) -> FileKind | str:
    if looks_like_workbook(content):
        return FileKind.XLSX
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            if "xl/workbook.bin" in names:
                return FileKind.XLSB
            mimetype = b""
            if "mimetype" in names:
                with archive.open(names["mimetype"]) as stream:
                    mimetype = stream.read(100)
    except BROKEN:
        return DAMAGED_ZIP
    if _ODS_TYPES.match(mimetype):
        return FileKind.ODS
    told = next((kind for part, kind in _INSIDE if part in names), None)
    told = told or next((kind for start, kind in _OPEN_DOCUMENTS if mimetype.startswith(start)), None)
    return told or "zip archive or document of another program"


def _compound(content: bytes) -> FileKind | str:
    if b"W\0o\0r\0k\0b\0o\0o\0k\0" in content or b"B\0o\0o\0k\0\0\0" in content:
        return FileKind.XLS
    for stream, kind in _STREAMS:
        if stream.encode("utf-16-le") in content:
            return kind
    return FileKind.XLS if _BARE_BIFF.match(content, _FIRST_SECTOR) else "file of an old Excel or Word (.xls, .doc)"


def _markup(content: bytes) -> FileKind | None:
    """The kind of a file that begins with a tag; None when it does not."""
    head = _in_ascii(content[:_BEGINNING]).lstrip(b"\0 \t\r\n")
    if not head.startswith(b"<"):
        return None
    prologue = _PROLOGUE.match(head)
    if _HTML.match(head[prologue.end() if prologue else 0 :]):
        return FileKind.HTML
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"Workbook" in head:
        return FileKind.EXCEL_XML
    if b"opendocument:xmlns:office" in head and any(kind in head for kind in _SPREADSHEETS):
        return FileKind.ODS
    return FileKind.XML


def _in_ascii(head: bytes) -> bytes:
    """The beginning of a file with one byte a character: without a byte order mark and the zeros of UTF-16."""
    return head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")


def _is_quoted_cell(content: bytes) -> bool:
    """Whether a file begins as a table with quoted cells does. Whole reports as one JSON string begin with `"{`."""
    head = _in_ascii(content[:_BEGINNING]).lstrip(b" \t\r\n")
    return head.startswith(b'"') and not head[1:].lstrip(b" \t\\rn").startswith((b"{", b"[", b'"{'))
