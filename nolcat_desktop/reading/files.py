"""One function from a file to the reports in it; what a file is, its content decides, not its name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.delimited import read_delimited
from nolcat_desktop.reading.encoding import decode
from nolcat_desktop.reading.grid import Grid
from nolcat_desktop.reading.json_report import looks_like_json, read_json
from nolcat_desktop.reading.long_lines import beyond_measure
from nolcat_desktop.reading.tabular import read_tabular
from nolcat_desktop.reading.workbook import Sheet, looks_like_workbook, read_workbook
from nolcat_desktop.report import ROW, FileKind, Irregularity, NotAReport, Origin, Report

_OLE = b"\xd0\xcf\x11\xe0"
_SIGNATURES = (
    (b"%PDF", "PDF document"),
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"\x1f\x8b", "gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!", "RAR archive"),
    (b"PAR1", "Parquet file"),
    (b"PK", "zip archive or document of another program"),
    (_OLE, "file of an old Excel or Word (.xls, .doc)"),
)
_PROTECTED = "Excel file protected by a password"
_BEGINNING = 400
"""Bytes in which a web page or an XML document gives itself away."""
_MARKUP = (
    (b"<!doctype html", "web page (HTML)"),
    (b"<html", "web page (HTML)"),
    (b"<table", "web page (HTML)"),
    (b"<", "XML document"),
)


def read_content(content: bytes, file: str, progress: Progress | None = None) -> Iterator[Report | NotAReport]:
    """Every report in a file.

    Args:
        content: The bytes of the file.
        file: Its name, as it is told to the user.
        progress: Told and checked along the way.

    Yields:
        A `Report` for each report found, in order; a `NotAReport` for a file, or a sheet among reports, in which none
        was found. At least one of either.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if not content.lstrip(b"\0 \t\r\n\xef\xbb\xbf"):
        yield NotAReport(file, None, _empty(len(content)), "empty file")
    elif looks_like_workbook(content):
        yield from _workbook(content, Origin(file, None, FileKind.XLSX, sha256), progress)
    elif (kind := _foreign(content)) is not None:
        yield _not_readable(file, kind)
    elif looks_like_json(content) and not _is_quoted_cell(content):
        yield from read_json(content, Origin(file, None, FileKind.JSON, sha256), progress)
    else:
        yield from _delimited(content, file, sha256)


def _is_quoted_cell(content: bytes) -> bool:
    """Whether a file begins as a table with quoted cells does. Whole reports as one JSON string begin with `"{`."""
    head = content[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b'"') and not head[1:].lstrip(b" \t\\rn").startswith((b"{", b"[", b'"{'))


def _foreign(content: bytes) -> str | None:
    """What a file is that is neither text nor workbook; None when it may be either."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return _PROTECTED if signature == _OLE and "EncryptedPackage".encode("utf-16-le") in content else kind
    head = content[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((kind for signature, kind in _MARKUP if head.startswith(signature)), None)


def _delimited(content: bytes, file: str, sha256: str) -> Iterator[Report | NotAReport]:
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
    origin = Origin(file, None, kind, sha256, decoded.encoding)
    said: tuple[Irregularity, ...] = ()
    if decoded.encoding not in {"utf-8", "utf-8-sig"}:
        said = (Irregularity("F-encoding", detail=decoded.encoding),)
    elif decoded.encoding == "utf-8":
        said = (Irregularity("F-04", "1"),)
    if delimiter not in {"\t", ",", None}:
        said = (*said, Irregularity("F-delimiter", detail=delimiter))
    if b"\r" in content and b"\n" not in content:
        said = (*said, Irregularity("F-cr"))
    for found in read_tabular(grid, origin):
        yield (replace(found, irregularities=(*said, *found.irregularities)) if isinstance(found, Report) else found)


def _workbook(content: bytes, origin: Origin, progress: Progress | None) -> Iterator[Report | NotAReport]:
    found: list[Report | NotAReport] = []
    try:
        for sheet in read_workbook(content, progress):
            found.extend(read_tabular(_grid(sheet), replace(origin, sheet=sheet.name)))
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
) -> list[Report | NotAReport]:
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
    told = next(
        (one for one in others if "header" in one.kind or "report" in one.kind.split(" ", 1)[0].lower()), others[0]
    )
    return replace(told, sheet=None, kind=f"workbook of {len(others)} sheets without a COUNTER report")


def _empty(size: int) -> Problem:
    meaning = "It holds 0 bytes." if size == 0 else "It holds nothing but blanks."
    return Problem("The file is empty", meaning, "Download it again; if it stays empty, write to the provider.")


def _not_readable(file: str, kind: str) -> NotAReport:
    article = "an" if kind.startswith(("XML", "Excel", "empty")) else "a"
    remedy = "Open it in the program it belongs to and save the report as .xlsx or .tsv"
    if kind == _PROTECTED:
        remedy = "Open it with its password and save it without one"
    problem = Problem(
        "This is not a COUNTER report that can be read",
        f"It is {article} {kind}; nothing in it was read.",
        f"{remedy}, or ask the provider for the report as TSV.",
    )
    return NotAReport(file, None, problem, kind)
