"""Header and headings are found by what they say, wherever they stand; several reports in one table are all found."""

from __future__ import annotations

from datetime import date

import pytest

from nolcat_desktop.conversion import stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import Report
from tests.builders import Abstract, Grid, a_report, csv, damage, empty, grid, heading_row, totals_only, tsv, xlsx
from tests.conversion.sums import usage_of
from tests.reading.found import everything, refusal, report, reports, rules

REPORTS = [(Release.R4, "JR1"), (Release.R4, "BR2"), (Release.R5, "TR"), (Release.R51, "DR_D1"), (Release.R5, "PR_P1")]
EACH = pytest.mark.parametrize("abstract", [a_report(*pair, titles=6) for pair in REPORTS], ids=lambda a: a.report_id)


def shifted(cells: Grid, columns: int) -> Grid:
    """The same cells further right."""
    return [[""] * columns + line if line else line for line in cells]


def without_blank_rows(cells: Grid) -> Grid:
    """Without the row between header and headings."""
    return [line for line in cells if line]


def blank_rows_after(cells: Grid, row: int, number: int) -> Grid:
    """With blank rows below a row."""
    return [*cells[:row], *[[]] * number, *cells[row:]]


def same(content: bytes, abstract: Abstract, file: str = "report.tsv") -> Report:
    """The report in `content`, which must say what the plain file says."""
    found, plain = report(content, file), report(tsv(abstract))
    assert (found.definition, found.release, found.months) == (plain.definition, plain.release, plain.months)
    assert dict(found.header.texts) == dict(plain.header.texts)
    assert found.items.drop("row").equals(plain.items.drop("row"))
    assert usage_of(found).equals(usage_of(plain))
    return found


@EACH
@pytest.mark.parametrize("form", [tsv, csv, xlsx])
def test_that_lines_above_the_header_are_passed(abstract: Abstract, form: object) -> None:
    assert callable(form)
    found = same(form(damage.title_above(abstract)), abstract)
    assert found.heading_row == heading_row(abstract) + 2
    assert "Usage statistics" in [cell.label for cell in found.header.cells] + [
        cell.value for cell in found.header.cells
    ]


@EACH
def test_that_a_header_further_right_is_found(abstract: Abstract) -> None:
    if abstract.report_id == "BR2":  # a blank heading beside blank columns names nothing
        return
    found = same(xlsx(shifted(grid(abstract), 2)), abstract)
    assert found.headings[-1].position == report(xlsx(abstract)).headings[-1].position.replace(
        report(xlsx(abstract)).headings[-1].position.rstrip("0123456789"),
        found.headings[-1].position.rstrip("0123456789"),
    )


@EACH
@pytest.mark.parametrize("blank", [0, 1, 5])
def test_that_any_number_of_blank_rows_stands_before_the_headings(abstract: Abstract, blank: int) -> None:
    head = heading_row(abstract) - 1
    cells = [line for line in grid(abstract)[:head] if line]
    same(tsv([*cells, *[[]] * blank, *grid(abstract)[head:]]), abstract)


@EACH
def test_that_blank_rows_below_the_headings_are_told_and_dropped(abstract: Abstract) -> None:
    found = same(tsv(blank_rows_after(grid(abstract), heading_row(abstract), 2)), abstract)
    (told,) = [one for one in found.irregularities if one.rule == "F-12"]
    assert (told.position, told.detail) == (str(heading_row(abstract) + 1), "2")


@EACH
def test_that_padding_changes_nothing(abstract: Abstract) -> None:
    assert rules(same(csv(damage.padded(grid(abstract))), abstract)) == rules(report(csv(abstract)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Report_ID", "Report ID"),
        ("Report_Name", "Report Name"),
        ("Report_ID", "report_id:"),
        ("Institution_Name", "INSTITUTION_NAME"),
        ("Created", " Created "),
        ("\t5\n", "\t5.0\n"),
        ("\t5\n", "\tR5\n"),
        ("\tTR\n", "\ttr\n"),
    ],
)
def test_that_labels_and_codes_are_read_loosely(before: str, after: str) -> None:
    abstract = a_report(Release.R5, "TR")
    content = tsv(abstract).decode()
    assert content.count(before) >= 1
    found = report(content.replace(before, after, 1).encode())
    assert (found.release, found.report_id) == (Release.R5, "TR")
    assert found.header.texts.keys() == report(tsv(abstract)).header.texts.keys()


def test_that_the_report_id_holds_against_the_name() -> None:
    found = report(tsv(a_report(Release.R5, "DR", report_name="Title Master Report")))
    assert found.report_id == "DR"


def test_that_a_missing_report_id_is_made_up_for_by_the_name() -> None:
    cells = [line for line in grid(a_report(Release.R5, "TR_J1")) if line[:1] != ["Report_ID"]]
    found = report(tsv(cells))
    assert found.report_id == "TR_J1"
    assert "R-05" in rules(found)


def test_that_a_missing_release_is_told() -> None:
    cells = [line for line in grid(a_report(Release.R5, "TR")) if line[:1] != ["Release"]]
    found = report(tsv(cells))
    assert (found.release, "R-02" in rules(found)) == (Release.R5, True)
    cells = [line for line in grid(a_report(Release.R51, "TR")) if line[:1] != ["Release"]]
    assert report(tsv(cells)).release is Release.R51


def test_that_a_header_without_report_id_and_name_is_made_up_for_by_the_headings() -> None:
    cells = [line for line in grid(a_report(Release.R51, "TR")) if line[:1] not in (["Report_ID"], ["Report_Name"])]
    found = report(tsv(cells))
    assert (found.release, found.report_id, "R-06" in rules(found)) == (Release.R51, "TR", True)


def test_that_an_unknown_release_stops_the_report() -> None:
    found = report(tsv(grid(a_report(Release.R5, "TR"))).replace(b"Release\t5\n", b"Release\t6\n"))
    problem = stopped_by(found)
    assert problem is not None
    assert (problem.title, problem.position) == ("COUNTER Release “6” is not known", "B3")


@pytest.mark.parametrize("report_id", ["PR", "DR", "TR", "IR"])
@pytest.mark.parametrize(("release", "begin"), [(Release.R5, date(2022, 1, 1)), (Release.R51, date(2025, 3, 1))])
def test_that_a_master_without_header_is_told_by_its_columns(release: Release, begin: date, report_id: str) -> None:
    abstract = a_report(release, report_id, begin=begin)
    found = report(tsv(damage.without_header(abstract)))
    assert (found.release, found.report_id, found.heading_row) == (release, report_id, 1)
    assert "R-06" in rules(found)
    assert found.items.height == len(abstract.rows)


@pytest.mark.parametrize("report_id", ["JR1", "JR1GOA", "JR1a", "BR1", "BR2"])
def test_that_twins_without_header_are_refused_unless_a_name_tells(report_id: str) -> None:
    cells = damage.without_header(a_report(Release.R4, report_id))
    found = refusal(tsv(cells), "statistics 2017.tsv")
    assert found.problem.title == "It cannot be told which report this is"
    assert report_id in found.problem.meaning
    assert report(tsv(cells), f"Vendor {report_id} 2017.tsv").report_id == report_id
    assert report(xlsx(cells, sheet=f"{report_id} 2017"), "book.xlsx").report_id == report_id
    assert "R4-F06" in rules(report(tsv(cells), f"{report_id}.tsv"))


@pytest.mark.parametrize("report_id", ["JR2", "BR3", "BR5", "DB1", "DB2", "PR1", "MR1", "TR1", "TR2"])
def test_that_other_r4_reports_without_header_are_told_by_their_columns(report_id: str) -> None:
    abstract = a_report(Release.R4, report_id)
    found = everything(tsv(damage.without_header(abstract)))[0]
    if isinstance(found, Report):
        assert (found.release, found.report_id) == (Release.R4, report_id)
        assert found.items.height == len(abstract.rows)
    else:
        assert found.problem.title == "It cannot be told which report this is"


@pytest.mark.parametrize("header", [True, False])
def test_that_two_reports_under_one_another_are_both_found(header: bool) -> None:
    first, second = a_report(Release.R5, "TR"), a_report(Release.R5, "DR_D1")
    cells = damage.two_exports_in_one(first, second)
    cells = cells if header else cells[heading_row(first) - 1 :]
    found = reports(tsv(cells))
    assert [one.report_id for one in found] == ["TR", "DR_D1"]
    assert [one.items.height for one in found] == [len(first.rows), len(second.rows)]
    assert "F-06" in rules(found[0])
    assert usage_of(found[1]).equals(usage_of(report(tsv(second))))


def test_that_two_r4_reports_under_one_another_are_both_found() -> None:
    first, second = a_report(Release.R4, "JR1"), a_report(Release.R4, "DB1")
    found = reports(xlsx(damage.two_exports_in_one(first, second)), "book.xlsx")
    assert [one.report_id for one in found] == ["JR1", "DB1"]
    assert [one.items.height for one in found] == [len(first.rows), len(second.rows)]
    assert "R4-F04" in rules(found[0])
    assert found[1].positions.rows(found[1].items["row"]).to_list()[0] == str(len(grid(first)) + 1 + 8 + 1)


@pytest.mark.parametrize(("release", "report_id"), REPORTS)
def test_that_an_empty_report_is_a_report(release: Release, report_id: str) -> None:
    abstract = empty(a_report(release, report_id))
    found = report(tsv(abstract))
    assert (found.report_id, found.items.height, found.covered_months()) == (report_id, 0, abstract.months)
    assert stopped_by(found) is None
    assert usage_of(found).is_empty()


def test_that_a_header_without_headings_is_a_report_that_covers_its_period() -> None:
    abstract = empty(a_report(Release.R5, "TR"))
    found = report(tsv(grid(abstract)[:12]))
    assert (found.report_id, found.heading_row, found.covered_months()) == ("TR", None, abstract.months)
    assert "K-01" in rules(found)
    assert [one.code for one in found.header.exceptions] == [3030]


def test_that_totals_without_months_are_never_usage() -> None:
    abstract = totals_only(a_report(Release.R5, "TR"))
    found = report(tsv(abstract))
    problem = stopped_by(found)
    assert (found.totals_only, found.items.height) == (True, len(abstract.rows))
    assert problem is not None
    assert problem.title == "The report has totals only"


@pytest.mark.parametrize("months", [("Articles in Press", "YOP 2017", "YOP Pre-2000", "YOP unknown")])
def test_that_jr5_is_refused_as_totals(months: tuple[str, ...]) -> None:
    cells = grid(a_report(Release.R4, "JR1"))
    cells[0][0] = "Journal Report 5 (R4)"
    cells[7] = [*cells[7][:7], *months]
    cells[8:] = [line[: len(cells[7])] for line in cells[8:]]
    for content, name in ((tsv(cells), "x.tsv"), (tsv(cells[7:]), "bare.tsv")):
        found = report(content, name)
        assert (found.report_id, found.totals_only) == ("JR5", True)
        assert stopped_by(found) is not None


@pytest.mark.parametrize("name", ["Database Report 1(R3) ", "Journal Report 1 (R3)", "Book Report 2 (R1)"])
def test_that_an_old_release_with_the_columns_of_another_report_is_named(name: str) -> None:
    cells = grid(a_report(Release.R4, "DB1"))
    cells[0][0] = name
    found = refusal(tsv(cells))
    assert found.problem.title.endswith(f"({name.strip()[-3:-1]})")
    assert found.problem.position == "A1"


@pytest.mark.parametrize(
    "name",
    ["Journal Report 1(R4)", "Journal Report 1 (R4) ", "journal report 1 (r4)", "Journal Report 1 (R4): Number of"],
)
def test_that_the_name_of_an_r4_report_is_read_loosely(name: str) -> None:
    cells = grid(a_report(Release.R4, "JR1"))
    cells[0][0] = name
    assert report(tsv(cells)).report_id == "JR1"


@pytest.mark.parametrize("name", ["Journal Report 1 GOA (R4)", "Journal Report 1a (R4)", "Journal Report 1b (R4)"])
def test_that_namesakes_of_jr1_stay_apart(name: str) -> None:
    cells = grid(a_report(Release.R4, "JR1"))
    cells[0][0] = name
    assert report(tsv(cells)).report_id == "JR1" + name.removeprefix("Journal Report 1").split("(")[0].strip()
