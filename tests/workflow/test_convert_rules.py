"""What becomes of a report beside what the library holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.builders import (
    a_report,
)
from tests.cli.running import answered
from tests.workflow.shelf import R5, R51, Shelf, added, changed, of_type
from tests.workflow.stored import in_order, loads, parts, total, usage_in, wanted


@pytest.mark.parametrize(("if_loaded", "code", "action"), [("fail", 1, "failed"), ("skip", 0, "skipped")])
def test_that_a_changed_month_is_refused_or_left_as_asked(shelf: Shelf, if_loaded: str, code: int, action: str) -> None:
    report = a_report(R51, "TR")
    added(shelf.convert(report))
    ran = shelf.convert(changed(report), words=("--source", 7, "--if-loaded", if_loaded))
    assert (ran.code, ran.line["action"]) == (code, action)
    assert (ran.line["rows"], ran.line["usage_total"], ran.line["part"]) == (0, 0, None)
    if action == "failed":
        assert "2024-01" in ran.line["problem"]["meaning"]
        assert list(ran.line["problem"]) == ["title", "meaning", "remedy", "position"]
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(report))


def test_that_a_changed_report_replaces_when_asked_and_undo_brings_the_old_numbers_back(shelf: Shelf) -> None:
    report = a_report(R51, "TR")
    added(shelf.convert(report))
    ran = shelf.convert(changed(report, 5), words=("--source", 7, "--if-loaded", "replace"))
    assert (ran.code, ran.line["action"]) == (0, "replaced")
    assert ran.line["usage_total"] == ran.line["file_total"] == total(shelf.library)
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(changed(report, 5)))
    assert len(loads(parts(shelf.library)[0])) == 1
    assert answered("library", "undo", "--library", shelf.library).code == 0
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(report))
    assert answered("library", "redo", "--library", shelf.library).code == 0
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(changed(report, 5)))
    assert shelf.is_sound()


def test_that_only_the_new_months_are_added_beside_changed_ones_that_are_skipped(shelf: Shelf) -> None:
    old = a_report(R51, "TR", months=2)
    longer = changed(a_report(R51, "TR", months=4))
    added(shelf.convert(old))
    ran = shelf.convert(longer, words=("--source", 7, "--if-loaded", "skip"))
    assert (ran.code, ran.line["action"]) == (0, "added")
    assert {"2024-03", "2024-04"} <= set(ran.line["months"])
    assert "2024-01" not in ran.line["months"]
    assert ran.line["usage_total"] == ran.line["file_total"]
    new = wanted(longer).filter(pl.col("usage_date").dt.strftime("%Y-%m").is_in(ran.line["months"]))
    assert ran.line["usage_total"] == new["usage_count"].sum()
    kept = wanted(old).filter(~pl.col("usage_date").dt.strftime("%Y-%m").is_in(ran.line["months"]))
    assert_frame_equal(in_order(usage_in(shelf.library)), in_order(pl.concat([kept, new])))
    assert shelf.is_sound()


def test_that_partly_overlapping_filters_are_refused_whatever_is_asked(shelf: Shelf) -> None:
    report = a_report(R51, "TR", titles=6)
    added(shelf.convert(report))
    for if_loaded in ("fail", "skip", "replace"):
        part = changed(of_type(report, "Book"))
        ran = shelf.convert(part, words=("--source", 7, "--if-loaded", if_loaded))
        assert (ran.code, ran.line["action"]) == (1, "failed")
        assert "overlaps" in ran.line["problem"]["title"]
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(report))


def test_that_books_and_journals_apart_are_both_kept(shelf: Shelf) -> None:
    report = a_report(R51, "TR", titles=6)
    both = of_type(report, "Book"), of_type(report, "Journal")
    added(shelf.convert(*both))
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(*both))
    assert shelf.is_sound()


def test_that_two_platforms_of_one_source_are_both_kept(shelf: Shelf) -> None:
    both = a_report(R51, "TR"), a_report(R51, "TR", platform="Kelpstack Books")
    added(shelf.convert(both[0]))
    added(shelf.convert(both[1]))
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(*both))
    assert len(parts(shelf.library)) == 1
    assert shelf.is_sound()


def test_that_reports_of_one_run_never_replace_each_other(shelf: Shelf) -> None:
    report = a_report(R51, "TR")
    ran = shelf.convert(report, changed(report), words=("--source", 7, "--if-loaded", "replace"))
    assert ran.code == 1
    assert [line["action"] for line in ran.lines] == ["added", "failed"]
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(report))


def test_that_another_release_of_a_month_is_named_a_change_of_release(shelf: Shelf) -> None:
    old = a_report(R5, "TR", begin=date(2024, 1, 1))
    new = a_report(R51, "TR", begin=date(2024, 1, 1))
    added(shelf.convert(old))
    ran = shelf.convert(new)
    assert (ran.code, ran.line["action"]) == (1, "failed")
    assert "Release 5" in ran.line["problem"]["title"]
    assert "Release 5.1" in ran.line["problem"]["meaning"]
    files = shelf.file(new, "new.tsv")
    ran = answered("convert", files, "--library", shelf.library, "--source", 7, "--if-loaded", "replace")
    assert "replaced (a change of release)" in ran.out
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(new))
    assert shelf.is_sound()


def test_that_a_source_is_proposed_by_its_platform_with_a_local_id(shelf: Shelf) -> None:
    ran = shelf.convert(a_report(R51, "TR"), a_report(R51, "PR"), a_report(R5, "DR", platform="Tidal"), words=())
    assert [line["statistics_source_ID"] for line in ran.lines] == [1_000_001, 1_000_001, 1_000_002]
    rows = answered("library", "sources", "--library", shelf.library, "--json").lines
    assert [(row["statistics_source_name"], row["local"]) for row in rows] == [("Rowan Shelf", True), ("Tidal", True)]


def test_that_a_file_named_by_a_known_id_and_a_year_goes_to_that_source_only(shelf: Shelf) -> None:
    added(shelf.convert(a_report(R51, "TR", months=1), words=("--source", 5)))
    files = [shelf.file(a_report(R51, "PR"), "5_2024.tsv"), shelf.file(a_report(R51, "DR"), "6_2024.tsv")]
    ran = answered("convert", *files, "--library", shelf.library, "--json")
    assert [line["statistics_source_ID"] for line in ran.lines] == [5, 5]  # the second by its platform's name


def test_that_the_harvest_date_names_the_part_and_without_it_the_part_is_named_null(shelf: Shelf) -> None:
    ran = shelf.convert(a_report(R51, "TR"), words=("--source", 7, "--harvested", "2024-05-06"))
    assert ran.line["part"] == "TR/7_TR_2024-05-06.parquet"
    ran = shelf.convert(a_report(R51, "PR"))
    assert ran.line["part"] == "PR/7_PR_NULL.parquet"


def test_that_the_librarys_own_originals_are_no_new_reports_of_the_folder_around_it(shelf: Shelf) -> None:
    added(shelf.convert(a_report(R51, "TR"), words=("--source", 5)))
    shelf.file(a_report(R51, "PR"), "0.tsv")
    ran = answered("convert", shelf.folder, "--library", shelf.library, "--json")
    assert [Path(line["file"]).name for line in ran.lines] == ["0.tsv"]
    again = answered("convert", shelf.library / "originals", "--library", shelf.library, "--source", 5, "--json")
    assert [line["action"] for line in again.lines] == ["skipped", "skipped"]
