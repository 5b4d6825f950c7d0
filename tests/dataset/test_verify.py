"""What checking finds, and what NoLCAT's own parts become."""

from __future__ import annotations

import random
import shutil
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.sources_check import sources_problems
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress
from nolcat_desktop.usage import USAGE
from tests.dataset.builders import candidate, library, month_total, months, sha256, store, total, usage

TWO = {"2024-01": 10, "2024-02": 20}


@pytest.fixture
def held(tmp_path: Path) -> Library:
    made = library(tmp_path)
    store(made, candidate(TWO))
    return made


def spoil(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 0x10
    file.write_bytes(content)


def titles(held: Library) -> list[str]:
    return [fault.problem.title for fault in held.verify()]


@pytest.mark.parametrize("folder", ["TR", "originals"])
def test_that_a_flipped_byte_anywhere_is_found(held: Library, tmp_path: Path, folder: str) -> None:
    (file,) = (tmp_path / folder).iterdir()
    whole, chance = file.read_bytes(), random.Random(3)
    places = [0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(25))]
    for place in places:
        spoil(file, place)
        found = held.verify()
        assert f"{folder}/{file.name}" in {fault.path for fault in found}, place
        assert all(fault.problem.remedy for fault in found)
        file.write_bytes(whole)
    assert held.verify() == []


def test_that_what_is_missing_or_does_not_belong_is_found(held: Library, tmp_path: Path) -> None:
    (tmp_path / "TR" / "notes.docx").write_text("")
    (tmp_path / "TR" / ".DS_Store").write_text("")
    (tmp_path / "originals" / "copy.tsv").write_text("")
    (tmp_path / "originals" / sha256("report.tsv")).unlink()
    part = tmp_path / "TR" / "1_TR_NULL.parquet"
    (tmp_path / "TR" / "2_TR_NULL.parquet").write_bytes(part.read_bytes())
    part.unlink()
    assert [(fault.path, fault.problem.title) for fault in held.verify()] == [
        ("TR/1_TR_NULL.parquet", "A part of the library is missing"),
        ("TR/2_TR_NULL.parquet", "A part is not in the library's history"),
        ("TR/2_TR_NULL.parquet", "A part of the library is damaged"),
        ("TR/notes.docx", "A file does not belong here"),
        (f"originals/{sha256('report.tsv')}", "An original is missing"),
        ("originals/copy.tsv", "A file does not belong here"),
    ]


def test_that_a_list_of_sources_that_was_changed_elsewhere_is_found(held: Library, tmp_path: Path) -> None:
    file = tmp_path / "statistics_sources.csv"
    with held.run("name a source") as run:
        run.sources = run.sources.with_id(1, "Rowan Shelf")
        run.commit()
    assert held.verify() == []
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"Rowan", b"Sowan"))
    assert titles(held) == ["The list of statistics sources is not as it was written here"]
    file.unlink()
    assert titles(held) == ["The list of statistics sources is missing"]
    assert not sources_problems(held.layout, None)
    with held.run("name it again") as run:
        run.sources = run.sources.with_id(1, "Rowan Shelf")
        run.commit()
    assert held.verify() == []
    assert file.read_bytes() == whole


def test_that_an_original_is_missed_that_an_undo_would_bring_back(held: Library, tmp_path: Path) -> None:
    with held.run("remove") as run:
        run.remove(1, "TR")
        run.commit()
    (original,) = (tmp_path / "originals").iterdir()
    original.unlink()
    assert titles(held) == ["An original of an earlier version is missing"]
    held.undo()
    assert titles(held) == ["An original is missing"]
    held.redo()
    held.tidy()
    assert held.verify() == []


def test_that_originals_without_a_library_are_not_called_sound(held: Library, tmp_path: Path) -> None:
    for name in (".nolcat", "TR"):
        shutil.rmtree(tmp_path / name)
    assert titles(held) == ["Only the originals of this library are left"]


def test_that_a_lost_history_is_found(held: Library) -> None:
    held.layout.journal.unlink()
    held.layout.journal_copy.unlink()
    assert [fault.problem.title for fault in held.verify()] == ["The library has lost its history"]
    assert total(held) == month_total(10) + month_total(20)


def test_that_checking_can_be_stopped(held: Library) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        held.verify(progress)


def own_part(folder: Path, counts: dict[str, int], report_type: str = "TR", source: int = 1) -> Path:
    """As NoLCAT writes one: fewer columns in an order of its own, times of day, a time in the name."""
    frame = usage(counts, source, report_type).select(
        pl.col("usage_date").cast(pl.Datetime("ns")),
        "usage_count",
        "metric_type",
        "platform",
        "resource_name",
        pl.col("YOP").cast(pl.Int64),
        "report_type",
        "statistics_source_ID",
        pl.col("report_creation_date").cast(pl.Datetime("ns")),
    )
    target = folder / report_type[:2] / f"{source}_{report_type}_2025-02-01T10-20-30.parquet"
    target.parent.mkdir(exist_ok=True)
    frame.write_parquet(target)
    return target


def test_that_parts_of_nolcat_itself_are_read_beside_ours(held: Library, tmp_path: Path) -> None:
    own_part(tmp_path, {"2024-03": 30})
    own_part(tmp_path, {"2023-01": 5}, "PR1")
    rows = held.scan().collect()
    assert rows.schema == USAGE
    releases = rows.select("report_type", "release").unique().sort("report_type", "release").rows()
    assert releases == [("PR1", "4"), ("TR", "5"), ("TR", "5.1")]
    assert months(held)["2024-03"] == month_total(30)
    assert held.coverage().select("report_type", "release", "month", "state").rows()[-1] == (
        "TR",
        "5.1",
        "2024-02",
        "usage",
    )
    assert held.verify() == []


@pytest.mark.parametrize(
    ("report_type", "metric", "access", "release"),
    [
        ("TR", "Total_Item_Requests", "Controlled", "5"),
        ("TR", "Total_Item_Requests", "Open", "5.1"),
        ("TR", "Successful Title Requests", None, "4"),
        ("TR", "Access denied. Content item not licenced", None, "4"),
        ("BR2", "Successful Section Requests", None, "4"),
        ("JR1GOA", "Total_Item_Requests", None, "4"),
        ("XY1", "Unique_Item_Requests", None, "5"),
        ("XY1", "Anything", None, "4"),
    ],
)
def test_that_the_release_of_a_part_of_nolcat_is_that_of_its_report_metric_and_words(
    tmp_path: Path, report_type: str, metric: str, access: str | None, release: str
) -> None:
    (tmp_path / "TR").mkdir()
    file = own_part(tmp_path, {"2024-01": 10, "2024-02": 20})
    rows = pl.read_parquet(file).with_columns(
        metric_type=pl.lit(metric), report_type=pl.lit(report_type), access_type=pl.lit(access, pl.String)
    )
    rows.write_parquet(file)
    assert library(tmp_path).scan().collect()["release"].unique().to_list() == [release]
    assert [part.loads[0].release for part in library(tmp_path).parts()] == [release]


def test_that_months_of_a_part_of_nolcat_are_not_loaded_twice(tmp_path: Path) -> None:
    held = library(tmp_path)
    file = own_part(tmp_path, {"2024-01": 10, "2024-02": 20})
    planned = held.plan(candidate({"2024-01": 10}, release="5"))
    assert planned.action.value == "skipped"
    store(held, candidate({"2024-01": 11}, release="5"), if_loaded="replace")
    assert months(held) == {"2024-01": month_total(11), "2024-02": month_total(20)}
    assert held.verify() == []
    held.undo()
    assert months(held) == {"2024-01": month_total(10), "2024-02": month_total(20)}
    assert file.exists()


def test_that_months_counted_twice_are_found(held: Library, tmp_path: Path) -> None:
    own_part(tmp_path, {"2024-02": 20, "2024-03": 1})
    (fault,) = held.verify()
    assert fault.problem.title == "Months are counted twice"
    assert "2024-02" in fault.problem.meaning
    states = held.coverage().filter(pl.col("state") == "overlapping")
    assert states["month"].to_list() == ["2024-02", "2024-02"]


def test_that_a_part_without_a_date_it_can_read_is_a_problem(tmp_path: Path) -> None:
    file = own_part(tmp_path, {"2024-01": 1})
    pl.read_parquet(file).with_columns(usage_date=pl.lit("Jan")).write_parquet(file)
    with pytest.raises(NolcatError, match="damaged"):
        library(tmp_path).scan()


def test_that_the_clock_is_asked(tmp_path: Path) -> None:
    when = datetime(1999, 12, 31, 23, 59).astimezone()
    made = Library.open(tmp_path, lambda: when)
    store(made, candidate(TWO))
    assert made.history()[0].when == when


def test_that_a_part_of_a_newer_program_is_called_that_and_not_damaged(held: Library, tmp_path: Path) -> None:
    (part,) = (tmp_path / "TR").iterdir()
    pl.DataFrame({"usage_count": [1]}).write_parquet(
        part.with_name("9_TR_NULL.parquet"), metadata={"nolcat.format": "2"}
    )
    with pytest.raises(NolcatError) as raised:
        Library.open(tmp_path, datetime.now, "test").parts()
    told = raised.value.problem
    assert told.title == "This library was made by a newer version of the program"
    assert told.meaning.endswith("Nothing was opened or changed.")
    assert told.title in titles(held)
