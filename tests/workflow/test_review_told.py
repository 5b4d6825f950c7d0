"""What a review asks about old tables, and that it holds to what it was told, as long as the file stays the same."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.report import Told
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.review_adding import Decision, add
from nolcat_desktop.workflow.review_again import judge_again
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.review_source import Proposal, Reason
from nolcat_desktop.workflow.review_told import NO_ANSWERS, Answer, Answers
from nolcat_desktop.workflow.reviewing import Reviewed, review
from tests.builders import a_report, json, tsv
from tests.reading.quirk_tables import SUM, jr1, text

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
YEAR = Told("JR1", date(2017, 1, 1), date(2017, 12, 31))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", lambda: NOW)


def put(folder: Path, content: bytes, name: str = "usage.tsv") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def looked(library: Library, file: Path, answers: Answers = NO_ANSWERS) -> Reviewed:
    (found,) = review([file], library, Wishes(), Progress(), answers)
    return found


def headed(*months: str, period: str = "") -> bytes:
    """A JR1 that says which it is, with these months."""
    rows = [row[: 10 + len(months)] for row in jr1(months=months)]
    rows[4] = [period]
    return text(rows)


def bare(*months: str) -> bytes:
    """A JR1 without the rows above its headings, with an ISSN that lost its zeros."""
    rows = jr1(months=months)[7:]
    rows[2][5] = "280836"
    return text(rows)


def answers_to(library: Library, file: Path) -> list[tuple[str, list[str]]]:
    question = looked(library, file).question
    assert question is not None
    return [(one.way, [f"{month:%Y-%m}" for month in one.months]) for one in question.answers]


def test_that_a_day_and_month_that_may_be_exchanged_have_two_answers(library: Library, tmp_path: Path) -> None:
    file = put(tmp_path, headed("03/01/2023"))
    found = looked(library, file)
    assert found.todo is Todo.PERIOD
    assert found.question is not None
    assert (found.question.cells, found.question.counts) == ((("K8", "03/01/2023"),), 2)
    assert answers_to(library, file) == [("month_first", ["2023-03"]), ("day_first", ["2023-01"])]


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (("17-Jan", "17-Feb", "17-Mar"), [("year", ["2017-01", "2017-02", "2017-03"])]),
        (("17-Mar", "17-Feb", "17-Jan"), [("year", ["2017-03", "2017-02", "2017-01"])]),
        (("42736", "42767", "42795"), [("as_dated", ["2017-01", "2017-02", "2017-03"])]),
        (("Jan", "Feb", "Mar"), []),
    ],
)
def test_that_only_answers_that_settle_every_heading_are_offered(
    library: Library, tmp_path: Path, months: tuple[str, ...], expected: list[tuple[str, list[str]]]
) -> None:
    assert answers_to(library, put(tmp_path, headed(*months))) == expected


def test_that_the_heading_itself_is_asked_for_where_a_period_would_not_be_heard(
    library: Library, tmp_path: Path
) -> None:
    found = looked(library, put(tmp_path, headed("03/01/2023", period="2016-01-01 to 2016-12-31")))
    assert found.question is not None
    assert (found.todo, found.question.by_cell) == (Todo.PERIOD, True)
    assert [one.cells for one in found.question.answers] == [(("K8", date(2023, month, 1)),) for month in (3, 1)]


def test_that_a_table_without_a_block_is_asked_for_even_in_a_folder(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    put(folder, bare("Jan-2017", "Feb-2017", "Mar-2017"))
    found = looked(library, folder)
    assert (found.todo, found.is_missed, found.candidates[0]) == (Todo.REPORT, False, "JR1")


@pytest.mark.parametrize("archived", [False, True])
def test_that_what_is_told_and_declined_is_what_is_added(library: Library, tmp_path: Path, archived: bool) -> None:
    file = put(tmp_path, bare("17-Jan", "17-Feb", "17-Mar"))
    if archived:
        with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
            archive.write(file, "usage.tsv")
        file = tmp_path / "old.zip"
    found = looked(library, file)
    told = judge_again(found, Answer(found.sha256, Told("JR1")), library, Progress())
    assert told.todo is Todo.PERIOD
    whole = judge_again(told, Answer(found.sha256, YEAR), library, Progress())
    assert (whole.todo, [one.position for one in whole.repairs]) == (Todo.ADD, ["K1", "L1", "M1", "F3"])
    declined = judge_again(whole, Answer(found.sha256, YEAR, frozenset({"F3", "Z99"})), library, Progress())
    assert (declined.declined, len(declined.repairs)) == (frozenset({"F3"}), 4)
    added = add([declined], [Decision(7)], library, Progress())
    (line,) = added.converted.lines
    assert (line.action, line.usage_total, line.file_total) == ("added", SUM, SUM)
    (held,) = library.holdings()
    assert (held.load.declined, held.load.told["begin"]) == (("F3",), "2017-01-01")
    assert held.rows().collect()["print_ISSN"].drop_nulls().unique().to_list() == ["280836"]


def test_that_a_declined_month_has_no_place_until_it_is_said(library: Library, tmp_path: Path) -> None:
    found = looked(library, put(tmp_path, headed("17-Jan", "Feb-2017", "Mar-2017", period="2017-01-01 to 2017-03-31")))
    assert [one.position for one in found.repairs] == ["K8"]
    declined = judge_again(found, Answer(found.sha256, declined=frozenset({"K8"})), library, Progress())
    assert declined.question is not None
    assert (declined.todo, declined.load, declined.question.cells) == (Todo.PERIOD, None, (("K8", "17-Jan"),))
    assert declined.problem is not None
    assert declined.problem.position == "K8"


def test_that_answers_hold_when_all_is_checked_again_but_not_for_another_file(library: Library, tmp_path: Path) -> None:
    file = put(tmp_path, bare("Jan-2017", "Feb-2017", "Mar-2017"))
    found = looked(library, file)
    chosen = Proposal(None, "Мой источник", Reason.CHOSEN)
    said = judge_again(found, Answer(found.sha256, Told("JR1"), frozenset({"F3"}), None, chosen), library, Progress())
    assert said.answer.says_anything
    again = looked(library, file, {said.key: said.answer})
    assert (again.todo, again.told, again.declined) == (Todo.ADD, Told("JR1"), frozenset({"F3"}))
    assert (again.proposal, again.answer) == (chosen, said.answer)
    put(tmp_path, bare("Jan-2018", "Feb-2018", "Mar-2018"))
    other = looked(library, file, {said.key: said.answer})
    assert (other.todo, other.told) == (Todo.REPORT, Told())
    with pytest.raises(NolcatError, match="changed"):
        judge_again(found, said.answer, library, Progress())


@pytest.mark.parametrize("form", [tsv, json])
def test_that_a_sound_report_asks_nothing_and_says_nothing(library: Library, tmp_path: Path, form: object) -> None:
    content = form(a_report(Release.R51, "TR", months=2, titles=3))  # type: ignore[operator]
    found = looked(library, put(tmp_path, content, f"report.{getattr(form, '__name__', '')}"))
    assert (found.question, found.candidates, found.repairs, found.repaired) == (None, (), (), 0)
    assert not found.answer.says_anything
