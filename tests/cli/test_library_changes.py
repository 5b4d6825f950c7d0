"""`nolcat library remove`, `tidy`, `rebuild`, `aside`, `answer`, `alias`, `map`, and the commands that prove."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import a_report, tsv
from tests.builders.abstract import month_key
from tests.cli.conftest import CORRECTED, REPORT, Shelf
from tests.cli.running import Ran, answered, is_clean, nolcat
from tests.workflow.stored import total


def library(shelf: Shelf, what: str, *words: object, process: bool = False) -> Ran:
    return (nolcat if process else answered)("library", what, *words, "--library", shelf.library, "--json")


def test_that_a_removal_can_be_looked_at_done_and_undone(own_shelf: Shelf) -> None:
    before = total(own_shelf.library)
    dry = library(own_shelf, "remove", "--source", 7, "--report", "TR", "--from", "2024-02", "--dry-run")
    assert dry.code == 0
    assert total(own_shelf.library) == before
    done = library(own_shelf, "remove", "--source", 7, "--report", "TR", "--from", "2024-02", process=True)
    assert done.lines == dry.lines
    assert before - total(own_shelf.library) == sum(line["uses"] for line in done.lines)
    assert library(own_shelf, "undo", process=True).code == 0
    assert total(own_shelf.library) == before
    assert library(own_shelf, "remove").code == 1
    assert library(own_shelf, "remove", "--report", "IR").code == 1


def test_that_tidying_is_looked_at_first_and_ends_undo(own_shelf: Shelf) -> None:
    assert library(own_shelf, "remove", "--report", "PR").code == 0
    dry = library(own_shelf, "tidy", "--dry-run").line
    assert (dry["versions"], dry["entries"], dry["freed"]) == (1, [1, 2, 3], False)
    assert library(own_shelf, "undo").code == 0
    assert library(own_shelf, "redo").code == 0
    assert library(own_shelf, "tidy", process=True).line["freed"]
    ran = library(own_shelf, "undo")
    assert (ran.code, ran.out) == (1, "")
    assert "tidied up" in ran.err
    assert library(own_shelf, "verify").code == 0


def test_that_what_is_damaged_is_rebuilt(own_shelf: Shelf) -> None:
    before = total(own_shelf.library)
    (part,) = (own_shelf.library / "TR").iterdir()
    part.write_bytes(b"PAR1 nothing PAR1")
    assert library(own_shelf, "verify").code == 1
    ran = library(own_shelf, "rebuild", "--dry-run")
    assert (ran.code, ran.line["how"]) == (0, "made again")
    assert "Nothing was changed" in ran.err
    assert library(own_shelf, "verify").code == 1
    ran = library(own_shelf, "rebuild", process=True)
    assert (ran.code, ran.line["how"]) == (0, "made again")
    assert total(own_shelf.library) == before
    assert library(own_shelf, "verify").code == 0
    for file in (own_shelf.library / "originals").iterdir():
        file.unlink()
    part.unlink()
    ran = library(own_shelf, "rebuild")
    assert (ran.code, ran.lines[0]["how"]) == (1, "lost")


def test_that_months_kept_aside_are_listed_and_made_live(own_shelf: Shelf) -> None:
    words = ("--source", 7, "--if-loaded", "aside", "--json")
    ran = answered("convert", own_shelf.corrected, "--library", own_shelf.library, *words)
    assert (ran.code, ran.line["action"], ran.line["rows"]) == (0, "aside", 0)
    line = library(own_shelf, "aside").line
    assert line["months"] == line["against"] == ["2024-01"]
    assert library(own_shelf, "aside", "--make-live", line["path"]).code == 0
    assert {one["state"] for one in library(own_shelf, "coverage").lines} == {"usage", "restated"}
    old, new = (sum(row.total for row in report.rows) for report in (REPORT, CORRECTED))
    assert sum(one["change"] for one in library(own_shelf, "difference", 4).lines) == new - old
    assert sum(one["change"] for one in library(own_shelf, "difference", 4, "--titles").lines) == new - old
    assert library(own_shelf, "aside", "--make-live", "nothing").code == 1


@pytest.mark.parametrize("emptied_first", [True, False])
def test_that_a_difference_tells_months_whose_use_was_replaced_by_none_or_none_by_use(
    tmp_path: Path, emptied_first: bool
) -> None:
    whole = a_report(Release.R5, "TR", months=2, titles=2)
    month = month_key(whole.months[0])
    rows = tuple(replace(row, counts={**row.counts, month: 0}) for row in whole.rows)
    without = replace(whole, rows=rows, created=f"{int(whole.created[:4]) + 1}{whole.created[4:]}")
    folder, files = tmp_path / "library", [tmp_path / "1.tsv", tmp_path / "2.tsv"]
    for file, made in zip(files, (without, whole) if emptied_first else (whole, without), strict=True):
        file.write_bytes(tsv(made))
        ran = answered("convert", file, "--library", folder, "--source", 1, "--if-loaded", "replace", "--json")
        assert ran.code == 0, ran.err
    changed = answered("library", "difference", 2, "--library", folder, "--json").lines
    assert {one["month"] for one in changed} == {month}
    uses = sum(row.counts[month] for row in whole.rows)
    assert sum(one["change"] for one in changed) == (uses if emptied_first else -uses)


def test_that_answers_and_names_are_given_listed_and_withdrawn(own_shelf: Shelf) -> None:
    words = ("--source", 7, "--report", "TR", "--from", "2024-05", "--note", "cancelled")
    assert library(own_shelf, "answer", *words).code == 0
    line = library(own_shelf, "answer").line
    assert (line["first"], line["last"], line["note"]) == ("2024-05", None, "cancelled")
    states = {
        one["month"]: one["state"]
        for one in library(own_shelf, "coverage", "--expected").lines
        if one["report_type"] == "TR"
    }
    assert (states["2024-03"], states["2024-04"], states["2024-05"]) == ("usage", "never_loaded", "no_report")
    assert library(own_shelf, "answer", *words, "--withdraw").code == 0
    assert library(own_shelf, "answer").out == ""
    assert library(own_shelf, "alias", "--name", "Rowan Shelf", "Rowan").code == 0
    assert library(own_shelf, "alias").line["stands_for"] == "Rowan"


def test_that_sources_are_mapped_from_a_dump_of_nolcat(own_shelf: Shelf, tmp_path: Path) -> None:
    dump = tmp_path / "dump.sql"
    dump.write_text("INSERT INTO `statisticsSources` VALUES (3,'The other',NULL,1);\n", encoding="utf-8")
    assert library(own_shelf, "sources", "--take-in", dump).code == 0
    before = total(own_shelf.library)
    assert library(own_shelf, "map", "7=3", process=True).code == 0
    assert {line["statistics_source_ID"] for line in library(own_shelf, "coverage").lines} == {3}
    assert total(own_shelf.library) == before
    assert library(own_shelf, "verify").code == 0
    assert library(own_shelf, "undo").code == 0
    assert {line["statistics_source_ID"] for line in library(own_shelf, "coverage").lines} == {7}
    assert library(own_shelf, "map", "--own-numbering", "yes").code == 0
    assert library(own_shelf, "map", "7=99").code == 1


def test_that_a_number_is_explained_certified_and_followed(own_shelf: Shelf, tmp_path: Path) -> None:
    words = ("--source", 7, "--report", "TR", "--metric", "Total_Item_Requests", "--from", "2024-01", "--to", "2024-03")
    lines = library(own_shelf, "explain", *words).lines
    expected = sum(row.total for row in REPORT.rows if row.elements["Metric_Type"] == "Total_Item_Requests")
    assert sum(line["usage_count"] for line in lines if line["use"] == "added") == expected
    page = tmp_path / "page.html"
    assert library(own_shelf, "explain", *words, "-o", page).code == 0
    assert f"{expected:,} = Total_Item_Requests" in page.read_text(encoding="utf-8")
    went = library(own_shelf, "where", own_shelf.report, lines[0]["position"]).line
    assert (went["fate"], went["count"]) == ("stored", lines[0]["usage_count"])
    proofs = library(own_shelf, "certificate", 1, "-o", page).lines
    assert [(line["equal"], line["differing"]) for line in proofs] == [(True, 0)]
    assert "Certificate" in page.read_text(encoding="utf-8")
    assert library(own_shelf, "where", "nowhere.tsv", "A1").code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("remove", "--from", "2024"),
        ("map", "7"),
        ("map", "7=x"),
        ("explain", "--source", 7),
        ("answer", "--source", "seven"),
        ("certificate", "-o", "out.pdf"),
        ("difference",),
        ("alias", "--of", "colour"),
        ("explain", "--source", 7, "--report", "TR", "--metric", "x", "--from", "2024-01", "--where", "x"),
    ],
)
def test_that_words_that_make_no_sense_end_with_2(shelf: Shelf, words: tuple[object, ...]) -> None:
    ran = library(shelf, *map(str, words))
    assert (ran.code, ran.out) == (2, "")
    assert is_clean(ran)
