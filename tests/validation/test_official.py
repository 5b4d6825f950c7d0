"""Judged as COUNTER's own validator does: names of files, fixed rows, headings by their spelling, blank rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.validation import verdict
from tests.builders import Abstract, a_report, csv, damage, delimited, grid, json, xlsx
from tests.builders.grid import Grid
from tests.validation.judging import BOM, as_bytes, judge, places

ROW = 15
"""Row of the column headings in Release 5.1."""


@cache
def sound() -> Abstract:
    """A sound title report of Release 5.1."""
    return a_report(Release.R51, "TR")


def rows() -> Grid:
    """Its cells."""
    return grid(sound())


@pytest.mark.parametrize("release", [Release.R5, Release.R51])
@pytest.mark.parametrize("report_id", ["PR", "DR", "TR", "IR", "TR_J1", "TR_B1", "DR_D1", "PR_P1", "IR_M1"])
def test_that_sound_reports_are_no_worse_than_a_warning(release: Release, report_id: str) -> None:
    for name in ("report.tsv", "report.json"):
        findings = judge(as_bytes(a_report(release, report_id), name), name, official=True)
        assert findings.filter(findings["level"] > int(Level.WARNING)).rows() == [], name


@pytest.mark.parametrize(
    ("content", "name", "rule"),
    [
        (as_bytes(sound()), "report.txt", "F-02"),
        (as_bytes(sound()), "report.csv", "F-05"),
        (BOM + csv(sound()).removeprefix(BOM), "report.tsv", "F-05"),
        (xlsx(sound()), "report.tsv", "F-02"),
        (json(sound()), "report.tsv", "F-02"),
        (as_bytes(sound()), "report.json", "F-02"),
        (damage.utf16(sound()), "report.tsv", "F-03"),
        (damage.cp1252(sound()), "report.tsv", "F-03"),
        (BOM + damage.cr(sound()), "report.tsv", "F-11"),
        (as_bytes(damage.title_above(sound())), "report.tsv", "F-05"),
    ],
)
def test_that_a_file_is_taken_by_its_name_and_refused_with_one_finding(content: bytes, name: str, rule: str) -> None:
    assert judge(content, name, official=True).select("rule", "level").rows() == [(rule, int(Level.FATAL))]
    assert verdict(judge(content, name)) < Level.FATAL


def test_that_a_file_without_a_byte_order_mark_is_a_warning() -> None:
    assert places(judge(delimited(sound(), "\t"), official=True), "F-04") == [("1", int(Level.WARNING))]


def test_that_a_missing_blank_row_spoils_the_headings() -> None:
    cells = rows()
    findings = judge(as_bytes([*cells[:13], *cells[14:]]), official=True)
    assert ("A14", int(Level.CRITICAL)) in places(findings, "H-05")
    assert ("A15", int(Level.CRITICAL)) in places(findings, "K-06")
    assert places(findings, "K-08") == [("15", int(Level.CRITICAL))]


def test_that_headings_one_row_lower_are_missing() -> None:
    cells = rows()
    findings = judge(as_bytes([*cells[:14], [], *cells[14:]]), official=True)
    assert findings.select("rule", "position").rows() == [("K-08", "15"), ("H-19", "16")]


def test_that_labels_are_not_searched_for() -> None:
    cells = rows()
    cells[3], cells[4] = cells[4], cells[3]
    assert places(judge(as_bytes(cells), official=True), "H-03") == [("A4", 4), ("A5", 4)]


@pytest.mark.parametrize(
    ("text", "rule", "level"),
    [
        ("JAN-2024", "K-02", Level.ERROR),
        ("2024-01", "K-03", Level.ERROR),
        ("Jan-24", "K-03", Level.ERROR),
        ("January-2024", "K-06", Level.CRITICAL),
    ],
)
def test_that_month_headings_have_few_forms(text: str, rule: str, level: Level) -> None:
    cells = rows()
    at = cells[ROW - 1].index("Jan-2024")
    cells[ROW - 1][at] = text
    findings = judge(as_bytes(cells), official=True)
    assert [found[1] for found in places(findings, rule)] == [int(level)]
    assert bool(places(findings, "K-08")) == (level is Level.CRITICAL)


def test_that_a_blank_row_is_judged_as_a_row_and_usually_told_once() -> None:
    broken = damage.blank_row(sound())
    row = broken.position
    findings = judge(as_bytes(broken), official=True)
    assert ("D" + row, int(Level.ERROR)) in places(findings, "V-01")
    assert [found for found in places(findings, "V-03") if (found[0] or "").endswith(row)]
    usual = judge(as_bytes(broken))
    assert usual.select("rule", "position").rows() == [("F-12", row)]


def test_that_rows_are_not_looked_at_without_a_period() -> None:
    cells = rows()
    cells[9][1] = "some time"
    cells[15][3] = ""
    findings = judge(as_bytes(cells), official=True)
    assert verdict(findings) is Level.FATAL
    assert places(findings, "V-01") == []


def test_that_thousands_separators_are_no_numbers() -> None:
    broken = damage.thousands_separator(sound())
    critical = places(judge(as_bytes(broken), official=True), "V-22")
    assert critical == [(broken.position, int(Level.CRITICAL))]
    assert places(judge(as_bytes(broken)), "V-22") == [(broken.position, int(Level.ERROR))]


@pytest.mark.parametrize("text", ["5.1.0", "4"])
def test_that_another_release_stops_everything(text: str) -> None:
    cells = rows()
    cells[2][1] = text
    assert judge(as_bytes(cells), official=True).select("rule", "position").rows() == [("R-01", "B3")]


def test_that_a_report_of_the_providers_own_is_fatal() -> None:
    cells = rows()
    cells[1][1] = "larch:TR"
    assert judge(as_bytes(cells), official=True).select("rule", "level").rows() == [("R-07", int(Level.FATAL))]


def test_that_two_sheets_are_an_error() -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(xlsx(sound())))
    book.create_sheet("Notes")
    target = BytesIO()
    book.save(target)
    findings = judge(target.getvalue(), "report.xlsx", official=True)
    assert findings.select("rule", "level").rows() == [("F-sheets", int(Level.ERROR))]


def test_that_a_split_item_is_told_in_json() -> None:
    import json as reader

    tree = reader.loads(json(a_report(Release.R5, "TR")))
    item = tree["Report_Items"][0]
    performance = item["Performance"]
    tree["Report_Items"].append(item | {"Performance": performance[1:]})
    item["Performance"] = performance[:1]
    last = len(tree["Report_Items"]) - 1
    findings = judge(reader.dumps(tree).encode(), "report.json", official=True)
    assert places(findings, "Z-08") == [(f".Report_Items[{last}]", int(Level.NOTICE))]
    assert places(findings, "Z-01") == []


def test_that_a_repeated_count_is_told_at_its_instance() -> None:
    import json as reader

    tree = reader.loads(json(a_report(Release.R5, "TR")))
    tree["Report_Items"].append(tree["Report_Items"][0])
    last = len(tree["Report_Items"]) - 1
    findings = judge(reader.dumps(tree).encode(), "report.json", official=True)
    at = [position for position, _ in places(findings, "Z-01")]
    assert f".Report_Items[{last}].Performance[0].Instance[0]" in at


def told_in_json(release: Release, change: Callable[[Any], object]) -> list[tuple[str, str, int]]:
    """Rule, position and level of what is worse than a warning in a changed title report."""
    import json as reader

    tree = reader.loads(json(a_report(release, "TR")))
    change(tree)
    findings = judge(reader.dumps(tree).encode(), "report.json", official=True)
    return list(findings.filter(findings["level"] > int(Level.WARNING)).select("rule", "position", "level").rows())


def test_that_identifiers_in_the_form_of_the_other_release_are_told_where_they_stand() -> None:
    as_list, as_object = [{"Type": "DOI", "Value": "10.9999/x"}], {"DOI": "10.9999/x"}
    newer = told_in_json(Release.R51, lambda tree: tree["Report_Items"][0].update(Item_ID=as_list))
    assert ("J-type", ".Report_Items[0].Item_ID", int(Level.CRITICAL)) in newer
    older = told_in_json(Release.R5, lambda tree: tree["Report_Items"][0].update(Item_ID=as_object))
    assert ("J-type", ".Report_Items[0].Item_ID", int(Level.ERROR)) in older
    institution = told_in_json(Release.R5, lambda tree: tree["Report_Header"].update(Institution_ID=as_object))
    assert ("J-type", ".Report_Header.Institution_ID", int(Level.ERROR)) in institution


def test_that_blanks_beside_pipes_are_told_in_json() -> None:
    def widen(tree: Any) -> None:
        filters = tree["Report_Header"]["Report_Filters"]
        filters.append({"Name": "Data_Type", "Value": "Book | Journal"})

    told = told_in_json(Release.R5, widen)
    assert [(rule, level) for rule, _, level in told if rule == "J-pipes"] == [("J-pipes", int(Level.ERROR))]


@pytest.mark.parametrize("name", ["Created_By", "Institution_ID"])
def test_that_a_null_is_told_once(name: str) -> None:
    told = told_in_json(Release.R51, lambda tree: tree["Report_Header"].update({name: None}))
    assert [(position, level) for _, position, level in told] == [(f".Report_Header.{name}", int(Level.CRITICAL))]


def test_that_a_null_in_an_item_is_told_once() -> None:
    def blank(tree: Any) -> None:
        tree["Report_Items"][0]["Attribute_Performance"][0]["YOP"] = None

    told = [one for one in told_in_json(Release.R51, blank) if one[1].endswith(".YOP")]
    assert [(rule, level) for rule, _, level in told] == [("J-required-null", int(Level.CRITICAL))]
