"""The review: it says what adding would do, writes nothing, and adding does exactly what was chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Answer, Library
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress, Step
from nolcat_desktop.workflow.answering import answer
from nolcat_desktop.workflow.converting import convert
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.review_adding import Added, Decision, add
from nolcat_desktop.workflow.review_again import read_again
from nolcat_desktop.workflow.review_changes import Changed, gaps_left
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.review_sheet import sheet_of, surroundings
from nolcat_desktop.workflow.review_source import Reason
from nolcat_desktop.workflow.review_titles import changed_texts, differing_titles
from nolcat_desktop.workflow.review_twins import rivals, settled
from nolcat_desktop.workflow.reviewing import Reviewed, review, review_one, with_twin
from tests.builders import Abstract, Row, a_report, empty, json, of_two_members, totals_only, tsv, workbook, xlsx
from tests.builders.damage import word_for_count
from tests.workflow.shelf import changed, of_type

R4, R5, R51 = Release.R4, Release.R5, Release.R51
NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", lambda: NOW)


def put(folder: Path, content: bytes | Abstract, name: str = "report.tsv") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else tsv(content))
    return file


def looked(library: Library, *paths: Path, wishes: Wishes | None = None) -> list[Reviewed]:
    return list(review(paths, library, wishes or Wishes(), Progress()))


def decided(reviewed: Reviewed, if_loaded: str = "fail", without_damaged: bool = False) -> Decision:
    proposal = reviewed.proposal
    return Decision(proposal.source_id, proposal.name, if_loaded, without_damaged)


def put_in(library: Library, *paths: Path, if_loaded: str = "fail") -> Added:
    found = [one for one in looked(library, *paths) if one.is_report]
    return add(found, [decided(one, if_loaded) for one in found], library, Progress())


def test_that_a_review_says_what_a_report_is_and_writes_nothing(library: Library, tmp_path: Path) -> None:
    (found,) = looked(library, put(tmp_path, a_report(R51, "TR", months=3, titles=4)))
    assert (found.todo, found.rows > 0, len(found.months)) == (Todo.ADD, True, 3)
    assert found.definition is not None
    assert (found.definition.report_id, found.release, found.level) == ("TR", R51, Level.PASSED)
    assert found.standing.fresh == found.months
    assert not library.layout.folder.exists()


def test_that_a_damaged_workbook_in_a_folder_is_missed_and_other_kinds_are_not(
    library: Library, tmp_path: Path
) -> None:
    whole = xlsx(a_report(R51, "TR", months=3, titles=4))
    for name, content in {"cut.xlsx": whole[: len(whole) // 2], "letter.pdf": b"%PDF-1.7 ", "TR.xlsx": whole}.items():
        put(tmp_path / "in", content, name)
    told = {
        Path(found.file).name: (found.todo, found.is_missed and found.is_broken)
        for found in looked(library, tmp_path / "in")
    }
    expected = {"TR.xlsx": (Todo.ADD, False), "cut.xlsx": (Todo.CANNOT, True), "letter.pdf": (Todo.CANNOT, False)}
    assert told == expected


def test_that_what_was_reviewed_is_what_is_added(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=3, titles=4)
    found = looked(library, put(tmp_path, report), put(tmp_path, a_report(R4, "JR1", months=2), "b.tsv"))
    added = add(found[:1], [decided(found[0])], library, Progress())
    (line,) = added.converted.lines
    assert (line.action, line.usage_total) == ("added", line.file_total)
    assert found[0].load is not None
    assert line.usage_total == found[0].load.tally.total == added.totals["uses"].sum()
    assert added.totals["rows"].sum() == line.rows
    assert {held.load.report_type for held in library.holdings()} == {"TR"}


def test_that_what_is_loaded_is_said_to_be_there(library: Library, tmp_path: Path) -> None:
    file = put(tmp_path, a_report(R51, "TR", months=3, titles=4))
    put_in(library, file)
    (found,) = looked(library, file)
    assert found.todo is Todo.ALREADY
    assert found.proposal.reason is Reason.SAME_PLATFORM
    assert (found.proposal.like, found.proposal.source_id) == (1, 1_000_001)


def test_that_more_months_are_added_beside_those_that_are_there(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=3, titles=4)
    first = replace(report, begin=report.begin, end=date(report.begin.year, report.begin.month + 1, 28))
    months = {f"{first.begin:%Y-%m}", f"{first.end:%Y-%m}"}
    short = replace(
        first,
        rows=tuple(
            Row(row.elements, kept)
            for row in report.rows
            if (kept := {month: count for month, count in row.counts.items() if month in months})
        ),
    )
    put_in(library, put(tmp_path, short))
    (found,) = looked(library, put(tmp_path, report, "longer.tsv"))
    assert found.todo is Todo.ADD
    assert (len(found.standing.fresh), len(found.standing.equal)) == (1, 2)


def test_that_other_numbers_are_shown_by_month_and_metric_before_they_replace_anything(
    library: Library, tmp_path: Path
) -> None:
    report = a_report(R51, "TR", months=3, titles=4)
    put_in(library, put(tmp_path, report))
    (found,) = looked(library, put(tmp_path, changed(report, 5), "new.tsv"))
    assert found.todo is Todo.DIFFERS
    assert len(found.standing.differing) == 1
    assert found.standing.differences is not None
    differing = found.standing.differences.filter(
        found.standing.differences["loaded"] != found.standing.differences["offered"]
    )
    assert differing["offered"][0] - differing["loaded"][0] == 5
    assert not found.standing.suggests_keeping
    month, metric = differing["month"][0], differing["metric"][0]
    titles = differing_titles(read_again(found, Progress()), found, library, (month, metric))
    assert titles.height == 1
    assert titles["offered"][0] - titles["loaded"][0] == 5
    kept = add([found], [decided(found, "skip")], library, Progress())
    assert kept.converted.lines[0].action == "skipped"
    replaced = add([found], [decided(found, "replace")], library, Progress())
    assert replaced.converted.lines[0].action == "replaced"
    assert looked(library, Path(found.file))[0].todo is Todo.ALREADY


def test_that_keeping_is_suggested_where_more_than_half_would_go(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=3, titles=4)
    metric = report.rows[0].elements["Metric_Type"]
    put_in(library, put(tmp_path, report))
    without = tuple(row for row in report.rows if row.elements["Metric_Type"] != metric)
    (found,) = looked(library, put(tmp_path, replace(report, rows=without), "less.tsv"))
    assert found.todo is Todo.DIFFERS
    assert found.standing.suggests_keeping


def test_that_another_release_and_part_of_what_is_loaded_are_told_apart(library: Library, tmp_path: Path) -> None:
    put_in(library, put(tmp_path, a_report(R5, "TR", months=3, titles=4, begin=date(2024, 1, 1))))
    other = a_report(R51, "TR", months=3, titles=4, begin=date(2024, 1, 1))
    (found,) = looked(library, put(tmp_path, other, "51.tsv"))
    assert found.todo is Todo.OTHER_RELEASE
    part = of_type(a_report(R5, "TR", months=3, titles=4, begin=date(2024, 1, 1)), "Journal")
    assert looked(library, put(tmp_path, part, "part.tsv"))[0].todo is Todo.OVERLAPS


def test_that_two_reports_of_one_review_are_held_against_each_other(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=3, titles=4)
    files = [put(tmp_path, each, f"{n}.tsv") for n, each in enumerate((report, report, changed(report)))]
    first, same, other = looked(library, *files)
    assert (first.todo, same.todo, other.todo) == (Todo.ADD, Todo.SAME_TWIN, Todo.TWIN)
    assert other.twin is not None
    assert other.twin.file == str(files[0])
    assert with_twin(other, []).todo is Todo.ADD


def test_that_a_correction_beside_the_loaded_file_is_held_against_the_library(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=3, titles=4)
    old = put(tmp_path, report, "a.tsv")
    put_in(library, old)
    again, new = looked(library, old, put(tmp_path, changed(report), "b.tsv"))
    assert (again.todo, new.todo) == (Todo.ALREADY, Todo.DIFFERS)
    assert new.replaceable == new.standing.differing


def test_that_the_sample_goes_into_no_library_but_its_own(library: Library, tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "resources" / "sample-reports-waiting" / "rowan-shelf_TR_2022_corrected.csv"
    (refused,) = looked(library, sample)
    assert refused.todo is Todo.CANNOT
    assert refused.problem is not None
    (line,) = add([refused], [decided(refused, "replace")], library, Progress()).converted.lines
    assert (line.action, line.problem) == ("failed", refused.problem)
    put_in(library, put(tmp_path, a_report(R51, "TR", months=3, titles=4)))
    assert [one.problem for one in convert([sample], library, Wishes(), Progress()).lines] == [refused.problem]
    own = Library.open(tmp_path / "sample", lambda: NOW)
    assert convert([sample], own, Wishes(), Progress()).entry
    put_in(own, put(tmp_path, a_report(R4, "JR1", months=2), "own.tsv"))
    assert looked(own, sample)[0].todo is Todo.ALREADY


def test_that_of_equal_reports_a_table_is_taken_and_of_differing_ones_all_are_named(
    library: Library, tmp_path: Path
) -> None:
    report = a_report(R51, "TR", months=3, titles=4)
    forms = {
        "a.json": json(report),
        "b.tsv": tsv(report),
        "c.tsv": tsv(changed(report)),
        "d.tsv": tsv(changed(report, 7)),
    }
    found = looked(library, *(put(tmp_path, content, name) for name, content in forms.items()))
    beside = settled(found, lambda _, one: one.todo in {Todo.ADD, Todo.TWIN})
    assert [one.todo for one in beside] == [Todo.SAME_TWIN, Todo.ADD, Todo.TWIN, Todo.TWIN]
    assert [one.twin.files for one in beside if one.twin] == [(), (found[1].file,), (found[1].file, found[2].file)]
    assert rivals(beside[2], beside) == (beside[0].key, beside[1].key, beside[3].key)
    assert beside[3].todo_when(if_loaded="skip") is Todo.TWIN


def test_that_what_a_spreadsheet_damaged_is_never_suggested(library: Library, tmp_path: Path) -> None:
    report = a_report(R4, "JR1", months=3, titles=4)
    put_in(library, put(tmp_path, report))
    grid = tsv(report).decode()
    issn = next(row.elements["Print_ISSN"] for row in report.rows if row.elements.get("Print_ISSN"))
    (found,) = looked(library, put(tmp_path, grid.replace(issn, "Apr-34").encode(), "issn.tsv"))
    assert (found.standing.todo, found.standing.is_worse) == (Todo.DIFFERS, True)
    assert (found.standing.suggests_keeping, found.standing.counts_are_equal) == (True, True)
    texts = changed_texts(read_again(found, Progress()), found, library, found.standing.differing[0])
    assert [("print_ISSN", issn, "Apr-34")] == texts.select("element", "loaded", "offered").rows()
    told = found.findings.filter(found.findings["value"] == "Apr-34")["rule"].unique().to_list()
    assert told == ["X-lost-identifier"]
    (found,) = looked(library, put(tmp_path, tsv(word_for_count(report).grid), "hashes.tsv"))
    assert (found.standing.is_worse, found.standing.suggests_keeping) == (True, True)


def test_that_what_replacing_would_lose_is_told(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=3, titles=6)
    put_in(library, put(tmp_path, report))
    (found,) = looked(library, put(tmp_path, of_type(report, "Book"), "part.tsv"))
    loss = found.standing.loss
    assert loss is not None
    assert "Journal" in loss.kinds
    assert 0.25 < loss.share <= 1


def test_that_what_is_skipped_says_what_is_there(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=3, titles=4)
    found = looked(library, put(tmp_path, report, "a.tsv"), put(tmp_path, json(report), "b.json"))
    added = add(found, [decided(one) for one in found], library, Progress())
    assert [line.action for line in added.converted.lines] == ["added", "skipped"]
    assert added.there == ("", found[0].file)


def test_that_of_several_files_it_is_told_how_many_are_read(library: Library, tmp_path: Path) -> None:
    for name in "abc":
        put(tmp_path / "in", a_report(R51, "TR", months=1, titles=2), f"{name}.tsv")
    steps: list[Step] = []
    list(review([tmp_path / "in"], library, Wishes(), Progress(steps.append)))
    assert [(step.phase, step.done, step.total) for step in steps] == [("Reading", n, 3) for n in range(3)]
    steps.clear()
    convert([tmp_path / "in"], library, Wishes(), Progress(steps.append))
    assert [(step.done, step.total) for step in steps if step.phase != "Writing"] == [(n, 3) for n in range(3)]


def test_that_a_damaged_cell_stops_a_report_until_it_is_left_out(library: Library, tmp_path: Path) -> None:
    damaged = word_for_count(a_report(R51, "TR", months=3, titles=4))
    (found,) = looked(library, put(tmp_path, tsv(damaged.grid)))
    assert found.todo is Todo.DAMAGED
    assert [cell.position for cell in found.damaged] == [damaged.position]
    assert found.standing.todo is Todo.ADD
    refused = add([found], [decided(found)], library, Progress())
    assert refused.converted.lines[0].problem is not None
    assert refused.converted.entry is None
    assert library.sources().rows == ()
    added = add([found], [decided(found, without_damaged=True)], library, Progress())
    assert added.converted.lines[0].action == "added"


def test_that_each_kind_of_report_that_cannot_be_added_says_why(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=3, titles=4)
    files = [put(tmp_path, totals_only(report), "a.tsv"), put(tmp_path, b"%PDF-1.7", "b.tsv"), tmp_path / "none.tsv"]
    found = looked(library, *files)
    assert [one.todo for one in found] == [Todo.CANNOT] * 3
    assert all(one.problem is not None and one.problem.remedy for one in found)
    assert [one.is_report for one in found] == [True, False, False]


def test_that_an_empty_report_is_added_as_such(library: Library, tmp_path: Path) -> None:
    (found,) = looked(library, put(tmp_path, empty(a_report(R51, "TR", months=3))))
    assert found.todo is Todo.ADD_EMPTY
    assert add([found], [decided(found)], library, Progress()).converted.lines[0].action == "empty"


def test_that_a_member_is_asked_for_and_looked_at_again(library: Library, tmp_path: Path) -> None:
    report = of_two_members(a_report(R51, "TR", months=2, titles=3))
    (found,) = looked(library, put(tmp_path, report))
    assert found.todo is Todo.MEMBER
    assert len(found.members) == 2
    again = review_one(read_again(found, Progress()), found, library, Wishes(member=found.members[0]))
    assert again.todo is Todo.ADD


def test_that_a_review_refuses_another_member_than_the_librarys(library: Library, tmp_path: Path) -> None:
    report = of_two_members(a_report(R51, "TR", months=2, titles=3))
    (found,) = looked(library, put(tmp_path, report))
    one, other = (
        review_one(read_again(found, Progress()), found, library, Wishes(source=7, member=name))
        for name in found.members
    )
    assert add([one], [Decision(7, member=found.members[0])], library, Progress()).converted.entry
    (later,) = looked(library, put(tmp_path, report, "later.tsv"))
    again = review_one(read_again(later, Progress()), later, library, Wishes(source=8, member=found.members[1]))
    assert again.todo is Todo.CANNOT
    assert again.standing.problem is not None
    assert found.members[0] in again.standing.problem.title
    (line,) = add([other], [Decision(8, member=found.members[1])], library, Progress()).converted.lines
    assert (line.action, line.problem) == ("failed", again.standing.problem)


def test_that_a_source_is_asked_for_where_two_are_alike(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=2, titles=3)
    file = put(tmp_path, report)
    for source in (7, 8):
        listed = looked(library, file, wishes=Wishes(source=source))
        add(listed, [Decision(source)], library, Progress())
    (found,) = looked(library, put(tmp_path, changed(report), "again.tsv"))
    assert found.todo is Todo.SOURCE
    assert {found.proposal.source_id, *found.proposal.others} == {7, 8}
    again = review_one(read_again(found, Progress()), found, library, Wishes(source=9))
    assert again.todo is Todo.ADD


def test_that_a_report_of_a_new_source_is_added_under_its_name(library: Library, tmp_path: Path) -> None:
    (found,) = looked(library, put(tmp_path, a_report(R51, "TR", months=2, titles=3)))
    assert found.proposal.reason is Reason.NEW
    add([found], [Decision(None, "Мой источник")], library, Progress())
    assert list(library.sources().names().values()) == ["Мой источник"]


def test_that_stopping_adds_nothing(library: Library, tmp_path: Path) -> None:
    found = looked(library, put(tmp_path, a_report(R51, "TR", months=2, titles=3)))
    stop = Event()
    stop.set()
    with pytest.raises(Cancelled):
        add(found, [decided(found[0])], library, Progress(stop=stop))
    assert library.holdings() == ()


def test_that_a_file_that_changed_meanwhile_is_not_added(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=2, titles=3)
    (found,) = looked(library, put(tmp_path, report))
    put(tmp_path, changed(report))
    (line,) = add([found], [decided(found)], library, Progress()).converted.lines
    assert line.problem is not None
    assert "changed" in line.problem.title
    with pytest.raises(NolcatError):
        read_again(found, Progress())


def test_that_every_sheet_of_a_workbook_is_found_again(library: Library, tmp_path: Path) -> None:
    reports = {name: a_report(R51, name, months=2, titles=3) for name in ("TR", "PR")}
    found = looked(library, put(tmp_path, workbook(reports), "both.xlsx"))
    assert [one.number for one in found] == [0, 1]
    for one in found:
        assert read_again(one, Progress()).origin.sheet == one.sheet
    added = add(found, [decided(one) for one in found], library, Progress())
    assert [line.action for line in added.converted.lines] == ["added", "added"]


def test_that_a_gap_that_is_left_is_named(library: Library, tmp_path: Path) -> None:
    early, late = a_report(R51, "TR", months=1, titles=3), a_report(R51, "TR", months=3, titles=3)
    month = f"{late.months[2]:%Y-%m}"
    rows = tuple(Row(row.elements, {month: row.counts[month]}) for row in late.rows if month in row.counts)
    last = replace(late, begin=late.months[2], rows=rows)
    added = put_in(library, put(tmp_path, early), put(tmp_path, last, "late.tsv"))
    assert added.gaps["months"].to_list() == [[f"{late.months[1]:%Y-%m}"]]
    ((source, kind, _),) = added.gaps.iter_rows()
    answer(library, [Answer(source, kind, f"{late.months[1]:%Y-%m}", f"{late.months[1]:%Y-%m}")], "2026-11-23")
    assert gaps_left(library, [(source, kind)]).is_empty()  # it is said that no report exists


def test_that_what_an_adding_changed_is_told_month_by_month(library: Library, tmp_path: Path) -> None:
    report = a_report(R51, "TR", months=3, titles=3)
    first, second, third = (f"{month:%Y-%m}" for month in report.months)
    (of,) = put_in(library, put(tmp_path, report)).changed
    assert of == Changed((first, second, third))
    (again,) = looked(library, put(tmp_path, changed(report), "new.tsv"))
    done = add([again], [Decision(again.proposal.source_id, if_loaded="replace")], library, Progress())
    assert done.changed == (Changed((), (first,), (second, third)),)


@pytest.mark.parametrize("make", [tsv, xlsx])
def test_that_a_cell_stands_among_its_neighbours_as_in_the_file(library: Library, tmp_path: Path, make: object) -> None:
    report = a_report(R51, "TR", months=6, titles=6)
    damaged = word_for_count(report, row=4)
    (found,) = looked(library, put(tmp_path, tsv(damaged.grid) if make is tsv else xlsx(damaged.grid), "x.bin"))
    again = read_again(found, Progress())
    around = surroundings(again, damaged.position)
    cells = around.sheet.cells
    assert cells.height == 5
    assert cells.width == 6
    assert around.row is not None
    assert around.column is not None
    assert around.sheet.rows[around.row] == damaged.position.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert cells.columns[around.column] == damaged.position.rstrip("0123456789")
    assert cells[around.row, around.column] == found.damaged[0].value
    assert around.sheet.heading == 0
    sheet = sheet_of(again)
    assert [sheet.cells[0, 0], sheet.rows[0]] == ["Report_Name", "1"]


def test_that_a_json_object_stands_by_its_path(library: Library, tmp_path: Path) -> None:
    (found,) = looked(library, put(tmp_path, json(a_report(R51, "TR", months=2, titles=3)), "x.json"))
    sheet = sheet_of(read_again(found, Progress()))
    around = surroundings(read_again(found, Progress()), f"{sheet.rows[2]}.Metric_Type")
    assert around.sheet.rows[around.row or 0] == sheet.rows[2]
    assert surroundings(read_again(found, Progress()), None).row is None
