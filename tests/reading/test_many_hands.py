"""What was found with files that went through many hands: nothing of them is lost, and nothing is dated wrongly."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from json import dumps

import pytest
from openpyxl import Workbook

from nolcat_desktop.conversion import damaged_cells, stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import NotAReport, Report, Told
from tests.builders import a_report, every_report, grid, tree, tsv
from tests.reading.found import left_out, noticed, report, rules
from tests.reading.quirk_tables import (
    BOOK,
    JOURNAL,
    MONTHS,
    SUM,
    TOTAL,
    block,
    books,
    exact,
    journals,
    jr1,
    stopped,
    text,
    totals,
)  # fmt: skip

TR = a_report(Release.R5, "TR", titles=3)


@pytest.mark.parametrize(
    "written", ["05. Jan", "5-Jan", "05.01.2024", "2024-01-05", "COUNTER 5.1", "Release 5.1", "v5.1"]
)
def test_that_a_release_that_a_spreadsheet_took_for_a_day_is_still_that_release(written: str) -> None:
    abstract = a_report(Release.R51, "TR", titles=2)
    cells = grid(abstract)
    cells[2][1] = written
    found = report(tsv(cells))
    assert (found.release, found.report_id, stopped_by(found)) == (Release.R51, "TR", None)


@pytest.mark.parametrize("written", ["06. Jan", "2024-01-06", "5.2", "05. Feb", "Release 6", "1. Mai"])
def test_that_another_day_is_no_release(written: str) -> None:
    cells = grid(a_report(Release.R51, "TR", titles=2))
    cells[2][1] = written
    assert report(tsv(cells)).release is None


def test_that_a_count_whose_formula_was_never_worked_out_is_damaged_and_no_zero() -> None:
    book = Workbook()
    for row in jr1():
        book.active.append(row)
    book.active["K10"] = "=2+3"
    content = BytesIO()
    book.save(content)
    found = report(content.getvalue(), "x.xlsx")
    assert [(one.position, one.value) for one in damaged_cells(found)] == [("K10", "=2+3")]


@pytest.mark.parametrize("title", ["Report_Name", "Report Name", "Journal Report 1 (R4) handbook"])
def test_that_an_item_called_as_a_header_begins_is_an_item(title: str) -> None:
    rows = jr1()
    rows[9][0] = title
    assert exact(text(rows), SUM).items["Title"].to_list() == [title, "Bees and Light"]


def test_that_two_reports_under_one_another_are_still_two() -> None:
    found = [one for one in read_content(text([*jr1(), [], *jr1()]), "both.tsv") if isinstance(one, Report)]
    assert [one.items.height for one in found] == [2, 2]


@pytest.mark.parametrize(
    "months", [["2017-01-01 00:00:00", "2017-02-01", "03/2017"], ["Jan", "Feb", "Mar"], ["", "", ""], ["Jan-2017"] * 3]
)
def test_that_headings_that_come_again_in_another_form_are_left_out(months: list[str]) -> None:
    rows = jr1()
    again = [*rows[7][:-3], *months]
    found = exact(text([*rows[:10], again, *rows[10:]]), SUM)
    assert left_out(found) == [(9, "total-row"), (11, "second-heading")]


def test_that_an_item_with_the_words_of_some_headings_is_none_of_them() -> None:
    rows = jr1()
    rows[9][:3] = ["Journal", "Publisher", "Platform"]
    assert left_out(exact(text(rows), SUM)) == [(9, "total-row")]


MORE = ["Jan-2017", "Feb-2017", "Mar-2017", "Apr-2017"]


def four(months: list[str], period: str) -> bytes:
    """Two journals with 1 use in each of four months."""
    rows = [[*row[:7], "4", *["1"] * 4] for row in journals()]
    return text([*block("Journal Report 1 (R4)", period), [*JOURNAL, "Reporting Period Total", *months], *rows])


@pytest.mark.parametrize(("place", "odd"), [(0, "Jan-2012"), (1, "2011-02-01"), (2, "2024-03-11"), (3, "Apr-2071")])
def test_that_one_heading_that_leaves_the_run_is_read_with_a_repair(place: int, odd: str) -> None:
    months = [*MORE[:place], odd, *MORE[place + 1 :]]
    found = exact(four(months, "2017-01-01 to 2017-04-30"), 8)
    assert found.month_columns == ("2017-01", "2017-02", "2017-03", "2017-04")
    assert [(one.before, one.after, one.rule) for one in found.repairs] == [(odd, MORE[place], "heading-month")]


def test_that_one_heading_that_leaves_the_run_is_asked_when_no_period_settles_it() -> None:
    assert stopped(four([MORE[0], "Feb-2011", *MORE[2:]], "")) == "A column of numbers belongs to no month"


@pytest.mark.parametrize(
    ("months", "period"),
    [
        (["Jan-2017", "Feb-2017", "Mar-2017", "Apr-2018"], "2017-01-01 to 2018-04-30"),
        (["Jan-2017", "Feb-2017", "Mar-2017", "Jun-2017"], "2017-01-01 to 2017-06-30"),
        (["Jan-2017", "Feb-2018", "Mar-2017", "Apr-2018"], "2017-01-01 to 2018-12-31"),
    ],
)
def test_that_gaps_and_other_orders_of_months_are_left_as_they_are(months: list[str], period: str) -> None:
    found = exact(four(months, period), 8)
    wanted = tuple(f"{text_[4:]}-{1 + 'JanFebMarAprMayJun'.index(text_[:3]) // 3:02}" for text_ in months)
    assert (found.month_columns, found.repairs) == (wanted, ())


def test_that_names_of_months_in_any_order_are_dated_by_the_one_year_that_the_period_has() -> None:
    found = exact(four(["Mar", "Jan", "Apr", "Feb"], "2017-01-01 to 2017-12-31"), 8)
    assert found.month_columns == ("2017-03", "2017-01", "2017-04", "2017-02")
    assert stopped(four(["Mar", "Jan", "Apr", "Feb"], "2016-12-01 to 2018-04-30")) != ""


def test_that_headings_may_come_again_where_a_column_holds_the_year() -> None:
    heads = [*JOURNAL, "Reporting Period Total", "Year", "Jan", "Feb", "Mar"]
    rows = [[*row[:8], "2017", *row[-3:]] for row in journals()]
    found = exact(text([*block("Journal Report 1 (R4)"), heads, rows[0], heads, rows[1]]), SUM)
    assert left_out(found) == [(10, "second-heading")]


def test_that_months_prove_a_row_of_sums_whose_total_is_blank() -> None:
    nameless = [*[""] * 10, "7", "5", "6"]
    rows = [row for row in jr1() if row[0] != "Total for all journals"]
    assert left_out(exact(text([*rows, nameless]), SUM)) == [(11, "total-row")]
    nameless[-1] = "7"
    assert left_out(report(text([*rows, nameless]))) == []


@pytest.mark.parametrize("release_and_id", [one for one in every_report() if one[0] is not Release.R4])
def test_that_items_without_a_header_are_told_by_attributes_and_name_and_never_wrongly(
    release_and_id: tuple[Release, str],
) -> None:
    release, report_id = release_and_id
    content = dumps({"Report_Items": tree(a_report(release, report_id))["Report_Items"]}).encode()
    (by_items,) = read_content(content, "export.json")
    assert isinstance(by_items, Report)
    assert by_items.definition is None or by_items.report_id == report_id
    assert by_items.definition is not None or stopped_by(by_items) is not None
    for file, told in ((f"{report_id}-d.json", Told()), ("export.json", Told(report_id))):
        (named,) = read_content(content, file, told=told)
        assert isinstance(named, Report)
        assert (named.report_id, named.release) == (report_id, release)
        assert {"R-06", "R-told"} & set(rules(named))


def test_that_a_name_that_the_items_do_not_allow_is_not_taken() -> None:
    content = dumps({"Report_Items": tree(TR)["Report_Items"]}).encode()
    (found,) = read_content(content, "DR.json")
    assert isinstance(found, Report)
    assert found.report_id == "TR"
    (told,) = read_content(content, "x.json", told=Told("DR"))
    assert isinstance(told, NotAReport) or stopped_by(told) is not None


def test_that_merged_cells_formulas_and_formats_are_read_as_they_are_shown() -> None:
    book = Workbook()
    sheet = book.active
    for line in jr1():
        sheet.append(line)
    sheet.merge_cells("A1:F1")
    for place, month in zip("KLM", (1, 2, 3), strict=True):
        sheet[f"{place}8"] = date(2017, month, 1)
        sheet[f"{place}8"].number_format = "mmm-yy"
        for row in (9, 10, 11):
            sheet[f"{place}{row}"] = int(sheet[f"{place}{row}"].value)
    sheet["F10"], sheet["F10"].number_format = 280836, "0000-0000"
    sheet.column_dimensions["D"].hidden = True
    target = BytesIO()
    book.save(target)
    found = exact(target.getvalue(), SUM, "report.xlsx")
    assert found.month_columns == ("2017-01", "2017-02", "2017-03")


def with_heading(text_: str) -> bytes:
    """Four months, the last of which has this heading; no item has cells that can all be read."""
    rows = [[*row[:7], "4", "x", "1", "1", "1"] for row in journals()]
    whole = ["Total for all journals", *[""] * 6, "8", "2", "2", "2", "2"]
    heads = [*JOURNAL, "Reporting Period Total", *MORE[:3], text_]
    return text([*block("Journal Report 1 (R4)", "2017-01-01 to 2017-04-30"), heads, whole, *rows])


@pytest.mark.parametrize("heading", ["?-2017", "#####", "lip"])
def test_that_a_last_column_without_a_month_stops_the_report_when_the_total_row_counts_it_in(heading: str) -> None:
    assert stopped(with_heading(heading)) == "A column of numbers belongs to no month"


def test_that_a_column_without_a_month_stops_the_report_when_its_cells_cannot_be_read() -> None:
    rows = jr1(months=["Jan-2017", "#####", "Mar-2017"])
    for row, cell in zip(rows[8:], ("0", "0", "n/a"), strict=True):
        row[11] = cell
    assert stopped(text(rows)) == "A column of numbers belongs to no month"


def test_that_a_row_that_lost_a_cell_is_told_also_when_its_numbers_add_up_in_both_places() -> None:
    rows = [[*row[:7], *row[10:]] for row in jr1()[10:]]
    heads = [*JOURNAL, "Reporting Period Total", *MORE[:3]]
    lost = ["Crocus", "Larch", "Larch Online", "", "C", "1476-4687", "6", "3", "0", "3"]
    table = [*block("Journal Report 1 (R4)"), heads, *([*row[:7], "10", *row[7:]] for row in rows), lost]
    found = report(text(table))
    assert [one.position for one in damaged_cells(found)] == ["I10", "J10"]
    assert left_out(found) == [(10, "shifted-row")]


def test_that_a_title_column_without_a_heading_is_found_on_a_sheet_that_begins_further_right() -> None:
    table = [*block("Book Report 1 (R4)"), [*BOOK, *TOTAL, *MONTHS], totals("Total for all titles", 7), *books()]
    found = exact(text([["", *row] for row in table]), SUM)
    assert (found.items["Title"].to_list(), left_out(found)) == (["Moss Atlas", "Tarns"], [(9, "total-row")])


def test_that_a_label_is_not_needed_where_the_period_has_its_form() -> None:
    rows = jr1(months=["17-Jan", "17-Feb", "17-Mar"])
    rows[3], rows[5] = ["Zeitraum"], [""]
    assert exact(text(rows), SUM).month_columns == ("2017-01", "2017-02", "2017-03")
    assert noticed(report(text(rows)), "R4-M03") == []


def test_that_a_row_that_lost_a_cell_is_told_by_a_number_in_place_of_its_metric() -> None:
    heads = [*JOURNAL, "Access Denied Category", "Reporting Period Total", *MORE[:3]]
    metric = "Access denied: content item not licensed"
    rows = [[*row[:7], metric, "9", *row[10:]] for row in journals()]
    rows[1][8] = "11"
    del rows[1][3]
    found = report(text([*block("Journal Report 2 (R4)"), heads, *rows]))
    assert left_out(found) == [(10, "shifted-row")]
