"""What stops a report from being stored, and what is no report."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from nolcat_desktop.conversion import lay_out
from nolcat_desktop.workflow import converting
from tests.builders import (
    Abstract,
    Grid,
    a_report,
    of_two_members,
    totals_only,
    tsv,
    with_columns,
    workbook,
)
from tests.builders.damage import Damaged, dash_for_count, negative_count, thousands_separator, with_text
from tests.cli.running import answered
from tests.workflow.shelf import FORMS, R51, Shelf, added, changed
from tests.workflow.stored import in_order, loads, parts, usage_in, wanted


@pytest.mark.parametrize("form", FORMS)
def test_that_totals_only_are_refused_with_the_reason_and_the_original_kept(shelf: Shelf, form: str) -> None:
    file = shelf.file(FORMS[form](totals_only(a_report(R51, "TR"))), f"a.{form}")
    ran = answered("convert", file, "--library", shelf.library, "--source", 7, "--json")
    line = ran.line
    assert (ran.code, line["action"], line["rows"], line["usage_total"], line["part"]) == (1, "failed", 0, 0, None)
    assert "totals only" in line["problem"]["title"]
    assert usage_in(shelf.library).is_empty()
    assert shelf.states() == dict.fromkeys(("2024-01", "2024-02", "2024-03"), "totals_only")
    assert [kept.read_bytes() for kept in (shelf.library / "originals").iterdir()] == [file.read_bytes()]
    assert shelf.is_sound()
    again = answered("convert", file, "--library", shelf.library, "--source", 7, "--json")
    assert (again.code, again.line["action"]) == (1, "failed")
    assert len(answered("library", "history", "--library", shelf.library, "--json").lines) == 1


@pytest.mark.parametrize("damage", [negative_count, dash_for_count])
def test_that_a_count_that_is_none_is_refused_at_its_cell(shelf: Shelf, damage: Callable[[Abstract], Damaged]) -> None:
    report = a_report(R51, "TR")
    damaged = damage(report)
    text = "-3" if damage is negative_count else "-"
    ran = shelf.convert(tsv(damaged.grid))
    line = ran.line
    assert (ran.code, line["action"], line["usage_total"]) == (1, "failed", 0)
    assert line["problem"]["position"] == damaged.position
    assert line["damaged"] == [{"position": damaged.position, "value": text}]
    assert not parts(shelf.library)


def test_that_damaged_cells_are_left_out_and_listed_when_asked(shelf: Shelf) -> None:
    report = a_report(R51, "TR")
    damaged = negative_count(report)
    ran = shelf.convert(tsv(damaged.grid), words=("--source", 7, "--without-damaged"))
    line = ran.line
    assert (ran.code, line["action"]) == (0, "added")
    assert line["damaged"] == [{"position": damaged.position, "value": "-3"}]
    expected = wanted(changed(report, -int(damaged.was)))
    assert_frame_equal(in_order(usage_in(shelf.library)), expected)
    assert line["usage_total"] == line["file_total"] == expected["usage_count"].sum()
    assert loads(parts(shelf.library)[0])[0]["damaged"] == line["damaged"]
    assert loads(parts(shelf.library)[0])[0]["findings"]
    (too_low,) = loads(parts(shelf.library)[0])[0]["damaged_months"]
    assert {month for month, state in shelf.states().items() if state == "partial"} == {too_low}


def test_that_a_count_with_a_separator_is_read(shelf: Shelf) -> None:
    report = a_report(R51, "TR")
    damaged = thousands_separator(report)
    added(shelf.convert(tsv(damaged.grid)))
    assert_frame_equal(in_order(usage_in(shelf.library)), wanted(changed(report, 1234 - int(damaged.was))))


def test_that_a_row_without_a_metric_is_refused_at_its_row(shelf: Shelf) -> None:
    damaged = with_text(a_report(R51, "TR"), "Metric_Type", "", 1)
    line = shelf.convert(tsv(damaged.grid)).line
    assert (line["action"], line["problem"]["title"]) == ("failed", "Rows without a metric")
    assert line["problem"]["position"] == damaged.position.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.mark.parametrize("form", FORMS)
def test_that_a_consortiums_report_is_split_by_member_and_never_added_up(shelf: Shelf, form: str) -> None:
    report = of_two_members(a_report(R51, "TR"))
    file = shelf.file(FORMS[form](report), f"a.{form}")
    words = ("--library", shelf.library, "--source", 7, "--json")
    refused = answered("convert", file, *words)
    assert (refused.code, refused.line["action"]) == (1, "failed")
    assert "Hochschule Auenland" in refused.line["problem"]["meaning"]
    assert answered("convert", file, *words, "--member", "Nobody").line["action"] == "failed"
    ran = answered("convert", file, *words, "--member", "Institut für Nebelkunde")
    assert (ran.code, ran.line["action"]) == (0, "added"), ran.line
    expected = wanted(report, member="Institut für Nebelkunde")
    assert_frame_equal(in_order(usage_in(shelf.library)), expected)
    assert ran.line["usage_total"] == ran.line["file_total"] == expected["usage_count"].sum()
    assert loads(parts(shelf.library)[0])[0]["scope"]["member"] == "Institut für Nebelkunde"


def test_that_a_member_is_no_scope_of_a_report_of_one_institution(shelf: Shelf) -> None:
    report = a_report(R51, "TR")
    added(shelf.convert(report, words=("--source", 7, "--member", "Institut für Nebelkunde")))
    assert loads(parts(shelf.library)[0])[0]["scope"]["member"] is None
    ran = shelf.convert(changed(report), words=("--source", 7, "--if-loaded", "replace"))
    assert ran.line["action"] == "replaced"


def test_that_usage_that_does_not_add_up_is_refused_with_what_differs(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = lay_out

    def losing(*given: object) -> pl.LazyFrame:
        return sound(*given).slice(1)  # type: ignore[arg-type]

    monkeypatch.setattr(converting, "lay_out", losing)
    report = a_report(R51, "TR")
    ran = shelf.convert(report)
    assert (ran.code, ran.line["action"], ran.line["usage_total"]) == (1, "failed", 0)
    assert ran.line["problem"]["title"] == "The sums do not agree"
    assert ran.line["problem"]["position"]
    assert "2024-" in ran.line["problem"]["meaning"]
    assert not parts(shelf.library)


def test_that_a_file_without_a_report_is_failed_when_named_and_ignored_in_a_folder(shelf: Shelf) -> None:
    folder = shelf.folder / "in"
    folder.mkdir()
    pdf = folder / "a.pdf"
    pdf.write_bytes(b"%PDF-1.7 and so on")
    named = answered("convert", pdf, "--library", shelf.library, "--json")
    assert (named.code, named.line["action"], named.line["report_id"]) == (1, "failed", None)
    assert "PDF" in named.line["problem"]["meaning"]
    assert not parts(shelf.library)
    (folder / "b.tsv").write_bytes(tsv(a_report(R51, "TR")))
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("empty.txt", b"")
        archive.writestr("pr.tsv", tsv(a_report(R51, "PR")))
    found = answered("convert", folder, "--library", shelf.library, "--json")
    assert found.code == 0
    actions = {Path(line["file"]).name: line["action"] for line in found.lines}
    assert actions == {"a.pdf": "ignored", "b.tsv": "added", "empty.txt": "ignored", "pr.tsv": "added"}


def test_that_a_sheet_beside_reports_is_ignored_even_in_a_named_workbook(shelf: Shelf) -> None:
    reports: dict[str, Abstract | Grid] = {
        "Notes": [["Who made this", "the library"]],
        "TR": a_report(R51, "TR"),
        "PR": a_report(R51, "PR"),
    }
    file = shelf.file(workbook(reports), "a.xlsx")
    inspected = answered("inspect", file, "--json")
    converted = answered("convert", file, "--library", shelf.library, "--source", 7, "--json")
    for ran in (inspected, converted):
        assert ran.code == 0
        assert {line["sheet"]: line["report_id"] for line in ran.lines} == {"Notes": None, "TR": "TR", "PR": "PR"}
    actions = {line["sheet"]: line["action"] for line in converted.lines}
    assert actions == {"Notes": "ignored", "TR": "added", "PR": "added"}


def test_that_an_archive_that_cannot_be_read_is_failed_even_in_a_folder(shelf: Shelf) -> None:
    folder = shelf.folder / "in"
    folder.mkdir()
    (folder / "a.zip").write_bytes(b"PK\x03\x04" + b"broken" * 50)
    ran = answered("convert", folder, "--library", shelf.library, "--json")
    assert (ran.code, ran.line["action"]) == (1, "failed")


def test_that_a_second_member_is_refused_of_any_source_until_both_names_mean_one(shelf: Shelf) -> None:
    for kind in ("TR", "PR"):
        shelf.file(of_two_members(a_report(R51, kind)), f"{kind}.tsv")
    words = ("--library", shelf.library, "--json", "--source")
    first = answered("convert", shelf.folder / "TR.tsv", *words, 7, "--member", "Institut für Nebelkunde")
    added(first)
    for file, source in (("TR.tsv", 7), ("TR.tsv", 8), ("PR.tsv", 9)):
        for wish in ("fail", "skip", "replace", "aside"):
            how = (source, "--member", "Hochschule Auenland", "--if-loaded", wish, "--if-overlapping", wish)
            ran = answered("convert", shelf.folder / file, *words, *how)
            assert (ran.code, ran.line["action"], ran.line["rows"]) == (1, "failed", 0)
            assert "Institut für Nebelkunde" in ran.line["problem"]["title"]
            assert "--of member" in ran.line["problem"]["remedy"]
    alone = with_columns(a_report(R51, "DR"), {"Institution_Name": "Hochschule Auenland"})
    assert shelf.convert(alone).line["action"] == "failed"
    by_number = answered("convert", shelf.folder / "PR.tsv", *words, 9, "--member", "M-2")
    added(by_number)
    said = ("--of", "member", "--name", "Hochschule Auenland", "Institut für Nebelkunde")
    assert answered("library", "alias", *said, "--library", shelf.library).code == 0
    added(shelf.convert(alone))
    assert shelf.is_sound()
