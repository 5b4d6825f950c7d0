"""A tree of damaged files among sound ones, listed and loaded in one go through the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.old_years_tree import Line, judge, whole
from tests.cli.running import answered

SOUND, DAMAGED, SEED = 6, 16, 5


def nolcat(*words: object) -> Sequence[Line]:
    return answered(*words).lines


def test_that_a_whole_tree_is_listed_and_loaded_to_the_truth(tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    truth = whole(folder, SOUND, DAMAGED, SEED)
    found = judge(folder, truth, tmp_path / "library", tmp_path / "index.sqlite", nolcat)
    assert (found.wrong, found.needless) == ([], [])
    assert found.stored == found.wanted
    assert found.cells
    assert found.refused == sum(bool(one["refused"]) for one in truth["damaged"].values())
    assert found.states["new"] >= DAMAGED // 2
    assert answered("library", "verify", "--library", tmp_path / "library").code == 0
