"""`nolcat show`: the usage of one report type as a table, with a blank where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from shutil import copytree

import openpyxl
import polars as pl
import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import a_report, empty, tsv
from tests.cli.conftest import REPORT, Shelf
from tests.cli.running import Ran, answered

MONTHS = ["2024-01", "2024-02", "2024-03"]


def shown(shelf: Shelf | Path, view: str, *words: object) -> Ran:
    return answered("show", view, "--library", shelf.library if isinstance(shelf, Shelf) else shelf, *words)


def months(line: dict[str, object]) -> list[str]:
    return [name for name in line if name[:2] == "20"]


def test_that_the_table_is_the_report_with_zeros_where_there_was_no_use(shelf: Shelf) -> None:
    lines = shown(shelf, "TR", "--json").lines
    assert {tuple(months(line)) for line in lines} == {tuple(MONTHS)}
    key = ("Title", "YOP", "Access_Type", "Metric_Type", "Data_Type")
    wanted = {
        tuple(row.elements.get(name, "") for name in key): [row.counts.get(month, 0) for month in MONTHS]
        for row in REPORT.rows
    }
    columns = ("resource_name", "YOP", "access_type", "metric_type", "data_type")
    found = {
        tuple(line[name] if name != "YOP" else f"{line[name]:04}" for name in columns): [line[m] for m in MONTHS]
        for line in lines
    }
    assert found == wanted
    for line in lines:
        assert line["reporting_period_total"] == sum(line[month] for month in MONTHS)
        assert list(line)[:2] == ["statistics_source_ID", "statistics_source_name"]


def test_that_numbers_are_never_too_low_in_silence_where_files_of_the_library_are_missing(
    shelf: Shelf, tmp_path: Path
) -> None:
    library = tmp_path / "copy"
    copytree(shelf.library, library)
    part = next(library.glob("TR/*.parquet"))
    part.unlink()
    for words in (("show", "TR"), ("annual", "--from", "2024-01"), ("library", "coverage")):
        ran = answered(*words, "--library", library)
        assert ran.code == 1
        assert "Files of the library are missing" in ran.err
        assert f"1 file that the history knows, such as TR/{part.name}" in ran.err


def test_that_a_view_is_named_loosely_and_an_unknown_one_is_told(shelf: Shelf) -> None:
    assert shown(shelf, "t r", "--json").lines == shown(shelf, "TR", "--json").lines
    for view in ("XX", "", "JR5"):
        ran = shown(shelf, view, "--json")
        assert (ran.code, ran.out) == (1, "")
        assert "Choose one of" in ran.err
    ran = shown(shelf, "TR", "--source", 99)
    assert (ran.code, ran.out) == (1, "")
    assert "no statistics source 99" in ran.err


def test_that_a_master_and_its_views_are_never_added_up(tmp_path: Path) -> None:
    for name in ("TR", "TR_J1"):
        (tmp_path / f"{name}.tsv").write_bytes(tsv(a_report(Release.R51, name)))
    answered("convert", tmp_path / "TR.tsv", tmp_path / "TR_J1.tsv", "--library", tmp_path / "l", "--source", 7)
    for name in ("TR", "TR_J1"):
        lines = shown(tmp_path / "l", name, "--json").lines
        assert {line["report_type"] for line in lines} == {name}
        total = sum(row.total for row in a_report(Release.R51, name).rows)
        assert sum(line["reporting_period_total"] for line in lines) == total


def test_that_the_span_cuts_months_and_totals(shelf: Shelf) -> None:
    lines = shown(shelf, "TR", "--json", "--from", "2024-02", "--to", "2024-02").lines
    assert lines
    for line in lines:
        assert months(line) == ["2024-02"]
        assert line["reporting_period_total"] == line["2024-02"] > 0
    assert shown(shelf, "TR", "--json", "--from", "2030-01").out == ""


@pytest.fixture
def gaps(tmp_path: Path) -> Path:
    """Two sources: 7 has January, March and (a confirmed zero) April of 2024, 8 has February to June."""
    library = tmp_path / "library"
    january, march = (a_report(Release.R51, "TR", months=1, begin=date(2024, month, 1)) for month in (1, 3))
    april = empty(a_report(Release.R51, "TR", months=1, begin=date(2024, 4, 1)))
    later = a_report(Release.R51, "TR", months=5, begin=date(2024, 2, 1), platform="Tidal")
    for number, (source, report) in enumerate(((7, january), (7, march), (7, april), (8, later))):
        (tmp_path / f"{number}.tsv").write_bytes(tsv(report))
        ran = answered("convert", tmp_path / f"{number}.tsv", "--library", library, "--source", source)
        assert ran.code == 0, ran.out
    return library


def test_that_a_month_of_which_nothing_is_known_is_blank_and_no_zero(gaps: Path) -> None:
    lines = shown(gaps, "TR", "--json").lines
    for line in lines:
        assert months(line) == [f"2024-0{month}" for month in range(1, 7)]
        blank = {name for name in months(line) if line[name] is None}
        if line["statistics_source_ID"] == 7:
            assert blank == {"2024-02", "2024-05", "2024-06"}
            assert line["2024-04"] == 0
        else:
            assert blank == {"2024-01"}
    assert {line["statistics_source_ID"] for line in lines} == {7, 8}


def test_that_month_columns_end_with_what_the_chosen_sources_cover(gaps: Path) -> None:
    lines = shown(gaps, "TR", "--json", "--source", 7).lines
    assert {tuple(months(line)) for line in lines} == {("2024-01", "2024-02", "2024-03", "2024-04")}
    lines = shown(gaps, "TR", "--json", "--source", 7, "--from", "2024-02").lines
    assert {tuple(months(line)) for line in lines} == {("2024-03", "2024-04")}
    lines = shown(gaps, "TR", "--json", "--source", 7, "--source", 8, "--to", "2024-02").lines
    assert {tuple(months(line)) for line in lines} == {("2024-01", "2024-02")}


def test_that_blank_cells_are_empty_in_csv(gaps: Path) -> None:
    table = pl.read_csv(StringIO(shown(gaps, "TR", "--source", 7).out), infer_schema=False)
    assert table["2024-02"].is_null().all()
    assert (table["2024-04"] == "0").all()


def test_that_a_library_of_zeros_has_months_and_no_rows(tmp_path: Path) -> None:
    (tmp_path / "e.tsv").write_bytes(tsv(empty(a_report(Release.R51, "DR_D2"))))
    assert answered("convert", tmp_path / "e.tsv", "--library", tmp_path / "l", "--source", 7).code == 0
    heading = shown(tmp_path / "l", "DR_D2").out
    assert heading.strip().split(",")[-3:] == MONTHS
    assert len(heading.splitlines()) == 1


def test_that_rows_that_agree_in_all_columns_are_one_row(tmp_path: Path) -> None:
    twice = replace(REPORT, rows=(*REPORT.rows, REPORT.rows[0]))
    (tmp_path / "r.tsv").write_bytes(tsv(twice))
    assert answered("convert", tmp_path / "r.tsv", "--library", tmp_path / "l", "--source", 7).code == 0
    lines = shown(tmp_path / "l", "TR", "--json").lines
    assert len(lines) == len(REPORT.rows)
    assert sum(line["reporting_period_total"] for line in lines) == sum(row.total for row in twice.rows)


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "parquet"])
def test_that_the_written_table_is_the_printed_one(shelf: Shelf, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"Übersicht.{ending}"
    ran = shown(shelf, "TR", "-o", out, "--json")
    assert (ran.code, ran.out) == (0, "")
    assert str(out) in ran.err
    lines = shown(shelf, "TR", "--json").lines
    assert [[text(value) for value in line.values()] for line in lines] == rows_of(out)
    assert [file.name for file in tmp_path.iterdir()] == [out.name]


def text(value: object) -> str:
    return "" if value is None else str(value)


def rows_of(file: Path) -> list[list[str]]:
    if file.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(file).worksheets[0]
        return [[text(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    if file.suffix == ".parquet":
        return [[text(cell) for cell in row] for row in pl.read_parquet(file).iter_rows()]
    separator = "\t" if file.suffix == ".tsv" else ","
    table = pl.read_csv(file, separator=separator, infer_schema=False)
    return [[text(cell) for cell in row] for row in table.iter_rows()]


def test_that_what_cannot_be_written_is_said(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for ending in ("csv", "xlsx", "parquet", "tsv"):
        for out in (tmp_path / "no" / f"a.{ending}", tmp_path / "folder.csv" / ".." / "folder.csv"):
            ran = shown(shelf, "TR", "-o", out)
            assert (ran.code, ran.out) == (1, ""), out
            assert "could not be written" in ran.err
    assert [file.name for file in tmp_path.iterdir()] == ["folder.csv"]
