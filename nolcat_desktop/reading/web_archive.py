"""Web pages saved as one file (MHTML), which spreadsheet programs and report servers name `.mht` or `.xls`.

Such a file is built as a mail: the page, the sheets of a workbook, and its style sheets are parts of it. Source: RFC
2557 (MIME Encapsulation of Aggregate Documents). This is the border post for the `email` package, which never refuses:
what it had to guess makes a file damaged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from html import unescape
from typing import Final

from nolcat_desktop.reading.workbook_package import unreadable

_HEAD: Final = 8192
"""Bytes in which the headers of such a file stand."""
_BEGINNING = re.compile(rb"\s*[A-Za-z][A-Za-z-]{2,40}:[ \t]?")
_RELATED = re.compile(rb"^Content-Type:\s*(?:multipart/related|text/html)\b", re.IGNORECASE | re.MULTILINE)
_SHEET = re.compile(
    r"<x:ExcelWorksheet>.*?<x:Name>(.*?)</x:Name>.*?<x:WorksheetSource\s+HRef=[\"']([^\"']*)[\"']",
    re.DOTALL | re.IGNORECASE,
)
_NO_SHEETS: Final = ("tabstrip.htm", "tabstrip.html")
"""Pages of a saved workbook that show its tabs only."""


@dataclass(frozen=True, slots=True)
class Page:
    """A web page."""

    content: bytes
    name: str = ""
    """Of the sheet that it shows; blank when it has none."""
    charset: str = ""
    """As it was said of it from outside."""


def is_web_archive(content: bytes) -> bool:
    """Whether a file is a web page saved as one file."""
    head = content[:_HEAD].replace(b"\r\n", b"\n")
    top = head.lstrip().split(b"\n\n", 1)[0]
    return bool(_BEGINNING.match(head) and b"mime-version:" in top.lower() and _RELATED.search(top))


def pages_of(content: bytes) -> Iterator[Page]:
    """The pages in a file: itself, unless it is a web archive.

    Raises:
        NolcatError: If a web archive broke off, or a part of it is damaged.
    """
    if not is_web_archive(content):
        yield Page(content)
        return
    found = [part for part in _message(content).walk() if part.get_content_type() == "text/html"]
    names: dict[str, str] = {}
    for part in found:
        page = _content(part)
        for name, place in _SHEET.findall(page.decode("latin-1")):
            names[_last(place)] = unescape(name.encode("latin-1").decode("utf-8", "replace"))
        place = _last(part.get("Content-Location", "") or "")
        if place not in _NO_SHEETS:
            yield Page(page, names.get(place, ""), part.get_content_charset() or "")


def _message(content: bytes) -> Message:
    message = message_from_bytes(content.lstrip())
    for part in message.walk():
        if part.defects:
            raise unreadable(f"the web archive is damaged or broke off ({type(part.defects[0]).__name__})")
    return message


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or part.defects:
        raise unreadable("a page of the web archive is damaged")
    return content


def _last(place: str) -> str:
    """The last piece of an address, however it is written."""
    return place.replace("\\", "/").rpartition("/")[2].strip().lower()
