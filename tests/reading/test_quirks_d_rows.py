"""Real deviations, section D (points 33 to 41): rows that are no data, and cells that are not plain numbers."""

from __future__ import annotations

import pytest

from nolcat_desktop.conversion import damaged_cells, file_total, stopped_by
from nolcat_desktop.counter.release import Release
from tests.builders import Grid, a_report, grid, tsv, xlsx
from tests.conversion.sums import usage_of
from tests.reading.found import left_out, noticed, report, rules
from tests.reading.quirk_tables import (
    BOOK,
    FORMATS,
    JOURNAL,
    LIMIT,
    MONTHS,
    NOT_LICENSED,
    SUM,
    SUMS,
    TOTAL,
    block,
    books,
    exact,
    journals,
    jr1,
    stopped,
    text,
    totals,
)

R5 = Release.R5
PLATFORM = ["Platform", "Publisher", "User Activity", *TOTAL]
JR2 = [*JOURNAL, "Access Denied Category", *TOTAL, *MONTHS]


def pr1(*rows: list[str]) -> bytes:
    regular = ["Larch Online", "Larch", "Regular Searches", "383", "100", "100", "183"]
    return text([*block("Platform Report 1(R4)"), [*PLATFORM, *MONTHS], *rows, regular])


@pytest.mark.parametrize(
    "label", ["Total for all journals", "TOTAL FOR ALL JOURNALS", " Total  for all Journals", "Total"]
)
@pytest.mark.parametrize("last", [False, True])
def test_that_33_a_total_row_is_known_by_its_label_wherever_it_stands(label: str, last: bool) -> None:
    """Point 33: any case, before or behind the items."""
    rows = jr1()
    row = totals(label, 7, formats=True)
    exact(text([*rows[:8], *rows[9:], row] if last else [*rows[:8], row, *rows[9:]]), SUM)


@pytest.mark.parametrize("label", ["Total searches", "Total", "Total for all platforms", "Total Searches"])
def test_that_33_totals_of_reports_that_have_none_are_left_out(label: str) -> None:
    """Point 33: PR1, also with a blank row before it."""
    found = exact(pr1([], [label, "", "", "383", "100", "100", "183"]), 383)
    assert [rule for _, rule in left_out(found)] == ["total-row"]


def test_that_33_a_row_without_metric_that_is_the_sum_is_a_total() -> None:
    """Point 33: PR1's rows without a metric, with and without a name; otherwise they stop the report."""
    exact(pr1(["Larch Online", "Larch", "", "383", "100", "100", "183"]), 383)
    exact(pr1(["", "", "", "383", "100", "100", "183"]), 383)
    assert stopped(pr1(["Larch Online", "Larch", "", "384", "101", "100", "183"])) == "Rows without a metric"


def test_that_33_two_total_rows_are_two() -> None:
    """Point 33: JR2 has one a category; one of them may be blank."""
    limit, not_licensed = journals(LIMIT), journals(NOT_LICENSED)
    one = totals("Total for all journals", 8, metric=LIMIT)
    two = [*totals("Total for all journals", 8, metric=NOT_LICENSED)[:8], "", "", "", ""]
    found = exact(text([*block("Journal Report 2 (R4)"), JR2, one, two, *limit, *not_licensed]), 2 * SUM)
    assert [rule for _, rule in left_out(found)] == ["total-row"] * 2


def test_that_33_totals_carry_publisher_and_platform() -> None:
    """Point 33."""
    row = ["Total for all titles", "Larch", "Plat", *totals("", 7)[3:]]
    exact(text([*block("Book Report 2 (R4)"), [*BOOK, *TOTAL, *MONTHS], row, *books()]), SUM)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_that_33_shifted_totals_are_totals(columns: int) -> None:
    """Point 33: their values begin further left, in the columns of identifiers."""
    rows = jr1(name="Journal Report 1 GOA (R4)")
    total = rows[8]
    rows[8] = [total[0], *total[1 + columns :]]
    found = exact(text(rows), SUM)
    assert [rule for _, rule in left_out(found)] == ["total-row"]
    shifted = [["Total for all journals", *[""] * (7 - columns), metric, *SUMS] for metric in (LIMIT, NOT_LICENSED)]
    exact(text([*block("Journal Report 2 (R4)"), JR2, *shifted, *journals(LIMIT), *journals(NOT_LICENSED)]), 2 * SUM)


def test_that_33_a_row_without_any_name_is_a_total_only_if_it_adds_up() -> None:
    """Point 33: the label is lost; its numbers are those of all the others, or it is an item."""
    headings = [*BOOK, *TOTAL, *MONTHS]
    exact(text([*block("Book Report 1 (R4)"), headings, totals("", 7), *books()]), SUM)
    other = [*totals("", 7)[:-1], "5"]
    found = report(text([*block("Book Report 1 (R4)"), headings, other, *books()]))
    assert (found.items.height, file_total(found)) == (3, 2 * SUM - 1)


def test_that_33_a_label_without_its_place_is_told() -> None:
    """Point 33: among the items it is an item, and that is said."""
    rows = jr1()
    found = report(text([*rows[:8], rows[9], rows[8], rows[10]]))
    assert (found.items.height, noticed(found, "T-kept")) == (3, ["10"])


@pytest.mark.parametrize("label", ["All Databases", "All Titles", "Total", "Grand Total"])
def test_that_33_totals_that_publishers_add_to_release_5_are_proved_by_their_sums(label: str) -> None:
    """Point 33: with a publisher where the label leaves no doubt; a row that adds up to nothing is data, and told."""
    abstract = a_report(R5, "DR", titles=4)
    cells = grid(abstract)
    metric, first = cells[13].index("Metric_Type"), cells[13].index("Reporting_Period_Total")
    kinds = list(dict.fromkeys(row[metric] for row in cells[14:]))
    rows = []
    for kind in kinds:
        row = [""] * len(cells[13])
        row[0], row[metric] = label, kind
        row[1] = "Larch" if label.startswith("All ") else ""
        same = [other for other in cells[14:] if other[metric] == kind]
        row[first:] = [str(sum(int(other[n]) for other in same)) for n in range(first, len(row))]
        rows.append(row)
    found = exact(tsv([*cells[:14], *rows, *cells[14:]]), sum(row.total for row in abstract.rows))
    assert len(left_out(found)) == len(kinds)
    rows[0][-1] = "0"
    other = report(tsv([*cells[:14], *rows, *cells[14:]]))
    assert noticed(other, "T-kept")


def test_that_33_a_total_of_a_shortened_list_is_left_out_and_told() -> None:
    """Point 33: without publisher, and no row counts more; a single word, or a publisher, leaves it data."""
    abstract = a_report(R5, "DR", titles=4)
    cells = grid(abstract)
    metric, first = cells[13].index("Metric_Type"), cells[13].index("Reporting_Period_Total")
    row = [""] * len(cells[13])
    row[0], row[metric], row[first:] = "All Databases", cells[14][metric], ["99999"] * (len(row) - first)
    found = exact(tsv([*cells[:14], row, *cells[14:]]), sum(one.total for one in abstract.rows))
    assert noticed(found, "T-differs") == ["15"]
    for place, text_ in ((0, "Total"), (1, "Larch")):
        other = [*row[:place], text_, *row[place + 1 :]]
        assert noticed(report(tsv([*cells[:14], other, *cells[14:]])), "T-kept") == ["15"]


def test_that_33_all_with_the_metric_total_is_a_total() -> None:
    """Point 33: an item report's `All` whose metric is `TOTAL`."""
    abstract = a_report(R5, "IR_M1")
    cells = grid(abstract)
    metric, first = cells[13].index("Metric_Type"), cells[13].index("Reporting_Period_Total")
    row = [""] * len(cells[13])
    row[0], row[metric] = "All", "TOTAL"
    row[first:] = [str(sum(int(other[n]) for other in cells[14:])) for n in range(first, len(row))]
    exact(tsv([*cells, row]), sum(one.total for one in abstract.rows))


@pytest.mark.parametrize(
    "title", ["Total Recall", "All Quiet on the Western Front", "Totals of Rain", "Total for allotments"]
)
def test_that_33_a_title_that_begins_like_a_total_is_never_left_out(title: str) -> None:
    """Point 33: never by prefix, wherever it stands and without any identifier."""
    rows = jr1()
    rows[9][:7] = [title, *[""] * 6]
    rows[10][:7] = [title, *[""] * 6]
    exact(text(rows), SUM)


def test_that_33_a_title_that_is_not_known_is_data_in_release_5() -> None:
    """Point 33."""
    abstract = a_report(R5, "TR")
    cells = grid(abstract)
    for row in cells[14:17]:
        row[0] = ""
    found = exact(tsv(cells), sum(row.total for row in abstract.rows))
    assert found.items["Title"].null_count() == 3


@pytest.mark.parametrize("form", [text, xlsx])
@pytest.mark.parametrize("blank", [[], [""] * 13])
def test_that_34_blank_lines_lose_nothing(form: object, blank: list[str]) -> None:
    """Point 34: behind the headings, among the items, at the end; empty, or of delimiters only."""
    assert callable(form)
    rows = jr1()
    exact(form([*rows[:8], blank, *rows[8:10], blank, blank, *rows[10:], blank]), SUM)


def test_that_35_cells_left_out_at_the_end_of_a_row_are_blank() -> None:
    """Point 35: trailing zeros are not written; a short row ends nothing."""
    rows = jr1()
    rows[8] = rows[8][:8]
    rows.insert(9, [*journals()[0][:7], "3", "", "", "3"])
    found = exact(text(rows), SUM + 3)
    assert noticed(found, "F-short-row") == ["10"]


def test_that_35_surplus_texts_are_told() -> None:
    """Point 35: what stands behind the last heading and is no number."""
    rows = jr1()
    rows[9].append("estimated")
    found = exact(text(rows), SUM)
    assert noticed(found, "F-long-row") == ["N10"]


def with_comma(rows: Grid) -> bytes:
    """A comma-separated table with a title that has a comma and no quotes."""
    rows[9][0] = "Annals of Moss, Fern and Lichen"
    return text(rows, ",")


def test_that_35_a_row_that_a_delimiter_in_its_title_shifts_is_damaged_as_a_whole() -> None:
    """Point 35: refused; without it, the others are stored, and every cell of it is listed."""
    found = report(with_comma(jr1()))
    assert left_out(found) == [(9, "total-row"), (10, "shifted-row")]
    assert noticed(found, "F-shifted") == ["10"]
    cells = damaged_cells(found)
    assert [(one.position, one.value) for one in cells] == [("L10", "5"), ("M10", "0"), ("N10", "3")]
    assert usage_of(found)["usage_count"].sum() == 10


def test_that_35_a_shifted_row_is_damaged_also_when_its_last_cell_is_blank() -> None:
    """Point 35: then an identifier stands where the total must stand."""
    rows = jr1()
    rows[9][-1] = ""
    rows[9][7] = "5"
    found = report(with_comma(rows))
    assert [rule for _, rule in left_out(found)] == ["total-row", "shifted-row"]


def test_that_35_a_row_that_lost_a_cell_is_damaged_when_its_total_shows_it() -> None:
    """Point 35: shifted to the left, its numbers add up only one column further left."""
    rows = jr1()
    del rows[9][3]
    found = report(text(rows))
    assert left_out(found)[-1] == (10, "shifted-row")
    assert usage_of(found)["usage_count"].sum() == 10


@pytest.mark.parametrize("blank_zeros", [False, True])
def test_that_35_a_row_that_lost_a_cell_is_damaged_also_when_it_was_padded_again(blank_zeros: bool) -> None:
    """Point 35: as a spreadsheet program saves a text file, also beside rows whose last month is blank."""
    rows = jr1()
    del rows[9][3]
    rows[9].append("")
    for row in rows[8:] if blank_zeros else ():
        row[-1] = ""
    found = report(text(rows))
    assert left_out(found)[-1] == (10, "shifted-row")


def test_that_35_notes_far_to_the_right_in_a_workbook_are_no_shift() -> None:
    """Point 35: somebody's own numbers, a column apart."""
    rows = jr1()
    rows[9] += ["", "4711"]
    assert noticed(exact(xlsx(rows), SUM), "F-long-row") == ["O10"]


@pytest.mark.parametrize("blank", ["", " ", "\u00a0"])
def test_that_36_a_blank_count_is_zero(blank: str) -> None:
    """Point 36."""
    rows = jr1()
    rows[9][11] = blank
    exact(text(rows), SUM)


@pytest.mark.parametrize("value", ["-", "N/A", "-3", "1.234", "49.7", "1e5", "x", "#####", "#REF!"])
def test_that_36_37_what_is_no_count_is_told_by_its_cell(value: str) -> None:
    """Points 36 and 37: never 0, and never skipped with what follows."""
    rows = jr1()
    rows[9][10] = value
    found = report(text(rows))
    assert [(one.position, one.value) for one in damaged_cells(found)] == [("K10", value)]
    assert file_total(found) == SUM - 5


@pytest.mark.parametrize(
    "value", ["1,005", "'1,005'", "1005.0", "1 005", "=1005", '="1005"', "'1005", "+1005", "1,005.00"]
)
def test_that_37_numbers_with_separators_and_quotes_are_read(value: str) -> None:
    """Point 37: thousands, decimals of zero, apostrophes, a leading equals sign."""
    rows = jr1()
    rows[9][10], rows[9][7] = value, "1008"
    exact(text(rows), SUM + 1000)


def test_that_38_the_total_of_a_row_is_never_usage() -> None:
    """Point 38: it may say something else than its months."""
    rows = jr1()
    rows[9][7:10] = ["999", "", ""]
    exact(text(rows), SUM)


def test_that_39_rows_that_stand_twice_are_stored_twice() -> None:
    """Point 39: as delivered, never summed and never dropped."""
    rows = jr1()
    found = exact(text([*rows, rows[9]]), SUM + 8)
    assert usage_of(found).height == 7


def test_that_40_blanks_breaks_and_entities_are_tidied() -> None:
    """Point 40: in names and metrics; a DOI loses its gap."""
    abstract = a_report(R5, "TR")
    cells = grid(abstract)
    titles, metric, doi = (cells[13].index(name) for name in ("Title", "Metric_Type", "DOI"))
    for row in cells[14:]:
        row[titles], row[metric], row[doi] = (
            "The  MIT\nPress &amp; Co ",
            row[metric].replace("_", "_ ", 1),
            "10.5555/ xyz",
        )
    usage = usage_of(exact(tsv(cells), sum(row.total for row in abstract.rows)))
    assert usage["resource_name"].unique().to_list() == ["The MIT Press & Co"]
    assert set(usage["metric_type"]) <= {row.elements["Metric_Type"] for row in abstract.rows}
    assert usage["DOI"].unique().to_list() == ["10.5555/xyz"]


@pytest.mark.parametrize(
    "title", ["20071.0", "1984", "#BlackLivesMatter", "16 Acres", "2001-01-01", "NaN", "null", "007"]
)
@pytest.mark.parametrize("form", [text, xlsx])
def test_that_41_titles_that_look_like_something_else_stay_texts(title: str, form: object) -> None:
    """Point 41."""
    assert callable(form)
    rows = jr1()
    rows[9][0] = title
    found = exact(form(rows), SUM)
    assert title in usage_of(found)["resource_name"].to_list()
    assert ("X-text-as-number" in rules(found)) == title.endswith(".0")


def test_that_the_formats_are_no_usage() -> None:
    """Point 38: HTML and PDF are of the whole period."""
    rows = [*block("Journal Report 1 (R4)"), [*JOURNAL, *FORMATS, *MONTHS], *journals()]
    rows[8][8:10] = ["3", "5"]
    assert stopped_by(report(text(rows))) is None
    exact(text(rows), SUM)
