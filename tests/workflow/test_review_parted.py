"""Books here, journals there: a report beside what is loaded of the same months through a filter that excludes it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.pages.add_difference_words import beside_words
from nolcat_desktop.gui.pages.add_lines import Line
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.review_adding import Decision, add
from nolcat_desktop.workflow.review_plan import Todo
from nolcat_desktop.workflow.reviewing import Reviewed, review
from tests.builders import Abstract, a_report, tsv
from tests.workflow.shelf import of_type

WHOLE = a_report(Release.R51, "TR", months=2, titles=6)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", lambda: datetime(2024, 11, 24, 12, 0, tzinfo=UTC), "test")


def looked(library: Library, folder: Path, report: Abstract, name: str) -> Reviewed:
    (folder / name).write_bytes(tsv(report))
    (found,) = review([folder / name], library, Wishes(), Progress())
    return found


def put_in(library: Library, found: Reviewed) -> None:
    add([found], [Decision(found.proposal.source_id, found.proposal.name)], library, Progress())


def test_that_books_beside_journals_are_said_not_to_overlap(library: Library, tmp_path: Path) -> None:
    put_in(library, looked(library, tmp_path, of_type(WHOLE, "Book"), "books.tsv"))
    found = looked(library, tmp_path, of_type(WHOLE, "Journal"), "journals.tsv")
    assert found.todo is Todo.ADD
    parted = found.standing.parted
    assert parted is not None
    assert (parted.months, parted.loaded, parted.offered) == (found.months, ("Book",), ("Journal",))
    assert beside_words(Line(found)) == (
        "Jan – Feb 2024 are loaded for Book only, this report is for Journal: the two do not overlap. "
        "Both are kept, and no use is counted twice."
    )


def test_that_what_overlaps_or_is_of_other_months_is_not_called_apart(library: Library, tmp_path: Path) -> None:
    later = a_report(Release.R51, "TR", months=2, titles=6, begin=datetime(2024, 5, 1, tzinfo=UTC).date())
    put_in(library, looked(library, tmp_path, of_type(WHOLE, "Book"), "books.tsv"))
    assert looked(library, tmp_path, WHOLE, "whole.tsv").standing.parted is None
    assert looked(library, tmp_path, of_type(later, "Journal"), "later.tsv").standing.parted is None
    assert looked(library, tmp_path, of_type(WHOLE, "Book"), "again.tsv").standing.parted is None
