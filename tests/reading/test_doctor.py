"""What spreadsheet programs do to identifiers, numbers and rows: found, repaired where it is proved, else told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.conversion import count_repairs, stopped_by
from nolcat_desktop.counter.identifiers import isbn_check, issn_check
from nolcat_desktop.reading.repairs_identifiers import isbn_candidates, issn_candidates
from tests.builders import Grid, xlsx
from tests.conversion.sums import usage_of
from tests.reading.found import noticed, report, rules
from tests.reading.quirk_tables import BOOK, MONTHS, SUM, TOTAL, block, books, exact, journals, jr1, text


def with_issn(value: str) -> Grid:
    rows = jr1()
    rows[9][5] = value
    return rows


def with_isbn(value: str, *more: list[str]) -> Grid:
    rows = books()
    rows[0][5] = value
    return [*block("Book Report 1 (R4)"), [*BOOK, *TOTAL, *MONTHS], *rows, *more]


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("280836", "0028-0836", "issn-zeros"),
        ("280836.0", "0028-0836", "issn-zeros"),
        ("28-0836", "0028-0836", "issn-zeros"),
        ("9623-12-01", "0012-9623", "issn-date"),
        ("9623-12-01 00:00:00", "0012-9623", "issn-date"),
        ("Dec-9623", "0012-9623", "issn-date"),
        ("12/1/9623", "0012-9623", "issn-date"),
        ("01.12.9623", "0012-9623", "issn-date"),
        ("2.80836E+05", "0028-0836", "issn-exponent"),
    ],
)
@pytest.mark.parametrize("form", [text, xlsx])
def test_that_a_spoiled_issn_is_repaired_when_its_check_digit_proves_it(
    before: str, after: str, rule: str, form: object
) -> None:
    assert callable(form)
    found = exact(form(with_issn(before)), SUM)
    (repair,) = found.repairs
    assert (repair.position, repair.element, repair.before, repair.after) == ("F10", "Print_ISSN", before, after)
    assert repair.rule == rule
    assert found.items["Print_ISSN"][0] == before  # as delivered
    assert usage_of(found)["print_ISSN"][0] == after


@pytest.mark.parametrize("text_", ["280837", "Jan-99", "2/1/2023", "2023-02-01"])
def test_that_an_issn_that_nothing_proves_is_told_and_kept(text_: str) -> None:
    found = exact(text(with_issn(text_)), SUM)
    assert found.repairs == ()
    assert noticed(found, "X-lost-identifier") == ["F10"]
    assert usage_of(found)["print_ISSN"][0] == text_


@pytest.mark.parametrize(
    "text_", ["0028-0836", "1111-1111", "n/a", "", "00280836", "21509654;21509662", "Print", "n.d."]
)
def test_that_other_texts_are_left_alone(text_: str) -> None:
    found = exact(text(with_issn(text_)), SUM)
    assert found.repairs == ()
    assert "X-lost-identifier" not in rules(found)


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("9.780306406157E+12", "9780306406157", "isbn-exponent"),
        ("9,780306406157E+12", "9780306406157", "isbn-exponent"),
        ("9780306406157.0", "9780306406157", "isbn-decimals"),
        ("306406152", "0306406152", "isbn-zeros"),
        ("80442957X", "080442957X", "isbn-zeros"),
    ],
)
def test_that_a_spoiled_isbn_is_repaired_when_its_check_digit_proves_it(before: str, after: str, rule: str) -> None:
    found = exact(text(with_isbn(before)), SUM)
    assert [(one.position, one.before, one.after, one.rule) for one in found.repairs] == [("F9", before, after, rule)]
    assert usage_of(found)["ISBN"][0] == after


def test_that_lost_digits_of_an_isbn_are_told() -> None:
    found = exact(text(with_isbn("9.78031E+12")), SUM)
    assert found.repairs == ()
    assert noticed(found, "X-lost-identifier") == ["F9"]
    assert usage_of(found)["ISBN"][0] == "9.78031E+12"


def test_that_another_row_of_the_same_title_gives_an_isbn_back() -> None:
    again = [*books()[0][:7], "4", "4", "0", "0"]
    found = exact(text(with_isbn("9.78031E+12", again)), SUM + 4)
    (repair,) = found.repairs
    assert (repair.after, repair.proof) == ("978-0-306-40615-7", "the same title has it in row 11")
    other = [*again[:5], "978-1-4028-9462-6", *again[6:]]
    assert exact(text(with_isbn("9.78031E+12", other)), SUM + 4).repairs == ()


ISSNS = st.integers(1, 9_999_999).map(lambda number: issn_of(f"{number:07}"))


def issn_of(seven: str) -> str:
    rest = -sum(int(digit) * weight for digit, weight in zip(seven, range(8, 1, -1), strict=True)) % 11
    return f"{seven[:4]}-{seven[4:]}{'X' if rest == 10 else rest}"


@given(ISSNS)
def test_that_what_excel_does_to_an_issn_is_undone_or_left(issn: str) -> None:
    assert issn_check(issn)
    bare = issn.replace("-", "")
    if bare.isdigit() and bare.startswith("0") and len(str(int(bare))) >= 4:
        assert issn_candidates(str(int(bare)))[1] == [issn]
    month, year = int(issn[:4]), issn[5:]
    if 1 <= month <= 12 and year.isdigit() and int(year) >= 1900:
        assert issn in issn_candidates(f"{year}-{month:02}-01")[1]


@given(st.text(max_size=20))
def test_that_any_text_is_answered_and_every_answer_has_a_sound_check_digit(anything: str) -> None:
    assert all(issn_check(one) for one in issn_candidates(anything)[1])
    assert all(isbn_check(one) for one in isbn_candidates(anything)[1])


def test_that_numbers_that_were_mended_are_repairs() -> None:
    rows = jr1()
    rows[9][10], rows[10][12] = "1,005", "3.0"
    found = exact(text(rows), SUM + 1000)
    assert [(one.position, one.before, one.after) for one in count_repairs(found)] == [
        ("K10", "1,005", "1005"), ("M11", "3.0", "3"),
    ]  # fmt: skip


def test_that_hashes_are_told_wherever_they_stand() -> None:
    rows = jr1()
    rows[9][0] = "########"
    assert noticed(exact(text(rows), SUM), "X-hashes") == ["A10"]


def a_sorted_half() -> Grid:
    """Four journals; the names and totals sorted, the months not."""
    names = [
        [f"Journal {n}", "L", "LO", "", f"P{n}", "", "", str(total), "", ""] for n, total in enumerate((3, 9, 6, 1))
    ]
    months = [["1", "1", "1"], ["3", "3", "3"], ["2", "2", "2"], ["1", "0", "0"]]
    head = jr1()[:8]
    assert [int(name[7]) for name in names] == [sum(map(int, month)) for month in months]
    names.sort(key=lambda name: int(name[7]))
    return [*head, *(name + month for name, month in zip(names, months, strict=True))]


def test_that_numbers_sorted_apart_from_their_titles_stop_the_report() -> None:
    problem = stopped_by(report(text(a_sorted_half())))
    assert problem is not None
    assert (problem.title, problem.position) == ("The rows do not belong together", "9")
    assert "the total of row 9 is the sum of row 12" in problem.meaning
    assert "3 rows in all" in problem.meaning


def test_that_every_total_out_of_place_is_told_at_its_cell_with_where_it_belongs() -> None:
    found = report(text(a_sorted_half()))
    told = [one for one in found.irregularities if one.rule == "X-out-of-place"]
    assert [(one.position, one.value, one.detail) for one in told] == [
        ("H9", "1", "the months of this row add up to 3, and 1 is the sum of row 12"),
        ("H10", "3", "the months of this row add up to 9, and 3 is the sum of row 9"),
        ("H12", "9", "the months of this row add up to 1, and 9 is the sum of row 10"),
    ]  # fmt: skip


@pytest.mark.parametrize(("columns", "span"), [((10,), "2017-01"), ((11, 12), "2017-02 to 2017-03")])
def test_that_months_sorted_apart_from_the_others_stop_the_report(columns: tuple[int, ...], span: str) -> None:
    counts = ((5, 60, 40), (90, 7, 20), (30, 3, 300), (1, 0, 1))
    rows = [
        [f"Journal {n}", "L", "LO", "", f"P{n}", "", "", str(sum(of)), "", "", *map(str, of)]
        for n, of in enumerate(counts)
    ]
    head = jr1()[:8]
    assert stopped_by(report(text([*head, *rows]))) is None
    moved = sorted([[row[n] for n in columns] for row in rows], key=lambda cells: int(cells[0]))
    for row, cells in zip(rows, moved, strict=True):
        for n, cell in zip(columns, cells, strict=True):
            row[n] = cell
    problem = stopped_by(report(text([*head, *rows])))
    assert problem is not None
    assert f"what {span} lack to the totals stands in other rows (rows 9" in problem.meaning
    told = [one for one in report(text([*head, *rows])).irregularities if one.rule == "X-out-of-place"]
    assert len(told) >= 3
    assert all((one.position or "").startswith("H") and f" in {span}, where " in (one.detail or "") for one in told)


def test_that_totals_that_are_merely_wrong_stop_nothing() -> None:
    rows = a_sorted_half()
    rows[8][7] = "77"
    assert "X-sorted-half" not in rules(report(text(rows)))
    assert stopped_by(report(text(rows))) is None


def test_that_columns_in_another_order_are_read() -> None:
    head = jr1()[:7]
    order = [12, 3, 0, 10, 7, 1, 2, 11, 6, 5, 4]
    table = [[*row, *[""] * (13 - len(row))] for row in jr1()[7:]]
    moved = [[row[n] for n in order] for row in table if row[0] != "Total for all journals"]
    assert exact(text([*head, *moved]), SUM).month_columns == ("2017-03", "2017-01", "2017-02")


def test_that_a_repair_reads_as_one_sentence() -> None:
    (repair,) = report(text(with_issn("280836"))).repairs
    assert str(repair).startswith("F10: “280836” → “0028-0836” (issn-zeros: ")


def test_that_sound_rows_have_no_repairs() -> None:
    found = report(text([*jr1()[:8], *journals()]))
    assert (found.repairs, count_repairs(found)) == ((), ())
