"""Many files at once: the same lines in the same order, a process that dies takes one file with it, a stop is heard."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from threading import Event

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.progress import Cancelled, Progress, Step
from nolcat_desktop.workflow.inventory import inventory_lines
from nolcat_desktop.workflow.inventory_index import opened
from nolcat_desktop.workflow.inventory_reading import Pace
from nolcat_desktop.workflow.inventory_workers import EndedEarlyError, Workers
from tests.builders import a_report, csv, json, tsv

AT_ONCE = Pace(2, 0.0)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    for number in range(6):
        report = a_report(Release.R5, ("TR", "DR", "PR")[number % 3], months=2, titles=2 + number // 3)
        (folder / f"{number} a.tsv").write_bytes(tsv(report))
        (folder / f"{number} b.xls").write_bytes((tsv, csv, json)[number % 3](report))
    (folder / "7 letter.pdf").write_bytes(b"%PDF-1.4 and so on")
    (folder / "7 again.pdf").write_bytes(b"%PDF-1.4 and so on")
    (folder / "8.csv").write_bytes(b"")
    return folder


def test_that_several_processes_list_what_one_lists_in_the_same_order(tree: Path, tmp_path: Path) -> None:
    alone = [line.as_dict() for line in inventory_lines([tree], Progress(), pace=Pace(1))]
    with opened(tmp_path / "index.sqlite") as index:
        read: set[str] = set()
        together = [line.as_dict() for line in inventory_lines([tree], Progress(), index, read=read, pace=AT_ONCE)]
        assert together == alone
        assert {line["state"] for line in alone} >= {"new", "same file", "same usage", "not COUNTER"}
        assert len(read) == len({line["sha256"] for line in alone}) + 1  # a document twice: its name might tell more
        again: set[str] = set()
        known = [line.as_dict() for line in inventory_lines([tree], Progress(), index, read=again, pace=AT_ONCE)]
        assert known == alone
        assert not again


def test_that_a_name_that_is_no_text_stops_nothing(tree: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.tsv")
    try:
        (tree / name).write_bytes(tsv(a_report(Release.R4, "JR1")))
    except OSError:
        pytest.skip("this system has no such names")
    for pace in (Pace(1), AT_ONCE):
        with opened(tmp_path / f"{pace.processes}.sqlite") as index:
            for _ in range(2):
                lines = list(inventory_lines([tree], Progress(), index, pace=pace))
                assert [line.facts.report_id for line in lines if line.facts.file == str(tree / name)] == ["JR1"]


def test_that_a_stop_is_heard_while_others_read(tree: Path) -> None:
    stop = Event()

    def told(step: Step) -> None:
        if step.done == 2:
            stop.set()

    with pytest.raises(Cancelled):
        list(inventory_lines([tree], Progress(told, stop), pace=AT_ONCE))


def test_that_a_process_that_ends_takes_one_file_with_it() -> None:
    content = tsv(a_report(Release.R5, "TR", months=2, titles=2))
    sha256 = hashlib.sha256(content).hexdigest()
    with Workers(1) as workers:
        first = workers.read("a.tsv", named=False, sha256=sha256, content=content).result()
        workers.kill()
        with pytest.raises(EndedEarlyError):
            workers.read("a.tsv", named=False, sha256=sha256, content=content).result()
        assert workers.read("a.tsv", named=False, sha256=sha256, content=content).result() == first
