"""Looking at a library and taking back what was done, each command in a process of its own where it matters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from tests.builders import expected_usage
from tests.cli.conftest import CORRECTED, REPORT, Shelf
from tests.cli.running import Ran, answered, contents, nolcat
from tests.workflow.stored import total

TOTAL = expected_usage(REPORT)["usage_count"].sum()
CORRECTED_TOTAL = expected_usage(CORRECTED)["usage_count"].sum()


def library(shelf: Shelf, what: str, *words: object, process: bool = False) -> Ran:
    return (nolcat if process else answered)("library", what, *words, "--library", shelf.library, "--json")


def replaced(shelf: Shelf) -> None:
    words = ("--source", 7, "--harvested", "2024-05-01", "--if-loaded", "replace")
    assert answered("convert", shelf.corrected, "--library", shelf.library, *words).code == 0


def test_that_coverage_adds_up_to_what_was_stored(shelf: Shelf) -> None:
    lines = library(shelf, "coverage").lines
    assert sum(line["usage_total"] for line in lines) == total(shelf.library)
    assert {(line["report_type"], line["month"]) for line in lines} == {
        (name, month) for name in ("PR", "TR") for month in ("2024-01", "2024-02", "2024-03")
    }


def test_that_history_tells_every_run_and_undo_and_redo_work_across_processes(own_shelf: Shelf) -> None:
    before = contents(own_shelf.library)
    replaced(own_shelf)
    after = contents(own_shelf.library)
    lines = library(own_shelf, "history").lines
    assert [(line["entry"], line["undone"]) for line in lines] == [(1, False), (2, False), (3, False)]
    assert lines[2]["usage_total"] == CORRECTED_TOTAL
    assert datetime.fromisoformat(lines[2]["when"]).tzinfo is not None
    undone = library(own_shelf, "undo", process=True)
    assert (undone.code, undone.line["entry"], undone.line["undone"]) == (0, 3, True)
    assert parts_of(contents(own_shelf.library)) == parts_of(before)
    assert [line["undone"] for line in library(own_shelf, "history").lines] == [False, False, True]
    redone = library(own_shelf, "redo", process=True)
    assert (redone.code, redone.line["entry"], redone.line["undone"]) == (0, 3, False)
    assert parts_of(contents(own_shelf.library)) == parts_of(after)
    assert library(own_shelf, "verify").code == 0


def parts_of(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.endswith((".parquet", ".csv")) and name[0] != "."}


def test_that_a_named_entry_is_taken_back_and_others_stay(own_shelf: Shelf) -> None:
    assert library(own_shelf, "undo", 1, process=True).line["entry"] == 1
    assert [line["report_type"] for line in library(own_shelf, "coverage").lines] == ["PR"] * 3
    assert library(own_shelf, "undo", 1).code == 1
    assert library(own_shelf, "undo", 9).code == 1
    assert library(own_shelf, "redo").code == 0
    assert library(own_shelf, "redo").code == 1
    assert len(library(own_shelf, "coverage").lines) == 6
    assert library(own_shelf, "verify").code == 0


def test_that_an_entry_on_which_a_later_one_builds_is_not_taken_back(own_shelf: Shelf) -> None:
    replaced(own_shelf)
    before = contents(own_shelf.library)
    ran = library(own_shelf, "undo", 1)
    assert (ran.code, ran.out) == (1, "")
    assert "Take back entry 3 first" in ran.err
    assert contents(own_shelf.library) == before


def test_that_the_librarys_last_undo_leaves_it_empty(own_shelf: Shelf) -> None:
    assert library(own_shelf, "undo").code == 0
    assert library(own_shelf, "undo").code == 0
    assert library(own_shelf, "undo").code == 1
    assert library(own_shelf, "coverage").out == ""
    assert total(own_shelf.library) == 0
    assert library(own_shelf, "verify").code == 0


# verify


def one(shelf: Shelf, pattern: str) -> Path:
    return min(shelf.library.glob(pattern))


@pytest.mark.parametrize("pattern", ["TR/*.parquet", "PR/*.parquet", "originals/*"])
def test_that_a_flipped_byte_is_found_wherever_it_is(own_shelf: Shelf, pattern: str) -> None:
    file = one(own_shelf, pattern)
    sound = file.read_bytes()
    chance = Random(pattern)
    regions = 10
    size = len(sound) / regions
    places = [0, len(sound) - 1, *(int(size * (n + chance.random())) for n in range(regions))]
    for place in places:
        broken = bytearray(sound)
        broken[place] ^= 1 << chance.randrange(8)
        file.write_bytes(bytes(broken))
        ran = library(own_shelf, "verify")
        assert ran.code == 1, place
        paths = [line["path"] for line in ran.lines]
        assert file.relative_to(own_shelf.library).as_posix() in paths, (place, paths)
    file.write_bytes(sound)
    assert library(own_shelf, "verify").code == 0


def test_that_what_was_removed_or_put_in_is_found(own_shelf: Shelf) -> None:
    original, part = one(own_shelf, "originals/*"), one(own_shelf, "TR/*")
    kept = original.read_bytes(), part.read_bytes()
    original.unlink()
    (line,) = library(own_shelf, "verify").lines
    assert (line["path"], line["title"]) == (f"originals/{original.name}", "An original is missing")
    original.write_bytes(kept[0])
    part.unlink()
    assert [line["title"] for line in library(own_shelf, "verify").lines][:1] == ["A part of the library is missing"]
    part.write_bytes(kept[1])
    for name in ("TR/notes.txt", "originals/notes.txt"):
        stray = own_shelf.library / name
        stray.write_text("?")
        assert [line["path"] for line in library(own_shelf, "verify").lines] == [name]
        stray.unlink()
    part.rename(part.with_name("8_TR_2024-05-01.parquet"))
    assert library(own_shelf, "verify").code == 1
    part.with_name("8_TR_2024-05-01.parquet").rename(part)
    assert library(own_shelf, "verify", process=True).code == 0


def test_that_a_part_copied_beside_itself_is_counted_twice_and_found(own_shelf: Shelf) -> None:
    part = one(own_shelf, "TR/*")
    part.with_name("7_TR_NULL.parquet").write_bytes(part.read_bytes())
    titles = {line["title"] for line in library(own_shelf, "verify").lines}
    assert "Months are counted twice" in titles
    assert {line["state"] for line in library(own_shelf, "coverage").lines if line["report_type"] == "TR"} == {
        "overlapping"
    }


# sources


def test_that_a_list_from_nolcat_is_taken_in_with_its_columns(own_shelf: Shelf, tmp_path: Path) -> None:
    exported = tmp_path / "list.csv"
    exported.write_text(
        "statistics_source_ID,statistics_source_name,statistics_source_retrieval_code,vendor_ID\n"
        "7,Rowan Shelf,abc,3\n8,Ännals,,4\n",
        encoding="utf-8",
    )
    ran = library(own_shelf, "sources", "--take-in", exported, process=True)
    assert [(line["statistics_source_ID"], line["local"]) for line in ran.lines] == [(7, False), (8, False)]
    kept = (own_shelf.library / "statistics_sources.csv").read_text(encoding="utf-8")
    assert "8,Ännals," in kept
    assert "abc" in kept
    exported.write_text("statistics_source_ID,statistics_source_name\n7,Another\n", encoding="utf-8")
    ran = library(own_shelf, "sources", "--take-in", exported)
    assert (ran.code, ran.out) == (1, "")
    assert "two different statistics sources" in ran.err
    assert (own_shelf.library / "statistics_sources.csv").read_text(encoding="utf-8") == kept


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a,b\n1,2\n", b"statistics_source_ID\n1\n"])
def test_that_a_list_that_is_none_is_told(own_shelf: Shelf, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    ran = library(own_shelf, "sources", "--take-in", tmp_path / "list.csv")
    assert (ran.code, ran.out) == (1, "")
    assert "cannot be read" in ran.err


def test_that_a_source_is_renamed(own_shelf: Shelf) -> None:
    ran = library(own_shelf, "sources", "--rename", 7, "Rowan (new)")
    assert [line["statistics_source_name"] for line in ran.lines] == ["Rowan (new)"]
    for number, name in ((9, "x"), (7, " "), ("seven", "x"), ("²", "x")):
        assert library(own_shelf, "sources", "--rename", number, name).code == 1
    assert answered("library", "sources", "--take-in", "nowhere.csv", "--library", own_shelf.library).code == 1
