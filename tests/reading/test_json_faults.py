"""Reading JSON that is not as it should be: wrapped, misspelled, damaged, or no report at all."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from nolcat_desktop.reading.json_report import looks_like_json, read_json
from nolcat_desktop.report import Irregularity
from tests.reading.json_reports import (
    ORIGIN,
    found,
    header5,
    item5,
    of,
    part5,
    position,
    read,
    refused,
    rules,
)


def test_that_identifiers_without_a_column_and_repeated_ones_are_told() -> None:
    ids = [
        {"Type": "ISBN", "Value": "1"},
        {"Type": "ISBN", "Value": "2"},
        {"Type": "Linking_ISSN", "Value": "3"},
        {"Type": "Proprietary_ID", "Value": "p:4"},
    ]
    report = read(of(header5(), item5(part5("2022-01", 31, ("No_License", 3)), Item_ID=ids)))
    assert report.items.select("ISBN", "Proprietary_ID").row(0) == ("1", "p:4")
    assert found(report, "J-identifier-repeated").value == "2"
    assert found(report, "J-no-column") == Irregularity(
        "J-no-column", ".Report_Items[0].Item_ID[2].Value", "Linking_ISSN", "3", "1"
    )
    assert found(report, "J-misspelled").position == ".Report_Items[0].Item_ID[3].Type"


def test_that_property_names_are_read_loosely_and_told() -> None:
    item = item5(part5("2022-01", 31, ("No_License", 3)), foo="bar")
    item["title"] = item.pop("Title")
    item["performance"] = item.pop("Performance")
    report = read(of(header5(), item))
    assert report.items.row(0, named=True)["Title"] == "A"
    assert position(report, 0, "2022-01") == ".Report_Items[0].performance[0].Instance[0].Count"
    assert sorted(rules(report)) == ["J-misspelled", "J-misspelled", "J-unknown-property"]


def test_that_a_million_of_one_kind_are_a_hundred_and_one_line() -> None:
    report = read(of(header5(), *[item5(part5("2022-01", 31, ("No_License", 3)), foo="bar") for _ in range(150)]))
    assert rules(report).count("J-unknown-property") == 100
    assert found(report, "J-more") == Irregularity("J-more", None, "foo", "J-unknown-property", "50")


def test_that_a_missing_property_and_a_null_are_told_at_their_places() -> None:
    item = item5(part5("2022-01", 31, ("No_License", 3)), YOP=None, Data_Type=["Book"])
    del item["Publisher"]
    report = read(of(header5(), item))
    assert found(report, "J-required-missing") == Irregularity("J-required-missing", ".Report_Items[0]", "Publisher")
    assert found(report, "J-required-null").position == ".Report_Items[0].YOP"
    assert found(report, "J-type").value == '["Book"]'
    assert report.items["Publisher"].to_list() == [None]


@pytest.mark.parametrize("empty", [[], None])
def test_that_a_report_without_items_is_an_empty_report(empty: Any) -> None:
    report = read({"Report_Header": header5(), "Report_Items": empty})
    assert (report.items.height, len(report.months), report.covered_months()[-1]) == (0, 3, date(2022, 3, 1))
    assert "Platform" in report.items.columns


def test_that_a_report_is_found_whatever_wraps_it() -> None:
    tree = of(header5(), item5(part5("2022-01", 31, ("No_License", 3))))
    plain = json.dumps(tree)
    for wrapped in (json.dumps({"body": tree, "response": None}), json.dumps(plain), json.dumps({"report": plain})):
        report = read(wrapped.encode())
        assert report.items["2022-01"].to_list() == ["3"]
        assert position(report, 0, "YOP") == ".Report_Items[0].YOP"
        assert rules(report) == ["J-wrapped"]
    flat = {**header5(), "Report_Items": tree["Report_Items"]}
    report = read(flat)
    assert (report.report_id, report.header.positions["Created"]) == ("TR", ".Created")
    assert rules(report) == ["J-flat-header"]


def test_that_a_list_of_reports_gives_each_of_them() -> None:
    tree = of(header5(), item5(part5("2022-01", 31, ("No_License", 3))))
    assert len(read_json(json.dumps([tree, tree]).encode(), ORIGIN)) == 2


@pytest.mark.parametrize(
    ("encoding", "named", "rule"),
    [("utf-8-sig", "utf-8-sig", "J-bom"), ("utf-16", "utf-16", "J-encoding"), ("cp1252", "cp1252", "J-encoding")],
)
def test_that_other_encodings_are_read_and_told(encoding: str, named: str, rule: str) -> None:
    text = json.dumps(of(header5(), item5(part5("2022-01", 31, ("No_License", 3)), Title="Müller")), ensure_ascii=False)
    content = text.encode(encoding)
    assert looks_like_json(content)
    report = read(content)
    assert (report.items["Title"][0], report.origin.encoding, rules(report)) == ("Müller", named, [rule])


@pytest.mark.parametrize(
    "tree",
    [
        {"Code": 2010, "Severity": "Error", "Message": "Not Authorized", "Data": "x"},
        [{"code": 2010, "message": "Not Authorized", "data": "x"}],
        {"body": None, "response": {"number": 2010, "severity": "Error", "message": "Not Authorized", "data": "x"}},
    ],
)
def test_that_a_bare_exception_is_named_with_code_message_and_data(tree: Any) -> None:
    refusal = refused(tree)
    assert refusal.kind == "COUNTER exception"
    assert "2010: Not Authorized (x)" in refusal.problem.meaning
    assert "credentials" in refusal.problem.remedy


def test_that_damaged_json_is_refused_with_line_and_column() -> None:
    position = refused(b'{"Report_Header": {},\n "Report_Items": [1,]}').problem.position
    assert (position or "").startswith("line 2, column ")
    assert refused(b'RAW {"Report_Header": {}}').problem.position == "line 1, column 1"
    assert refused(b'{"Report_Header": {"Release": "5"').kind == "damaged JSON"
    assert refused(b"[" * 100_000).kind == "damaged JSON"


def test_that_other_json_is_refused_and_says_what_it_is() -> None:
    assert '"foo"' in refused({"foo": "bar"}).problem.meaning
    assert refused(b"[]").kind == "JSON without a COUNTER report"
    assert refused(b"null").kind == "JSON without a COUNTER report"


def test_that_an_unknown_release_leaves_the_report_without_one() -> None:
    report = read(of(header5(Release="3"), item5(part5("2022-01", 31, ("No_License", 3)))))
    assert (report.release, report.definition, report.items["2022-01"].to_list()) == (None, None, ["3"])


def test_that_counts_without_any_element_are_kept_all_the_same() -> None:
    bare = {"Performance": [part5("2022-01", 31, ("No_License", 3))]}
    report = read(of(header5(), bare))
    assert report.items["2022-01"].to_list() == ["3"]
    assert found(report, "J-required-missing").position == ".Report_Items[0]"
