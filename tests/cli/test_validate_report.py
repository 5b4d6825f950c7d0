"""`nolcat validate --report`, `--message` and `--library`.

What is kept of the findings, and what they are compared with.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from nolcat_desktop.cli.arguments import REPORT_ENDINGS
from nolcat_desktop.counter.release import Release
from nolcat_desktop.export import FINDINGS_FORMS
from tests.builders import Row, a_report, grid, position, tsv, xlsx
from tests.builders.damage import with_cell
from tests.cli.conftest import Shelf
from tests.cli.running import answered, contents

TITLES, PLATFORM = a_report(Release.R51, "TR"), a_report(Release.R51, "PR")


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A folder with a faulty report, a sound one, and a note."""
    folder = tmp_path / "in"
    folder.mkdir()
    cells = with_cell(grid(TITLES), position(TITLES, 0, "Platform"), "")
    (folder / "a.tsv").write_bytes(tsv(cells))
    (folder / "b.xlsx").write_bytes(xlsx(PLATFORM))
    (folder / "note.txt").write_text("Dear colleague")
    return folder


def test_that_the_endings_are_those_of_the_forms() -> None:
    assert tuple(FINDINGS_FORMS) == REPORT_ENDINGS


@pytest.mark.parametrize("ending", [".html", ".json", ".txt"])
def test_that_one_file_tells_of_every_report_and_file(faulty: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"findings{ending}"
    ran = answered("validate", faulty, "--report", target)
    assert ran.code == 1
    text = target.read_text("utf-8")
    assert all(name in text for name in ("a.tsv", "b.xlsx", "note.txt", "V-01", "Fatal error"))
    assert f"Written: {target}" in ran.err


def test_that_the_workbook_has_a_copy_of_each_table_with_its_cells_marked(faulty: Path, tmp_path: Path) -> None:
    target = tmp_path / "findings.xlsx"
    (faulty / "c.tsv").write_bytes(tsv(TITLES))
    answered("validate", faulty, "--report", target)
    book = load_workbook(target)
    assert book.sheetnames == ["Summary", "Findings", "TR", "PR", "TR (2)"]
    at = position(TITLES, 0, "Platform")
    assert book["TR"][at].comment is not None
    assert book["TR (2)"][at].comment is None
    told = {row[7] for row in book["Findings"].iter_rows(min_row=2, values_only=True)}
    assert str(faulty / "a.tsv") in told


def test_that_json_lines_are_the_same_with_a_report_beside(faulty: Path, tmp_path: Path) -> None:
    alone = answered("validate", faulty, "--json")
    beside = answered("validate", faulty, "--json", "--report", tmp_path / "findings.json")
    assert (alone.code, alone.out) == (beside.code, beside.out)
    told = json.loads((tmp_path / "findings.json").read_text())
    assert [one["verdict"] for one in told["reports"]] == [line["verdict"] for line in alone.lines]


@pytest.mark.parametrize(
    "words",
    [
        ("--report", "findings.pdf"),
        ("--report", "findings"),
        ("--message", "message.html"),
        ("--report", "out.txt", "--message", "out.txt"),
        ("--official", "--library", "usage"),
        ("--report", "a.json"),
    ],
)
def test_that_words_that_make_no_sense_are_wrong_usage(words: tuple[str, ...]) -> None:
    ran = answered("validate", "a.json", *words)
    assert (ran.code, ran.out) == (2, "")


def test_that_a_folder_that_is_not_there_is_said_before_anything_is_read(faulty: Path, tmp_path: Path) -> None:
    ran = answered("validate", faulty, "--report", tmp_path / "nowhere" / "findings.html")
    assert (ran.code, ran.out) == (1, "")
    assert "nowhere" in ran.err


def test_that_a_report_is_never_replaced_by_its_findings(faulty: Path) -> None:
    (faulty / "b.xlsx").rename(faulty / "TR.txt")
    before = contents(faulty)
    ran = answered("validate", faulty, "--report", faulty / "TR.txt")
    assert ran.code == 1
    assert "would replace a report" in ran.err
    assert contents(faulty) == before


def test_that_the_file_that_stood_there_stays_when_the_new_one_cannot_be_written(
    faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "findings.txt"
    target.write_text("before")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    ran = answered("validate", faulty, "--report", target)
    assert (ran.code, target.read_text()) == (1, "before")
    assert "No space left" in ran.err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("findings")] == ["findings.txt"]


def test_that_the_message_asks_for_what_is_wrong_and_nothing_else(faulty: Path, tmp_path: Path) -> None:
    target = tmp_path / "message.txt"
    answered("validate", faulty, "--message", target)
    text = target.read_text("utf-8-sig")
    assert text.startswith("Subject: COUNTER report TR")
    assert text.count("Subject:") == 1
    assert position(TITLES, 0, "Platform") in text


def test_that_there_is_no_message_about_a_sound_report(faulty: Path, tmp_path: Path) -> None:
    ran = answered("validate", faulty / "b.xlsx", "--message", tmp_path / "message.txt")
    assert ran.code == 0
    assert "nothing to ask" in ran.err
    assert not (tmp_path / "message.txt").exists()


@pytest.fixture
def contradicting(tmp_path: Path) -> Path:
    """A view that is above its master, after a report that has nothing to do with them."""
    view = a_report(Release.R51, "TR_J1")
    first = view.rows[0]
    more = {month: count + 1000 for month, count in first.counts.items()}
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.tsv").write_bytes(tsv(PLATFORM))
    (folder / "b.tsv").write_bytes(tsv(TITLES))
    (folder / "c.tsv").write_bytes(tsv(replace(view, rows=(Row(first.elements, more), *view.rows[1:]))))
    return folder


def test_that_reports_against_one_another_are_told_at_the_first_of_them(contradicting: Path, tmp_path: Path) -> None:
    ran = answered("validate", contradicting, "--json", "--report", tmp_path / "findings.html")
    told = [{finding["rule"] for finding in line["findings"]} for line in ran.lines]
    assert ["N-view" in rules for rules in told] == [False, True, False]
    assert ran.lines[1]["counts"]["Warning"] == len(ran.lines[1]["findings"]) > 0
    assert ran.lines[1]["verdict"] == "Warning"
    assert "Reports beside one another" in (tmp_path / "findings.html").read_text()
    assert "Reports beside one another" in answered("validate", contradicting).out


def test_that_the_official_judgement_compares_nothing(contradicting: Path) -> None:
    ran = answered("validate", contradicting, "--json", "--official")
    assert not any(finding["rule"] == "N-view" for line in ran.lines for finding in line["findings"])


def test_that_numbers_are_compared_with_the_past_of_the_library(shelf: Shelf, tmp_path: Path) -> None:
    rows = tuple(Row(row.elements, {m: c * 50 for m, c in row.counts.items()}) for row in TITLES.rows)
    later = {old: old.replace("2024", "2025") for old in TITLES.rows[0].counts}
    rows = tuple(Row(row.elements, {later[month]: count for month, count in row.counts.items()}) for row in rows)
    many = a_report(Release.R51, "TR", begin=date(2025, 1, 1))
    (tmp_path / "tr.tsv").write_bytes(tsv(replace(many, rows=rows)))
    before = contents(shelf.library)
    alone = answered("validate", tmp_path / "tr.tsv", "--json").line
    ran = answered("validate", tmp_path / "tr.tsv", "--json", "--library", shelf.library)
    assert "N-ten-times" not in {finding["rule"] for finding in alone["findings"]}
    told = {finding["level"] for finding in ran.line["findings"] if finding["rule"] == "N-ten-times"}
    assert (ran.code, told) == (0, {"Notice"})
    assert contents(shelf.library) == before


def test_that_a_library_that_is_not_there_is_said(faulty: Path, tmp_path: Path) -> None:
    ran = answered("validate", faulty, "--library", tmp_path / "nowhere")
    assert (ran.code, ran.out) == (1, "")
    assert not (tmp_path / "nowhere").exists()
