"""Real deviations, sections E and F (points 42 to 51): columns, report types, and reports without any use."""

from __future__ import annotations

import pytest

from nolcat_desktop.conversion import file_total, stopped_by
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.elements import canonical_heading
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports4 import REPORTS4
from tests.builders import Grid, a_report, empty, grid, tsv, xlsx
from tests.conversion.sums import sums_of, usage_of
from tests.reading.found import left_out, refusal, report
from tests.reading.quirk_tables import (
    BOOK,
    JOURNAL,
    LIMIT,
    MONTHS,
    NOT_LICENSED,
    SUM,
    TOTAL,
    block,
    books,
    exact,
    jr1,
    stopped,
    text,
    totals,
)

R5, R51 = Release.R5, Release.R51


@pytest.mark.parametrize(
    "change", [str.upper, str.lower, lambda text: text.replace("_", " "), lambda text: f" {text} "]
)
def test_that_42_headings_are_read_loosely(change: object) -> None:
    """Point 42: case, underscores, blanks."""
    assert callable(change)
    abstract = a_report(R5, "TR")
    cells = grid(abstract)
    names = len(abstract.columns) + 1
    cells[13] = [change(name) if n < names else name for n, name in enumerate(cells[13])]
    found = exact(tsv(cells), sum(row.total for row in abstract.rows))
    assert {*abstract.columns} <= set(found.items.columns)


@pytest.mark.parametrize(("name", "other"), [("Metric_Type", "Metric"), ("Print_ISSN", "Printed ISSN")])
def test_that_42_other_words_for_a_column_are_known(name: str, other: str) -> None:
    """Point 42."""
    cells = grid(a_report(R5, "TR"))
    cells[13][cells[13].index(name)] = other
    exact(tsv(cells), sum(row.total for row in a_report(R5, "TR").rows))


def test_that_43_columns_of_attributes_may_be_missing() -> None:
    """Point 43."""
    cells = grid(a_report(R5, "TR"))
    gone = [cells[13].index(name) for name in ("YOP", "Access_Type", "Access_Method", "Section_Type", "Data_Type")]
    rows = [[cell for n, cell in enumerate(row) if n not in gone] for row in cells[13:]]
    exact(tsv([*cells[:13], *rows]), sum(row.total for row in a_report(R5, "TR").rows))


def test_that_44_more_columns_are_kept_and_change_nothing() -> None:
    """Point 44: an institution in front, a linking ISSN, components."""
    cells = grid(a_report(R5, "TR"))
    cells[13] = ["Institution_Name", "Customer_ID", "Linking_ISSN", *cells[13]]
    rows = [["Meadow University", "c1", "0028-0836", *row] for row in cells[14:]]
    exact(tsv([*cells[:14], *rows]), sum(row.total for row in a_report(R5, "TR").rows))


@pytest.mark.parametrize("heading", ["", " ", "Title", "Book"])
def test_that_45_the_first_heading_of_book_reports_may_be_blank(heading: str) -> None:
    """Point 45."""
    found = exact(text([*block("Book Report 1 (R4)"), [heading, *BOOK[1:], *TOTAL, *MONTHS], *books()]), SUM)
    assert usage_of(found)["resource_name"].unique().sort().to_list() == ["Moss Atlas", "Tarns"]


def test_that_45_several_identifiers_in_a_cell_are_kept_as_they_are() -> None:
    """Point 45: four ISBNs, two ISSNs without hyphens; no rule of repair touches them."""
    rows = books()
    rows[0][5], rows[0][6] = "1606491679;1606491687;9781606491676;9781606491683", "21509654;21509662"
    found = exact(text([*block("Book Report 1 (R4)"), [*BOOK, *TOTAL, *MONTHS], *rows]), SUM)
    usage = usage_of(found)
    assert rows[0][5] in usage["ISBN"].to_list()
    assert rows[0][6] in usage["online_ISSN"].to_list()
    assert found.repairs == ()


@pytest.mark.parametrize(
    ("delivered", "stored"),
    [
        (LIMIT, "Access denied: concurrent/simultaneous user license limit exceeded"),
        (NOT_LICENSED, "Access denied: content item not licensed"),
        ("Access denied: concurrent/simultaneous user license exceeded. (Currently N/A to all platforms).",
         "Access denied: concurrent/simultaneous user license limit exceeded"),
        ("access denied: content item not licensed", "Access denied: content item not licensed"),
    ],
)  # fmt: skip
def test_that_46_every_wording_of_a_denial_is_one_metric(delivered: str, stored: str) -> None:
    """Point 46."""
    headings = [*BOOK, "Access denied category", *TOTAL, *MONTHS]
    found = exact(text([*block("Book Report 3 (R4)"), headings, *books(delivered)]), SUM)
    assert usage_of(found)["metric_type"].unique().to_list() == [stored]


@pytest.mark.parametrize("searches", ["Searches-federated and automated", "Searches: federated and automated"])
def test_that_46_searches_are_one_metric(searches: str) -> None:
    """Point 46: and BR5's two total rows, whose metric is blank."""
    headings = [*BOOK, "User Activity", *TOTAL, *MONTHS]
    sums = [totals(label, 8) for label in ("Total searches", "Total searches: federated and automated")]
    found = exact(
        text([*block("Book Report 5 (R4)"), headings, *sums, *books("Regular searches"), *books(searches)]), 36
    )
    assert set(usage_of(found)["metric_type"]) == {"Regular Searches", "Searches-federated and automated"}


def test_that_47_print_and_online_ids_are_told_by_their_form() -> None:
    """Point 47: TR1 mixes ISSN and ISBN."""
    headings = [
        "Title",
        "Publisher",
        "Platform",
        "Data Type",
        "Title DOI",
        "Proprietary Identifier",
        "Print ID",
        "Online ID",
    ]
    rows = [
        ["Annals", "L", "LO", "Journal", "", "", "0028-0836", "1476-4687", "8", "5", "0", "3"],
        ["Atlas", "L", "LO", "Book", "", "", "", "978-0-306-40615-7", "10", "2", "5", "3"],
    ]
    usage = usage_of(exact(text([*block("Title Report 1 (R4)"), [*headings, *TOTAL, *MONTHS], *rows]), SUM))
    assert set(usage.select("print_ISSN", "online_ISSN", "ISBN").rows()) == {
        ("0028-0836", "1476-4687", None), (None, None, "978-0-306-40615-7"),
    }  # fmt: skip
    assert sums_of(usage).keys() == {"Successful Full-text Article Requests", "Successful Section Requests"}


def test_that_48_spoiled_identifiers_never_stop_a_report() -> None:
    """Point 48: mended where that is beyond doubt, else as delivered."""
    rows = jr1()
    rows[9][5:7] = ["280836", "2434561x"]
    rows[10][5:7] = ["1111-1111", "not known"]
    usage = usage_of(exact(text(rows), SUM))
    assert set(usage.select("print_ISSN", "online_ISSN").rows()) == {
        ("0028-0836", "2434-561X"), ("1111-1111", "not known"),
    }  # fmt: skip


MONTHLY = [one for one in REPORTS4 if one.has_months and "Institution_Name" not in one.columns]


@pytest.mark.parametrize("definition", MONTHLY, ids=lambda one: one.report_id)
@pytest.mark.parametrize("gap", [" ", ""])
def test_that_49_71_every_report_of_release_4_is_stored_under_its_own_name(definition: Definition, gap: str) -> None:
    """Points 49 and 71: mobile forms and optional reports too, whatever their metric is called."""
    headings = [canonical_heading(definition, column) for column in definition.columns]
    values = {"Data_Type": "Journal", "Print_ID": "0028-0836", "Reporting_Period_Total": "8"}
    rows = [
        [*({"Metric_Type": metric, **values}.get(column, f"{column} of it") for column in definition.columns), *counts]
        for metric, counts in zip(definition.metric_types or ("", ""), (["5", "0", "3"], ["2", "5", "3"]), strict=False)
    ]
    found = exact(text([*block(f"{definition.name}{gap}(R4)"), [*headings, *MONTHS], *rows]), SUM)
    usage = usage_of(found)
    assert usage["report_type"].unique().to_list() == [definition.report_id]
    assert usage["release"].unique().to_list() == ["4"]
    if definition.metric_types:
        assert usage["metric_type"].n_unique() == 2


CONSORTIUM: dict[str, tuple[str, list[str], list[list[str]]]] = {
    "CR1": (
        "Consortium Report 1 (R4)",
        ["Customer", "Publisher", "Platform", "Title", "DOI", "Proprietary Identifier", "Print ISSN", "Online ISSN"],
        [
            ["Elm College", "P", "X", "Moss", "", "", "0028-0836", ""],
            ["Ash College", "P", "X", "Moss", "", "", "0028-0836", ""],
        ],
    ),
    "CR2": (
        "Consortium Report 2 (R4)",
        ["Customer", "Database", "Publisher", "Platform", "User Activity"],
        [["Elm College", "Fen", "P", "X", "Regular Searches"], ["Ash College", "Fen", "P", "X", "Regular Searches"]],
    ),
    "CR3": (
        "Consortium Report 3 (R4)",
        ["Customer", "Collection", "Content Provider", "Platform"],
        [["Elm College", "Songs", "P", "X"], ["Ash College", "Songs", "P", "X"]],
    ),
}


@pytest.mark.parametrize("report_id", CONSORTIUM)
def test_that_49_71_consortium_reports_are_stored_by_member(report_id: str) -> None:
    """Points 49 and 71: asked for which member, never added up."""
    name, headings, rows = CONSORTIUM[report_id]
    counts = (["8", "5", "0", "3"], ["10", "2", "5", "3"])
    made = [[*row, *numbers] for row, numbers in zip(rows, counts, strict=True)]
    found = report(text([*block(name), [*headings, *TOTAL, *MONTHS], *made]))
    problem = stopped_by(found)
    assert problem is not None
    assert problem.title == "The report is of several institutions"
    assert stopped_by(found, "Elm College") is None
    assert usage_of(found, "Elm College")["usage_count"].sum() == 8
    assert usage_of(found, "Ash College")["report_type"].unique().to_list() == [report_id]


def test_that_49_jr5_is_refused_with_the_reason() -> None:
    """Points 49 and 71: years of publication are no months."""
    headings = [*JOURNAL, "Articles in Press", "YOP 2017", "YOP 2016", "YOP Pre-2000", "YOP unknown"]
    rows = [["Annals", "L", "LO", "", "A", "", "", "1", "5", "0", "3", "2"]]
    for report_rows in ([*block("Journal Report 5 (R4)"), headings, *rows], [headings, *rows]):
        assert stopped(text(report_rows)) == "The report has totals only"


@pytest.mark.parametrize("name", ["Database Report 3(R3) ", "Book Report 6 (R1)", "Journal Report 1 (R2)"])
def test_that_50_71_older_releases_are_named_and_refused(name: str) -> None:
    """Points 50 and 71: what carries no column of Release 4; what does is stored (`test_release3`)."""
    headings = ["Database", "Publisher", "Platform", "", *MONTHS, "YTD Total"]
    rows: Grid = [[name, "…"], ["Meadow"], ["Date run:"], ["2009-02-01"], headings]
    found = refusal(text([*rows, ["Fen", "L", "LO", "Total searches run", "1", "2", "3", "6"]]))
    assert found.problem.title.endswith(f"({name.partition('(')[2][:2]})")


@pytest.mark.parametrize("name", ["Book Report 6 (R4)", "Database Report 3 (R4)", "Title Report 2 Mobile (R4)"])
def test_that_71_reports_that_release_4_does_not_have_are_refused(name: str) -> None:
    """Point 71: never stored under the name of another."""
    headings = ["Database", "Publisher", "Platform", "User Activity", *TOTAL, *MONTHS]
    rows = [*block(name), headings, ["Fen", "L", "LO", "Regular Searches", "8", "5", "0", "3"]]
    assert stopped(text(rows)) == "It is not said which COUNTER report this is"


@pytest.mark.parametrize("rows", [[], [["Total for all titles", *[""] * 6, "0", "0", "0", "0"]]])
@pytest.mark.parametrize("form", [text, xlsx])
def test_that_51_a_report_without_use_is_a_report(rows: Grid, form: object) -> None:
    """Point 51: headings and nothing, or a total row of zeros."""
    assert callable(form)
    found = report(form([*block("Book Report 1(R4)"), [*BOOK, *TOTAL, *MONTHS], *rows]))
    assert (stopped_by(found), file_total(found), found.items.height) == (None, 0, 0)
    assert len(left_out(found)) == len(rows)
    assert len(found.covered_months()) == 3


def test_that_51_a_block_and_nothing_else_covers_its_period() -> None:
    """Point 51."""
    found = report(text(block("Journal Report 1 (R4)")))
    assert (stopped_by(found), len(found.covered_months())) == (None, 3)


@pytest.mark.parametrize(("release", "report_id"), [(R5, "TR"), (R5, "PR"), (R51, "DR"), (R51, "IR_M1")])
def test_that_51_empty_reports_of_release_5_keep_their_exceptions(release: Release, report_id: str) -> None:
    """Point 51: 3030 is knowledge."""
    found = report(tsv(empty(a_report(release, report_id))))
    assert stopped_by(found) is None
    assert [one.code for one in found.header.exceptions] == [3030]
