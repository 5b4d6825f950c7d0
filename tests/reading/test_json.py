"""Reading JSON reports: what is laid out where, and that nothing gets lost on the way."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest

from nolcat_desktop.counter.release import Release
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
    rules,
)


def test_that_an_r5_item_becomes_one_row_for_each_metric_with_its_months_as_text() -> None:
    report = read(
        of(header5(), item5(part5("2022-01", 31, ("No_License", 3)), part5("2022-03", 31, ("No_License", 4))))
    )
    assert (report.release, report.report_id) == (Release.R5, "TR")
    assert report.months == (date(2022, 1, 1), date(2022, 2, 1), date(2022, 3, 1))
    (row,) = report.items.rows(named=True)
    assert (row["Title"], row["DOI"], row["ISBN"], row["Metric_Type"]) == ("A", "10.1/a", "978", "No_License")
    assert (row["2022-01"], row["2022-02"], row["2022-03"]) == ("3", None, "4")
    assert set(report.items.dtypes) == {pl.UInt32, pl.String}
    assert not report.irregularities


def test_that_the_header_is_written_as_the_tabular_form_writes_it() -> None:
    header = read(
        of(header5(Exceptions=[{"Code": 3031, "Message": "Not Ready", "Severity": "Warning", "Data": "2022-03"}]))
    ).header
    assert header.texts["Institution_ID"] == "ISNI:1; p:9"
    assert header.texts["Metric_Types"] == "No_License; Limit_Exceeded"
    assert header.texts["Report_Filters"] == "YOP=2001|2010-2011"
    assert header.texts["Reporting_Period"] == "Begin_Date=2022-01-01; End_Date=2022-03-31"
    assert header.texts["Exceptions"] == "3031: Not Ready (2022-03)"
    assert (header.begin, header.end, header.created) == (date(2022, 1, 1), date(2022, 3, 31), date(2022, 5, 1))
    assert [one.name for one in header.filters] == ["Metric_Type", "YOP"]
    assert header.filters[1].value_positions == (".Report_Header.Report_Filters[3].Value",) * 2
    assert header.exceptions[0].position == ".Report_Header.Exceptions[0]"


def test_that_r51_filters_and_attributes_have_positions_of_their_own() -> None:
    header = read(
        of(header51(Report_Filters={"Begin_Date": "2022-01-01", "End_Date": "2022-01-31", "YOP": ["2001", "2002"]}))
    ).header
    assert header.texts["Report_Filters"] == "YOP=2001|2002"
    assert header.texts["Report_Attributes"] == "Attributes_To_Show=Authors; Include_Parent_Details=True"
    assert header.filters[0].position == ".Report_Header.Report_Filters.YOP"


def test_that_r5_positions_lead_to_the_value_in_the_file() -> None:
    parts = (part5("2022-01", 31, ("No_License", 3)), part5("2022-02", 28, ("Limit_Exceeded", 1), ("No_License", 4)))
    report = read(of(header5(), item5(*parts), item5(*parts)))
    assert position(report, 2, "2022-02") == ".Report_Items[1].Performance[1].Instance[1].Count"
    assert position(report, 2, "Metric_Type") == ".Report_Items[1].Performance[0].Instance[0].Metric_Type"
    assert position(report, 0, "ISBN") == ".Report_Items[0].Item_ID[1].Value"
    assert position(report, 0, "YOP") == ".Report_Items[0].YOP"
    assert position(report, 0, "URI") == ".Report_Items[0]"
    assert report.positions.rows(pl.Series([3], dtype=pl.UInt32))[0] == ".Report_Items[1]"
    assert report.positions.last() == ".Report_Items"


def test_that_r51_positions_lead_to_the_value_in_the_file() -> None:
    report = read(
        of(header51(), parent51(item51({"No_License": {"2022-01": 1}}), item51({"No_License": {"2022-02": 2}})))
    )
    row = report.items.row(1, named=True)
    assert (row["Item"], row["Parent_Title"], row["Parent_Online_ISSN"], row["Proprietary_ID"]) == (
        "I",
        "J",
        "1234-5678",
        "p:1",
    )
    base = ".Report_Items[0].Items[1]"
    assert position(report, 1, "2022-02") == f"{base}.Attribute_Performance[0].Performance.No_License.2022-02"
    assert position(report, 1, "Data_Type") == f"{base}.Attribute_Performance[0].Data_Type"
    assert position(report, 1, "DOI") == f"{base}.Item_ID.DOI"
    assert position(report, 1, "Parent_Online_ISSN") == ".Report_Items[0].Item_ID.Online_ISSN"
    assert report.positions.rows(pl.Series([1], dtype=pl.UInt32))[0] == f"{base}.Attribute_Performance[0]"


def test_that_a_count_given_twice_makes_a_further_row_and_is_never_added_up() -> None:
    report = read(
        of(
            header5(),
            item5(part5("2022-01", 31, ("No_License", 3), ("No_License", 4)), part5("2022-01", 31, ("No_License", 5))),
        )
    )
    assert report.items["2022-01"].to_list() == ["3", "4", "5"]
    assert position(report, 2, "2022-01") == ".Report_Items[0].Performance[1].Instance[0].Count"
    assert rules(report) == ["J-period-repeated"]


def test_that_a_repeated_name_is_told_with_the_value_that_parsers_lose() -> None:
    text = json.dumps(of(header51(), parent51(item51({"No_License": {"2022-01": 1}})))).replace(
        '"2022-01": 1', '"2022-01": 7, "2022-01": 1'
    )
    report = read(text.encode())
    assert report.items["2022-01"].to_list() == ["1"]
    one = found(report, "J-repeated-name")
    assert one.position == ".Report_Items[0].Items[0].Attribute_Performance[0].Performance.No_License.2022-01"
    assert one.value == "7"


def test_that_escaped_quotation_marks_do_not_hide_a_repeated_name() -> None:
    text = json.dumps(of(header5(), item5(part5("2022-01", 31, ("No_License", 3))))).replace(
        '"Title": "A"', '"Title": "\\u0022\\u0022", "Title": "A"'
    )
    assert found(read(text.encode()), "J-repeated-name").position == ".Report_Items[0].Title"


def test_that_a_second_report_items_is_told() -> None:
    text = json.dumps(of(header5(), item5(part5("2022-01", 31, ("No_License", 3)))))[:-1] + ', "Report_Items": []}'
    report = read(text.encode())
    assert report.items.height == 0
    assert found(report, "J-repeated-name").position == ".Report_Items"


@pytest.mark.parametrize(
    ("written", "text", "rule"),
    [
        ("5.50", "5.50", "J-count-float"),
        ("12.0", "12.0", "J-count-float"),
        ('"5"', "5", "J-count-text"),
        ('"x"', "x", "J-count-unreadable"),
        ("true", "true", "J-count-unreadable"),
        ("null", "null", "J-count-null"),
        ('{"a": 1}', '{"a": 1}', "J-count-unreadable"),
    ],
)
def test_that_a_count_that_is_no_whole_number_stays_as_it_is_written(written: str, text: str, rule: str) -> None:
    for tree in (
        of(header5(), item5(part5("2022-01", 31, ("No_License", 77)))),
        of(header51(), parent51(item51({"No_License": {"2022-01": 77}}))),
    ):
        report = read(json.dumps(tree).replace("77", written).encode())
        assert report.items["2022-01"].to_list() == [text]
        assert rules(report) == [rule]
        assert found(report, rule).position == position(report, 0, "2022-01")


def test_that_a_count_larger_than_64_bits_is_kept_digit_by_digit() -> None:
    report = read(of(header5(), item5(part5("2022-01", 31, ("No_License", 10**25)))))
    assert report.items["2022-01"].to_list() == [str(10**25)]


def test_that_counts_of_another_period_than_a_month_never_stand_in_a_month() -> None:
    odd = {
        "Period": {"Begin_Date": "2022-01-01", "End_Date": "2022-02-28"},
        "Instance": [{"Metric_Type": "No_License", "Count": 9}],
    }
    report = read(of(header5(), item5(odd, part5("2022-03", 31, ("No_License", 1)))))
    assert report.items["#2022-01-01/2022-02-28"].to_list() == ["9"]
    assert report.items["2022-01"].to_list() == [None]
    assert found(report, "J-period").position == ".Report_Items[0].Performance[0].Period.End_Date"
    assert not report.totals_only


def test_that_months_outside_the_reporting_period_are_kept_and_told() -> None:
    report = read(of(header51(), parent51(item51({"No_License": {"2022-05": 2, "2022-1": 3, "May": 4}}))))
    row = report.items.row(0, named=True)
    assert (row["2022-05"], row["#May"]) == ("2", "4")
    assert date(2022, 5, 1) in report.months
    assert {"J-month-outside", "J-month-unreadable"} <= set(rules(report))
    assert position(report, 0, "2022-05").endswith(".No_License.2022-05")


def test_that_totals_have_no_months() -> None:
    attributes = {"Attributes_To_Show": ["Authors"], "Include_Parent_Details": "True", "Granularity": "Totals"}
    report = read(of(header51(Report_Attributes=attributes), parent51(item51({"No_License": {"2022-01": 12}}))))
    assert (report.totals_only, report.months) == (True, ())
    assert report.items["#Totals"].to_list() == ["12"]
    assert position(report, 0, "#Totals").endswith(".Performance.No_License.2022-01")


def test_that_components_have_rows_of_their_own() -> None:
    component = {
        "Item": "C",
        "Item_ID": {"DOI": "10.1/c"},
        "Data_Type": "Article",
        "Performance": {"No_License": {"2022-01": 5}},
    }
    report = read(of(header51(), parent51(item51({"No_License": {"2022-01": 1}}, Components=[component]))))
    assert report.items.select("Item", "Component_Title", "Component_DOI", "2022-01").rows() == [
        ("I", None, None, "1"),
        ("I", "C", "10.1/c", "5"),
    ]
    assert (
        position(report, 1, "Component_DOI")
        == ".Report_Items[0].Items[0].Attribute_Performance[0].Components[0].Item_ID.DOI"
    )
    assert position(report, 1, "2022-01").endswith(".Components[0].Performance.No_License.2022-01")


def test_that_r5_people_dates_and_parents_are_written_as_in_the_tabular_form() -> None:
    header = header5(
        Report_ID="IR",
        Report_Name="Item Master Report",
        Report_Attributes=[
            {"Name": "Attributes_To_Show", "Value": "Authors|Publication_Date|Article_Version|Data_Type|YOP"}
        ],
    )
    item = item5(
        part5("2022-01", 31, ("No_License", 3)),
        Item_Contributors=[{"Type": "Author", "Name": "N", "Identifier": "ORCID:0"}, {"Type": "Author", "Name": "M"}],
        Item_Dates=[{"Type": "First_Seen", "Value": "2000-01-01"}, {"Type": "Publication_Date", "Value": "2001-02-03"}],
        Item_Attributes=[{"Type": "Article_Version", "Value": "VoR"}],
        Item_Parent=[{"Item_Name": "J", "Data_Type": "Journal", "Item_ID": [{"Type": "DOI", "Value": "10.1/j"}]}],
    )
    item["Item"] = item.pop("Title")
    report = read(of(header, item))
    row = report.items.row(0, named=True)
    assert (row["Authors"], row["Publication_Date"], row["Article_Version"]) == ("N (ORCID:0); M", "2001-02-03", "VoR")
    assert (row["Parent_Title"], row["Parent_DOI"]) == ("J", "10.1/j")
    assert position(report, 0, "Publication_Date") == ".Report_Items[0].Item_Dates[1].Value"
    assert position(report, 0, "Parent_DOI") == ".Report_Items[0].Item_Parent[0].Item_ID[0].Value"
    assert {"J-no-column", "J-single-parent"} == set(rules(report))
