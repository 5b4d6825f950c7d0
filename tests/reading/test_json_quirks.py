"""What real JSON files look like (points 52 to 65 and 70 of the list of deviations): one law each."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from nolcat_desktop.conversion import file_total, stopped_by, to_usage
from nolcat_desktop.report import Report
from tests.builders import a_report, tsv
from tests.builders import json as as_json
from tests.conversion.sums import in_order, usage_of
from tests.reading.found import refusal
from tests.reading.found import report as read_file
from tests.reading.json_reports import (
    found,
    header5,
    header51,
    item5,
    item51,
    of,
    parent51,
    part5,
    position,
    read,
    refused,
    rules,
)

PART = part5("2022-01", 31, ("No_License", 3))
ITEM = item5(PART)
TREE = of(header5(), ITEM)


def _titled(**more: Any) -> Report:
    return read(of(header5(), item5(PART, **more)))


def test_point_52_that_a_report_in_body_is_read_and_an_exception_in_response_told() -> None:
    report = read({"body": TREE, "response": {"status": 200}})
    assert report.items["2022-01"].to_list() == ["3"]
    assert found(report, "J-wrapped").detail == "body"
    answer = {"body": None, "response": {"number": 1001, "severity": "Error", "message": "Expired"}}
    assert "1001: Expired" in refused(answer).problem.meaning


@pytest.mark.parametrize(
    "tree",
    [
        {"Code": 2000, "Message": "No", "Severity": "Error"},
        [{"Code": 2000, "Message": "No"}, {"Code": 3000, "Message": "Neither"}],
        {"code": 2000, "message": "No", "severity": "error"},
        {"Exception": {"Code": 2000, "Message": "No"}},
        json.dumps({"Code": 2000, "Message": "No"}),
    ],
    ids=["naked", "several", "lower case", "Exception", "a string"],
)
def test_point_53_that_a_naked_exception_is_told(tree: Any) -> None:
    told = refused(tree)
    assert told.kind == "COUNTER exception"
    assert "2000: No" in told.problem.meaning


def test_point_53_that_a_whole_report_in_a_string_is_read() -> None:
    assert read(json.dumps(TREE)).items["2022-01"].to_list() == ["3"]


def test_point_53_that_a_header_at_the_root_is_read() -> None:
    report = read({**header5(), "Report_Items": [ITEM]})
    assert (report.report_id, report.items.height) == ("TR", 1)
    assert "J-flat-header" in rules(report)


@pytest.mark.parametrize("code", [2000, 2010, 3000, 1010])
def test_point_53_that_a_refusal_with_an_empty_report_is_no_usage_of_zero(code: int) -> None:
    report = read(
        {**of(header5(Exceptions=[{"Code": code, "Message": "No", "Severity": "Error"}])), "Report_Items": []}
    )
    problem = stopped_by(report)
    assert problem is not None
    assert str(code) in problem.meaning


@pytest.mark.parametrize("items", [None, [], "absent"])
def test_point_54_that_no_items_are_an_empty_report(items: Any) -> None:
    header = header5(Exceptions=[{"Code": 3030, "Message": "No usage", "Severity": "Error"}])
    tree = {"Report_Header": header, **({} if items == "absent" else {"Report_Items": items})}
    report = read(tree)
    assert (report.items.height, len(report.covered_months())) == (0, 3)
    assert stopped_by(report) is None


@pytest.mark.parametrize("items", [ITEM, {"Report_Item": [ITEM]}], ids=["one item", "a list in an object"])
def test_point_54_that_items_that_are_no_list_are_read_where_there_is_no_doubt(items: Any) -> None:
    report = read({"Report_Header": header5(), "Report_Items": items})
    assert (report.items["2022-01"].to_list(), stopped_by(report)) == (["3"], None)
    assert "J-items-not-list" in rules(report)


@pytest.mark.parametrize("items", ["see attachment", {"a": [ITEM], "b": [ITEM]}, 7])
def test_point_54_that_items_that_cannot_be_read_are_no_empty_report(items: Any) -> None:
    problem = stopped_by(read({"Report_Header": header5(), "Report_Items": items}))
    assert problem is not None
    assert problem.position == ".Report_Items"


def test_point_54_that_items_under_another_name_are_no_empty_report() -> None:
    problem = stopped_by(read({"Report_Header": header5(), "Usage": [ITEM]}))
    assert problem is not None
    assert problem.position == ".Usage"


@pytest.mark.parametrize("items", [{}, ""])
def test_point_54_that_an_empty_object_is_an_empty_report(items: Any) -> None:
    assert stopped_by(read({"Report_Header": header5(), "Report_Items": items})) is None


@pytest.mark.parametrize("tree", [{"Report_Items": [ITEM]}, {"Report_Header": {}, "Report_Items": [ITEM]}])
def test_point_54_that_items_without_a_header_are_told_by_their_attributes(tree: Any) -> None:
    report = read(tree)
    assert report.items["2022-01"].to_list() == ["3"]
    assert stopped_by(report) is None
    assert (report.report_id, [one.detail for one in report.irregularities if one.rule == "R-06"]) == ("TR", ["TR"])


@pytest.mark.parametrize(
    ("exception", "code"),
    [
        ({"Code": 3032, "Message": "Gone", "Severity": "Warning"}, 3032),
        ({"Code": "3062", "Message": "x", "Severity": 3}, 3062),
        ({"Code": 0, "Message": "x"}, 0),
        ({"Number": 3050, "Message": "x", "Severity": "Strange"}, 3050),
    ],
)
def test_point_55_that_exceptions_beside_usage_stop_nothing(exception: Any, code: int) -> None:
    report = read(of(header5(Exceptions=[exception]), ITEM))
    assert [one.code for one in report.header.exceptions] == [code]
    assert stopped_by(report) is None
    assert file_total(report) == 3


@pytest.mark.parametrize(
    ("item_id", "column", "text"),
    [
        (None, "Title", "A"),
        ({"Type": "Print_ISSN", "Value": "0378-5955"}, "Print_ISSN", "0378-5955"),
        ([{"Type": "Proprietary_ID", "Value": "p:1"}], "Proprietary_ID", "p:1"),
    ],
)
def test_point_56_that_odd_identifiers_stop_nothing(item_id: Any, column: str, text: str) -> None:
    report = _titled(Item_ID=item_id)
    assert report.items[column].to_list() == [text]
    assert report.irregularities
    assert file_total(report) == 3


def test_point_56_that_an_identifier_of_another_report_is_kept_and_told() -> None:
    header = header5(Report_ID="DR", Report_Name="Database Master Report")
    item = item5(PART, Item_ID=[{"Type": "Print_ISSN", "Value": "0378-5955"}], Database="D")
    report = read(of(header, item, item))
    assert report.items.height == 2
    assert report.irregularities


@pytest.mark.parametrize(("release", "report_id"), [("5", "DR"), ("5.1", "TR")])
def test_point_57_that_json_without_zeros_is_the_table_with_zeros(release: Any, report_id: str) -> None:
    abstract = a_report(release, report_id, titles=6)
    ours = [in_order(usage_of(read_file(content, "r"))) for content in (as_json(abstract), tsv(abstract))]
    assert ours[0].equals(ours[1])


def test_point_58_that_the_same_item_and_metric_again_is_never_added_up() -> None:
    twice = item5(part5("2022-01", 31, ("No_License", 3), ("No_License", 4)))
    report = read(of(header5(), twice, ITEM))
    assert report.items["2022-01"].to_list() == ["3", "4", "3"]


def test_point_58_that_a_count_as_text_is_read_and_told() -> None:
    report = read(of(header5(), item5(part5("2022-01", 31, ("No_License", "3")))))
    assert file_total(report) == 3
    assert rules(report) == ["J-count-text"]


def test_point_59_that_a_period_of_several_months_stops_the_report_at_its_place() -> None:
    odd = {
        "Period": {"Begin_Date": "2022-01-01", "End_Date": "2022-02-28"},
        "Instance": [{"Metric_Type": "No_License", "Count": 9}],
    }
    report = read(of(header5(), item5(odd, part5("2022-03", 31, ("No_License", 1)))))
    problem = stopped_by(report)
    assert problem is not None
    assert problem.position == ".Report_Items[0].Performance[0].Instance[0].Count"


@pytest.mark.parametrize(
    ("begin", "end"),
    [("T00:00:00", "T23:59:59"), ("T00:00:00Z", "T00:00:00.000Z"), (" 00:00:00", " 23:59"), ("T00:00+01:00", "")],
)
def test_point_59_that_a_time_behind_the_days_of_a_month_changes_nothing(begin: str, end: str) -> None:
    part = part5("2022-01", 31, ("No_License", 3))
    part["Period"] = {"Begin_Date": f"2022-01-01{begin}", "End_Date": f"2022-01-31{end}"}
    report = read(of(header5(), item5(part)))
    assert (stopped_by(report), report.items["2022-01"].to_list()) == (None, ["3"])
    assert found(report, "J-period-form").detail == "2022-01"


def test_point_59_that_a_period_that_ends_a_month_later_by_its_day_is_no_month() -> None:
    part = part5("2022-01", 31, ("No_License", 3))
    part["Period"]["End_Date"] = "2022-02-01T00:00:00Z"
    assert stopped_by(read(of(header5(), item5(part)))) is not None


def test_point_59_that_dates_among_filters_stand_in_any_order_and_form() -> None:
    filters = [{"Name": "end_date", "Value": "2022-03"}, {"Name": "begin_date", "Value": "2022-01"}]
    report = read(of(header5(Report_Filters=filters), ITEM))
    assert report.months[0] == date(2022, 1, 1)
    assert file_total(report) == 3


def test_point_60_that_people_dates_and_placeholders_are_read() -> None:
    header = header5(
        Report_ID="IR",
        Report_Name="Item Master Report",
        Report_Attributes=[{"Name": "Attributes_To_Show", "Value": "Authors|Publication_Date|Article_Version"}],
    )
    item = item5(
        PART,
        Item="I",
        Item_Contributors=[{"Type": "Author", "Name": "N", "Identifier": "ORCID:0000-0002-1825-0097"}],
        Item_Dates=[{"Type": "Publication_Date", "Value": "2006-03-01T00:00-05:00"}],
        Item_Attributes=[{"Type": "Article_Version", "Value": "VoR"}],
        Item_Parent={"Item_Name": "J"},
    )
    other = {**item, "Item_Dates": [{"Type": "Publication_Date", "Value": "1753-01-01"}]}
    usage = to_usage(read(of(header, item, other)), 1).collect()
    assert usage["publication_date"].to_list() == [date(2006, 3, 1), None]
    assert usage.select("authors", "article_version", "parent_title").row(0) == (
        "N (ORCID:0000-0002-1825-0097)",
        "VoR",
        "J",
    )


def test_point_61_that_a_byte_order_mark_is_left_out_and_other_text_refused() -> None:
    assert read(b"\xef\xbb\xbf" + json.dumps(TREE).encode()).items.height == 1
    assert "not a COUNTER report" in refused({"foo": "bar"}).problem.title


@pytest.mark.parametrize("year", ["0001", "9999", "1112"])
def test_point_62_that_any_year_is_kept(year: str) -> None:
    assert to_usage(_titled(YOP=year), 1).collect()["YOP"].to_list() == [int(year)]


def test_point_63_that_parents_and_items_of_release_51_are_told_apart() -> None:
    orphan = {"Items": [item51({"No_License": {"2022-02": 2}})]}
    report = read(of(header51(), parent51(item51({"No_License": {"2022-01": 1}})), orphan))
    assert report.items["Parent_Title"].to_list() == ["J", None]
    assert report.items["Data_Type"].to_list() == ["Article", "Article"]
    assert report.items["Parent_Data_Type"].to_list()[0] == "Journal"
    assert file_total(report) == 3


def test_point_64_that_hand_edited_json_is_never_half_read() -> None:
    text = json.dumps(TREE, indent=1)
    broken = refused(text.replace('"YOP": "2001"', '"YOP": "2001",').encode())
    assert broken.kind == "damaged JSON"
    assert (broken.problem.position or "").startswith("line ")


def test_point_64_that_a_word_before_the_report_is_told() -> None:
    assert refusal(b"RAW" + json.dumps(TREE).encode(), "2_DR.json").problem.remedy


@pytest.mark.parametrize("access_type", ["Open", "Free_To_Read"])
def test_point_65_that_new_values_of_release_51_are_kept(access_type: str) -> None:
    report = read(of(header51(), parent51(item51({"No_License": {"2022-01": 1}}, Access_Type=access_type, YOP="2020"))))
    assert report.items.select("Access_Type", "YOP").row(0) == (access_type, "2020")


def test_point_70_that_a_name_given_twice_is_told_with_what_is_lost() -> None:
    text = json.dumps(TREE).replace('"Count": 3', '"Count": 8, "Count": 3')
    report = read(text.encode())
    one = found(report, "J-repeated-name")
    assert (one.position, one.value) == (".Report_Items[0].Performance[0].Instance[0].Count", "8")
    assert position(report, 0, "2022-01") == one.position
    assert report.positions.rows(pl.Series([0], dtype=pl.UInt32))[0] == ".Report_Items[0]"
