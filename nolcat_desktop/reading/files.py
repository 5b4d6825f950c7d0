"""One function from a file to the reports in it; what a file is, its content decides, not its name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.delimited import read_delimited
from nolcat_desktop.reading.encoding import Decoded, decode
from nolcat_desktop.reading.excel_xml import read_excel_xml
from nolcat_desktop.reading.grid import Grid
from nolcat_desktop.reading.json_report import read_json
from nolcat_desktop.reading.kinds import REMEDIES, kind_of
from nolcat_desktop.reading.long_lines import beyond_measure
from nolcat_desktop.reading.open_document import read_open_document
from nolcat_desktop.reading.tabular import read_tabular
from nolcat_desktop.reading.unheaded import KIND as UNHEADED
from nolcat_desktop.reading.web_tables import read_web_tables
from nolcat_desktop.reading.workbook import Sheet, read_workbook
from nolcat_desktop.reading.workbook_binary import read_binary_workbook
from nolcat_desktop.reading.xml_report import read_xml
from nolcat_desktop.report import NOTHING_TOLD, ROW, FileKind, Irregularity, NotAReport, Origin, Report, Told

_SHEETS: dict[FileKind, Callable[[bytes, Progress | None], Iterator[Sheet]]] = {
    FileKind.XLSX: read_workbook,
    FileKind.XLSB: read_binary_workbook,
    FileKind.ODS: read_open_document,
    FileKind.EXCEL_XML: read_excel_xml,
}
"""Kinds that are workbooks, and what reads their sheets."""


def read_content(
    content: bytes, file: str, progress: Progress | None = None, told: Told = NOTHING_TOLD
) -> Iterator[Report | NotAReport]:
    """Every report in a file.

    Args:
        content: The bytes of the file.
        file: Its name, as it is told to the user.
        progress: Told and checked along the way.
        told: What the user says of a file that does not say it itself.

    Yields:
        A `Report` for each report found, in order; a `NotAReport` for a file, or a sheet among reports, in which none
        was found. At least one of either.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if not content.lstrip(b"\0 \t\r\n\xef\xbb\xbf"):
        yield NotAReport(file, None, _empty(len(content)), "empty file")
        return
    kind = kind_of(content)
    match kind:
        case None:
            yield from _delimited(content, file, sha256, told)
        case FileKind.JSON:
            yield from read_json(content, Origin(file, None, FileKind.JSON, sha256, told=told), progress)
        case FileKind.XML:
            yield from read_xml(content, Origin(file, None, FileKind.XML, sha256), progress)
        case FileKind.HTML:
            yield from _web_page(content, Origin(file, None, FileKind.HTML, sha256, told=told), progress)
        case FileKind():
            yield from _workbook(_sheets(kind, content, progress), Origin(file, None, kind, sha256, told=told))
        case _:
            yield _not_readable(file, kind)


def _sheets(kind: FileKind, content: bytes, progress: Progress | None) -> Iterator[Sheet]:
    if kind is FileKind.XLS:
        from nolcat_desktop.reading.workbook_old import read_old_workbook

        return read_old_workbook(content, progress)
    return _SHEETS[kind](content, progress)


def _delimited(content: bytes, file: str, sha256: str, told: Told) -> Iterator[Report | NotAReport]:
    if (kind_of_line := beyond_measure(content)) is not None:
        yield _not_readable(file, kind_of_line)
        return
    decoded = decode(content)
    if decoded is None:
        yield _not_readable(file, "binary file")
        return
    if b"\0" in decoded.utf8:
        yield _not_readable(file, "text with NUL characters")
        return
    grid, delimiter = read_delimited(decoded.utf8)
    kind = FileKind.TSV if delimiter == "\t" else FileKind.CSV
    origin = Origin(file, None, kind, sha256, decoded.encoding, told)
    said = _of_encoding(decoded)
    if delimiter not in {"\t", ",", None}:
        said = (*said, Irregularity("F-delimiter", detail=delimiter))
    if b"\r" in content and b"\n" not in content:
        said = (*said, Irregularity("F-cr"))
    for found in read_tabular(grid, origin):
        yield (replace(found, irregularities=(*said, *found.irregularities)) if isinstance(found, Report) else found)


def _of_encoding(decoded: Decoded) -> tuple[Irregularity, ...]:
    """What is said of the encoding of a text; of a guess, that it is one."""
    if decoded.encoding not in {"utf-8", "utf-8-sig"}:
        return (Irregularity("F-encoding", detail=decoded.encoding + (", by its look" if decoded.guessed else "")),)
    return (Irregularity("F-04", "1"),) if decoded.encoding == "utf-8" else ()


def _web_page(content: bytes, origin: Origin, progress: Progress | None) -> Iterator[Report | NotAReport]:
    try:
        sheets, decoded = read_web_tables(content, progress)
    except NolcatError as error:
        yield NotAReport(origin.file, None, error.problem, "web page that cannot be read")
        return
    if not sheets or decoded is None:
        yield _not_readable(origin.file, "web page (HTML)")
        return
    said = tuple(told for told in _of_encoding(decoded) if told.rule == "F-encoding")
    for found in _workbook(iter(sheets), replace(origin, encoding=decoded.encoding)):
        if isinstance(found, Report):
            yield replace(found, irregularities=(*said, *found.irregularities))
        else:
            yield found


def _workbook(sheets: Iterator[Sheet], origin: Origin) -> Iterator[Report | NotAReport]:
    found: list[Report | NotAReport] = []
    try:
        for sheet in sheets:
            found.extend(read_tabular(_grid(sheet), replace(origin, sheet=sheet.name or None)))
    except NolcatError as error:
        yield from found
        yield NotAReport(origin.file, None, error.problem, "Excel workbook that cannot be read")
        return
    reports = [one for one in found if isinstance(one, Report)]
    if not reports:
        yield _no_sheet(origin, found)
        return
    filled = [one for one in found if isinstance(one, Report) or one.kind != "empty file"]
    if len(filled) > 1:
        more = Irregularity("F-06", detail=str(len(filled)))
        first = filled.index(reports[0])
        filled[first] = replace(reports[0], irregularities=(more, *reports[0].irregularities))
    yield from _beside_other_sheets(filled, found)


def _beside_other_sheets(
    filled: list[Report | NotAReport], sheets: list[Report | NotAReport]
) -> Iterable[Report | NotAReport]:
    """The same, the first report saying how many sheets there are, also empty ones, and whether it is the first."""
    if len(sheets) == 1:
        return filled
    place, first = next((n, one) for n, one in enumerate(filled) if isinstance(one, Report))
    said = [Irregularity("F-sheets", detail=str(len(sheets)))]
    if not isinstance(sheets[0], Report):
        said.append(Irregularity("F-first-sheet", value=sheets[0].sheet))
    return [*filled[:place], replace(first, irregularities=(*said, *first.irregularities)), *filled[place + 1 :]]


def _grid(sheet: Sheet) -> Grid:
    cells = sheet.rows
    last = int(cells[ROW].max()) if cells.height else 0  # type: ignore[arg-type]
    return Grid(cells, sheet.irregularities, last)


def _no_sheet(origin: Origin, found: list[Report | NotAReport]) -> NotAReport:
    others = [one for one in found if isinstance(one, NotAReport) and one.kind != "empty file"]
    if len(others) == 1:
        return replace(others[0], sheet=None)
    if not others:
        return NotAReport(origin.file, None, _empty(1), "empty workbook")
    if (unheaded := next((one for one in others if one.kind == UNHEADED), None)) is not None:
        return unheaded
    told = next(
        (one for one in others if "header" in one.kind or "report" in one.kind.split(" ", 1)[0].lower()), others[0]
    )
    return replace(told, sheet=None, kind=f"workbook of {len(others)} sheets without a COUNTER report")


def _empty(size: int) -> Problem:
    meaning = "It holds 0 bytes." if size == 0 else "It holds nothing but blanks."
    return Problem("The file is empty", meaning, "Download it again; if it stays empty, write to the provider.")


def _not_readable(file: str, kind: str) -> NotAReport:
    article = "an" if kind.startswith(("Excel", "empty", "old", "Open", "Outlook", "Access", "e-", "xz")) else "a"
    remedy = REMEDIES.get(kind, "Open it in the program it belongs to and save the report as .xlsx or .tsv")
    problem = Problem(
        "This is not a COUNTER report that can be read",
        f"It is {article} {kind}; nothing in it was read.",
        f"{remedy}, or ask the provider for the report as TSV.",
    )
    return NotAReport(file, None, problem, kind)
