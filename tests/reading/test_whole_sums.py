"""Total rows with a publisher, or moved to the left, and columns of sums, are never counted a second time.

Point 33 of the deviations of real files; the numbers must prove it, and an item called like a total stays.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nolcat_desktop.conversion import stopped_by
from nolcat_desktop.counter.release import Release
from tests.builders import Grid, a_report, grid, tsv
from tests.reading.found import left_out, report, rules
from tests.reading.quirk_tables import JOURNAL, MONTHS, SUM, TOTAL, block, exact, journals, jr1, stopped, text

HEADINGS, FIRST = 7, 9
"""Places of the headings and of the first item of `jr1`."""


def without_totals() -> Grid:
    return [*jr1()[: FIRST - 1], *jr1()[FIRST:]]


def databases(label: str, *, publisher: str, less: int = 0) -> tuple[Grid, int]:
    """A DR with a row for all databases and each metric; `less` unique uses than the databases have together."""
    abstract = a_report(Release.R5, "DR", titles=3)
    cells = grid(abstract)
    head = next(row for row in cells if row[:1] == ["Database"])
    place = cells.index(head) + 1
    first, metric = head.index("Reporting_Period_Total"), head.index("Metric_Type")
    sums = []
    for name in sorted({row[metric] for row in cells[place:]}):
        rows = [row for row in cells[place:] if row[metric] == name]
        counts = [sum(int(row[n]) for row in rows) for n in range(first, len(head))]
        counts[-1] -= less if name.startswith("Unique") else 0
        sums.append([label, publisher, *[""] * (metric - 2), name, *map(str, counts)])
    return [*cells[:place], *sums, *cells[place:]], sum(one.total for one in abstract.rows)


@pytest.mark.parametrize("label", ["All Databases", "ALL DATABASES", "Total", "Grand Total", "All"])
def test_that_rows_of_all_databases_are_totals_beside_their_publisher_when_they_add_up(label: str) -> None:
    cells, total = databases(label, publisher="Larch")
    exact(tsv(cells), total)


def test_that_unique_uses_of_all_databases_are_totals_as_the_others_of_that_label_are() -> None:
    cells, total = databases("All Databases", publisher="Larch", less=1)
    found = exact(tsv(cells), total)
    assert "T-differs" in rules(found)


def test_that_a_database_that_is_called_like_a_total_is_data_unless_it_adds_up() -> None:
    cells, _ = databases("All Databases", publisher="Larch")
    for row in cells:
        if row[:1] == ["All Databases"]:
            row[-1] = str(int(row[-1]) + 1)
    found = report(tsv(cells))
    assert "All Databases" in found.items["Database"].to_list()


@pytest.mark.parametrize("label", ["Grand Total", "Total titles", "All Titles", "All journals:"])
def test_that_a_total_row_of_release_4_may_say_its_platform(label: str) -> None:
    row = [label, "Larch", "Larch Online", "", "", "", "", "18", "", "", "7", "5", "6"]
    exact(text([*without_totals(), row]), SUM)


@pytest.mark.parametrize("label", ["Total", "Totals", "Total for all journals"])
@pytest.mark.parametrize("by", [1, 2, 4])
def test_that_a_total_row_whose_numbers_moved_to_the_left_is_a_total_row(label: str, by: int) -> None:
    row = [label, *[""] * (6 - by), "18", "10", "8", "7", "5", "6", *[""] * by]
    found = exact(text([*without_totals()[: FIRST - 1], row, *journals()]), SUM)
    assert [rule for _, rule in left_out(found)] == ["total-row"]


def test_that_a_journal_called_total_with_a_publisher_is_data_beside_a_single_other_one() -> None:
    rows = without_totals()[:FIRST]
    exact(text([*rows, ["Total", *rows[-1][1:4], "", "", "", *rows[-1][7:]]]), 16)


def with_column(heading: str, sums: list[str]) -> bytes:
    """A JR1 of six months with one more column after the third."""
    months = [*MONTHS, heading, "Apr-2017", "May-2017", "Jun-2017"]
    rows = [[*one[:7], one[7], *one[10:13], more, "1", "0", "2"] for one, more in zip(journals(), sums, strict=True)]
    return text([*block("Journal Report 1 (R4)", "2017-01-01 to 2017-06-30"), [*JOURNAL, *TOTAL, *months], *rows])


@pytest.mark.parametrize("heading", ["First half", "Q1", "Total Q1", "Jan–Mar", "1. Quartal"])
def test_that_a_column_that_sums_up_the_months_before_it_is_not_counted(heading: str) -> None:
    exact(with_column(heading, ["8", "10"]), SUM + 6)


@pytest.mark.parametrize("sums", [["8", "11"], ["8", ""], ["3", "3"]])
def test_that_a_column_of_other_numbers_between_the_months_stops_the_report(sums: list[str]) -> None:
    assert stopped(with_column("Q1", sums)) == "A column of numbers belongs to no month"


@pytest.mark.parametrize("write", [str.upper, str.lower, lambda text: f" {text} ", lambda text: text.replace(" ", "_")])
def test_that_headings_once_more_are_no_item_in_whatever_case_they_come(write: Callable[[str], str]) -> None:
    rows = jr1()
    again = [*map(write, rows[HEADINGS][:10]), *rows[HEADINGS][10:]]
    found = exact(text([*rows[:-1], again, rows[-1]]), SUM)
    assert [rule for _, rule in left_out(found)] == ["total-row", "second-heading"]


@pytest.mark.parametrize("publisher", ["", "Larch"])
def test_that_a_row_for_all_items_and_a_metric_called_total_is_a_total_row(publisher: str) -> None:
    abstract = a_report(Release.R5, "IR", titles=1)
    cells = grid(abstract)
    place = next(n for n, one in enumerate(cells, 1) if one[:1] == ["Item"])
    head, rows = cells[place - 1], cells[place:]
    first, metric = head.index("Reporting_Period_Total"), head.index("Metric_Type")
    sums = [str(sum(int(one[n]) for one in rows)) for n in range(first, len(head))]
    row = ["All", *[""] * (metric - 1), "TOTAL", *sums]
    row[head.index("Publisher")] = publisher
    exact(tsv([*cells, row]), sum(one.total for one in abstract.rows))


@pytest.mark.parametrize("note", [["Records:", "5"], ["", "Made by", "Larch Online"]])
def test_that_a_note_of_several_cells_under_a_table_is_no_row_without_a_metric(note: list[str]) -> None:
    abstract = a_report(Release.R51, "TR")
    found = exact(tsv([*grid(abstract), [], note]), sum(one.total for one in abstract.rows))
    assert "R4-V30" in rules(found)


def test_that_a_row_without_a_metric_still_stops_a_report_when_it_has_a_count() -> None:
    cells = grid(a_report(Release.R51, "TR"))
    head = next(row for row in cells if row[:1] == ["Title"])
    cells[-1][head.index("Metric_Type")] = ""
    problem = stopped_by(report(tsv(cells)))
    assert problem is not None
    assert problem.title == "Rows without a metric"
