"""Release 4 says less than usage holds: what is filled in by report and row, and no report gets another's metric."""

from __future__ import annotations

import polars as pl
import pytest

from nolcat_desktop.conversion import members, stopped_by
from nolcat_desktop.counter.release import Release
from tests.builders import Grid, a_report, damage, grid, heading_row, tsv
from tests.conversion.sums import usage_of
from tests.reading.found import report

LIMIT = "Access denied: concurrent/simultaneous user license limit exceeded"
NOT = "Access denied: content item not licensed"


def made(name: str, headings: list[str], *rows: list[str]) -> Grid:
    """A report of one month, January 2017, with any headings."""
    return [
        [f"{name} (R4)"],
        ["Universität Nebelheim"],
        ["NEB"],
        ["Period covered by Report:"],
        ["2017-01-01 to 2017-01-31"],
        ["Date run:"],
        ["2017-02-12"],
        [*headings, "Reporting Period Total", "Jan-2017"],
        *([*row, "5", "5"] for row in rows),
    ]


def filled(cells: Grid) -> pl.DataFrame:
    """Usage of a sound report."""
    found = report(tsv(cells))
    assert stopped_by(found) is None
    return usage_of(found)


def test_that_parts_of_jr1_have_metrics_of_their_own() -> None:
    metrics = {
        name: filled(grid(a_report(Release.R4, name)))["metric_type"].unique().to_list()
        for name in ("JR1", "JR1GOA", "JR1a")
    }
    assert metrics == {
        "JR1": ["Successful Full-text Article Requests"],
        "JR1GOA": ["Successful Gold Open Access Full-text Article Requests"],
        "JR1a": ["Successful Full-text Article Requests from an Archive"],
    }


TITLES = ["Title", "Publisher", "Platform", "Data Type", "Title DOI", "Proprietary Identifier", "Print ID", "Online ID"]


def test_that_tr1_counts_by_the_data_type_of_the_row() -> None:
    usage = filled(
        made(
            "Title Report 1",
            TITLES,
            ["Mist", "P", "R", "Journal", "", "", "1234-5679", "2345-6788"],
            ["Fog", "P", "R", "book", "", "", "978-0-306-40615-7", "9780306406164"],
            ["Dew", "P", "R", "Book", "", "", "0306406152", ""],
            ["Ice", "P", "R", "Book", "", "", "local-7", ""],
        )
    )
    columns = ("data_type", "section_type", "metric_type", "print_ISSN", "online_ISSN", "ISBN")
    assert usage.select(columns).rows() == [
        ("Journal", "Article", "Successful Full-text Article Requests", "1234-5679", "2345-6788", None),
        ("Book", "Book_Segment", "Successful Section Requests", None, None, "9780306406164"),
        ("Book", "Book_Segment", "Successful Section Requests", None, None, "0306406152"),
        ("Book", "Book_Segment", "Successful Section Requests", None, None, "local-7"),
    ]


def test_that_a_tr1_row_of_another_data_type_is_refused_at_its_row() -> None:
    problem = stopped_by(report(tsv(made("Title Report 1", TITLES, ["Mist", "P", "R", "Video", "", "", "", ""]))))
    assert problem is not None
    assert (problem.title, problem.position) == ("Rows without a metric", "9")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Access Denied: concurrent/simultaneous user licence limit exceded", LIMIT),
        ("Access denied. Concurrent/simultaneous user license exceeded", LIMIT),
        ("access denied: content item not licenced", NOT),
        ("Access denied: content item not licensed. (Currently N/A to all platforms).", NOT),
        ("Access Denied: other", "Access Denied: other"),
    ],
)
def test_that_denials_are_one_metric_whatever_their_spelling(text: str, canonical: str) -> None:
    headings = ["Database", "Publisher", "Platform", "Access denied category"]
    assert filled(made("Database Report 2", headings, ["D", "P", "R", text]))["metric_type"].to_list() == [canonical]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Regular searches", "Regular Searches"),
        ("Searches: federated and automated", "Searches-federated and automated"),
        ("Searches - federated and automated", "Searches-federated and automated"),
        ("result clicks", "Result Clicks"),
        ("Record  Views ", "Record Views"),
        ("Total searches run", "Total searches run"),
    ],
)
def test_that_activities_are_one_metric_whatever_their_spelling(text: str, canonical: str) -> None:
    headings = ["Database", "Publisher", "Platform", "User Activity"]
    assert filled(made("Database Report 1", headings, ["D", "P", "R", text]))["metric_type"].to_list() == [canonical]


def test_that_a_platform_report_has_no_resource() -> None:
    usage = filled(
        made("Platform Report 1", ["Platform", "Publisher", "User Activity"], ["Larch", "P", "Result Clicks"])
    )
    assert usage.select("resource_name", "platform", "data_type", "section_type").rows() == [
        (None, "Larch", "Platform", None)
    ]


def test_that_br4_counts_its_first_column_as_platform() -> None:
    headings = ["", "Publisher", "Platform", "Access Denied Category"]
    usage = filled(made("Book Report 4", headings, ["Larch", "P", "Other", LIMIT], ["", "P", "Elm", LIMIT]))
    assert usage.select("resource_name", "platform").rows() == [(None, "Larch"), (None, "Elm")]


@pytest.mark.parametrize(
    ("name", "metric"),
    [
        ("Journal Report 3", "Successful Item Requests: abstract"),
        ("Journal Report 3 Mobile", "Successful Item Requests: abstract (mobile)"),
    ],
)
def test_that_page_types_are_part_of_the_metric(name: str, metric: str) -> None:
    headings = [
        "Journal",
        "Publisher",
        "Platform",
        "Journal DOI",
        "Proprietary Identifier",
        "Print ISSN",
        "Online ISSN",
        "Page type",
    ]
    assert filled(made(name, headings, ["J", "P", "R", "", "", "", "", "Abstracts"]))["metric_type"].to_list() == [
        metric
    ]


def test_that_the_issn_of_a_book_is_its_online_issn() -> None:
    headings = ["", "Publisher", "Platform", "Book DOI", "Proprietary Identifier", "ISBN", "ISSN"]
    usage = filled(made("Book Report 1", headings, ["B", "P", "R", "", "", "1606491679;1606491687", "21509654"]))
    assert usage.select("resource_name", "ISBN", "print_ISSN", "online_ISSN").rows() == [
        ("B", "1606491679;1606491687", None, "2150-9654")
    ]


def test_that_a_collection_is_a_resource_and_its_content_provider_a_publisher() -> None:
    usage = filled(made("Multimedia Report 1", ["Collection", "Content Provider", "Platform"], ["C", "P", "R"]))
    assert usage.select("resource_name", "publisher", "metric_type").rows() == [
        ("C", "P", "Successful Content Unit Requests")
    ]


CONSORTIUM = [
    "Customer",
    "Publisher",
    "Platform",
    "Title",
    "DOI",
    "Proprietary Identifier",
    "Print ISSN",
    "Online ISSN",
]


def test_that_a_consortium_report_is_split_by_member() -> None:
    rows = (["East", "P", "R", "J", "", "", "1234-5679", ""], ["West", "P", "R", "J", "", "", "1234-5679", ""])
    found = report(tsv(made("Consortium Report 1", CONSORTIUM, *rows)))
    assert (found.report_id, members(found)) == ("CR1", ("East", "West"))
    assert stopped_by(found) is not None
    assert stopped_by(found, "East") is None
    assert usage_of(found, "West").select("data_type", "section_type", "metric_type").rows() == [
        ("Journal", "Article", "Successful Full-text Article Requests")
    ]


@pytest.mark.parametrize(
    ("place", "text", "label", "read"),
    [
        ("A4", "Period covered by report", "Reporting_Period", "2017-01-01 to 2017-03-31"),
        ("A6", "Date Run:  ", "Created", "2017-04-12"),
        ("A3", "", "Institution_Name", "Universität Nebelheim"),
        ("A2", "", "Institution_ID", "NEB-0042"),
    ],
)
def test_that_the_header_is_read_by_what_it_says(place: str, text: str, label: str, read: str) -> None:
    found = report(tsv(damage.with_cell(grid(a_report(Release.R4, "JR1")), place, text)))
    assert found.header.texts[label] == read
    assert found.months == a_report(Release.R4, "JR1").months


def test_that_a_missing_identifier_moves_nothing_else() -> None:
    cells = grid(a_report(Release.R4, "BR2"))
    found = report(tsv([*cells[:2], *cells[3:]]))
    assert found.header.texts["Reporting_Period"] == "2017-01-01 to 2017-03-31"
    assert found.header.texts["Created"] == "2017-04-12"
    assert found.heading_row == heading_row(a_report(Release.R4, "BR2")) - 1


def test_that_the_section_type_of_br2_is_read() -> None:
    found = report(tsv(a_report(Release.R4, "BR2")))
    assert (found.header.texts["Section_Type"], found.header.positions["Section_Type"]) == ("Chapter", "B3")
