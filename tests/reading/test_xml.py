"""Release 4 in XML: whatever stands around it, the usage of the tabular form; exceptions; what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from nolcat_desktop.conversion import damaged_cells, stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import FileKind, NotAReport, Report
from tests.builders import ReportedException, a_report, every_report, expected_usage, tsv
from tests.builders.sushi import Manner, exception_instead, sushi
from tests.conversion.sums import in_order, usage_of
from tests.reading.found import everything, noticed, refusal, report, rules

JR1 = a_report(Release.R4, "JR1")
SOAP12 = "http://www.w3.org/2003/05/soap-envelope"
MANNERS = {
    "soap": Manner(),
    "another prefix": Manner(soap="SOAP-ENV", prefix="ns2:"),
    "default namespaces, SOAP 1.2": Manner(soap="", prefix="", soap_space=SOAP12),
    "Reports around": Manner(wrapped=True),
    "no envelope": Manner(soap=None),
    "only the report": Manner(bare=True),
    "zeros": Manner(zeros=True),
}


def _xml(performance: str, name: str = "JR1", item: str = "", attributes: str = 'Version="4"') -> bytes:
    """A report of one item."""
    around = f"<ItemName>Annals</ItemName><ItemPlatform>P</ItemPlatform><ItemDataType>Journal</ItemDataType>{item}"
    return (
        f'<Report Name="{name}" {attributes} Created="2017-05-01"><Vendor><ID>v</ID></Vendor><Customer><ID>c</ID>'
        f"<ReportItems>{around}{performance}</ReportItems></Customer></Report>"
    ).encode()


def _part(counts: str, begin: str = "2017-01-01", end: str = "2017-01-31", more: str = "") -> str:
    instances = "".join(
        f"<Instance><MetricType>{code}</MetricType>{f'<Count>{count}</Count>' if count else ''}</Instance>"
        for code, _, count in (one.partition("=") for one in counts.split())
    )
    period = f"<Period><Begin>{begin}</Begin><End>{end}</End></Period>"
    return f"<ItemPerformance{more}>{period}<Category>Requests</Category>{instances}</ItemPerformance>"


def _position(found: Report, row: int, column: str) -> str:
    return str(found.positions.cells(pl.Series([row], dtype=pl.UInt32), column)[0])


@pytest.mark.parametrize("report_id", [report_id for release, report_id in every_report() if release is Release.R4])
def test_that_xml_gives_the_usage_of_the_tabular_form(report_id: str) -> None:
    abstract = a_report(Release.R4, report_id, titles=6)
    found = report(sushi(abstract), "report.xml")
    assert (found.origin.kind, found.report_id, found.months) == (FileKind.XML, report_id, abstract.months)
    assert stopped_by(found) is None
    assert_frame_equal(in_order(usage_of(found)), in_order(usage_of(report(tsv(abstract)))))


@pytest.mark.parametrize("manner", MANNERS.values(), ids=list(MANNERS))
def test_that_envelopes_prefixes_and_zeros_make_no_difference(manner: Manner) -> None:
    found = report(sushi(JR1, manner), "report.xml")
    assert_frame_equal(in_order(usage_of(found)), in_order(expected_usage(JR1)))


def test_that_parts_by_format_are_never_added_to_the_total() -> None:
    found = report(_xml(_part("ft_html=2 ft_pdf=3 ft_epub=1 ft_total=6")))
    assert found.items["2017-01"].to_list() == ["6"]
    assert [(one.element, one.detail) for one in found.irregularities if one.rule == "R4-X25"] == [
        ("ft_html", "1"),
        ("ft_pdf", "1"),
        ("ft_epub", "1"),
    ]


def test_that_parts_without_a_total_are_told_and_not_added_up() -> None:
    found = report(_xml(_part("ft_html=2 ft_pdf=3") + _part("ft_total=4 ft_pdf=4", "2017-02-01", "2017-02-28")))
    assert usage_of(found)["usage_count"].to_list() == [4]
    assert noticed(found, "R4-X13") == [
        ".Customer[0].ReportItems[0].ItemPerformance[0].Instance[0].Count",
        ".Customer[0].ReportItems[0].ItemPerformance[0].Instance[1].Count",
    ]


def test_that_more_html_and_pdf_than_the_total_is_told() -> None:
    found = report(_xml(_part("ft_html=5 ft_pdf=3 ft_total=6")))
    assert [(one.value, one.detail) for one in found.irregularities if one.rule == "R4-X14"] == [("8", "6")]
    assert usage_of(found)["usage_count"].to_list() == [6]


def test_that_a_metric_given_twice_makes_a_further_row() -> None:
    found = report(_xml(_part("ft_total=5 ft_total=7") + _part("ft_total=1")))
    assert found.items["2017-01"].to_list() == ["5", "7", "1"]
    assert noticed(found, "R4-X15") == [
        ".Customer[0].ReportItems[0].ItemPerformance[0].Instance[1].MetricType",
        ".Customer[0].ReportItems[0].ItemPerformance[1].Instance[0].MetricType",
    ]
    assert _position(found, 2, "2017-01") == ".Customer[0].ReportItems[0].ItemPerformance[1].Instance[0].Count"


def test_that_positions_lead_to_the_element_in_the_file() -> None:
    identifier = "<ItemIdentifier><Type>Print_ISSN</Type><Value>0378-5955</Value></ItemIdentifier>"
    found = report(_xml(_part("ft_total=5"), item=identifier))
    base = ".Customer[0].ReportItems[0]"
    assert _position(found, 0, "Title") == f"{base}.ItemName"
    assert _position(found, 0, "Print_ISSN") == f"{base}.ItemIdentifier[0].Value"
    assert _position(found, 0, "Publisher") == f"{base}.ItemPublisher"
    assert found.positions.rows(pl.Series([0], dtype=pl.UInt32))[0] == base


@pytest.mark.parametrize("count", ["", "-5", "1.5", "n/a"])
def test_that_a_count_that_is_none_is_damaged_at_its_place(count: str) -> None:
    found = report(_xml(_part(f"ft_total={count}") + _part("ft_total=3", "2017-02-01", "2017-02-28")))
    (damaged,) = damaged_cells(found)
    assert damaged.position == ".Customer[0].ReportItems[0].ItemPerformance[0].Instance[0].Count"


@pytest.mark.parametrize(
    ("begin", "end"),
    [("2017-01-01", "2017-03-31"), ("2017-01-02", "2017-01-31"), ("", ""), ("2017-01-01", "2017-01-30")],
)
def test_that_counts_of_no_single_month_stop_the_report(begin: str, end: str) -> None:
    mixed = report(_xml(_part("ft_total=9", begin, end) + _part("ft_total=1", "2017-04-01", "2017-04-30")))
    problem = stopped_by(mixed)
    assert problem is not None
    assert problem.position == ".Customer[0].ReportItems[0].ItemPerformance[0].Instance[0].Count"
    assert "R4-X09" in rules(mixed)
    totals = report(_xml(_part("ft_total=9", begin, end)))
    assert totals.totals_only
    assert stopped_by(totals) is not None


@pytest.mark.parametrize("counts", ["ft_html=2 ft_pdf=3", "ft_totals=5"])
def test_that_a_report_with_parts_only_is_no_report_of_zeros(counts: str) -> None:
    problem = stopped_by(report(_xml(_part(counts))))
    assert problem is not None
    assert str(problem.position).startswith(".Customer[0].ReportItems[0].ItemPerformance[0]")


@pytest.mark.parametrize(("begin", "end"), [("Z", "Z"), ("-05:00", "-05:00"), ("T00:00:00+01:00", "T23:59:59")])
def test_that_a_zone_or_time_behind_the_days_of_a_month_changes_nothing(begin: str, end: str) -> None:
    found = report(_xml(_part("ft_total=9", f"2017-01-01{begin}", f"2017-01-31{end}")))
    assert (stopped_by(found), found.items["2017-01"].to_list()) == (None, ["9"])


def test_that_a_period_outside_of_what_was_asked_holds() -> None:
    content = sushi(JR1).replace(b"<s:Begin>2017-01-01", b"<s:Begin>2017-02-01")
    found = report(content)
    assert found.months[0] == date(2017, 1, 1)
    assert "R4-X10" in rules(found)


def test_that_jr5_is_refused_as_totals() -> None:
    found = report(_xml(_part("ft_total=5", more=' PubYr="2010"'), "JR5"))
    assert found.totals_only
    assert found.items["YOP"].to_list() == ["2010"]


def test_that_several_customers_are_members() -> None:
    other = replace(JR1, institution_name="Second", customer_id="C-2")
    found = report(sushi(JR1, customers=(JR1, other)))
    assert found.items["Institution_Name"].unique().sort().to_list() == ["Second", JR1.institution_name]
    problem = stopped_by(found)
    assert problem is not None
    assert "several institutions" in problem.title
    assert in_order(usage_of(found, "Second")).equals(in_order(expected_usage(JR1)))
    assert _position(found, found.items.height - 1, "Customer_ID") == ".Customer[1].ID"


@pytest.mark.parametrize(
    ("kinds", "isbn"),
    [("Online_ISBN Print_ISBN", "1"), ("Print_ISBN", "1"), ("Print_ISBN ISBN", "2"), ("ISBN Online_ISBN", "1")],
)
def test_that_the_isbn_is_the_general_one_else_the_online_one(kinds: str, isbn: str) -> None:
    item = "".join(
        f"<ItemIdentifier><Type>{kind}</Type><Value>{n}</Value></ItemIdentifier>"
        for n, kind in enumerate(kinds.split(), 1)
    )
    found = report(_xml(_part("ft_total=5"), "BR1", item))
    assert found.items["ISBN"].to_list() == [isbn]
    assert _position(found, 0, "ISBN").endswith(f"[{int(isbn) - 1}].Value")


def test_that_old_empty_and_unknown_identifiers_are_told() -> None:
    item = "".join(
        f"<ItemIdentifier><Type>{kind}</Type><Value>{value}</Value></ItemIdentifier>"
        for kind, value in (("EISSN", "0378-5955"), ("ISSN", "0024-9319"), ("DOI", ""), ("SICI", "x"))
    )
    found = report(_xml(_part("ft_total=5"), item=item))
    assert found.items.select("Print_ISSN", "Online_ISSN").row(0) == ("0024-9319", "0378-5955")
    assert {"R4-X18", "R4-X19", "R4-X27"} <= set(rules(found))


def test_that_the_platform_may_be_named_only_by_the_item() -> None:
    content = _xml(_part("search_reg=5"), "PR1").replace(b"<ItemPlatform>P<", b"<ItemPlatform><")
    assert report(content).items["Platform"].to_list() == ["Annals"]


def test_that_multimedia_counts_units_where_there_is_no_total() -> None:
    found = report(_xml(_part("multimedia=5 video=5"), "MR1"))
    assert usage_of(found)["usage_count"].to_list() == [5]
    with_total = report(_xml(_part("multimedia=5 ft_total=6"), "MR1"))
    assert usage_of(with_total)["usage_count"].to_list() == [6]


def test_that_page_types_are_rows_of_jr3() -> None:
    found = report(_xml(_part("ft_pdf=2 ft_total=3 toc=4"), "JR3"))
    assert dict(usage_of(found).select("metric_type", "usage_count").iter_rows()) == {
        "Successful Item Requests: full text PDF": 2,
        "Successful Item Requests: full text total": 3,
        "Successful Item Requests: table of contents": 4,
    }


@pytest.mark.parametrize(("code", "severity"), [(2000, "Error"), (3000, "Fatal"), (1010, ""), (1111, "7"), (4001, "")])
def test_that_an_exception_instead_of_a_report_is_told(code: int, severity: str) -> None:
    told = ReportedException(code, "So it is", "details", severity)
    found = refusal(exception_instead(JR1, told), "jr1.xml")
    assert found.kind == "COUNTER exception"
    assert f"{code}: So it is (details)" in found.problem.meaning


def test_that_no_usage_is_an_empty_report() -> None:
    found = report(exception_instead(JR1, ReportedException(3030, "No usage", "", "Error")))
    assert (found.report_id, found.items.height) == ("JR1", 0)
    assert found.covered_months() == JR1.months
    assert stopped_by(found) is None


@pytest.mark.parametrize("code", [3031, 3040])
def test_that_exceptions_beside_usage_stay_with_the_report(code: int) -> None:
    abstract = replace(JR1, exceptions=(ReportedException(code, "Later", "2017-03", "Warning"),))
    found = report(sushi(abstract))
    assert [(one.code, one.data) for one in found.header.exceptions] == [(code, "2017-03")]
    assert found.items.height


def test_that_a_refusal_with_an_empty_report_is_no_usage_of_zero() -> None:
    abstract = replace(JR1, rows=(), exceptions=(ReportedException(2010, "Not yours", "", "Error"),))
    assert refusal(sushi(abstract)).kind == "COUNTER exception"


@pytest.mark.parametrize(("code", "severity"), [(4001, "Info"), (1011, "Warning"), (7, ""), (2000, "Debug")])
def test_that_what_is_not_answered_yet_is_no_empty_report(code: int, severity: str) -> None:
    abstract = replace(JR1, rows=(), exceptions=(ReportedException(code, "Report Queued", "", severity),))
    assert refusal(sushi(abstract)).kind == "COUNTER exception"


def test_that_missing_parts_do_not_stop_the_reading() -> None:
    content = re.sub(rb"<c:(Vendor|ItemPublisher)>.*?</c:\1>|<c:ID>[^<]*</c:ID>", b"", sushi(JR1))
    found = report(content)
    assert usage_of(found)["usage_count"].sum() == expected_usage(JR1)["usage_count"].sum()
    assert {".Vendor", ".Customer[0].ID"} <= set(noticed(found, "R4-X08"))


@pytest.mark.parametrize(("version", "is_read"), [("4", True), ("4.1", True), ("R4", True), ("3", False), ("5", False)])
def test_that_only_release_4_is_read(version: str, is_read: bool) -> None:
    (found,) = everything(_xml(_part("ft_total=5"), attributes=f'Version="{version}"'))
    assert isinstance(found, Report) is is_read
    if isinstance(found, NotAReport):
        assert version in found.problem.title


def test_that_sessions_are_release_3() -> None:
    assert refusal(_xml(_part("session_reg=5"), "DB1")).kind == "COUNTER Release 3 report (XML)"


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Report>&b;</Report>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Report/>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Report><Vendor>&e;</Vendor></Report>',
    ],
)
def test_that_entities_and_document_types_are_refused(content: bytes) -> None:
    found = refusal(content, "report.xml")
    assert "text of its own" in found.problem.title


@pytest.mark.parametrize("content", [sushi(JR1)[:-30], sushi(JR1).replace(b"&amp;", b"&"), b"<a>" * 5000])
def test_that_what_is_not_well_formed_is_refused_with_its_place(content: bytes) -> None:
    found = refusal(content, "report.xml")
    assert found.kind == "damaged XML"
    assert found.problem.position is not None


def test_that_foreign_bytes_in_utf8_are_read_and_told() -> None:
    title = JR1.rows[1].elements["Title"]
    assert title
    content = sushi(replace(JR1, institution_name="Université")).replace(
        "Université".encode(), "Université".encode("cp1252")
    )
    found = report(content)
    assert found.header.texts["Institution_Name"] == "Université"
    assert "F-encoding" in rules(found)


def test_that_other_encodings_are_read_as_declared() -> None:
    text = sushi(replace(JR1, institution_name="Café")).decode().replace('encoding="UTF-8"', 'encoding="windows-1252"')
    found = report(text.encode("cp1252", "xmlcharrefreplace"))
    assert found.header.texts["Institution_Name"] == "Café"


def test_that_a_soap_fault_says_what_the_service_said() -> None:
    fault = b"<Envelope><Body><Fault><faultcode>x</faultcode><faultstring>Boom</faultstring></Fault></Body></Envelope>"
    found = refusal(fault)
    assert found.kind == "error of a SUSHI service"
    assert "Boom" in found.problem.meaning


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.binary(max_size=3))
def test_that_spoilt_xml_is_told_or_read(place: int, spoilt: bytes) -> None:
    content = sushi(JR1)
    at = place % len(content)
    for found in everything(content[:at] + spoilt + content[at + len(spoilt) :], "report.xml"):
        assert isinstance(found, Report) or found.problem.remedy
