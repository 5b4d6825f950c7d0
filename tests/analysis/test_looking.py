"""One question and its answer: a month that was loaded of another source only is no zero."""

from __future__ import annotations

from datetime import date

from nolcat_desktop.analysis.conditions import Condition, Contains
from nolcat_desktop.analysis.looking import Question, answer
from nolcat_desktop.analysis.table_query import Choice
from tests.analysis.held import TIR, holding, known

MARCH, MAY = date(2022, 3, 1), date(2022, 5, 1)
ROWS = [
    (1, "Peat", TIR, date(2022, 3, 1), 7, "5"),
    (2, "Moss", TIR, date(2022, 4, 1), 5, "5"),
    (2, "Moss", TIR, date(2022, 5, 1), 9, "5"),
]
KNOWN = known(
    (1, "5", "2022-03", "usage"),
    (2, "5", "2022-03", "usage"),
    (2, "5", "2022-04", "usage"),
    (2, "5", "2022-05", "usage"),
)


def uses(*conditions: Condition) -> tuple[int | None, ...]:
    held = holding(ROWS, KNOWN)
    return answer(held, Question(Choice(begin=MARCH, end=MAY, metrics=(TIR,)), conditions)).series.lines[TIR]


def test_that_a_title_is_not_0_in_a_month_that_was_loaded_of_another_source_only() -> None:
    assert uses(Condition("resource_name", Contains("peat"))) == (7, None, None)
    assert uses(Condition("resource_name", Contains("moss"))) == (0, 5, 9)


def test_that_all_titles_together_are_counted_over_every_source() -> None:
    assert uses() == (7, 5, 9)
    assert uses(Condition("metric_type", Contains("total"))) == (7, 5, 9)
