"""Tables for other programs: the same texts and numbers in every form, whole or not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from nolcat_desktop.export import ENDINGS, tables, write_table
from nolcat_desktop.problem import NolcatError

TEXTS = [
    "=1+2",
    '=HYPERLINK("https://example.org")',
    "{=SUM(A1)}",
    "+49",
    "-3",
    "@x",
    "https://example.org/a b",
    "mailto:a@example.org",
    "0012",
    "1e5",
    "TRUE",
    'a "quoted", text; with\ttab',
    "two\nlines",
    "潮の図書館",
    " blanks ",
    None,
]
FRAME = pl.DataFrame(
    {
        "text": TEXTS,
        "count": pl.Series([*range(len(TEXTS) - 1), None], dtype=pl.Int64),
        "day": pl.Series([date(2024, 1, 31)] * (len(TEXTS) - 1) + [None], dtype=pl.Date),
        "year": pl.Series([9999] * len(TEXTS), dtype=pl.Int16),
    }
)


def separated(separator: str) -> Callable[[Path], pl.DataFrame]:
    def read(file: Path) -> pl.DataFrame:
        return pl.read_csv(file, separator=separator, schema=FRAME.schema)

    return read


def workbook(file: Path) -> pl.DataFrame:
    sheet = openpyxl.load_workbook(file).worksheets[0]
    heading, *rows = sheet.iter_rows()
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}  # f would be a formula
    assert not [cell for row in rows for cell in row if cell.hyperlink]
    cells = [[cell.value.date() if cell.is_date and cell.value else cell.value for cell in row] for row in rows]
    return pl.DataFrame(cells, schema={cell.value: FRAME.schema[cell.value] for cell in heading}, orient="row")


READERS = {".csv": separated(","), ".tsv": separated("\t"), ".xlsx": workbook, ".parquet": pl.read_parquet}


@pytest.mark.parametrize("ending", ENDINGS)
def test_that_every_text_and_number_comes_back_as_it_was(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"table{ending}"
    write_table(FRAME, file)
    assert_frame_equal(READERS[ending](file), FRAME)
    assert [found.name for found in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("ending", [".csv", ".tsv"])
def test_that_text_files_are_utf8_with_its_mark(tmp_path: Path, ending: str) -> None:
    write_table(FRAME, tmp_path / f"table{ending}")
    assert (tmp_path / f"table{ending}").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("ending", ENDINGS)
def test_that_a_half_file_never_stands_under_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    file = tmp_path / f"table{ending}"
    file.write_bytes(b"what was there")
    write = tables._WRITERS[ending]

    def full(frame: pl.DataFrame, target: Path, sheet: str) -> None:
        write(frame, target, sheet)
        assert target != file
        assert file.read_bytes() == b"what was there"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(tables._WRITERS, ending, full)
    with pytest.raises(NolcatError, match="No space left"):
        write_table(FRAME.head(3), file)
    assert file.read_bytes() == b"what was there"
    assert [found.name for found in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("ending", ENDINGS)
def test_that_what_stood_there_is_replaced(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"table{ending}"
    write_table(FRAME.head(1), file)
    write_table(FRAME, file)
    assert READERS[ending](file).height == FRAME.height


@pytest.mark.parametrize("ending", ENDINGS)
def test_that_a_folder_that_is_not_there_is_said(tmp_path: Path, ending: str) -> None:
    with pytest.raises(NolcatError, match="could not be written"):
        write_table(FRAME, tmp_path / "no" / f"table{ending}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ENDINGS)
def test_that_a_frame_without_rows_has_its_headings(tmp_path: Path, ending: str) -> None:
    write_table(FRAME.clear(), tmp_path / f"table{ending}")
    assert READERS[ending](tmp_path / f"table{ending}").columns == FRAME.columns


def test_that_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NolcatError, match=r"\.doc"):
        write_table(FRAME, tmp_path / "table.doc")


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"text": ["x" * (tables.CELL_LENGTH + 1)]}),
        pl.DataFrame({"number": pl.int_range(tables.SHEET_ROWS + 1, eager=True)}),
    ],
    ids=["text", "rows"],
)
def test_that_what_excel_would_cut_is_refused_before_anything_is_written(tmp_path: Path, frame: pl.DataFrame) -> None:
    with pytest.raises(NolcatError, match="too large for Excel"):
        write_table(frame, tmp_path / "table.xlsx")
    assert not list(tmp_path.iterdir())


def test_that_a_number_that_excel_would_round_is_text(tmp_path: Path) -> None:
    numbers = [tables.EXACT, tables.EXACT + 2, 2**63 - 1, -(2**60)]
    write_table(pl.DataFrame({"n": numbers}), tmp_path / "table.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").worksheets[0]
    found = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == [numbers[0], *map(str, numbers[1:])]
