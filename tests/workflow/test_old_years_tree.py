"""A tree of damaged files among sound ones, listed and loaded in one go through the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.benchmarks.old_years_damage import WRITERS, a_case
from tests.benchmarks.old_years_tree import NAMES, cases, whole
from tests.benchmarks.old_years_truth import differing, sums_in
from tests.benchmarks.old_years_verdict import Line, judge
from tests.cli.running import answered

SOUND, DAMAGED, SEED = 4, 12, 5


def nolcat(*words: object) -> Sequence[Line]:
    return answered(*words).lines


def test_that_a_whole_tree_is_listed_and_loaded_to_the_truth(tmp_path: Path) -> None:
    folder, library = tmp_path / "tree", tmp_path / "library"
    truth = whole(folder, SOUND, DAMAGED, SEED, others=False)
    found = judge(folder, truth, library, tmp_path / "index.sqlite", nolcat)
    assert (found.wrong, found.needless, found.differing) == ([], [], [])
    assert found.sums > DAMAGED
    assert found.cells
    assert found.refused == sum(bool(one["refused"]) for one in truth["damaged"].values())
    assert found.states["new"] >= DAMAGED // 2
    assert answered("library", "verify", "--library", library).code == 0
    stored = sums_in(library)
    assert len(list(differing(stored, stored + Counter([min(stored)])))) == 1


def test_that_every_damage_is_drawn_when_it_must_be() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for number, name in enumerate(NAMES):
        assert any(name in a_case(many, "", seen, name).done for many in range(number, number + 60)), name


@pytest.mark.exhaustive
def test_that_every_damage_is_in_every_kind_of_file() -> None:
    pairs = {(name, case.done[-1]) for case in cases(range(0), every_pair=True) for name in case.done[:-1]}
    assert pairs >= {(name, kind) for name in NAMES for kind in WRITERS}
