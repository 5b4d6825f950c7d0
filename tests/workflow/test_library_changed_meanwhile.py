"""The library changes between a review and its adding: by another window, or another program."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.converting import convert
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.review_adding import Decision, add
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.reviewing import Reviewed, review
from tests.builders import a_report, tsv


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", lambda: datetime(2024, 11, 24, 12, 0, tzinfo=UTC), "test")


def put(folder: Path, seed: int, kind: str = "TR") -> Path:
    file = folder / f"{kind}_{seed}.tsv"
    file.write_bytes(tsv(a_report(Release.R51, kind, months=2, titles=3, seed=seed)))
    return file


def looked(library: Library, file: Path) -> Reviewed:
    (found,) = review([file], library, Wishes(), Progress())
    return found


def replacing(reviewed: Reviewed) -> Decision:
    return Decision(reviewed.proposal.source_id, reviewed.proposal.name, "replace")


def total(library: Library) -> int:
    return sum(held.load.tally.total for held in library.holdings() if held.load.report_type == "TR")


def test_that_only_the_numbers_that_were_compared_are_replaced(library: Library, tmp_path: Path) -> None:
    convert([put(tmp_path, 1)], library, Wishes(), Progress())
    mine = looked(library, put(tmp_path, 2))
    assert mine.todo is Todo.DIFFERS
    convert([put(tmp_path, 3)], library, Wishes(if_loaded="replace"), Progress())  # another window does so meanwhile
    theirs = total(library)
    (line,) = add([mine], [replacing(mine)], library, Progress()).converted.lines
    assert line.action == "failed"
    assert line.problem is not None
    assert line.problem.title == "The library changed since this report was compared with it"
    assert total(library) == theirs
    again = looked(library, tmp_path / "TR_2.tsv")
    (line,) = add([again], [replacing(again)], library, Progress()).converted.lines
    assert line.action == "replaced"
    assert total(library) == line.usage_total != theirs
    assert library.verify(Progress()) == []


def test_that_what_changed_and_was_taken_back_stops_nothing(library: Library, tmp_path: Path) -> None:
    convert([put(tmp_path, 1)], library, Wishes(), Progress())
    mine = looked(library, put(tmp_path, 2))
    convert([put(tmp_path, 3)], library, Wishes(if_loaded="replace"), Progress())
    library.undo()
    (line,) = add([mine], [replacing(mine)], library, Progress()).converted.lines
    assert line.action == "replaced"
    assert line.usage_total == total(library)
