"""kill -9 of a real `nolcat convert`: the library is as before or as after, and the next run completes it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import polars as pl
import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import Abstract, Row, a_report, tsv
from tests.cli.running import COMMAND, answered, contents, environment
from tests.workflow.stored import in_order, parts, usage_in, wanted

pytestmark = [pytest.mark.kill, pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")]
SECONDS = 2.0
WORDS = ("--source", "7", "--if-loaded", "replace")


def more(report: Abstract) -> Abstract:
    """The same report, corrected by its publisher."""
    first = report.rows[0]
    counts = {month: count + 1 for month, count in first.counts.items()}
    return replace(report, rows=(Row(first.elements, counts), *report.rows[1:]))


OLD = [a_report(Release.R51, name, titles=3) for name in ("TR", "PR", "DR")]
NEW = [more(OLD[0]), more(OLD[1]), a_report(Release.R51, "IR"), a_report(Release.R51, "TR_J1")]
NEW += [a_report(Release.R51, "TR", begin=date(2024, 6, 1), months=2)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of the old reports, and the new ones to be converted."""
    folder = tmp_path_factory.mktemp("model")
    for name, reports in (("old", OLD), ("new", NEW)):
        (folder / name).mkdir()
        for number, report in enumerate(reports):
            (folder / name / f"{number}.tsv").write_bytes(tsv(report))
    ran = answered("convert", folder / "old", "--library", folder / "library", *WORDS)
    assert ran.code == 0, ran.out
    return folder


def start(model: Path, library: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, "convert", model / "new", "--library", library, *WORDS],
        env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


FEWEST = 4
"""Trials however slow the machine is: the first ones are killed early."""


def check(model: Path, library: Path, before: pl.DataFrame, after: pl.DataFrame) -> bool:
    """Look at what the killed process left, complete it, and say whether it had got through."""
    ran = answered("library", "verify", "--library", library, "--json")
    assert (ran.code, ran.out) == (0, ""), ran.out
    found = in_order(usage_in(library))
    done = found.equals(after)
    assert done or found.equals(before)
    again = answered("convert", model / "new", "--library", library, *WORDS, "--json")
    assert again.code == 0, again.out
    assert {line["action"] for line in again.lines} <= ({"skipped"} if done else {"added", "replaced", "skipped"})
    assert in_order(usage_in(library)).equals(after)
    assert not (library / ".nolcat" / "unfinished").exists()
    assert answered("library", "verify", "--library", library).code == 0
    return done


def test_that_a_killed_convert_leaves_all_or_nothing_and_the_same_convert_completes_it(
    model: Path, tmp_path: Path
) -> None:
    before = wanted(*OLD)
    after = wanted(*NEW[:2], OLD[2], *NEW[2:])
    begun = time.monotonic()
    trial = tmp_path / "trial"
    shutil.copytree(model / "library", trial)
    process = start(model, trial)
    assert process.wait(timeout=60) == 0
    whole = time.monotonic() - begun
    assert in_order(usage_in(trial)).equals(after)
    chance = Random(time.time_ns())  # a new sample in every run: the law holds at all of them
    moments = [0.15 * whole, 0.4 * whole, 0.98 * whole, whole, *(whole * chance.uniform(0.4, 1.0) for _ in range(200))]
    killed = 0
    begun = time.monotonic()
    for number, moment in enumerate(moments):
        if number >= FEWEST and time.monotonic() - begun > SECONDS:
            break
        library = tmp_path / str(number)
        shutil.copytree(model / "library", library)
        process = start(model, library)
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
        killed += process.wait(timeout=60) == -signal.SIGKILL
        check(model, library, before, after)
    assert killed


@pytest.mark.parametrize("sign", ["originals", "versions", "journal", "parts"])
def test_that_a_convert_killed_while_it_publishes_is_completed(model: Path, tmp_path: Path, sign: str) -> None:
    """Kill as soon as a first sign of a stage is on the disk: where chance seldom strikes."""
    library = tmp_path / "library"
    shutil.copytree(model / "library", library)
    before = contents(library)

    def seen() -> bool:
        hidden = library / ".nolcat"
        match sign:
            case "journal":
                return len((hidden / "journal.jsonl").read_bytes()) != len(before[".nolcat/journal.jsonl"])
            case "originals" | "versions":
                folder = library / sign if sign == "originals" else hidden / sign
                there = sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0
                return there > sum(f"/{sign}/" in f"/{name}" for name in before)
            case _:
                return len(parts(library)) > sum(name.endswith(".parquet") and name[0] != "." for name in before)

    process = start(model, library)
    while process.poll() is None and not seen():
        time.sleep(0.0005)
    process.kill()
    process.wait(timeout=60)
    check(model, library, wanted(*OLD), wanted(*NEW[:2], OLD[2], *NEW[2:]))
