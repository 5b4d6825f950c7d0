"""Files that went through many hands: what is stored is the truth, what cannot be read is listed, nothing differs."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.benchmarks.old_years_damage import STAGES, WRITERS, a_case
from tests.benchmarks.old_years_judge import ASKED, LISTED, NEEDLESS, REFUSED, STORED, judged

BOUND, MANY, STEP = 160, 3000, 40
RIGHT = {STORED, LISTED, REFUSED, ASKED}


def verdicts(first: int, end: int) -> dict[str, str]:
    """What became of each file, by what was done to it."""
    cases = [a_case(number) for number in range(first, end)]
    return {f"{case.number} {case.wanted.report_id} {case.done}": judged(case) for case in cases}


@pytest.mark.parametrize("first", range(0, BOUND, STEP))
def test_that_damaged_files_are_stored_to_the_truth_or_listed_or_refused(first: int) -> None:
    found = verdicts(first, first + STEP)
    assert {case: verdict for case, verdict in found.items() if verdict not in RIGHT} == {}


def test_that_every_damage_and_every_kind_of_file_is_among_them() -> None:
    done = {name for number in range(BOUND) for name in a_case(number).done}
    assert {name for stage in STAGES for name in stage} | WRITERS.keys() == done


@pytest.mark.exhaustive
@pytest.mark.parametrize("first", range(BOUND, MANY, STEP * 5))
def test_that_of_thousands_of_damaged_files_nothing_differs_silently(first: int) -> None:
    found = verdicts(first, first + STEP * 5)
    wrong = {case: verdict for case, verdict in found.items() if verdict.split(":")[0] not in {*RIGHT, NEEDLESS}}
    assert wrong == {}
    assert Counter(verdict.split(":")[0] for verdict in found.values())[NEEDLESS] <= 2
