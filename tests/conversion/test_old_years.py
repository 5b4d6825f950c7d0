"""Files that went through many hands: what is stored is the truth, what cannot be read is listed, nothing differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from tests.benchmarks.old_years_damage import STAGES, WRITERS, a_case
from tests.benchmarks.old_years_judge import ASKED, LISTED, NEEDLESS, REFUSED, STORED, judged

MANY, STEP = 3000, 200
FEW = (
    *(2, 5, 6, 12, 14, 17, 20, 21, 22, 23, 27, 28, 38, 39, 40, 43, 46, 49),
    *(52, 55, 56, 58, 59, 65, 74, 77, 85, 90, 91, 93, 111, 113, 118, 138, 145, 158),
)
"""The fewest cases in which every damage and every kind of file is met."""
RIGHT = {STORED, LISTED, REFUSED, ASKED}


def verdicts(numbers: Iterable[int]) -> dict[str, str]:
    """What became of each file, by what was done to it."""
    cases = [a_case(number) for number in numbers]
    return {f"{case.number} {case.wanted.report_id} {case.done}": judged(case) for case in cases}


def test_that_damaged_files_are_stored_to_the_truth_or_listed_or_refused() -> None:
    found = verdicts(FEW)
    assert {case: verdict for case, verdict in found.items() if verdict not in RIGHT} == {}


def test_that_every_damage_and_every_kind_of_file_is_among_them() -> None:
    done = {name for number in FEW for name in a_case(number).done}
    assert {name for stage in STAGES for name in stage} | WRITERS.keys() == done


@pytest.mark.exhaustive
@pytest.mark.parametrize("first", range(0, MANY, STEP))
def test_that_of_thousands_of_damaged_files_nothing_differs_silently(first: int) -> None:
    found = verdicts(range(first, first + STEP))
    wrong = {case: verdict for case, verdict in found.items() if verdict.split(":")[0] not in {*RIGHT, NEEDLESS}}
    assert wrong == {}
    assert Counter(verdict.split(":")[0] for verdict in found.values())[NEEDLESS] <= 2
