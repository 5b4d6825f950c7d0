"""Columns of counts without a month: each is asked for, an answer is heard where it can be meant, and one cause is told
once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nolcat_desktop.conversion import file_total, stopped_by
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import Report, Told
from nolcat_desktop.workflow import Wishes, convert
from nolcat_desktop.workflow.rereading import read_original, told_of
from nolcat_desktop.workflow.review_again import judge_again
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.review_told import Answer, with_months
from nolcat_desktop.workflow.reviewing import Reviewed, review
from tests.builders import Grid, a_report, grid, heading_row, tsv
from tests.builders.damage import without_column
from tests.reading.found import report
from tests.reading.quirk_tables import SUM, jr1, text

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
ABSTRACT = a_report(Release.R5, "TR", months=6, titles=3)
TEXTS = ["Jan-2022", "Feb-2022", "Mar-2022", "Apr-2022", "May-2022", "Jun-2022"]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", lambda: NOW)


def headed(**texts: str) -> Grid:
    """The report with other headings: `m3="Foo"`."""
    cells = grid(ABSTRACT)
    row = cells[heading_row(ABSTRACT) - 1]
    shown = [texts.get(f"m{number}", one) for number, one in enumerate(TEXTS, 1)]
    cells[heading_row(ABSTRACT) - 1] = [*row[: -len(TEXTS)], *shown]
    return cells


def looked(library: Library, folder: Path, content: bytes, name: str = "usage.tsv") -> Reviewed:
    file = folder / name
    file.write_bytes(content)
    (found,) = review([file], library, Wishes(), Progress())
    return found


def offered(found: Reviewed) -> list[tuple[str, dict[str, str]]]:
    assert found.question is not None
    return [(one.way, {cell: f"{month:%b-%Y}" for cell, month in one.cells}) for one in found.question.answers]


@pytest.mark.parametrize(
    ("texts", "answers"),
    [
        ({"m3": ""}, [("beside", {"T14": "Mar-2022"})]),
        ({"m3": "Foo", "m4": ""}, [("beside", {"T14": "Mar-2022", "U14": "Apr-2022"})]),
        ({"m1": ""}, [("beside", {"R14": "Jan-2022"})]),
        ({"m3": "Feb-2022"}, [("beside", {"T14": "Mar-2022"})]),
        ({"m3": "05/03/2025"}, [("beside", {"T14": "Mar-2022"})]),
        ({f"m{n}": f"Period {n}" for n in range(1, 7)}, [("beside", dict(zip("RSTUVW", TEXTS, strict=True)))]),
    ],
)
def test_that_the_columns_beside_prove_what_is_offered(
    library: Library, tmp_path: Path, texts: dict[str, str], answers: list[tuple[str, dict[str, str]]]
) -> None:
    found = looked(library, tmp_path, tsv(headed(**texts)))
    assert found.todo is Todo.PERIOD
    named = [
        (way, {cell if cell[1:] else f"{cell}14": month for cell, month in cells.items()}) for way, cells in answers
    ]
    assert offered(found)[0] == named[0]


def test_that_nothing_is_proved_beside_a_gap_or_outside_the_period(library: Library, tmp_path: Path) -> None:
    gap = jr1(months=["Jan-2017", "", "Apr-2017"])
    assert offered(looked(library, tmp_path, text(gap))) == []
    beyond = jr1(months=["", "Jan-2017", "Feb-2017"])
    found = looked(library, tmp_path, text(beyond))
    assert (found.todo, offered(found)) == (Todo.PERIOD, [])


def test_that_an_answer_is_what_is_stored_and_holds_when_all_is_read_again(library: Library, tmp_path: Path) -> None:
    found = looked(library, tmp_path, text(jr1(months=["Jan-2017", "Foo", "Mar-2017"])))
    told = with_months(Told(), [("L8", date(2017, 2, 1))])
    answered = judge_again(found, Answer(found.sha256, told), library, Progress())
    assert (answered.todo, answered.question, answered.months) == (Todo.ADD, None, ("2017-01", "2017-02", "2017-03"))
    assert [(one.position, one.before, one.after, one.rule) for one in answered.repairs] == [
        ("L8", "Foo", "Feb-2017", "heading-told")
    ]
    convert([tmp_path / "usage.tsv"], library, Wishes(told=told), Progress())
    (held,) = library.holdings()
    assert (held.load.tally.total, told_of(held.load)) == (SUM, told)
    assert read_original(library, held.load).months == tuple(date(2017, month, 1) for month in (1, 2, 3))


@pytest.mark.parametrize(
    ("months", "cells"),
    [
        (["Jan-2017", "Feb-2017", "Foo"], {"L8": "2017-03"}),  # a plain month stays what it is
        (["Jan-2017", "", "Foo"], {"L8": "2017-01"}),  # and no other heading becomes it
        (["Jan-2017", "", "Foo"], {"L8": "2017-02", "M8": "2017-02"}),  # nobody knows which of the two is meant
    ],
)
def test_that_an_answer_is_not_heard_where_it_cannot_be_meant(months: list[str], cells: dict[str, str]) -> None:
    told = Told(months=tuple((cell, date.fromisoformat(f"{month}-01")) for cell, month in cells.items()))
    (found,) = read_content(text(jr1(months=months)), "usage.tsv", Progress(), told)
    assert isinstance(found, Report)
    plain = [one for one in months if one not in {"", "Foo"}]
    assert [f"{month:%b-%Y}" for month in found.months] == plain
    assert stopped_by(found) is not None


def test_that_of_a_month_that_stands_twice_either_can_be_told() -> None:
    content = text(jr1(months=["Jan-2017", "Jan-2017", "Mar-2017"]))
    for cell in ("K8", "L8"):
        told = Told(months=((cell, date(2017, 2, 1)),))
        (found,) = read_content(content, "usage.tsv", Progress(), told)
        assert isinstance(found, Report)
        assert (stopped_by(found), file_total(found, None)) == (None, SUM)
        assert {one.position: one.month for one in found.headings}[cell] == date(2017, 2, 1)


def test_that_columns_which_only_together_make_the_totals_stop_a_report() -> None:
    problem = stopped_by(report(text(jr1(months=["Jan-2017", "", "Foo"]))))
    assert problem is not None
    assert problem.position == "L8"


def test_that_a_blank_first_month_stops_a_report_whose_totals_count_it() -> None:
    problem = stopped_by(report(tsv(headed(m1=""))))
    assert problem is not None
    assert (problem.title, problem.position) == ("A column of numbers belongs to no month", "R14")


def test_that_what_only_follows_is_not_told_beside_its_cause(library: Library, tmp_path: Path) -> None:
    asked = looked(library, tmp_path, tsv(headed(m3="")))
    assert asked.findings.is_empty()
    note = [[*line, "x"] if n >= heading_row(ABSTRACT) else line for n, line in enumerate(grid(ABSTRACT))]
    note[heading_row(ABSTRACT) - 1] = [*note[heading_row(ABSTRACT) - 1], "Note"]
    assert looked(library, tmp_path, tsv(note)).findings["rule"].to_list() == ["K-06"]
    missing = looked(library, tmp_path, tsv(without_column(ABSTRACT, "Publisher")))
    assert missing.findings["rule"].to_list() == ["K-08"]
