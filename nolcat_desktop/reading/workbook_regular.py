"""Cells of a sheet, read many at a time: for the one spelling of XML that almost every program writes.

A piece of the sheet from `<row r="…">` to `</row>` is taken apart with Polars' text functions. First every cell of it
must match `_CELL`, from its first character to its last; a piece that holds anything else (formulas, errors, rich text,
comments, prefixes, hidden rows …) is not read here at all but by `CellReader`, which understands the whole format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from nolcat_desktop.reading.number_format import Shows
from nolcat_desktop.reading.workbook_book import Book
from nolcat_desktop.reading.workbook_cells import style_text
from nolcat_desktop.reading.workbook_rows import COLUMNS, WHOLE_NUMBER
from nolcat_desktop.report import ROW

_CHARACTER = r"(?:[^<&\x00-\x08\x0b-\x1f\u{fffe}\u{ffff}]|&(?:amp|lt|gt|quot|apos);)"
_ROW = r'<row r="[0-9]{1,7}"(?: [A-Za-z0-9:]+="[^"<>&]*")*'
_TAIL = rf"(?:</row>[ \t\n]*(?:{_ROW}/>[ \t\n]*|{_ROW}>[ \t\n]*</row>[ \t\n]*)*(?:{_ROW}>[ \t\n]*)?)?$"
_CELL = (
    r'^[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]{1,6}")?(?: t="(?:s|n|str|inlineStr)")?(?: s="[0-9]{1,6}")?'
    rf"(?:/>{_TAIL}|>(?:<v>{_CHARACTER}*</v>|<is><t(?: xml:space=\"preserve\")?>{_CHARACTER}*</t></is>)?</c>"
    rf"[ \t\n]*{_TAIL})"
)
_FIRST = rf"^[ \t\n]*(?:{_ROW}/>[ \t\n]*|{_ROW}>[ \t\n]*</row>[ \t\n]*)*{_ROW}>[ \t\n]*$"
_ELSEWHERE = r"_x[0-9A-Fa-f]{4}_|\]\]>"
_ROW_ELSEWHERE = r"<row [^<>]*(?:hidden|xmlns)"
_OPENINGS = ("<v>", "<is><t>", '<is><t xml:space="preserve">')
_PLAIN = r"^(?:0|-?[1-9][0-9]*)$"
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_TYPE = re.compile(r' t="([A-Za-z]+)"')
_STYLE = re.compile(r' s="([0-9]+)"')
_MOST_COLUMNS = 1_000
"""More columns are put together faster cell by cell."""


@dataclass(frozen=True, slots=True)
class RegularRows:
    """What a piece of a sheet holds."""

    frame: pl.DataFrame
    """`row` and a String column for each column with a value, named by its letters."""
    text_numbers: tuple[tuple[int, int, int, str], ...]
    """Text that looks like a whole number: column, how often, row and text of the first."""
    last_row: int
    """Number of the last row element."""


class RegularReader:
    """Reads pieces of the sheets of one workbook; may be asked from several threads at once."""

    def __init__(self, book: Book) -> None:
        """Read with the strings and formats of `book`."""
        self._book = book
        self._strings = pl.Series("text", book.strings, dtype=pl.String)

    def read(self, piece: bytes) -> RegularRows | None:
        """Read the rows of a piece.

        Args:
            piece: Begins with a row (or white space before it) and ends with `</row>`.

        Returns:
            What `CellReader` would have read; None if the piece holds anything out of the ordinary.
        """
        try:
            text = piece.decode()
        except UnicodeDecodeError:
            return None
        whole = pl.Series("cell", [text])
        if whole.str.contains(f"{_ELSEWHERE}|{_ROW_ELSEWHERE}").item():
            return None
        pieces = whole.str.split('<c r="').explode(empty_as_null=False)
        cells = pieces.slice(1)
        if not cells.len() or not re.match(_FIRST, pieces[0]) or not cells.str.contains(_CELL).all():
            return None
        values = self._values(_apart(cells, "xml:space" in text), "&" in text)
        if values is None:
            return None
        frame = _placed(values)
        if frame is None:
            return None
        last = text.rindex('<row r="') + 8
        return RegularRows(frame, _text_numbers(values), int(text[last : text.index('"', last)]))

    def _values(self, cells: pl.DataFrame, entities: bool) -> pl.DataFrame | None:
        """The cells with a value: `column` (letters), `row`, `value` and `text` (whether the file calls it text)."""
        kinds = {each: _TYPE.search(each) for each in cells["attributes"].unique()}
        types = {each: found[1] if found else "n" for each, found in kinds.items()}
        text = [each for each, kind in types.items() if kind in ("str", "inlineStr")]
        shared = [each for each, kind in types.items() if kind == "s"]
        cells = cells.with_columns(text=pl.col("attributes").is_in(text + shared))
        if entities:
            cells = cells.with_columns(pl.col("value").str.replace_many(_ENTITIES))
        if shared:
            looked_up = self._shared(cells, shared)
            if looked_up is None:
                return None
            cells = looked_up
        numbers = [each for each, kind in types.items() if kind == "n"]
        return self._shown(cells, numbers).drop("attributes").filter(pl.col("value") != "")

    def _shared(self, cells: pl.DataFrame, shared: list[str]) -> pl.DataFrame | None:
        """The cells with the shared strings in place of their numbers; None if a number is none or has no string."""
        is_shared = pl.col("attributes").is_in(shared) & (pl.col("value") != "")
        numbers = cells.select(pl.when(is_shared).then("value").cast(pl.UInt32, strict=False))["value"]
        expected = cells.select(is_shared.sum()).item()
        highest = numbers.max()
        if numbers.len() - numbers.null_count() != expected:
            return None
        if isinstance(highest, int) and highest >= self._strings.len():
            return None
        found = self._strings.gather(numbers)
        return cells.with_columns(value=pl.when(is_shared).then(found).otherwise("value"))

    def _shown(self, cells: pl.DataFrame, numbers: list[str]) -> pl.DataFrame:
        """The cells with each number written as its cell shows it."""
        styles = {each: found[1] if (found := _STYLE.search(each)) else None for each in numbers}
        formats = self._book.formats
        special = [
            each
            for each, style in styles.items()
            if style and int(style) < len(formats) and formats[int(style)].shows is not Shows.NUMBER
        ]
        value = pl.col("value")
        as_is = ~pl.col("attributes").is_in(special) & value.str.contains(_PLAIN)
        places = cells.select((pl.col("attributes").is_in(numbers) & (value != "") & ~as_is).arg_true())["attributes"]
        if not places.len():
            return cells
        odd = cells.select("attributes", "value")[places].unique()
        shown = [style_text(self._book, raw, styles[each]) for each, raw in odd.iter_rows()]
        written = cells.select("attributes", "value")[places].join(
            odd.with_columns(pl.Series("shown", shown, dtype=pl.String)),
            on=["attributes", "value"],
            how="left",
            maintain_order="left",
        )
        order = pl.int_range(cells.height, dtype=pl.UInt32, eager=True)
        order = order.scatter(
            places, pl.int_range(cells.height, cells.height + places.len(), dtype=pl.UInt32, eager=True)
        )
        return cells.with_columns(value=pl.concat([cells["value"], written["shown"].rename("value")]).gather(order))


def _apart(cells: pl.Series, preserved: bool) -> pl.DataFrame:
    """The parts of cells that match `_CELL`: `column`, `row`, `attributes` (between place and `>`) and `value`."""
    cell, value = pl.col("cell"), pl.col("value")
    for opening in _OPENINGS if preserved else _OPENINGS[:2]:
        value = value.str.strip_prefix(opening)
    return (
        cells.to_frame()
        .select(
            cell.str.splitn("</", 2)
            .struct.field("field_0")
            .str.splitn('"', 2)
            .struct.rename_fields(["place", "rest"])
            .struct.unnest()
        )
        .select(
            "place", pl.col("rest").str.splitn(">", 2).struct.rename_fields(["attributes", "value"]).struct.unnest()
        )
        .select(
            column=pl.col("place").str.strip_chars_end("0123456789"),
            row=pl.col("place").str.strip_chars_start("ABCDEFGHIJKLMNOPQRSTUVWXYZ").cast(pl.UInt32),
            attributes="attributes",
            value=value,
        )
    )


def _placed(cells: pl.DataFrame) -> pl.DataFrame | None:
    """The cells laid out as rows and columns; None if two claim one place, or there are too many columns."""
    if cells["column"].n_unique() > _MOST_COLUMNS:
        return None
    runs = cells.select(run=pl.col(ROW).rle_id(), place=pl.int_range(pl.len(), dtype=pl.UInt32), column="column")
    rows = cells.filter(runs["run"].diff().fill_null(1) != 0)[ROW]
    height, placed = rows.len(), 0
    columns = [rows.cast(pl.UInt32)]
    for (name,), part in runs.partition_by("column", as_dict=True, maintain_order=True).items():
        places = pl.repeat(None, height, dtype=pl.UInt32, eager=True).scatter(part["run"], part["place"])
        column = cells["value"].gather(places).rename(name)
        placed += height - column.null_count()
        columns.append(column)
    return pl.DataFrame(columns) if placed == cells.height else None


def _text_numbers(cells: pl.DataFrame) -> tuple[tuple[int, int, int, str], ...]:
    """Where text looks like a whole number: column, how often, row and text of the first."""
    found = cells.filter(pl.col("text") & pl.col("value").str.contains(f"^(?:{WHOLE_NUMBER})$"))
    counted = found.group_by("column", maintain_order=True).agg(pl.len(), pl.col(ROW).first(), pl.col("value").first())
    return tuple((COLUMNS[column], count, row, value) for column, count, row, value in counted.iter_rows())
