"""CSV and Parquet: as NoLCAT, database programs and this program write them."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.legacy import Delimited, ParquetFiles
from nolcat_desktop.legacy.relation import KEY, RELATION
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.taking_over import TakingOver, take_over
from tests.cli.running import answered
from tests.legacy.relation_rows import ROWS, TOTAL, row
from tests.legacy.stored import agree, as_text, cells, in_order, library, read, stored, usage_of

RELEASES = {1: "5", 2: "5", 3: "5", 4: "4", 5: "5.1", 6: "5"}
WHOLE = [{**one, "authors": one["authors"] or None} for one in ROWS]
"""The rows of the sample; CSV knows no empty text."""


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(as_text(rows), schema=dict.fromkeys(RELATION, pl.String))


FORMS = [(sign, null) for sign in ",;|\t" for null in ("", "\\N") if (sign, null) != ("\t", "\\N")]
"""Signs between cells, and what stands for NULL; the last of them would be MySQL's own dialect."""


@pytest.mark.parametrize(("sign", "null"), FORMS)
def test_that_quoted_csv_gives_every_cell(tmp_path: Path, sign: str, null: str) -> None:
    file = tmp_path / "NoLCAT_download.csv"
    frame(WHOLE).write_csv(file, separator=sign, null_value=null, include_bom=True)
    assert cells(Delimited(file)) == as_text(WHOLE)
    assert agree(Delimited(file))


@pytest.mark.parametrize("null", ["NULL", "\\N"])
def test_that_mysqls_own_dialect_gives_every_cell(tmp_path: Path, null: str) -> None:
    def written(value: str | None) -> str:
        if value is None:
            return null
        for sign, instead in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t")):
            value = value.replace(sign, instead)
        return value

    rows = [one for one in WHOLE if one["publisher"] != "NULL"]
    lines = ["\t".join(RELATION), *("\t".join(written(one[name]) for name in RELATION) for one in as_text(rows))]
    file = tmp_path / "batch.tsv.gz"
    file.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode()))
    assert cells(Delimited(file)) == as_text(rows)
    assert agree(Delimited(file))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")), min_size=1, max_size=5))
def test_that_any_title_survives_quoted_csv(tmp_path: Path, titles: list[str]) -> None:
    rows = [row(n, resource_name=title or None) for n, title in enumerate(titles, 1) if title != "\\N"]
    file = tmp_path / "any.csv"
    frame(rows).write_csv(file, quote_style="always" if len(titles) % 2 else "necessary")
    assert cells(Delimited(file)) == as_text(rows)
    assert agree(Delimited(file))


def test_that_the_end_cut_off_is_told(tmp_path: Path) -> None:
    file = tmp_path / "cut.csv"
    frame(WHOLE).write_csv(file)
    whole = file.read_bytes()
    for end in (len(whole) - 20, whole.index(b"tab;")):
        file.write_bytes(whole[:end])
        with pytest.raises(NolcatError, match="cut off"):
            read(Delimited(file))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "does not name the columns"),
        (b"a,b\n1,2\n", "does not name the columns"),
        (",".join([*RELATION, KEY]).encode(), "same name"),
        (",".join(RELATION).encode() + b"\n\xff", "not written in UTF-8"),
    ],
)
def test_that_what_is_no_such_csv_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(NolcatError, match=why):
        read(Delimited(file))


def nolcat_parquet(folder: Path) -> None:
    """Three files as NoLCAT writes them: few columns in any order, times for dates, the rest in the name."""
    folder.mkdir()
    day, later = (pl.Series([date(2022, n, 1)]).cast(pl.Datetime("ns")).item() for n in (1, 2))
    tr = pl.DataFrame({
        "usage_count": [3, 4], "metric_type": ["Total_Item_Requests"] * 2, "usage_date": [day, later],
        "resource_name": ["A", None], "section_type": ["Article"] * 2, "YOP": pl.Series([2019, None], dtype=pl.Int16),
        "publication_date": [None, day], "report_type": ["TR"] * 2, "Item": ["stray", None],
    })  # fmt: skip
    tr = tr.with_columns(pl.col("usage_date", "publication_date").cast(pl.Datetime("ns")))
    tr.write_parquet(folder / "3_TR_2024-05-01T10-11-12.parquet")
    tr.select("usage_date", "metric_type", "usage_count").head(1).write_parquet(folder / "4_JR1_NULL.parquet")


def test_that_nolcats_own_parquet_files_are_taken_over(tmp_path: Path) -> None:
    nolcat_parquet(tmp_path / "bucket")
    relation = ParquetFiles(tmp_path / "bucket")
    done = take_over(relation, library(tmp_path / "library"), TakingOver(), Progress())
    assert [(line.source_id, line.report_id, line.release, line.usage_total) for line in done.lines] == [
        (3, "TR", "5", 7), (4, "JR1", "4", 3),
    ]  # fmt: skip
    held = stored(library(tmp_path / "library"))
    assert held.filter(pl.col("report_type") == "TR").select("YOP", "publication_date").rows() == [
        (2019, None), (None, date(2022, 1, 1)),
    ]  # fmt: skip
    assert relation.facts()["columns_left_out"] == "Item"


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".parquet"])
def test_that_a_table_exported_by_this_program_comes_back(tmp_path: Path, ending: str) -> None:
    rows = [one for one in WHOLE if one["report_type"] == "TR"]
    source = library(tmp_path / "first")
    frame(rows).write_csv(tmp_path / "dump.csv")
    take_over(Delimited(tmp_path / "dump.csv"), source, TakingOver(), Progress())
    target = tmp_path / f"table{ending}"
    ran = answered("show", "TR", "--library", tmp_path / "first", "-o", target)
    assert ran.code == 0, ran.err
    relation = ParquetFiles(target) if ending == ".parquet" else Delimited(target)
    second = library(tmp_path / "second")
    done = take_over(relation, second, TakingOver(), Progress())
    assert [line.action for line in done.lines] == ["added"]
    assert stored(second).equals(stored(source))
    assert second.sources().names() == source.sources().names()


def test_that_the_parts_of_another_library_come_back_with_their_release(tmp_path: Path) -> None:
    frame(WHOLE).write_csv(tmp_path / "dump.csv")
    first, second = library(tmp_path / "first"), library(tmp_path / "second")
    take_over(Delimited(tmp_path / "dump.csv"), first, TakingOver(), Progress())
    done = take_over(ParquetFiles(tmp_path / "first"), second, TakingOver(), Progress())
    assert done.usage_total == TOTAL
    assert in_order(stored(second)).equals(usage_of(WHOLE, RELEASES))
