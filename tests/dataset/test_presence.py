"""A drive that was taken out: a library that was there is gone, never empty, and nothing is written in its place."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from nolcat_desktop.dataset import Library
from nolcat_desktop.dataset.journal import Journal, read_journal
from nolcat_desktop.dataset.lock import writing
from nolcat_desktop.dataset.presence import can_be_written, lost_files
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import review_apart
from nolcat_desktop.workflow.review_apart import Desk, Shelf
from tests.dataset.builders import candidate, library, store

ASKED: dict[str, Callable[[Library], object]] = {
    "parts": Library.parts,
    "holdings": Library.holdings,
    "history": Library.history,
    "sources": Library.sources,
    "decisions": Library.decisions,
    "verify": Library.verify,
    "tidying": Library.tidying,
    "tidy": Library.tidy,
    "undo": Library.undo,
    "run": lambda made: made.run("A run").__enter__(),
    "plan": lambda made: made.plan(candidate({"2024-03": 1})),
}


@pytest.fixture
def stored(tmp_path: Path) -> Library:
    made = library(tmp_path)
    store(made, candidate({"2024-01": 10}))
    return made


@pytest.mark.parametrize("leaves_a_folder", [False, True])
@pytest.mark.parametrize("asked", ASKED)
def test_that_a_library_that_went_is_gone_and_not_empty(stored: Library, asked: str, leaves_a_folder: bool) -> None:
    folder = stored.layout.folder
    away = shutil.move(folder, folder.with_name("away"))
    if leaves_a_folder:
        folder.mkdir()
    with pytest.raises(NolcatError, match="The library's folder cannot be found"):
        ASKED[asked](stored)
    assert folder.exists() == leaves_a_folder
    assert not leaves_a_folder or not list(folder.iterdir())
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(away, folder)
    assert len(stored.history()) == 1


def test_that_a_library_that_was_never_made_may_be_missing(tmp_path: Path) -> None:
    fresh = library(tmp_path / "fresh")
    assert fresh.history() == ()
    assert fresh.verify() == []
    assert not fresh.layout.folder.exists()


def test_that_what_went_while_it_was_read_is_said_and_no_fault(stored: Library) -> None:
    rows = stored.scan()
    shutil.move(stored.layout.folder, stored.layout.folder.with_name("away"))
    with pytest.raises(NolcatError, match="The library's folder cannot be found"), stored.presence.within():
        rows.collect()


@pytest.mark.skipif(os.access("/", os.W_OK), reason="whoever may write everywhere is refused nowhere")
def test_that_a_library_that_may_not_be_changed_is_known_before_anything_is_written(stored: Library) -> None:
    assert can_be_written(stored.layout)
    stored.layout.hidden.chmod(0o500)
    assert not can_be_written(stored.layout)
    stored.layout.hidden.chmod(0o700)
    stored.layout.journal.chmod(0o400)
    assert not can_be_written(stored.layout)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="such rights are of POSIX systems")
def test_that_who_may_not_take_the_lock_is_told_whose_it_is() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        held = library(Path(folder) / "library")
        store(held, candidate({"2024-01": 10}))
        owner = held.layout.lock.owner()
        held.layout.lock.chmod(0o444)
        with _somebody_else(), pytest.raises(NolcatError) as told, writing(held.layout):
            pass
    assert told.value.problem.title == "You may look at this library, but not change it"
    assert f"“{owner}”" in told.value.problem.meaning


@pytest.mark.skipif(os.name == "nt", reason="such rights are of POSIX systems")
@pytest.mark.parametrize("rights", [0o700, 0o755, 0o770])
def test_that_whoever_may_write_into_the_library_may_lock_it(tmp_path: Path, rights: int) -> None:
    held = library(tmp_path)
    held.layout.hidden.mkdir(parents=True)
    held.layout.hidden.chmod(rights)
    with writing(held.layout):
        assert stat.S_IMODE(held.layout.lock.stat().st_mode) == rights & 0o666


@contextmanager
def _somebody_else() -> Iterator[None]:
    """Within it, an administrator has the rights of nobody; who is none has not all rights anyhow."""
    is_all = os.geteuid() == 0
    if is_all:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_all:
            os.seteuid(0)


def test_that_a_part_that_went_alone_is_named(stored: Library) -> None:
    rows, (part,) = stored.scan(), stored.parts()
    part.file.unlink()
    with pytest.raises(NolcatError, match="A file or folder is missing") as told, stored.presence.within():
        rows.collect()
    assert part.path in str(told.value.problem.position)


def test_that_another_process_knows_that_the_library_was_there(tmp_path: Path) -> None:
    desk = Desk(Progress(), lambda _: None)
    shelf = Shelf(tmp_path / "Library", "test", datetime(2025, 3, 1, tzinfo=UTC))
    assert review_apart.on_library(desk, shelf, Library.history, ()) == ()
    was_there = Shelf(shelf.folder, shelf.program, shelf.now, is_made=True)
    with pytest.raises(NolcatError, match="The library's folder cannot be found"):
        review_apart.on_library(desk, was_there, Library.history, ())


def test_that_files_that_went_are_known_by_the_history(stored: Library) -> None:
    (part,) = stored.parts()
    assert lost_files(stored.layout, read_journal(stored.layout)) == ()
    part.file.unlink()
    assert lost_files(stored.layout, read_journal(stored.layout)) == (part.path,)
    assert lost_files(stored.layout, Journal(())) == ()


def test_that_a_wrong_question_stays_a_fault(stored: Library) -> None:
    with pytest.raises(pl.exceptions.ColumnNotFoundError), stored.presence.within():
        stored.scan().select("no_such_column").collect()
