"""The lines of the review as they are shown, against what a reader of the rules would write down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView

from nolcat_desktop.gui.pages.add_lines import Fate, Line
from nolcat_desktop.gui.pages.add_model import Part, ReviewModel, cell_words
from nolcat_desktop.gui.pages.add_narrowed import Narrowed
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.workflow.reviewed import Reviewed

pytestmark = pytest.mark.usefixtures("theme")
CHIPS = ((), (Fate.DECIDE,), (Fate.CANNOT,), (Fate.LEFT_OUT, Fate.DONE), (Fate.NO_REPORT,))
WORDS = ("", "1", "a_", "_1", "added")
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("come"), st.integers(0, 2)),
        st.tuples(st.just("decide"), st.integers(0, 200)),
        st.tuples(st.just("rank"), st.just(0)),
        st.tuples(st.just("go"), st.integers(2, 5)),
        st.tuples(st.just("chip"), st.integers(0, len(CHIPS) - 1)),
        st.tuples(st.just("find"), st.integers(0, len(WORDS) - 1)),
    ),
    max_size=40,
)


class Review:
    """A review without files, its list in a view, and what the list should be."""

    def __init__(self) -> None:
        self.model = ReviewModel()
        self.shown = Narrowed(self.model)
        self.tester = QAbstractItemModelTester(self.shown, QAbstractItemModelTester.FailureReportingMode.Fatal)
        self.view = QTableView()
        self.view.setModel(self.shown)
        self.fates: tuple[Fate, ...] = ()
        self.text = ""
        self.kept: set[int] = set()
        self.told = 0

    def do(self, deed: str, value: int) -> None:
        deeds: dict[str, Callable[[int], object]] = {
            "come": self.come,
            "decide": self.decide,
            "rank": lambda _: self.model.rank(),
            "go": lambda every: self.model.remove(lambda line: line.reviewed.number % every == 0),
            "chip": self.choose,
            "find": self.find,
        }
        deeds[deed](value)

    def come(self, kind: int) -> None:
        self.told += 1
        self.model.put(Reviewed(f"{'abc'[kind]}_{self.told}.tsv", None, self.told, is_report=kind > 0))

    def decide(self, value: int) -> None:
        if not self.model.lines:
            return
        line = self.model.lines[value % len(self.model.lines)]
        name = ("left_out", "source_known", "written")[value % 3]
        self.model.decide([line], lambda one: setattr(one, name, not getattr(one, name)))

    def choose(self, chip: int) -> None:
        self.fates = CHIPS[chip]
        self.kept = {line.reviewed.number for line in self.model.lines if line.fate in self.fates}
        self.shown.narrow(self.fates)

    def find(self, word: int) -> None:
        self.text = WORDS[word]
        self.kept = {line.reviewed.number for line in self.model.lines if line.fate in self.fates}
        self.shown.narrow(text=self.text)

    def expected(self) -> list[int]:
        """Numbers of the lines, in the order in which they are to stand."""
        rows = [
            (self.model.keys[row], row, line.reviewed.number)
            for row, line in enumerate(self.model.lines)
            if self.is_wanted(line) and any(self.text in cell_words(line, part).casefold() for part in Part)
        ]
        return [number for _, _, number in sorted(rows)]

    def is_wanted(self, line: Line) -> bool:
        if not self.fates:
            return line.fate is not Fate.NO_REPORT
        return line.fate in self.fates or line.reviewed.number in self.kept

    def seen(self) -> list[int]:
        found = [self.shown.line(self.shown.index(row, 0)) for row in range(self.shown.rowCount())]
        return [line.reviewed.number for line in found if line is not None]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_that_each_line_stands_where_its_rank_puts_it_whatever_happens(
    theme: Theme, deeds: list[tuple[str, int]]
) -> None:
    del theme
    review = Review()
    for deed, value in deeds:
        review.do(deed, value)
        assert review.seen() == review.expected()
    review.view.deleteLater()


def test_that_the_current_line_stays_current_while_the_others_are_sorted() -> None:
    review = Review()
    for _ in range(20):
        review.come(1)
    line = review.model.lines[7]
    review.view.setCurrentIndex(review.shown.index_of(line))
    review.model.decide(review.model.lines[::2], lambda one: setattr(one, "source_known", True))
    review.model.rank()
    assert review.seen() == review.expected() != list(range(1, 21))
    assert review.shown.line(review.view.currentIndex()) is line


def test_that_a_line_that_changes_while_a_view_is_told_is_shown_as_it_is_then() -> None:
    review = Review()
    for _ in range(12):
        review.come(1)
    review.model.decide(review.model.lines[:6], lambda line: setattr(line, "left_out", True))
    review.choose(3)
    late = review.model.lines[10]

    def follow(*_: object) -> None:
        if not late.written:
            review.model.decide([late], lambda line: setattr(line, "written", True))

    review.shown.rowsAboutToBeRemoved.connect(follow)
    review.find(1)
    assert review.seen() == review.expected() == [1, 11]
