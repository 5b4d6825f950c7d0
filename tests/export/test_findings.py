"""Findings for people: grouped, as page, workbook, text, JSON, and as a message to the publisher."""

from __future__ import annotations

import json
import time
from io import BytesIO

import polars as pl
import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.export import findings_html, findings_json, findings_text, findings_xlsx, publisher_message
from nolcat_desktop.findings import FINDINGS, no_findings
from nolcat_desktop.report import Report
from nolcat_desktop.validation import GROUPS, group, validate
from tests.builders import a_report, damage, grid, position
from tests.builders.damage import with_cell
from tests.validation.judging import as_bytes, reports_of

EVIL = "<script>alert('1')</script>"


@pytest.fixture(scope="module")
def judged() -> tuple[Report, pl.DataFrame, pl.DataFrame]:
    """A report with three kinds of faults, its findings, and their groups."""
    abstract = a_report(Release.R51, "TR")
    cells = grid(abstract)
    for row in (0, 1, 2):
        cells = with_cell(cells, position(abstract, row, "Platform"), "")
    cells = with_cell(cells, position(abstract, 0, "Proprietary_ID"), EVIL)
    cells = with_cell(cells, position(abstract, 3, "2024-01"), "n/a")
    report = reports_of(as_bytes(cells))[0]
    findings = validate(report)
    return report, findings, group(findings, report.items.height)


def test_that_the_same_fault_is_one_group_with_its_rows(judged: tuple[Report, pl.DataFrame, pl.DataFrame]) -> None:
    report, _, groups = judged
    assert groups.schema == GROUPS
    blank = groups.filter((pl.col("rule") == "V-01") & (pl.col("level") == int(Level.ERROR))).row(0, named=True)
    assert (blank["count"], blank["rows"], blank["of_rows"]) == (3, 3, report.items.height)
    assert blank["positions"] == ["D16", "D17", "D18"]
    assert blank["meaning"]
    assert groups.get_column("level").is_sorted(descending=True)


def test_that_values_do_not_part_a_group() -> None:
    rows = [("V-08", 3, f"F{n}", "DOI", f"x{n}", f"DOI 'x{n}' is wrong, {n} times.", "Look.") for n in range(30)]
    groups = group(pl.DataFrame(rows, schema=FINDINGS, orient="row"), 40)
    assert groups.select("message", "count", "rows", "of_rows").rows() == [
        ("DOI 'x0', 'x1', 'x2' and 27 more is wrong, … times.", 30, 30, 40)
    ]
    assert len(groups.get_column("positions")[0]) == 10


def test_that_nothing_found_is_no_group() -> None:
    assert group(no_findings()).rows() == []


def test_that_a_million_findings_are_grouped_in_seconds() -> None:
    many = pl.DataFrame({"n": range(1_000_000)}).select(
        pl.lit("V-22").alias("rule"),
        pl.lit(4, pl.UInt8).alias("level"),
        pl.format("Q{}", "n").alias("position"),
        pl.lit("2024-01").alias("element"),
        pl.col("n").cast(pl.String).alias("value"),
        pl.format("'{}' is not a count.", "n").alias("message"),
        pl.lit("").alias("hint"),
    )
    begin = time.perf_counter()
    assert group(many, 1_000_000).select("count", "rows").rows() == [(1_000_000, 1_000_000)]
    assert time.perf_counter() - begin < 20


def test_that_the_page_is_whole_loads_nothing_and_escapes_what_stands_in_the_report(
    judged: tuple[Report, pl.DataFrame, pl.DataFrame],
) -> None:
    page = findings_html(*judged)
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "src=" not in page
    assert "http" not in page.split("</style>")[0]
    assert "@media print" in page


def test_that_the_workbook_marks_the_cells(judged: tuple[Report, pl.DataFrame, pl.DataFrame]) -> None:
    report, _, groups = judged
    book = load_workbook(BytesIO(findings_xlsx(*judged)))
    assert book.sheetnames == ["Summary", "Findings", "TR"]
    copy = book["TR"]
    assert copy["A16"].value == report.items.get_column("Title")[0]
    assert copy["D16"].fill.fgColor.rgb == "FFF8CBAD"
    assert copy["D16"].comment is not None
    assert copy["A16"].comment is None
    assert book["Findings"].max_row == judged[1].height + 1
    assert groups.height > 0


def test_that_texts_are_never_formulas_in_the_workbook() -> None:
    broken = damage.with_text(a_report(Release.R51, "TR"), "Publisher", "=1+1")
    report = reports_of(as_bytes(broken))[0]
    findings = validate(report)
    book = load_workbook(BytesIO(findings_xlsx(report, findings, group(findings))))
    assert book["TR"]["B16"].data_type == "s"


def test_that_text_and_json_tell_the_same_counts(judged: tuple[Report, pl.DataFrame, pl.DataFrame]) -> None:
    told = json.loads(findings_json(*judged))
    assert told["verdict"] == "Critical error"
    assert sum(told["counts"].values()) == judged[1].height
    assert len(told["groups"]) == judged[2].height
    text = findings_text(*judged)
    assert "3 of" in text
    assert "Verdict: Critical error" in text


def test_that_the_message_names_report_period_cells_and_section(
    judged: tuple[Report, pl.DataFrame, pl.DataFrame],
) -> None:
    message = publisher_message(*judged)
    assert message.startswith("Subject: COUNTER report TR, Title Report (Release 5.1), Jan 2024 – Mar 2024")
    assert "D16, D17, D18" in message
    assert "Code of Practice, section 3.2.2" in message
    assert "Could you please" in message
    assert "N-" not in message


def test_that_the_message_tells_each_cell_where_they_differ_and_no_folder_of_this_computer() -> None:
    cells = grid(a_report(Release.R51, "TR"))
    total = cells[14].index("Reporting_Period_Total")
    for row in (15, 16):
        cells[row][total] = str(9_000 + row)
    report = reports_of(as_bytes(cells), "/home/somebody/reports/tr.tsv")[0]
    findings = validate(report)
    message = publisher_message(report, findings, group(findings))
    column = get_column_letter(total + 1)
    assert f"   {column}16: Reporting_Period_Total is 9015, but the months add up to" in message
    assert f"   {column}17: Reporting_Period_Total is 9016, but the months add up to" in message
    assert "File: tr.tsv" in message
    assert "somebody" not in message


def test_that_a_sound_report_needs_no_message() -> None:
    report = reports_of(as_bytes(a_report(Release.R51, "TR")))[0]
    findings = validate(report)
    assert publisher_message(report, findings, group(findings)) == ""
    assert "Nothing was found" in findings_html(report, no_findings(), group(no_findings()))


def test_that_findings_of_json_come_without_a_grid() -> None:
    report = reports_of(as_bytes(a_report(Release.R51, "TR"), "report.json"), "report.json")[0]
    book = load_workbook(BytesIO(findings_xlsx(report, validate(report), group(validate(report)))))
    assert book.sheetnames == ["Summary", "Findings"]
