"""Files built to do harm end in a clear finding, in bounded time and memory, and never show the program's inside."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from nolcat_desktop.reading.long_lines import LONGEST, MOST_CELLS, beyond_measure
from tests.builders import tsv, xlsx
from tests.cli.running import COMMAND, Ran, answered, environment, is_clean
from tests.hostile.files import HOSTILE, REPORT, nested, one_line, zip_of

FATAL = {
    *("bomb-blanks.xlsx", "bomb-text.xlsx", "bomb-strings.xlsx", "laughs.xlsx", "laughs.xml", "long-number.json"),
    *("surrogates.json", "nested-lists.json", "nested-closed.json", "nested-objects.json", "nested-bare.json"),
    *("nul.tsv", "nul.json", "wide.xlsx", "formulas.xlsx", "long-text.xlsx", "encoding.xlsx"),
}
"""Those in which there is no report to be read. Of the others every count is stored, or named."""
SLOW = {"wide.tsv", "wide.xlsx", "blank-rows.xlsx"}
SECONDS = 60
GB = 1 << 30
GENEROUS = 8 * GB
"""Address space, of which an allocator takes far more than it uses."""


def commands(folder: Path) -> tuple[tuple[str, ...], ...]:
    library = str(folder / "library")
    return ("inspect",), ("validate",), ("validate", "--official"), ("convert", "--library", library, "--source", "7")


def is_well_told(ran: Ran, name: str) -> bool:
    """Whether every line says what was found, and nothing was stored of what is no report."""
    for line in ran.lines:
        if "verdict" in line and name in FATAL and line["verdict"] != "Fatal error":
            return False
        if line.get("action") == "added" and (name in FATAL or line["usage_total"] != line["file_total"]):
            return False
    return bool(ran.lines) and is_clean(ran) and ran.code in (0, 1)


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - SLOW))
def test_that_hostile_files_are_told_quickly(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(HOSTILE[name]())
    for words in commands(tmp_path):
        begin = time.monotonic()
        ran = answered(words[0], file, *words[1:], "--json")
        assert is_well_told(ran, name), (words, ran)
        assert time.monotonic() - begin < SECONDS / 2


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", sorted(SLOW))
def test_that_very_wide_and_very_long_sheets_are_read_in_bounded_time(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(HOSTILE[name]())
    for words in commands(tmp_path):
        begin = time.monotonic()
        assert is_well_told(answered(words[0], file, *words[1:], "--json"), name)
        assert time.monotonic() - begin < SECONDS


def test_that_a_workbook_is_refused_wherever_it_is_cut(tmp_path: Path) -> None:
    whole = xlsx(REPORT)
    folder = tmp_path / "in"
    folder.mkdir()
    for cut in range(4, len(whole) - 1, max(1, len(whole) // 60)):
        (folder / f"{cut:06}.xlsx").write_bytes(whole[:cut])
    ran = answered("convert", folder, "--library", tmp_path / "library", "--source", 7, "--json")
    assert is_clean(ran)
    assert {line["action"] for line in ran.lines} <= {"failed", "ignored"}
    ran = answered("validate", folder, "--json")
    assert {line["verdict"] for line in ran.lines} == {"Fatal error"}


def test_that_an_archive_is_refused_wherever_it_is_cut(tmp_path: Path) -> None:
    whole = zip_of({"a.tsv": tsv(REPORT), "b.xlsx": xlsx(REPORT)})
    for cut in range(4, len(whole) - 1, max(1, len(whole) // 25)):
        (tmp_path / "cut.zip").write_bytes(whole[:cut])
        ran = answered("validate", tmp_path / "cut.zip", "--json")
        assert (ran.code, {line["verdict"] for line in ran.lines}) == (1, {"Fatal error"})
        assert is_clean(ran)


def test_that_nothing_of_an_archive_is_written_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "tricks.zip").write_bytes(HOSTILE["tricks.zip"]())
    ran = answered("convert", folder / "tricks.zip", "--library", tmp_path / "library", "--source", 7, "--json")
    assert is_clean(ran)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "library"]
    assert [path.name for path in folder.rglob("*")] == ["tricks.zip"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"x" * (LONGEST + 1), "line of more than"),
        (b"," * (MOST_CELLS + 1) + b"x" * 40_000, "cells"),
        (b"x" * 40_000, ""),
        (b"a\tb\r" * 20_000, ""),
    ],
)
@pytest.mark.parametrize(("before", "behind"), [(b"", b""), (b"a\tb\n" * 30_000, b"\nc\td\n")])
def test_that_lines_beyond_measure_are_found_anywhere(line: bytes, told: str, before: bytes, behind: bytes) -> None:
    assert told in (beyond_measure(before + line + behind) or "")
    assert told or beyond_measure(before + line + behind) is None


def limited(*words: object) -> Ran:
    """Run a command in a process of its own that may take so much memory and time."""
    import resource

    done = subprocess.run(
        [*COMMAND, *map(str, words)],
        env=environment(POLARS_MAX_THREADS="2"), capture_output=True, timeout=SECONDS, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (GENEROUS, GENEROUS)),
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited in another way there")
@pytest.mark.parametrize("filled", [b"x", b"a,", b'"', b"\t"], ids=["letters", "commas", "quotes", "tabs"])
def test_that_a_line_of_fifty_megabytes_is_a_fatal_error_in_a_process_with_limits(
    tmp_path: Path, filled: bytes
) -> None:
    one_line(tmp_path / "line.tsv", 50, filled)
    ran = limited("validate", tmp_path / "line.tsv", "--json")
    assert (ran.code, ran.line["verdict"]) == (1, "Fatal error")
    assert "line of more than" in ran.line["findings"][0]["message"]


@pytest.mark.exhaustive
@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited in another way there")
def test_that_a_line_of_five_hundred_megabytes_is_a_fatal_error_too(tmp_path: Path) -> None:
    one_line(tmp_path / "line.tsv", 500)
    ran = limited("validate", tmp_path / "line.tsv", "--json")
    assert (ran.code, ran.line["verdict"]) == (1, "Fatal error")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited in another way there")
@pytest.mark.parametrize("name", ["bomb-text.xlsx", "nested-bare.json", "laughs.xlsx"])
def test_that_bombs_are_fatal_errors_in_a_process_with_limits(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name]())
    for command in ("inspect", "validate"):
        ran = limited(command, tmp_path / name, "--json")
        assert is_well_told(ran, name), ran
        assert ran.code == 1


def test_that_depth_alone_is_no_reason_to_crash_whatever_the_depth(tmp_path: Path) -> None:
    for depth in (60, 500, 900, 1_100, 5_000, 20_000):
        (tmp_path / "deep.json").write_bytes(nested(b'[{"a":', depth, b"}]"))
        (tmp_path / "deeper.json").write_bytes(nested(b"[", depth, b"]"))
        ran = answered("validate", tmp_path, "--json")
        assert is_clean(ran), depth
        assert len(ran.lines) == 2
