from __future__ import annotations

import pytest

from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import (
    Match,
    blank_elements,
    canonical_heading,
    element,
    infer,
    name_element,
)
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import DEFINITIONS, definition


def get(release: Release, report_id: str) -> Definition:
    found = definition(release, report_id)
    assert found is not None
    return found


def inferred(headings: str, *, has_months: bool = True) -> list[str]:
    found = infer(frozenset(), headings.split("|"), has_months)
    return [f"{d.release}:{d.report_id}" for d in found]


@pytest.mark.parametrize("report", DEFINITIONS, ids=lambda d: f"{d.release}-{d.report_id}")
def test_that_each_canonical_heading_names_its_element_exactly(report: Definition) -> None:
    for column in report.columns:
        heading = canonical_heading(report, column)
        if heading == "":
            assert column in blank_elements(report)
        else:
            assert element(heading, report) == (column, Match.EXACT)
            assert element(heading, None)[0] is not None
            assert element(f" {heading.upper()} ", report) == (column, Match.LOOSE)


@pytest.mark.parametrize(
    ("report_id", "column", "heading"),
    [
        ("JR1", "Title", "Journal"),
        ("JR1", "DOI", "Journal DOI"),
        ("BR1", "Title", ""),
        ("BR1", "Online_ISSN", "ISSN"),
        ("DB2", "Metric_Type", "Access denied category"),
        ("JR2", "Metric_Type", "Access Denied Category"),
        ("JR3", "Metric_Type", "Page type"),
        ("BR5", "Metric_Type", "User Activity"),
        ("MR1", "Title", "Collection"),
        ("MR2", "Publisher", "Content Provider"),
        ("TR1", "DOI", "Title DOI"),
        ("CR1", "Institution_Name", "Customer"),
    ],
)
def test_that_release_4_headings_are_those_of_its_code(report_id: str, column: str, heading: str) -> None:
    assert canonical_heading(get(Release.R4, report_id), column) == heading


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Data_Type", ("Data_Type", Match.EXACT)),
        ("Data Type", ("Data_Type", Match.LOOSE)),
        ("yop", ("YOP", Match.LOOSE)),
        ("METRIC TYPE", ("Metric_Type", Match.LOOSE)),
        ("Print ISSN", ("Print_ISSN", Match.LOOSE)),
        ("Printed_ISSN", ("Print_ISSN", Match.VARIANT)),
        ("Metric", ("Metric_Type", Match.VARIANT)),
        ("Proprietary", ("Proprietary_ID", Match.VARIANT)),
        ("Linking_ISSN", (None, Match.VARIANT)),
        ("Journal", (None, Match.NONE)),
        ("Shelf", (None, Match.NONE)),
        ("", (None, Match.NONE)),
        ("-", (None, Match.NONE)),
    ],
)
def test_that_a_release_5_heading_is_read_as_far_as_it_is_known(
    heading: str, expected: tuple[str | None, Match]
) -> None:
    assert element(heading, get(Release.R5, "TR")) == expected


@pytest.mark.parametrize(
    ("report_id", "heading", "expected"),
    [
        ("JR1", "Title", ("Title", Match.VARIANT)),
        ("JR1", "Propriatary Identifier", ("Proprietary_ID", Match.VARIANT)),
        ("JR1", "DOI", ("DOI", Match.VARIANT)),
        ("JR1", "ISSN", ("Print_ISSN", Match.VARIANT)),
        ("JR1", "Reporting_Period_Total", ("Reporting_Period_Total", Match.LOOSE)),
        ("JR1", "YTD Total", ("Reporting_Period_Total", Match.VARIANT)),
        ("JR1", "", (None, Match.NONE)),
        ("JR1", "-", (None, Match.NONE)),
        ("BR1", " ", ("Title", Match.LOOSE)),
        ("BR1", "-", (None, Match.NONE)),
        ("BR1", "Title", ("Title", Match.VARIANT)),
        ("BR5", "Title", ("Title", Match.EXACT)),
        ("BR3", "ISSN", ("Online_ISSN", Match.EXACT)),
        ("BR3", "Online ISSN", ("Online_ISSN", Match.VARIANT)),
        ("DB1", "Database_", ("Database", Match.LOOSE)),
        ("DB1", "UserActivity", ("Metric_Type", Match.LOOSE)),
        ("TR1", "Print ID", ("Print_ID", Match.EXACT)),
    ],
)
def test_that_a_release_4_heading_is_read_by_its_report(
    report_id: str, heading: str, expected: tuple[str | None, Match]
) -> None:
    assert element(heading, get(Release.R4, report_id)) == expected


def test_that_all_spellings_are_tried_while_the_report_is_unknown() -> None:
    for heading in ("Journal", "Title", "Book", "Collection", ""):
        assert element(heading, None)[0] == "Title"
    assert element("Print ISSN", None) == ("Print_ISSN", Match.EXACT)
    assert element("User Activity", None) == ("Metric_Type", Match.EXACT)
    assert element("Jan-2017", None) == (None, Match.NONE)


def test_that_whole_platforms_have_no_name() -> None:
    assert name_element(get(Release.R4, "PR1")) is None
    assert name_element(get(Release.R4, "BR4")) is None
    assert name_element(get(Release.R51, "PR_P1")) is None
    assert name_element(get(Release.R4, "JR4")) == "Title"
    assert name_element(get(Release.R5, "IR_A1")) == "Item"
    assert name_element(get(Release.R4, "CR2")) == "Database"


def test_that_two_blank_headings_of_jr4_are_collection_and_activity() -> None:
    assert blank_elements(get(Release.R4, "JR4")) == ("Title", "Metric_Type")
    assert blank_elements(get(Release.R4, "BR1")) == ("Title",)
    assert blank_elements(get(Release.R4, "JR1")) == ()
    assert blank_elements(get(Release.R5, "TR")) == ()


@pytest.mark.parametrize("report", DEFINITIONS, ids=lambda d: f"{d.release}-{d.report_id}")
def test_that_a_report_without_a_header_is_among_its_candidates(report: Definition) -> None:
    headings = [canonical_heading(report, c) for c in report.columns]
    extra = ["YOP 2016"] if report.report_id == "JR5" else ["Jan-2017"]
    assert report in infer(frozenset(), headings + extra, report.has_months)
    shown = [canonical_heading(report, c) for c in report.columns if c not in report.optional]
    assert report in infer(frozenset(), shown + extra, report.has_months)


JOURNALS = "Publisher|Platform|Journal DOI|Proprietary Identifier|Print ISSN|Online ISSN"


def test_that_twins_are_all_returned() -> None:
    jr1 = ["4:JR1", "4:JR1GOA", "4:JR1a", "4:JR1b"]
    assert inferred(f"Journal|{JOURNALS}|Reporting Period Total|Reporting Period HTML|Reporting Period PDF") == jr1
    assert inferred(f"Title|{JOURNALS}|Reporting Period Total|Jan-2017") == jr1
    books = "Publisher|Platform|Book DOI|Proprietary Identifier|ISBN|ISSN|Reporting Period Total"
    assert inferred(f"|{books}") == ["4:BR1", "4:BR2", "4:BR7"]
    assert inferred(f"Title|{books}") == ["4:BR1", "4:BR2", "4:BR7"]


def test_that_the_metric_s_heading_decides() -> None:
    assert inferred("Database|Publisher|Platform|User Activity|Reporting Period Total") == ["4:DB1"]
    assert inferred("Database|Publisher|Platform|Access denied category|Reporting Period Total") == ["4:DB2"]
    assert inferred(f"Journal|{JOURNALS}|Access Denied Category|Reporting Period Total") == ["4:JR2"]
    assert inferred("Platform|Publisher|User Activity|Reporting Period Total") == ["4:PR1"]
    assert inferred("Collection|Content Provider|Platform|Reporting Period Total") == ["4:MR1"]


def test_that_years_of_publication_make_a_jr5() -> None:
    assert inferred(f"Journal|{JOURNALS}|Articles in Press|YOP 2016|YOP Pre-2000", has_months=False) == ["4:JR5"]


def test_that_release_5_candidates_come_most_specific_first() -> None:
    title = "Title|Publisher|Publisher_ID|Platform|DOI|Proprietary_ID|ISBN|Print_ISSN|Online_ISSN|URI"
    assert inferred(f"{title}|YOP|Metric_Type|Reporting_Period_Total") == ["5:TR_B1", "5:TR_B2", "5:TR"]
    assert inferred(f"{title}|Data_Type|Section_Type|Metric_Type|Reporting_Period_Total") == ["5:TR"]
    assert inferred("Platform|Data_Type|Metric_Type|Reporting_Period_Total")[0] == "5.1:PR_P1"


def test_that_missing_or_added_identifiers_do_not_hide_a_report() -> None:
    assert "5:TR_J1" in inferred("Title|Publisher|Platform|Print_ISSN|Online_ISSN|Metric_Type|Reporting_Period_Total")
    item = "Item|Publisher|Publisher_ID|Platform|DOI|Proprietary_ID|ISBN|URI|Metric_Type|Reporting_Period_Total"
    assert "5:IR_M1" in inferred(item)


@pytest.mark.parametrize("headings", ["Name|Address|Jan-2017", "Metric_Type", "", "Title|Jan-2017"])
def test_that_no_report_is_guessed_from_anything_else(headings: str) -> None:
    assert inferred(headings) == []


def test_that_elements_alone_serve_when_there_are_no_headings() -> None:
    found = infer(frozenset({"Platform", "Metric_Type"}), (), has_months=True)
    assert [d.report_id for d in found] == ["PR_P1", "PR"]


def test_that_a_column_of_institutions_is_told_whatever_it_is_called() -> None:
    report = get(Release.R4, "CR1")
    named = {element(name, report)[0] for name in ("Customer", "Institution", "Institution_Name")}
    assert named == {"Institution_Name"}
