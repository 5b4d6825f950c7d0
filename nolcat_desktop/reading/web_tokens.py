"""Tags and text of a web page, one after the other, as lenient as browsers are: a page never fails to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"([A-Za-z][A-Za-z0-9:_-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_RAW = frozenset({"script", "style", "title", "xml", "textarea", "noscript", "template"})
"""Elements whose content is not part of any table."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name in lower case, and what stands in it."""

    name: str
    is_end: bool
    inside: str = ""

    def attributes(self) -> dict[str, str]:
        """Name in lower case → value; the first of a name counts, '' for one without a value."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.inside):
            value = next((text for text in match.groups()[1:] if text is not None), "")
            found.setdefault(match[1].lower(), unescape(value))
        return found


def tokens(page: str) -> Iterator[Tag | str]:
    """Tags, and between them text with its entities resolved; comments, scripts and styles are left out."""
    place = 0
    while place < len(page):
        opening = page.find("<", place)
        if opening < 0:
            opening = len(page)
        if opening > place:
            yield unescape(page[place:opening])
        if opening == len(page):
            return
        place, token = _markup(page, opening)
        if token is not None:
            yield token


def _markup(page: str, opening: int) -> tuple[int, Tag | str | None]:
    """What begins with the `<` at `opening`: where it ends, and the tag, the text that it is after all, or nothing."""
    if page.startswith("<!--", opening):
        end = page.find("-->", opening + 4)
        return (len(page) if end < 0 else end + 3), None
    if page.startswith(("<!", "<?"), opening):
        end = page.find(">", opening)
        return (len(page) if end < 0 else end + 1), None
    match = _TAG.match(page, opening)
    if match is None:
        return opening + 1, "<"
    name = match[2].lower()
    if name in _RAW and not match[1] and not match[3].endswith("/"):
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(page, match.end())
        return (closing.end() if closing else len(page)), None
    return match.end(), Tag(name, bool(match[1]), match[3])
