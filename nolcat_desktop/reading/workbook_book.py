"""What a workbook holds besides cells: its sheets, its shared strings, and the number format of each cell style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nolcat_desktop.reading.number_format import GENERAL, NumberFormat, number_format
from nolcat_desktop.reading.workbook_package import Attributes, Package, local, old_format, unreadable

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet, as the workbook lists it."""

    name: str
    part: str
    state: str
    """`visible`, `hidden` or `veryHidden`."""


@dataclass(frozen=True, slots=True)
class Book:
    """What is needed to read any sheet of a workbook."""

    sheets: tuple[SheetPart, ...]
    """Worksheets only, in the order of the workbook."""
    strings: list[str]
    formats: list[NumberFormat]
    """By cell style (`s` of a cell)."""
    from_1904: bool


def open_book(package: Package) -> Book:
    """Read what stands around the sheets.

    Raises:
        NolcatError: If there is no workbook part, no sheet, or a part is damaged.
    """
    workbook = _workbook_part(package)
    relations = package.relations(workbook)
    kinds = {each.get("Type", "").rpartition("/")[2]: each["Target"] for each in relations}
    sheets, from_1904 = _sheets(package, workbook, {each.get("Id", ""): each for each in relations})
    if not sheets:
        raise unreadable("it holds no sheet with cells")
    strings = kinds.get("sharedStrings")
    styles = kinds.get("styles")
    return Book(
        tuple(sheets),
        _shared_strings(package, strings) if strings and package.has(strings) else [],
        _formats(package, styles) if styles and package.has(styles) else [],
        from_1904,
    )


def _workbook_part(package: Package) -> str:
    """The name of the workbook part."""
    for relation in package.relations(""):
        if relation.get("Type", "").endswith("/officeDocument") and package.has(relation["Target"]):
            if relation["Target"].lower().endswith(".bin"):
                raise old_format()
            return relation["Target"]
    if package.has("xl/workbook.bin"):
        raise old_format()
    if not package.has("xl/workbook.xml"):
        raise unreadable("its workbook part is missing")
    return "xl/workbook.xml"


def _sheets(package: Package, workbook: str, relations: dict[str, Attributes]) -> tuple[list[SheetPart], bool]:
    """The worksheets, and whether days are counted from 1904."""
    found: list[SheetPart] = []
    from_1904 = False

    def start(element: str, attributes: Attributes) -> None:
        nonlocal from_1904
        if element == "workbookPr":
            from_1904 = attributes.get("date1904", "0") in _TRUE
        elif element == "sheet":
            name = attributes.get("name", "")
            ids = [value for key, value in attributes.items() if " " in key and local(key) == "id"]
            relation = relations.get(ids[0]) if ids else None
            if relation is None:
                raise unreadable(f"the sheet {name} is listed but has no part")
            if relation.get("Type", "").endswith("/worksheet"):
                found.append(SheetPart(name, relation["Target"], attributes.get("state", "visible")))

    package.walk(workbook, start)
    return found, from_1904


class _Strings:
    """Gathers the texts of shared strings; phonetic runs (`rPh`) are reading aids, not text."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._in_text = False
        self._phonetic = 0

    def start(self, element: str, _: Attributes) -> None:
        if element == "si":
            self._pieces = []
        elif element == "rPh":
            self._phonetic += 1
        elif element == "t":
            self._in_text = not self._phonetic

    def end(self, element: str) -> None:
        if element == "t":
            self._in_text = False
        elif element == "rPh":
            self._phonetic -= 1
        elif element == "si":
            self.found.append(unescaped("".join(self._pieces)))

    def text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)


def _shared_strings(package: Package, part: str) -> list[str]:
    strings = _Strings()
    package.walk(part, strings.start, strings.end, strings.text)
    return strings.found


def unescaped(text: str) -> str:
    """Replace the escapes `_xHHHH_` of characters that XML cannot hold (ECMA-376 part 1, section 22.9.2.19)."""
    if "_x" not in text or not _ESCAPE.search(text):
        return text
    written = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _formats(package: Package, part: str) -> list[NumberFormat]:
    """The number format of each cell style."""
    codes: dict[int, str] = {}
    ids: list[int] = []
    inside: list[str] = []

    def start(element: str, attributes: Attributes) -> None:
        if element == "numFmt" and inside[-1:] == ["numFmts"]:
            codes[int(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        elif element == "xf" and inside[-1:] == ["cellXfs"]:
            ids.append(int(attributes.get("numFmtId", "0")))
        inside.append(element)

    package.walk(part, start, lambda _: inside.pop())
    return [number_format(number, codes.get(number)) if number or 0 in codes else GENERAL for number in ids]
