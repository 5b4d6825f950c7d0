"""The small table of facts: rows that are made when they are seen, what is chosen, what stays current."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.pages.coverage_facts import Fact, FactsTable, Heading, LazyFacts
from nolcat_desktop.gui.pages.facts_fit import Wish, shares
from nolcat_desktop.gui.theme import Theme

MANY = 5000


def a_table(qtbot: QtBot, made: list[int]) -> FactsTable:
    def fact(number: int) -> Fact:
        made.append(number)
        return Fact((f"Row {number}", str(number)), number)

    table = FactsTable([Heading("Name"), Heading("Number", 60, number=True)], "Many")
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    table.show_facts(LazyFacts(range(MANY), fact, {1: {str(MANY)}}))
    return table


def test_that_of_many_rows_only_those_that_are_seen_get_words(qtbot: QtBot, theme: Theme) -> None:
    del theme
    made: list[int] = []
    table = a_table(qtbot, made)
    table.grab()
    assert 0 in made
    assert len(set(made)) < 50
    assert table.facts.facts[-1].cells == (f"Row {MANY - 1}", str(MANY - 1))
    assert [one.key for one in table.facts.facts[3:5]] == [3, 4]


def test_that_all_rows_can_be_chosen_without_making_them(qtbot: QtBot, theme: Theme) -> None:
    del theme
    made: list[int] = []
    table = a_table(qtbot, made)
    table.selectAll()
    assert table.chosen_keys() == list(range(MANY))
    assert len(set(made)) < 50


def test_that_the_current_row_stays_with_its_key(qtbot: QtBot, theme: Theme) -> None:
    del theme
    table = a_table(qtbot, [])
    table.setCurrentIndex(table.facts.index(17, 0))
    table.show_facts(LazyFacts(range(10, MANY), lambda number: Fact((str(number), ""), number), {1: {""}}))
    assert (table.currentIndex().row(), table.current_key()) == (7, 17)


def test_that_rows_made_later_keep_the_rules_of_models(qtbot: QtBot, theme: Theme) -> None:
    del theme
    table = a_table(qtbot, [])
    tester = QAbstractItemModelTester(table.facts, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.show_facts(LazyFacts(range(3), lambda number: Fact((str(number), ""), number), {1: {""}}))
    assert tester.model() is table.facts


def test_that_a_name_is_readable_before_another_column_has_more_than_it_needs() -> None:
    name, words, number = Wish(0, 150), Wish(128, 90, spare=1), Wish(84, 84, fixed=True)
    assert shares({0: name, 1: words, 2: number}, 400, 120) == {0: 188, 1: 128, 2: 84}
    assert shares({0: name, 1: words, 2: number}, 324, 120) == {0: 150, 1: 90, 2: 84}
    assert shares({0: name, 1: words, 2: number}, 290, 120) == {0: 206, 2: 84}
    assert shares({0: name, 2: number}, 150, 120) == {0: 66, 2: 84}
    assert shares({0: Wish(0, 40), 1: Wish(0, 300), 2: Wish(60, 100)}, 460, 120) == {0: 60, 1: 300, 2: 100}


@given(
    st.lists(st.builds(Wish, st.integers(0, 300), st.integers(0, 500), st.booleans(), st.integers(0, 3)), min_size=1),
    st.integers(0, 1200),
)
def test_that_columns_fill_their_table_and_numbers_are_never_cut(wishes: list[Wish], room: int) -> None:
    wishes = [replace(wish, size=max(wish.size, 1)) if wish.fixed else wish for wish in wishes]
    found = shares(dict(enumerate(wishes)), room, 120)
    assert all(width >= 0 for width in found.values())
    assert all(width >= wishes[at].size for at, width in found.items() if wishes[at].fixed)
    numbers = sum(width for at, width in found.items() if wishes[at].fixed)
    if any(not wishes[at].fixed for at in found):
        assert sum(found.values()) == max(room, numbers)
