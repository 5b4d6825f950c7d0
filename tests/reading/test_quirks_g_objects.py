"""Real deviations, sections G to J (points 52 to 72): JSON, Release 4 as XML, and what was found since."""

from __future__ import annotations

import json as parsing
from typing import Any

import pytest

from nolcat_desktop.conversion import stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import NotAReport, Report
from tests.builders import a_report, json, tsv
from tests.conversion.sums import in_order, usage_of
from tests.reading.found import everything, refusal, report, rules
from tests.reading.json_reports import header5, item5, part5
from tests.reading.quirk_tables import BOOK, TOTAL, block, books, exact, text

R5, R51 = Release.R5, Release.R51
TREE: dict[str, Any] = parsing.loads(json(a_report(R5, "TR")))
TOTAL_USE = sum(row.total for row in a_report(R5, "TR").rows)


def written(tree: object) -> bytes:
    return parsing.dumps(tree).encode()


def test_that_52_a_wrapped_report_is_read_and_a_wrapped_exception_told() -> None:
    """Point 52."""
    exact(written({"body": TREE, "response": {"number": 0}}), TOTAL_USE)
    wrapped = {"body": None, "response": {"number": 1001, "severity": "Error", "message": "Report Not Supported"}}
    for found in everything(written(wrapped)):
        assert isinstance(found, NotAReport)
        assert "1001" in found.problem.meaning + found.problem.title or "Report Not Supported" in found.problem.meaning


EXCEPTION = {"Code": 2010, "Severity": "Error", "Message": "Requestor is Not Authorized"}


@pytest.mark.parametrize(
    "tree",
    [EXCEPTION, [EXCEPTION], {name.lower(): value for name, value in EXCEPTION.items()}, parsing.dumps(EXCEPTION)],
)
def test_that_53_an_exception_without_a_report_is_told(tree: object) -> None:
    """Point 53: naked, in a list, in lower case, as a string."""
    found = refusal(written(tree), "report.json")
    assert "Not Authorized" in found.problem.title + found.problem.meaning


def test_that_53_a_report_as_a_string_is_a_report() -> None:
    """Point 53."""
    exact(written(parsing.dumps(TREE)), TOTAL_USE)


@pytest.mark.parametrize("items", [None, [], "absent"])
def test_that_54_a_report_without_items_is_empty(items: object) -> None:
    """Point 54: with the exception that explains it."""
    header = {**TREE["Report_Header"], "Exceptions": [{"Code": 3030, "Severity": "Warning", "Message": "No Usage"}]}
    tree = {"Report_Header": header, **({} if items == "absent" else {"Report_Items": items})}
    found = report(written(tree), "report.json")
    assert (found.items.height, [one.code for one in found.header.exceptions]) == (0, [3030])
    assert stopped_by(found) is None


@pytest.mark.parametrize("tree", [{"Report_Items": TREE["Report_Items"]}, {**TREE, "Report_Header": {}}])
def test_that_54_items_without_a_header_are_never_taken_for_a_report_that_they_are_not(tree: object) -> None:
    """Point 54: told by its items, or refused with the reason."""
    (found,) = everything(written(tree), "report.json")
    if isinstance(found, Report) and stopped_by(found) is None:
        assert (found.report_id, found.release) == ("TR", R5)
    else:
        assert isinstance(found, NotAReport) or stopped_by(found) is not None


@pytest.mark.parametrize("severity", [None, 3, "odd"])
@pytest.mark.parametrize("code", [3032, "3062", 0])
def test_that_55_exceptions_beside_data_are_kept(code: object, severity: object) -> None:
    """Point 55: the data are read all the same."""
    told = {"Code": code, "Message": "Something", **({"Severity": severity} if severity else {})}
    found = exact(written({**TREE, "Report_Header": {**TREE["Report_Header"], "Exceptions": [told]}}), TOTAL_USE)
    assert len(found.header.exceptions) == 1


@pytest.mark.parametrize(
    "identifiers",
    [None, [{"Type": "Print_ISSN", "Value": "0028-0836"}], [{"Type": "Proprietary_ID", "Value": "p:1"}], [None]],
)
def test_that_56_odd_identifiers_stop_nothing(identifiers: object) -> None:
    """Point 56: also of types that the report does not have."""
    item = item5(part5("2022-01", 31, ("No_License", 3)), Item_ID=identifiers)
    exact(written({"Report_Header": header5(), "Report_Items": [item]}), 3)


@pytest.mark.parametrize(("release", "report_id"), [(R5, "DR"), (R51, "TR"), (R51, "IR_M1")])
def test_that_57_both_forms_of_a_report_give_the_same_usage(release: Release, report_id: str) -> None:
    """Point 57: JSON leaves zeros out."""
    abstract = a_report(release, report_id)
    assert in_order(usage_of(report(json(abstract)))).equals(in_order(usage_of(report(tsv(abstract)))))


def test_that_58_what_is_repeated_adds_up_and_is_told() -> None:
    """Point 58: an item in two places, a metric twice in one period, a count as a string."""
    twice = item5(part5("2022-01", 31, ("No_License", "3"), ("No_License", 4)))
    found = report(written({"Report_Header": header5(), "Report_Items": [twice, twice]}), "report.json")
    assert usage_of(found)["usage_count"].sum() == 14 or stopped_by(found) is not None
    assert [rule for rule in rules(found) if rule.startswith("J-")]


@pytest.mark.parametrize("period", [("2022-01-01", "2022-02-28"), ("2022-01-02", "2022-01-31"), ("2022", "2022")])
def test_that_59_a_period_that_is_no_month_is_never_stored_as_one(period: tuple[str, str]) -> None:
    """Point 59: told at its place."""
    part = {
        "Period": {"Begin_Date": period[0], "End_Date": period[1]},
        "Instance": [{"Metric_Type": "No_License", "Count": 3}],
    }
    found = everything(written({"Report_Header": header5(), "Report_Items": [item5(part)]}), "report.json")
    (one,) = found
    if isinstance(one, Report):
        assert [rule for rule in rules(one) if rule.startswith("J-")] or stopped_by(one) is not None


def test_that_60_attributes_in_lists_and_dummy_dates_are_read() -> None:
    """Point 60: IR's parents, contributors, dates with a time and offset."""
    header = {**header5(), "Report_ID": "IR", "Report_Name": "Item Master Report"}
    item = item5(part5("2022-01", 31, ("No_License", 3)))
    item.pop("Title")
    item |= {
        "Item": "Moss",
        "Item_Dates": [{"Type": "Publication_Date", "Value": "2006-03-01T00:00-05:00"}],
        "Item_Contributors": [{"Type": "Author", "Name": "Ada Fern", "Identifier": "ORCID:0000-0001-2345-6789"}],
        "Item_Parent": {"Item_Name": "Annals", "Item_ID": [{"Type": "Print_ISSN", "Value": "0028-0836"}]},
    }
    found = exact(written({"Report_Header": header, "Report_Items": [item]}), 3)
    row = usage_of(found).row(0, named=True)
    assert (row["resource_name"], row["parent_title"], row["parent_print_ISSN"]) == ("Moss", "Annals", "0028-0836")
    assert row["authors"] == "Ada Fern (ORCID:0000-0001-2345-6789)"
    assert str(row["publication_date"]) == "2006-03-01"


def test_that_61_a_byte_order_mark_before_json_is_passed() -> None:
    """Point 61."""
    exact(b"\xef\xbb\xbf" + json(a_report(R5, "TR")), TOTAL_USE)


@pytest.mark.parametrize("content", [b"This is no JSON.", b'{"foo": "bar"}', b"[]", b"{}", b'"text"'])
def test_that_61_what_is_no_report_is_told(content: bytes) -> None:
    """Point 61."""
    assert refusal(content, "report.json").problem.meaning


@pytest.mark.parametrize(("year", "stored"), [("0001", 1), ("9999", 9999), ("1112", 1112), ("2001", 2001)])
def test_that_62_years_of_publication_are_numbers(year: str, stored: int) -> None:
    """Point 62: unknown and in press, too."""
    item = item5(part5("2022-01", 31, ("No_License", 3)), YOP=year)
    found = exact(written({"Report_Header": header5(), "Report_Items": [item]}), 3)
    assert usage_of(found)["YOP"].to_list() == [stored]


@pytest.mark.parametrize("report_id", ["PR", "DR", "TR", "IR", "TR_J1", "IR_M1"])
def test_that_63_65_release_51_is_read_with_parents_and_without(report_id: str) -> None:
    """Points 63 and 65: attribute performance by metric and month, identifiers as objects."""
    abstract = a_report(R51, report_id)
    found = exact(json(abstract), sum(row.total for row in abstract.rows))
    assert (found.report_id, found.release) == (report_id, R51)


def test_that_63_a_parent_without_a_title_loses_nothing() -> None:
    """Point 63."""
    abstract = a_report(R51, "IR")
    tree = parsing.loads(json(abstract))
    for item in tree["Report_Items"]:
        item.pop("Title", None)
    exact(written(tree), sum(row.total for row in abstract.rows))


@pytest.mark.parametrize("spoil", [lambda text: text.replace(b"}\n]", b"},\n]"), lambda text: b"RAW " + text])
def test_that_64_json_edited_by_hand_is_refused_at_its_place_and_never_half_read(spoil: Any) -> None:
    """Point 64: a comma too many, a word in front."""
    content = spoil(json(a_report(R51, "DR"), indent=0))
    assert content != json(a_report(R51, "DR"), indent=0)
    assert all(isinstance(one, NotAReport) for one in everything(content, "report.json"))


SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SUSHI = "http://www.niso.org/schemas/sushi/counter"


def xml(inside: str, prefix: str = "S", envelope: str = SOAP) -> bytes:
    body = f'<ReportResponse xmlns="{SUSHI}">{inside}</ReportResponse>'
    inner = f"<{prefix}:Body>{body}</{prefix}:Body>"
    return f'<{prefix}:Envelope xmlns:{prefix}="{envelope}">{inner}</{prefix}:Envelope>'.encode()


def a_period(month: int, *counts: tuple[str, int], category: str = "Requests") -> str:
    instances = "".join(
        f"<Instance><MetricType>{metric}</MetricType><Count>{number}</Count></Instance>" for metric, number in counts
    )
    dates = f"<Period><Begin>2017-{month:02}-01</Begin><End>2017-{month:02}-31</End></Period>"
    return f"<ItemPerformance>{dates}<Category>{category}</Category>{instances}</ItemPerformance>"


def a_jr1(*parts: str, customer: str = "<ID>c1</ID>", publisher: str = "<ItemPublisher>L</ItemPublisher>") -> str:
    issn = "<ItemIdentifier><Type>Online_ISSN</Type><Value>0028-0836</Value></ItemIdentifier>"
    item = f"<ReportItems>{issn}<ItemPlatform>LO</ItemPlatform>{publisher}<ItemName>Annals</ItemName>"
    item += f"<ItemDataType>Journal</ItemDataType>{''.join(parts)}</ReportItems>"
    return f'<Report Name="JR1" Version="4" Created="2017-04-12"><Customer>{customer}{item}</Customer></Report>'


JANUARY = a_period(1, ("ft_pdf", 3), ("ft_html", 2), ("ft_total", 5))
MARCH = a_period(3, ("ft_total", 4))


@pytest.mark.parametrize(
    ("prefix", "envelope"),
    [("S", SOAP), ("soapenv", SOAP), ("SOAP-ENV", SOAP), ("env", "http://www.w3.org/2003/05/soap-envelope")],
)
@pytest.mark.parametrize("around", ["<Report>{}</Report>", "<Reports>{}</Reports>", "{}"])
def test_that_66_69_sushi_is_read_in_any_envelope(prefix: str, envelope: str, around: str) -> None:
    """Points 66, 68 and 69: a month missing; the total counts, its formats are never added."""
    found = exact(xml(around.format(a_jr1(JANUARY, MARCH)), prefix, envelope), 9, "report.xml")
    assert found.report_id == "JR1"


def test_that_66_a_report_without_an_envelope_is_read() -> None:
    """Point 66."""
    exact(a_jr1(JANUARY, MARCH).encode(), 9, "report.xml")


def test_that_67_an_exception_instead_of_a_report_is_told() -> None:
    """Point 67."""
    told = "<Exception><Number>1111</Number><Severity>Error</Severity><Message>Not today</Message></Exception>"
    found = refusal(xml(told), "report.xml")
    assert "Not today" in found.problem.title + found.problem.meaning


def test_that_68_what_is_missing_in_xml_stops_nothing() -> None:
    """Point 68: no customer, no publisher."""
    exact(xml(a_jr1(JANUARY, customer="", publisher="")), 5, "report.xml")


def test_that_70_a_name_that_stands_twice_is_told() -> None:
    """Point 70: the parsers keep the last one silently."""
    content = json(a_report(R5, "TR"), indent=0).replace(b'"Platform":', b'"Platform": "Other", "Platform":', 1)
    found = exact(content, TOTAL_USE)
    assert "J-repeated-name" in rules(found)


def test_that_72_sept_is_september() -> None:
    """Point 72."""
    headings = [*BOOK, "User Activity", *TOTAL, "Sept-2018", "Oct-2018", "Nov-2018"]
    found = exact(text([*block("Book Report 5 (R4)", "unknown"), headings, *books("Regular searches")]), 18)
    assert found.month_columns == ("2018-09", "2018-10", "2018-11")
