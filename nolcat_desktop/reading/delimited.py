"""Delimited text (TSV, CSV, semicolons, pipes) into a grid: no cell lost, none moved.

Polars' own reader is fast, but drops surplus cells or shifts rows when a file is not what it seems. So lines are looked
at first: a line without quotes and with the usual number of delimiters is plain, and plain lines go to Polars together.
All others are taken apart one by one (`records`). In the end every line is accounted for: lines = rows + blank lines +
line breaks inside cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import polars as pl

from nolcat_desktop.counter.elements import element
from nolcat_desktop.counter.months import is_month_like
from nolcat_desktop.counter.text import loose
from nolcat_desktop.reading.blocks import R5_LABELS
from nolcat_desktop.reading.grid import Grid, letters
from nolcat_desktop.reading.records import Records, split, take_apart
from nolcat_desktop.report import ROW, Irregularity, Lines

DELIMITERS = ("\t", ",", ";", "|")
_LOOK = 120
_LONGEST_HEADING = 60
_NAMED = 200
"""Irregularities of one kind that are named one by one; the rest are counted."""


_ENOUGH = 3
"""Headings that a row of headings has at least: months or elements."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as lines."""

    utf8: bytes
    lines: pl.Series
    delimiter: str
    usual: int
    """Delimiters of a plain line."""


def sniff(lines: list[str]) -> tuple[str | None, int]:
    """The delimiter of a file, and how many cells its heading row has.

    That delimiter is taken by which most labels of a header and most headings (months, names of elements) of one row
    come out, then the widest row.

    Returns:
        The delimiter, None without any; the width of the row of headings, 0 when there is none.
    """
    best, found, width = (0, 1), None, 0
    for delimiter in DELIMITERS:
        headings = labels = widest = 0
        for row in (split(line, delimiter) for line in lines[:_LOOK] if delimiter in line):
            headings, widest = max((headings, widest), (_headings(row), len(row)))
            labels += loose(row[0]) in R5_LABELS
            if headings >= _ENOUGH:
                break
        score = (headings + labels, widest)
        if score > best:
            best, found, width = score, delimiter, widest if headings > 1 else 0
    return found, width


def _headings(row: list[str]) -> int:
    """How many cells of a row head a column of a report."""
    texts = [cell for cell in row if 0 < len(cell) <= _LONGEST_HEADING]
    return sum(is_month_like(text) or element(text, None)[0] is not None for text in texts)


def read_delimited(utf8: bytes) -> tuple[Grid, str | None]:
    """Take a text apart.

    Args:
        utf8: A whole file as UTF-8 without byte order mark, lines ended by a line feed (see `encoding.decode`).

    Returns:
        The grid (rows are records, from 1) and the delimiter (None when there is none: a grid of one column).
    """
    lines = pl.read_lines(BytesIO(utf8)).to_series() if utf8 else pl.Series("line", [], dtype=pl.String)
    blank_end, all_lines = _blank_end(lines), lines.len()
    lines = lines.head(_last_filled(lines) + 1)
    delimiter, headings = sniff(lines.head(_LOOK).to_list())
    separator = delimiter or "\t"
    counts = lines.str.count_matches(separator, literal=True)
    quoted = lines.str.contains('"', literal=True) if b'"' in utf8 else pl.repeat(False, lines.len(), eager=True)
    text = _Text(utf8, lines, separator, _usual(counts, quoted))
    blank = lines == ""
    plain = ~quoted & (counts == text.usual) & ~blank
    careful = take_apart(lines, (~plain & ~blank).arg_true().to_list(), separator, _widths(text.usual + 1, headings))
    if careful.taken:
        taken = pl.Series(list(careful.taken), dtype=pl.UInt32)
        plain &= ~pl.int_range(lines.len(), dtype=pl.UInt32, eager=True).is_in(taken.implode())
    cells = _assemble(text, plain, careful)
    account = _account(lines.len(), int(plain.sum()), careful, blank)
    after = _record_number(careful, lines.len() - 1)
    grid = Grid(
        cells,
        (*_irregularities(careful), *(Irregularity("F-blank-end", detail=str(after + n)) for n in blank_end)),
        _record_number(careful, lines.len() - 1),
        usual=text.usual + 1,
        widths=_other_widths(careful, text.usual + 1),
        is_ended=utf8.endswith(b"\n") or lines.len() < all_lines,
        lines=account,
    )
    return grid, delimiter


def _last_filled(lines: pl.Series) -> int:
    """Index of the last line that holds more than delimiters and blanks; -1 without any."""
    for start in range(lines.len() - 1, -1, -_LOOK):
        first = max(0, start - _LOOK + 1)
        filled = lines.slice(first, start - first + 1).str.contains(r"[^\t,;| ]").arg_true()
        if filled.len():
            return first + int(filled[-1])
    return -1


def _blank_end(lines: pl.Series) -> list[int]:
    """Which lines after the last filled one hold blanks, not only delimiters: 1 for the first, and so on."""
    ends = lines.slice(_last_filled(lines) + 1).head(_NAMED)
    return [n + 1 for n in ends.str.contains(" ", literal=True).arg_true()]


def _usual(counts: pl.Series, quoted: pl.Series) -> int:
    """The number of delimiters in most lines without quotes; among equals the larger; 0 without any such line."""
    seen = counts.filter(~quoted & (counts > 0))
    return 0 if seen.is_empty() else int(max(seen.value_counts().iter_rows(), key=lambda pair: (pair[1], pair[0]))[0])


def _widths(usual: int, headings: int) -> frozenset[int]:
    """Numbers of cells of a whole row: as the headings, and as most lines, unless these are the lines of the header."""
    if usual == 1 or headings >= 2 * usual:
        return frozenset({headings} - {0})
    return frozenset({headings, usual} - {0})


def _assemble(text: _Text, plain: pl.Series, careful: Records) -> pl.DataFrame:
    """The plain lines through Polars, the others as they were taken apart; rows in order, numbered as records."""
    width = max([text.usual + 1, *(len(record.cells) for record in careful.records)])
    names = [letters(n) for n in range(width)]
    frames = []
    if plain.any():
        frames.append(_plain_frame(text, plain, names))
    if careful.records:
        frames.append(_careful_frame(careful, names))
    if not frames:
        return pl.DataFrame(schema={ROW: pl.UInt32, **dict.fromkeys(names, pl.String)})
    cells = pl.concat(frames, how="diagonal").select(ROW, *names)
    if len(frames) > 1:
        cells = cells.sort(ROW)
    return _without_blank_rows(cells.with_columns(_as_records(pl.col(ROW), careful)), names)


def _plain_frame(text: _Text, plain: pl.Series, names: list[str]) -> pl.DataFrame:
    numbers = plain.arg_true().cast(pl.UInt32)
    content = _plain_lines(text, plain)
    frame = pl.read_csv(content, has_header=False, separator=text.delimiter, quote_char=None, infer_schema=False)
    if frame.shape != (numbers.len(), text.usual + 1):
        expected = f"{numbers.len()} plain lines of {text.usual + 1} cells"
        raise AssertionError(f"{expected} gave {frame.height} rows of {frame.width}")
    frame = frame.rename(dict(zip(frame.columns, names, strict=False)))
    return frame.insert_column(0, numbers.alias(ROW))


def _careful_frame(careful: Records, names: list[str]) -> pl.DataFrame:
    rows = [record.cells for record in careful.records]
    columns = {
        name: pl.Series([row[n] if n < len(row) and row[n] else None for row in rows], dtype=pl.String)
        for n, name in enumerate(names)
    }
    return pl.DataFrame({ROW: pl.Series([record.line for record in careful.records], dtype=pl.UInt32), **columns})


def _plain_lines(text: _Text, plain: pl.Series) -> bytes:
    """The bytes of the plain lines: a slice of the file when all others stand above them."""
    above = int(plain.arg_true()[0])
    rest = plain.slice(above)
    if not rest.all():
        return "\n".join(text.lines.filter(plain).to_list()).encode()
    start = int(text.lines.head(above).str.len_bytes().sum()) + above
    end = start + int(text.lines.slice(above).str.len_bytes().sum()) + rest.len()
    return text.utf8[start:end]


def _without_blank_rows(cells: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    if cells[names[0]].null_count() == 0:
        return cells
    return cells.filter(~pl.all_horizontal(pl.col(names).is_null()))


def _as_records(line: pl.Expr, careful: Records) -> pl.Expr:
    """Record number (from 1) of a line number (from 0)."""
    if not careful.taken:
        return (line + 1).cast(pl.UInt32)
    taken = pl.Series(sorted(careful.taken), dtype=pl.UInt32)
    before = line.map_batches(lambda n: taken.search_sorted(n).cast(pl.UInt32), return_dtype=pl.UInt32)
    return (line + 1 - before).cast(pl.UInt32)


def _record_number(careful: Records, line: int) -> int:
    return line + 1 - sum(1 for taken in careful.taken if taken <= line)


def _other_widths(careful: Records, usual: int) -> dict[int, int]:
    """Record number → number of cells, of the records that have not the usual number."""
    taken = sorted(careful.taken)
    widths: dict[int, int] = {}
    before = 0
    for record in careful.records:
        while before < len(taken) and taken[before] < record.line:
            before += 1
        if len(record.cells) != usual:
            widths[record.line + 1 - before] = len(record.cells)
    return widths


def _account(lines: int, plain: int, careful: Records, blank: pl.Series) -> Lines:
    """Lines = rows + line breaks inside cells + blank lines; anything else is a defect of this module."""
    empty = int(blank.sum()) - sum(1 for number in careful.taken if blank[number])
    rows = plain + len(careful.records)
    if lines != rows + len(careful.taken) + empty:
        parts = f"{rows} rows, {len(careful.taken)} line breaks inside cells and {empty} blank lines"
        raise AssertionError(f"{lines} lines are not {parts}")
    return Lines(lines, rows, len(careful.taken), empty)


def _irregularities(careful: Records) -> tuple[Irregularity, ...]:
    said = "a quotation mark that opens no cell is kept as a character"
    found = [
        Irregularity("F-quote", str(_record_number(careful, line)), detail=said) for line in careful.literal[:_NAMED]
    ]
    if len(careful.literal) > _NAMED:
        found.append(Irregularity("F-quote", detail=f"in {len(careful.literal)} rows"))
    return tuple(found)
