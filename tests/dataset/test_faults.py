"""What the disk does to a library, and long random lives of libraries."""

from __future__ import annotations

import errno
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress
from tests.dataset.builders import candidate, content, library, month_total, months, store, usage


@contextmanager
def small_disk(limit: int) -> Iterator[None]:
    """Within it, no file can become longer than `limit` bytes."""
    import resource  # not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize("limit", [0, 100, 1200, 2000, 4000, 8000])
def test_that_a_disk_that_takes_no_more_leaves_the_library_as_it_was(tmp_path: Path, limit: int) -> None:
    held = library(tmp_path)
    store(held, candidate({"2024-01": 10}))
    before = months(held)
    offered = candidate({f"20{year}-01": 1 for year in range(10, 40)}, source=2, name="b")
    with small_disk(limit), pytest.raises(NolcatError):
        store(held, offered)
    assert months(held) == before
    assert len(held.history()) == 1
    assert library(tmp_path).verify() == []
    store(held, offered)
    assert library(tmp_path).verify() == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.ENAMETOOLONG, 9999])
def test_that_an_error_of_the_disk_becomes_advice(code: int) -> None:
    with pytest.raises(NolcatError) as told, disk("lib"):
        raise OSError(code, "why", "name")
    assert (told.value.problem.position, told.value.problem.details) == ("name", "why")
    assert told.value.problem.remedy


def test_that_a_run_that_is_stopped_while_it_writes_changes_nothing(tmp_path: Path) -> None:
    held, progress = library(tmp_path), Progress()
    with held.run("Added") as run:
        run.add(run.plan(candidate({"2024-01": 10})), content("report.tsv"))
        progress.cancel()
        with pytest.raises(Cancelled):
            run.commit(progress)
    assert not held.history()
    assert not held.layout.unfinished.exists()


@pytest.mark.parametrize("seed", range(6))
def test_that_a_long_life_of_adding_replacing_and_taking_back_keeps_every_number(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    past: list[dict[str, int]] = [{}]
    ahead: list[dict[str, int]] = []
    for step in range(14):
        held = library(tmp_path)
        move = chance.random()
        if move < 0.25 and len(past) > 1:
            held.undo()
            ahead.append(past.pop())
        elif move < 0.4 and ahead:
            held.redo()
            past.append(ahead.pop())
        else:
            counts = {f"2024-{month:02d}": chance.randrange(1, 5) for month in chance.sample(range(1, 8), 3)}
            harvested = chance.choice([None, usage({"2024-01": 1})["usage_date"][0]])
            done = store(held, candidate(counts, name=str(step), harvested=harvested), if_loaded="replace")
            if done[0][0] != "skipped":
                past.append({**past[-1], **{month: month_total(count) for month, count in counts.items()}})
                ahead.clear()
        assert months(held) == past[-1]
        assert held.verify() == []
