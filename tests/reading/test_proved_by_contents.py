"""What a file's contents prove against its header, or without one: the release, the report, decimal commas."""

from __future__ import annotations

import pytest

from nolcat_desktop.conversion import file_total, stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import NOTHING_TOLD, NotAReport, Report, Told
from tests.builders import Grid, a_report, damage, grid, tsv, xlsx
from tests.reading.found import everything, noticed, report, rules
from tests.reading.json_reports import header5, header51, item5, item51, of, parent51, part5, read

R4, R5, R51 = Release.R4, Release.R5, Release.R51
PART = part5("2022-01", 31, ("No_License", 3))


def bare(release: Release, report_id: str, words: dict[str, str]) -> Report:
    """A report without its header, whose cells in some columns say one word."""
    cells = damage.without_header(a_report(release, report_id, months=3))
    places = {cells[0].index(name): word for name, word in words.items()}
    told = [cells[0], *([places.get(n, text) for n, text in enumerate(row)] for row in cells[1:])]
    (found,) = everything(tsv(told), f"{report_id}.tsv")
    assert isinstance(found, Report)
    return found


@pytest.mark.parametrize(
    ("report_id", "words", "release"),
    [
        ("TR", {"Access_Type": "Open"}, R51),
        ("TR", {"Access_Type": "OA_Gold"}, R5),
        ("DR", {"Data_Type": "Database_Full"}, R51),
        ("IR", {"Access_Type": "Free_To_Read", "Data_Type": "Article"}, R51),
        ("DR", {"Data_Type": "Book"}, R5),
    ],
)
def test_that_words_of_one_release_tell_it_where_nothing_else_does(
    report_id: str, words: dict[str, str], release: Release
) -> None:
    assert bare(R51, report_id, words).release is release


def test_that_the_layout_of_json_proves_the_release_that_its_header_denies() -> None:
    of_51 = read(of(header51(Release="5"), parent51(item51({"No_License": {"2022-01": 3}}))))
    of_5 = read(of(header5(Release="5.1"), item5(PART)))
    for found, release in ((of_51, R51), (of_5, R5)):
        assert found.definition is not None
        assert (found.release, found.definition.release) == (release, release)
        assert "J-layout" in rules(found)
        assert stopped_by(found) is None
        assert file_total(found) == 3


def test_that_items_with_the_name_of_another_report_deny_the_report_id() -> None:
    found = read(of(header5(Report_ID="DR", Report_Name="Title Master Report"), item5(PART)))
    assert (found.report_id, "R-05" in rules(found)) == ("TR", True)
    unsure = read(of(header5(Report_ID="DR", Report_Name="Database Master Report"), item5(PART)))
    assert stopped_by(unsure) is not None


def with_commas(cells: Grid, ending: str) -> Grid:
    start = next(n for n, row in enumerate(cells) if len(row) > 6)
    first = next(n for n, text in enumerate(cells[start]) if text.replace(" ", "_") == "Reporting_Period_Total")
    return [
        [text + ending if n >= first and text.isdigit() and text != "0" else text for n, text in enumerate(row)]
        if place > start
        else row
        for place, row in enumerate(cells)
    ]


@pytest.mark.parametrize("ending", [",0", ",00"])
@pytest.mark.parametrize(("release", "report_id"), [(R4, "DB1"), (R5, "TR"), (R51, "DR")])
def test_that_decimal_commas_are_read_where_all_counts_have_them(release: Release, report_id: str, ending: str) -> None:
    abstract = a_report(release, report_id)
    for form in (tsv, xlsx):
        found = report(form(with_commas(grid(abstract), ending)))
        assert stopped_by(found) is None
        assert file_total(found) == file_total(report(form(abstract)))
        assert noticed(found, "F-decimal-comma")


def test_that_decimal_commas_beside_other_counts_prove_nothing() -> None:
    whole = grid(a_report(R5, "TR"))
    cells = with_commas(whole, ",00")
    cells[-1] = whole[-1]
    assert "F-decimal-comma" not in rules(report(tsv(cells)))
    wrong = with_commas(whole, ",00")
    wrong[-1][-1] = "7,00" if wrong[-1][-1] != "7,00" else "8,00"
    assert "F-decimal-comma" not in rules(report(tsv(wrong)))
    thousands = with_commas(whole, ",000")
    assert "F-decimal-comma" not in rules(report(tsv(thousands)))


def test_that_a_surplus_number_does_not_stop_a_row_whose_total_proves_it_straight() -> None:
    abstract = a_report(R5, "TR")
    cells = grid(abstract)
    row = next(n for n in range(14, len(cells)) if int(cells[n][-1] or 0) > 0)
    whole = file_total(report(tsv(cells)))
    cells[row] = [*cells[row], "7"]
    found = report(tsv(cells))
    assert file_total(found) == whole
    assert "F-long-row" in rules(found)
    total = cells[13].index("Reporting_Period_Total")
    cells[row][total] = str(int(cells[row][total]) + 1)
    assert "F-shifted" in rules(report(tsv(cells)))


def test_that_a_heading_too_many_moves_every_row() -> None:
    cells = grid(a_report(R5, "TR"))
    total = cells[13].index("Reporting_Period_Total")
    cells[13].insert(total, "Note")
    for form in (tsv, xlsx):
        assert "F-shifted" in rules(report(form(cells)))


def platforms(file: str = "usage.tsv", told: Told = NOTHING_TOLD, first: str = "Jan-2024") -> Report | NotAReport:
    """A PR of Release 5.1 without its header: Release 5 has the same columns."""
    cells = damage.without_header(a_report(R51, "PR", months=1))
    cells[0][-1] = first
    (found,) = read_content(tsv(cells), file, told=told)
    return found


@pytest.mark.parametrize(
    ("file", "release"),
    [
        ("PR_R51.tsv", R51), ("PR 5.1.tsv", R51), ("counter51-2024.tsv", R51), ("x Release 5.1.tsv", R51),
        ("old.zip!/r5.1/PR (COUNTER 5.1).tsv", R51), ("PR_R5_2024.tsv", R5), ("COUNTER 5.tsv", R5),
        ("PR_R5.0.tsv", R5), ("usage.tsv", None), ("5.1.2024.tsv", None), ("2024-5.1.tsv", None),
        ("PR_R5_1.tsv", None), ("R5 and R5.1.tsv", None), ("v15.tsv", None), ("r5.1/usage.tsv", None),
        ("PR5.tsv", None),
    ],
)  # fmt: skip
def test_that_a_file_that_names_the_release_tells_it(file: str, release: Release | None) -> None:
    found = platforms(file)
    assert isinstance(found, Report)
    assert (found.release, found.possible) == ((release, ()) if release else (R5, (R5, R51)))
    assert ("R-release" in rules(found)) is (release is None)
    assert stopped_by(found) is None


def test_that_the_user_and_the_first_month_tell_the_release() -> None:
    told = platforms(told=Told(release=R51))
    assert isinstance(told, Report)
    assert (told.release, told.report_id, told.possible, "R-told" in rules(told)) == (R51, "PR", (), True)
    late = platforms(first="Jan-2025")
    assert isinstance(late, Report)
    assert (late.release, late.possible) == (R51, ())
    denied = platforms(told=Told(release=R4))
    assert isinstance(denied, NotAReport)
    assert denied.problem.title == "This is no report of Release 4"
    assert "PR of Release 5" in denied.problem.meaning


def test_that_a_header_without_the_release_is_unsure_only_where_its_columns_are() -> None:
    def read_without(release: Release, report_id: str) -> Report:
        rows = grid(a_report(release, report_id, months=2))
        return report(tsv([row for row in rows if not row or row[0] not in {"Release", "Registry_Record"}]))

    assert read_without(R5, "TR_J1").possible == (R5, R51)
    told = read_without(R51, "TR")
    assert (told.release, told.possible, "R-02" in rules(told)) == (R51, (), True)
    whole = grid(a_report(R51, "TR_J1", months=2))
    kept = report(tsv([row for row in whole if not row or row[0] != "Release"]))
    assert (kept.release, kept.possible) == (R51, ())
