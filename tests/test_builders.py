"""The builders themselves: sound by the Code of Practice, alike in every form, and damaged where they say."""

from __future__ import annotations

import csv
import io
import itertools
import json as parser
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import definition
from nolcat_desktop.usage import NEVER_NULL, USAGE
from tests.builders import (
    Abstract,
    a_report,
    every_report,
    expected_usage,
    grid,
    heading_row,
    json,
    total_rows,
    tree,
    tsv,
    workbook,
    xlsx,
)
from tests.builders.identifiers import isbn, isni, issn, orcid
from tests.builders.layouts import ITEMS, LAYOUTS, TII, TIR, TITLES, UII, UIR, UTI, UTR
from tests.builders.make_samples import FOLDER, README, WAITING, samples, waiting

ALL = [pytest.param(release, report_id, id=f"{release}-{report_id}") for release, report_id in every_report()]
LATER = [one for one in ALL if one.values[0] is not Release.R4]
RELATIONS = [
    (TII, UII), (TII, TIR), (UII, UIR), (TIR, UIR), (UII, UTI), (UTI, UTR), (UIR, UTR),
]  # fmt: skip


def _of_text(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter="\t"))


def _of_workbook(content: bytes, sheet: int = 0) -> list[list[str]]:
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[sheet].iter_rows(values_only=True)
    found = [["" if value is None else str(value) for value in row] for row in rows]
    return [list(itertools.dropwhile(lambda text: text == "", row[::-1]))[::-1] for row in found]


def _trimmed(cells: list[list[str]]) -> list[list[str]]:
    return [list(itertools.dropwhile(lambda text: text == "", row[::-1]))[::-1] for row in cells]


def _sums(report: Abstract) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for row in report.rows:
        for month, count in row.counts.items():
            sums[row.elements["Metric_Type"], month] += count
    return sums


@pytest.mark.parametrize(("release", "report_id"), ALL)
def test_that_a_report_is_the_same_each_time_it_is_made(release: Release, report_id: str) -> None:
    report = a_report(release, report_id)
    assert report == a_report(release, report_id)
    assert report.rows != a_report(release, report_id, seed=2).rows
    assert tsv(report) == tsv(report)
    assert xlsx(report) == xlsx(report)


@pytest.mark.parametrize(("release", "report_id"), ALL)
@pytest.mark.parametrize("titles", [4, 9])
def test_that_no_two_rows_are_the_same_but_for_their_counts(release: Release, report_id: str, titles: int) -> None:
    rows = [tuple(sorted(row.elements.items())) for row in a_report(release, report_id, titles=titles).rows]
    assert len(rows) == len(set(rows)) > 0


@pytest.mark.parametrize(("release", "report_id"), ALL)
def test_that_every_element_has_a_column(release: Release, report_id: str) -> None:
    report = a_report(release, report_id, titles=9)
    assert {name for row in report.rows for name in row.elements} <= set(report.columns)
    assert len(set(report.columns)) == len(report.columns)


@pytest.mark.parametrize(("release", "report_id"), LATER)
@pytest.mark.parametrize("titles", [4, 9])
def test_that_counts_keep_the_relations_of_the_metrics(release: Release, report_id: str, titles: int) -> None:
    report = a_report(release, report_id, titles=titles, months=12)
    groups: dict[object, dict[str, dict[str, int]]] = {}
    for row in report.rows:
        skip = ("Metric_Type", "Section_Type")
        key = tuple(sorted((name, text) for name, text in row.elements.items() if name not in skip))
        groups.setdefault(key, {})[row.elements["Metric_Type"]] = dict(row.counts)
        assert row.total > 0
        assert min(row.counts.values()) > 0
    for metrics in groups.values():
        for big, small in RELATIONS:
            for month, count in metrics.get(small, {}).items():
                if big in LAYOUTS[release][report_id].metrics:
                    assert metrics[big][month] >= count
        for month in metrics.get(TIR, {}):
            assert UIR not in metrics or metrics[UIR][month] > 0


@pytest.mark.parametrize(("release", "report_id"), LATER)
def test_that_metrics_stand_with_the_data_types_they_may_stand_with(release: Release, report_id: str) -> None:
    books = {"Book"} if release is Release.R5 else {"Book", "Reference_Work"}
    for row in a_report(release, report_id, titles=9).rows:
        kind, metric = row.elements.get("Data_Type"), row.elements["Metric_Type"]
        assert metric in LAYOUTS[release][report_id].metrics
        if kind is not None:
            assert (metric == "Searches_Platform") == (kind == "Platform")
            assert metric not in TITLES or kind in books
            if metric in ("Searches_Regular", "Searches_Automated", "Searches_Federated"):
                assert kind.startswith("Database")
            if release is Release.R51 and report_id == "DR":
                assert kind.startswith("Database") != (metric in (*ITEMS, *TITLES))
        if release is Release.R5 and report_id == "TR":
            assert ("Section_Type" in row.elements) == (metric not in TITLES)


@pytest.mark.parametrize("release", [Release.R5, Release.R51])
@pytest.mark.parametrize("titles", [4, 9])
def test_that_a_view_agrees_with_its_master(release: Release, titles: int) -> None:
    master = a_report(release, "TR", titles=titles)
    regular = [
        row for row in master.rows
        if row.elements["Access_Method"] == "Regular" and row.elements["Data_Type"] == "Journal"
    ]  # fmt: skip
    view = a_report(release, "TR_J3", titles=titles)
    allowed = {
        metric: count for metric, count in _sums(replace(master, rows=tuple(regular))).items() if metric[0] in ITEMS
    }
    assert _sums(view) == Counter(allowed)


@pytest.mark.parametrize(("release", "report_id"), ALL)
def test_that_the_builders_and_the_program_know_the_same_report(release: Release, report_id: str) -> None:
    report, known = a_report(release, report_id, titles=9), definition(release, report_id)
    assert known is not None
    assert report.report_name == known.name
    shown = [name for name in known.columns if name not in known.optional or name in report.columns]
    assert tuple(name for name in shown if not name.startswith("Reporting_Period_")) == report.columns
    assert {name: set(found) for name, found in known.fixed_filters.items()} == {
        name: set(found) for name, found in report.filters.items()
    }
    for row in report.rows:
        for name, permitted in known.values.items():
            assert row.elements.get(name, permitted[0]) in permitted
    if release is not Release.R4:
        assert set(LAYOUTS[release][report_id].metrics) == set(known.metric_types)
    elif known.metric is not None:
        assert expected_usage(report)["metric_type"].unique().to_list() == [known.metric]
    elif known.metric_types:
        assert set(expected_usage(report)["metric_type"]) <= set(known.metric_types)


def test_that_check_digits_are_right() -> None:
    assert issn(0)[:4].isdigit()
    for number in range(40):
        digits = issn(number).replace("-", "")
        weights = sum((10 if d == "X" else int(d)) * w for d, w in zip(digits, range(8, 0, -1), strict=True))
        assert weights % 11 == 0
        thirteen = isbn(number).replace("-", "")
        assert len(thirteen) == 13
        assert sum(int(d) * (1, 3)[n % 2] for n, d in enumerate(thirteen)) % 10 == 0
        for sixteen in (isni(number), orcid(number).replace("-", "")):
            total = 0
            for digit in sixteen[:-1]:
                total = (total + int(digit)) * 2
            assert (total + (10 if sixteen[-1] == "X" else int(sixteen[-1]))) % 11 == 1


def test_that_the_awkward_texts_are_there() -> None:
    report = a_report(Release.R5, "TR", titles=8)
    titles = {row.elements["Title"] for row in report.rows}
    assert {"0001", "9999"} <= {row.elements["YOP"] for row in report.rows}
    assert any(title.isdigit() for title in titles)
    assert any(title.startswith("Total") for title in titles)
    assert any(not title.isascii() for title in titles)
    assert any('"' in title and "," in title and ";" in title for title in titles)
    assert not any(re.search("&#?[a-z0-9]+;", title) for title in titles)


@pytest.mark.parametrize(("release", "report_id"), ALL)
def test_that_text_and_workbook_hold_the_same_cells(release: Release, report_id: str) -> None:
    report = a_report(release, report_id)
    cells = _trimmed(grid(report))
    assert _trimmed(_of_text(tsv(report))) == cells
    assert _of_workbook(xlsx(report, typed=False)) == cells
    assert _of_workbook(xlsx(report)) == cells or "YOP" in report.columns
    assert cells[heading_row(report) - 1][-1].startswith("Mar-")


@pytest.mark.parametrize(("release", "report_id"), LATER)
def test_that_json_and_table_hold_the_same_counts(release: Release, report_id: str) -> None:
    report = a_report(release, report_id, titles=9)
    sums: Counter[tuple[str, str]] = Counter()

    def gather(value: object) -> None:
        if isinstance(value, list):
            for one in value:
                gather(one)
        elif isinstance(value, dict):
            performance = value.get("Performance")
            if isinstance(performance, dict):
                for metric, months in performance.items():
                    for month, count in months.items():
                        sums[metric, month] += count
            for one in value.get("Instance", []):
                sums[one["Metric_Type"], value["Period"]["Begin_Date"][:7]] += one["Count"]
            for one in value.values():
                gather(one)

    gather(parser.loads(json(report))["Report_Items"])
    assert sums == _sums(report)


def test_that_articles_of_one_journal_share_a_parent_in_json() -> None:
    report = a_report(Release.R51, "IR", titles=8)
    parents = tree(report)["Report_Items"]
    assert [len(one["Items"]) for one in parents if one.get("Data_Type") == "Journal"] == [2]
    assert sum("Title" not in one for one in parents) == 1
    nested = tree(a_report(Release.R5, "IR", titles=8))["Report_Items"]
    assert {one["Item_Parent"]["Data_Type"] for one in nested if "Item_Parent" in one} == {"Journal", "Book"}
    assert any(len(one.get("Item_Contributors", [])) == 2 for one in nested)


@pytest.mark.parametrize(("release", "report_id"), ALL)
def test_that_expected_usage_is_whole(release: Release, report_id: str) -> None:
    report = a_report(release, report_id)
    usage = expected_usage(report, 7)
    assert usage.schema == USAGE
    assert usage["usage_count"].sum() == sum(row.total for row in report.rows)
    assert usage.filter(pl.col("usage_count") <= 0).is_empty()
    assert usage.select(pl.col(NEVER_NULL).null_count()).sum_horizontal().item() == 0
    assert usage["report_type"].unique().to_list() == [report_id]
    named = report_id not in ("PR", "PR_P1", "PR1")
    assert usage["resource_name"].null_count() == (0 if named else usage.height)


def test_that_expected_usage_of_a_title_report_of_release_4_follows_the_row() -> None:
    usage = expected_usage(a_report(Release.R4, "TR1"))
    found = set(usage.select("data_type", "section_type", "metric_type").unique().rows())
    assert found == {
        ("Journal", "Article", "Successful Full-text Article Requests"),
        ("Book", "Book_Segment", "Successful Section Requests"),
    }
    assert usage.filter(data_type="Book")["print_ISSN"].null_count() == usage.filter(data_type="Book").height


def test_that_total_rows_of_release_4_add_up() -> None:
    for release, report_id in every_report():
        if release is Release.R4:
            report = a_report(release, report_id)
            totals = total_rows(report)
            assert len(totals) == {"DB1": 0, "PR1": 0, "JR2": 2, "BR3": 2, "BR5": 2, "DB2": 2, "TR2": 2}.get(
                report_id, 1
            )
            counted = sum(int(text) for row in totals for text in row[-3:])
            assert counted == (sum(row.total for row in report.rows) if totals else 0)


def test_that_a_workbook_holds_one_report_a_sheet_with_numbers_and_dates() -> None:
    reports = {"PR": a_report(Release.R5, "PR"), "TR": a_report(Release.R5, "TR")}
    book = openpyxl.load_workbook(io.BytesIO(workbook(reports, months="date")))
    assert book.sheetnames == ["PR", "TR"]
    sheet = book["TR"]
    assert sheet.cell(14, sheet.max_column).value.date() == date(2022, 3, 1)
    assert {type(sheet.cell(15, sheet.max_column).value), type(sheet["B3"].value)} == {int}


def test_that_the_waiting_samples_are_those_that_the_script_makes() -> None:
    made = waiting()
    assert sorted(path.name for path in WAITING.iterdir()) == sorted([*made, "README.txt"])
    assert all((WAITING / name).read_bytes() == content for name, content in made.items())


def test_that_the_shipped_samples_are_those_that_the_script_makes() -> None:
    made = samples()
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted([*made, "README.txt"])
    assert (FOLDER / "README.txt").read_text(encoding="utf-8") == README
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 600_000
    for name, sample in made.items():
        kept = (FOLDER / name).read_bytes()
        if name.endswith(".xlsx"):
            for sheet in range(len(sample.reports)):
                assert _of_workbook(kept, sheet) == _of_workbook(sample.content, sheet)
        else:
            assert kept == sample.content


def test_that_builders_use_none_of_the_rooms_that_they_test() -> None:
    code = (
        "import sys, tests.builders, tests.builders.make_samples;"
        "print([n for n in sys.modules if n.startswith('nolcat_desktop.')])"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    rooms = ("reading", "validation", "conversion", "dataset", "report")
    assert not [name for name in rooms if f"nolcat_desktop.{name}" in done.stdout]
