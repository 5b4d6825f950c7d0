"""Rows of sums that somebody has put in are never stored beside what they sum up; rows that are no sums always are."""

from __future__ import annotations

import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import Grid, a_report, grid, tsv
from tests.reading.found import left_out, report
from tests.reading.quirk_tables import SUM, SUMS, exact, jr1, text

OTHER = ["Fern Notes", "Elm", "Elm Online", "", "C", "", "", "6", "", "", "1", "2", "3"]
FIRST, LAST = 9, 11
"""Places of the items of `jr1`."""


def of_sums(label: str, counts: list[str], *, factor: int = 1) -> list[str]:
    """A row with a label and numbers, as a spreadsheet's sum makes it."""
    total, *months = (str(int(count) * factor) for count in counts)
    return [label, *[""] * 6, total, "", "", *months]


def without_totals() -> Grid:
    rows = jr1()
    return [*rows[: FIRST - 1], *rows[FIRST:]]


@pytest.mark.parametrize("label", ["Grand Total", "Summe", "Gesamt", "Total:", "Sum of uses", "Suma", "Our library"])
def test_that_a_row_that_sums_up_all_others_is_left_out_whatever_its_label(label: str) -> None:
    found = exact(text([*jr1(), [], of_sums(label, SUMS)]), SUM)
    assert [rule for _, rule in left_out(found)] == ["total-row", "total-row"]


@pytest.mark.parametrize("label", ["Grand Total", ""])
def test_that_a_sum_over_the_whole_column_with_its_total_row_is_left_out(label: str) -> None:
    exact(text([*jr1(), of_sums(label, SUMS, factor=2)]), SUM)


@pytest.mark.parametrize("label", ["Subtotal", "Larch Online", "Zwischensumme"])
def test_that_sums_of_each_platform_and_of_all_are_left_out(label: str) -> None:
    rows = without_totals()
    more = [OTHER, [*OTHER[:4], "D", *OTHER[5:]]]
    twice = of_sums(label, ["12", "2", "4", "6"])
    whole = of_sums("Grand Total", ["30", "9", "9", "12"])
    exact(text([*rows, of_sums(label, SUMS), *more, twice, whole]), SUM + 12)


def test_that_sums_of_each_platform_and_metric_are_left_out() -> None:
    abstract = a_report(Release.R5, "TR", titles=4)
    cells = grid(abstract)
    head, first = cells[:14], cells[13].index("Reporting_Period_Total")
    metric = cells[13].index("Metric_Type")
    rows, half = cells[14:], len(cells[14:]) // 2

    def sums(part: Grid) -> Grid:
        made = []
        for kind in sorted({row[metric] for row in part}):
            same = [row for row in part if row[metric] == kind]
            counts = [str(sum(int(row[n]) for row in same)) for n in range(first, len(cells[13]))]
            made.append(["Subtotal", *[""] * (metric - 1), kind, *counts])
        return made

    exact(
        tsv([*head, *rows[:half], *sums(rows[:half]), *rows[half:], *sums(rows[half:])]),
        sum(one.total for one in abstract.rows),
    )


def test_that_a_sum_of_whole_platforms_has_no_metric() -> None:
    abstract = a_report(Release.R51, "PR")
    cells = grid(abstract)
    head, first = cells[14], cells[14].index("Reporting_Period_Total")
    counts = [str(sum(int(row[n]) for row in cells[15:])) for n in range(first, len(head))]
    exact(tsv([*cells, ["Summe", *[""] * (first - 1), *counts]]), sum(one.total for one in abstract.rows))


def test_that_a_row_with_one_month_more_or_less_than_the_sum_is_data() -> None:
    counts = [SUMS[0], "7", "5", "5"]
    found = exact(text([*jr1(), of_sums("Our library", counts)]), SUM + 17)
    assert [rule for _, rule in left_out(found)] == ["total-row"]


@pytest.mark.parametrize("place", [1, 2, 4, 5])
def test_that_a_row_with_publisher_platform_or_identifier_is_data_whatever_it_adds_up_to(place: int) -> None:
    row = of_sums("Sum of Ferns", SUMS)
    row[place] = "2049-3630" if place > 4 else "Elm"
    exact(text([*without_totals(), row]), 2 * SUM)


def test_that_equal_numbers_of_few_months_prove_nothing_without_a_word_for_sums() -> None:
    rows = without_totals()
    for row in rows[FIRST - 1 :]:
        row[-2:] = ["0", "0"]
    found = report(text([*rows, of_sums("Fern Notes", ["7", "7", "0", "0"])]))
    assert found.items.height == 3


def test_that_a_table_in_which_nobody_named_publishers_loses_no_row() -> None:
    rows = without_totals()
    for row in rows[FIRST - 1 :]:
        row[1:7] = [""] * 6
    assert report(text([*rows, of_sums("Sums of Ferns", SUMS)])).items.height == 3
