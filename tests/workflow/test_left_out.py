"""Months of which counts were left out: said wherever a number of them is told, and closed by a file that has them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from nolcat_desktop.dataset import Library
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.review_adding import Decision, add
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.reviewing import review
from tests.builders import Abstract, a_report, tsv
from tests.builders.damage import Damaged, blank_count, negative_count, with_cell, word_for_count
from tests.cli.running import Ran, answered
from tests.workflow.shelf import R51, Shelf
from tests.workflow.stored import in_order, loads, parts, usage_in

WITHOUT = ("--source", 7, "--without-damaged")


def lacking(shelf: Shelf, report: Abstract | None = None) -> Damaged:
    """A library that lacks one count of January."""
    damaged = negative_count(report or a_report(R51, "TR"))
    assert shelf.convert(tsv(damaged.grid), words=WITHOUT).line["action"] == "added"
    assert shelf.states()["2024-01"] == "partial"
    return damaged


def footers(shelf: Shelf) -> list[tuple[int, list[str]]]:
    """Of each load the number of cells left out, and its months."""
    return [(len(one["damaged"]), one["months"]) for part in parts(shelf.library) for one in loads(part)]


def said(shelf: Shelf, *words: object) -> Ran:
    return answered(*words, "--library", shelf.library)


@pytest.mark.parametrize("text", ["0", ""])
def test_that_a_file_whose_cell_is_readable_as_zero_closes_the_hole(shelf: Shelf, text: str) -> None:
    damaged = lacking(shelf)
    before = in_order(usage_in(shelf.library))
    ran = shelf.convert(tsv(with_cell(damaged.grid, damaged.position, text)))
    line = ran.line
    assert (ran.code, line["action"], line["months"][0]) == (0, "replaced", "2024-01")
    assert line["usage_total"] == line["file_total"] == before["usage_count"].sum()
    after = in_order(usage_in(shelf.library))
    assert after.equals(before)
    assert set(shelf.states().values()) == {"usage"}
    assert [cells for cells, months in footers(shelf) if months] == [0]
    assert shelf.is_sound()
    assert shelf.convert(tsv(with_cell(damaged.grid, damaged.position, text))).line["action"] == "skipped"
    assert said(shelf, "library", "undo").code == 0
    assert shelf.states()["2024-01"] == "partial"


def test_that_what_was_closed_is_told_in_words(shelf: Shelf) -> None:
    damaged = lacking(shelf)
    file = shelf.file(tsv(with_cell(damaged.grid, damaged.position, "0")), "right.tsv")
    told = said(shelf, "convert", file, "--source", 7).out
    assert "replaced" in told
    assert "closed: of 2024-01 counts had been left out that could not be read; here they can be" in told


def test_that_a_file_with_the_same_damage_is_already_there(shelf: Shelf) -> None:
    damaged = lacking(shelf)
    for again in (damaged, word_for_count(a_report(R51, "TR"))):
        assert shelf.convert(tsv(again.grid), words=WITHOUT).line["action"] == "skipped"
    assert footers(shelf) == [(1, ["2024-01", "2024-02", "2024-03"])]


def test_that_a_count_in_place_of_the_damage_is_a_restatement_that_says_why(shelf: Shelf) -> None:
    damaged = lacking(shelf)
    right = tsv(with_cell(damaged.grid, damaged.position, damaged.was))
    refused = shelf.convert(right).line
    assert refused["action"] == "failed"
    assert "Of 2024-01 1 count was left out there because nobody could read it" in refused["problem"]["meaning"]
    assert "replacing closes the hole" in refused["problem"]["meaning"]
    assert shelf.convert(right, words=("--source", 7, "--if-loaded", "replace")).line["action"] == "replaced"
    assert shelf.states()["2024-01"] == "restated"


def test_that_the_review_says_what_adding_closes_and_adding_does_it(shelf: Shelf) -> None:
    damaged = lacking(shelf)
    library = Library.open(shelf.library, lambda: datetime(2026, 11, 22, tzinfo=UTC))
    told = {}
    for name, text in (("zero", ""), ("count", damaged.was), ("same", "-3")):
        file = shelf.file(tsv(with_cell(damaged.grid, damaged.position, text)), f"{name}.tsv")
        (told[name],) = review([file], library, Wishes(source=7), Progress())
    assert (told["zero"].todo, told["zero"].standing.closes) == (Todo.ADD, ("2024-01",))
    assert (told["count"].todo, told["count"].standing.lacking) == (Todo.DIFFERS, ("2024-01",))
    assert told["same"].todo_when(without_damaged=True) is Todo.ALREADY
    added = add([told["zero"]], [Decision(source=7)], library, Progress())
    (line,) = added.converted.lines
    assert (line.action, line.closed) == ("replaced", ("2024-01",))
    assert set(shelf.states().values()) == {"usage"}


def test_that_a_damaged_file_never_takes_over_a_month_that_is_whole(shelf: Shelf) -> None:
    longer = a_report(R51, "TR", months=4)
    blank = blank_count(longer)
    first = replace(longer, begin=longer.begin, end=a_report(R51, "TR").end)
    whole = tsv(blank_count(first).grid)
    assert shelf.convert(whole).line["action"] == "added"
    assert shelf.convert(tsv(negative_count(first).grid), words=WITHOUT).line["action"] == "skipped"
    more = shelf.convert(tsv(with_cell(blank.grid, blank.position, "-3")), words=WITHOUT).line
    assert (more["action"], more["months"]) == ("added", ["2024-02", "2024-03", "2024-04"])
    assert set(shelf.states().values()) == {"usage"}
    assert sorted(footers(shelf)) == [(0, ["2024-01"]), (0, ["2024-02", "2024-03", "2024-04"])]


def test_that_a_month_without_a_readable_count_is_closed_too(shelf: Shelf) -> None:
    one = a_report(R51, "TR", titles=1, months=2)
    rows = one.rows[:1]
    report = replace(one, rows=(replace(rows[0], counts={"2024-01": 4, "2024-02": 5}),))
    damaged = lacking(shelf, report)
    right = tsv(with_cell(damaged.grid, damaged.position, "0"))
    assert shelf.convert(right).line["action"] == "replaced"
    assert shelf.states() == {"2024-01": "confirmed_zero", "2024-02": "usage"}
    assert shelf.is_sound()


def test_that_every_reading_says_which_numbers_are_too_low(shelf: Shelf, tmp_path: Path) -> None:
    damaged = lacking(shelf)
    note = "1 count could not be read and was left out"
    where = f"({damaged.position} of 0.tsv)"
    shown = said(shelf, "show", "TR")
    assert shown.code == 1
    assert f"Too low: TR of Rowan Shelf, 2024-01: {note} {where}." in shown.err
    assert note not in shown.out
    for words in (("library", "coverage"), ("library", "coverage", "--json"), ("show", "TR", "--json")):
        assert where in said(shelf, *words).err, words
    assert where in said(shelf, "annual", "--from", "2024-01").err
    assert note in said(shelf, "annual", "--from", "2024-01", "--json").lines[0]["missing"][0]
    for quiet in (("show", "TR", "--from", "2024-02"), ("annual", "--from", "2025-01")):
        assert note not in said(shelf, *quiet).err, quiet
    book = tmp_path / "out.xlsx"
    assert where in said(shelf, "show", "TR", "-o", book).err
    about = openpyxl.load_workbook(book)["About this table"]
    assert [row[0] for row in about.iter_rows(values_only=True)][1:] == ["May be too low"]
    assert where in str(about.cell(2, 2).value)


def test_that_a_view_says_what_its_master_lacks(shelf: Shelf) -> None:
    damaged = lacking(shelf)
    assert f"({damaged.position} of 0.tsv)" in said(shelf, "show", "TR_J1").err
    assert "could not be read" not in said(shelf, "show", "TR_J1", "--from", "2024-02").err


def test_that_cells_of_which_no_month_is_known_are_told_as_perhaps(shelf: Shelf) -> None:
    lacking(shelf)
    (part,) = parts(shelf.library)
    _older(part)
    assert set(shelf.states().values()) == {"partial"}
    err = said(shelf, "show", "TR").err
    assert "Perhaps too low: TR of Rowan Shelf, 2024-01 to 2024-03: 1 count" in err
    assert "of which months they are is not known" in err


def _older(part: Path) -> None:
    """As a version wrote it that did not know the months of damaged cells."""
    entries = loads(part)
    for one in entries:
        del one["damaged_months"]
    rows = pl.read_parquet(part)
    named = {"nolcat.format": "1", "nolcat.loads": json.dumps(entries)}
    rows.write_parquet(part, metadata=named)
