"""`nolcat validate`: levels, positions, verdicts and counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import Abstract, Row, a_report, csv, every_report, grid, json, position, tsv, workbook, xlsx
from tests.builders.damage import negative_count, repeated_name, with_cell, wrong_total
from tests.cli.running import Line, answered

LEVELS = ["Notice", "Warning", "Error", "Critical error", "Fatal error"]
REPORT = a_report(Release.R51, "TR")


def judged(tmp_path: Path, content: bytes, *words: str, name: str = "report.tsv") -> tuple[int, list[Line]]:
    (tmp_path / name).write_bytes(content)
    ran = answered("validate", tmp_path / name, "--json", *words)
    return ran.code, ran.lines


def is_consistent(line: Line) -> bool:
    """Verdict is the highest level, and counts are of what is listed."""
    counts = {level: sum(finding["level"] == level for finding in line["findings"]) for level in LEVELS}
    highest = max((LEVELS.index(level) for level, number in counts.items() if number), default=-1)
    return bool(line["counts"] == counts and line["verdict"] == (LEVELS[highest] if highest >= 0 else "Passed"))


@pytest.mark.parametrize("words", [(), ("--official",)], ids=["own", "official"])
def test_that_sound_reports_have_no_finding_of_error_or_above(tmp_path: Path, words: tuple[str, ...]) -> None:
    for release, name in every_report():
        (tmp_path / f"{release}-{name}.tsv").write_bytes(tsv(a_report(release, name)))
    ran = answered("validate", tmp_path, "--json", *words)
    bad = {line["file"]: line["findings"] for line in ran.lines if line["counts"]["Error"] or not line["usable"]}
    assert (ran.code, bad) == (0, {})
    assert len(ran.lines) == 46
    assert all(is_consistent(line) for line in ran.lines)


@pytest.mark.parametrize("form", [tsv, csv, xlsx], ids=["tsv", "csv", "xlsx"])
def test_that_a_negative_count_stands_at_its_cell(tmp_path: Path, form: object) -> None:
    damaged = negative_count(REPORT)
    code, (line,) = judged(tmp_path, form(damaged.grid))  # type: ignore[operator]
    assert (code, line["usable"]) == (1, False)
    found = [finding for finding in line["findings"] if finding["position"] == damaged.position]
    assert [finding["value"] for finding in found] == ["-3"]
    assert is_consistent(line)


def test_that_a_wrong_total_is_an_error_and_the_report_is_usable(tmp_path: Path) -> None:
    damaged = wrong_total(REPORT)
    code, (line,) = judged(tmp_path, tsv(damaged.grid))
    assert (code, line["usable"]) == (1, True)
    assert damaged.position in {finding["position"] for finding in line["findings"]}


def test_that_json_positions_are_paths_from_the_root(tmp_path: Path) -> None:
    _, (line,) = judged(tmp_path, repeated_name(json(REPORT)), name="report.json")
    positions = {finding["position"] for finding in line["findings"]}
    assert any(str(position).startswith(".Report_Items[0]") for position in positions), positions


def test_that_more_than_one_sheet_is_a_finding_of_the_first_report(tmp_path: Path) -> None:
    book = workbook({"TR": REPORT, "PR": a_report(Release.R51, "PR")})
    code, lines = judged(tmp_path, book, name="book.xlsx")
    assert [(line["sheet"], line["report_id"]) for line in lines] == [("TR", "TR"), ("PR", "PR")]
    assert lines[0]["verdict"] == "Error"
    assert code == 1
    assert lines[1]["counts"]["Error"] == 0


def test_that_the_official_judgement_sees_the_first_report_of_each_file_only(tmp_path: Path) -> None:
    book = workbook({"TR": REPORT, "PR": a_report(Release.R51, "PR")})
    (tmp_path / "one.xlsx").write_bytes(book)
    (tmp_path / "two.xlsx").write_bytes(book)
    (tmp_path / "none.txt").write_text("Dear colleague")
    ran = answered("validate", tmp_path, "--official", "--json")
    assert [(Path(line["file"]).name, line["report_id"]) for line in ran.lines] == [
        ("none.txt", None), ("one.xlsx", "TR"), ("two.xlsx", "TR"),
    ]  # fmt: skip


def test_that_no_more_than_ten_thousand_findings_are_printed_and_all_are_counted(tmp_path: Path) -> None:
    bad = Row({**REPORT.rows[0].elements, "YOP": "20x4"}, REPORT.rows[0].counts)
    rows = tuple(Row({**bad.elements, "Title": f"Title {n}", "YOP": f"x{n}"}, bad.counts) for n in range(10_500))
    report: Abstract = replace(REPORT, rows=rows)
    code, (line,) = judged(tmp_path, tsv(report))
    assert code == 1
    assert len(line["findings"]) == 10_000
    assert sum(line["counts"].values()) >= 10_500


def test_that_nothing_is_asked_of_a_file_of_another_kind_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Dear colleague")
    ran = answered("validate", tmp_path, "--json")
    assert (ran.code, ran.line["verdict"], ran.line["report_id"]) == (0, "Fatal error", None)
    assert answered("validate", tmp_path / "notes.txt", "--json").code == 1


def test_that_text_tells_the_same_fault_once_with_its_rows(tmp_path: Path) -> None:
    cells = grid(REPORT)
    for row in range(3):
        cells = with_cell(cells, position(REPORT, row, "Publisher"), "")
    (tmp_path / "report.tsv").write_bytes(tsv(cells))
    ran = answered("validate", tmp_path / "report.tsv")
    assert ran.out.count("Publisher") == 1, ran.out
    assert f"3 of {len(REPORT.rows)} rows: B16, B17, B18\n" in ran.out
