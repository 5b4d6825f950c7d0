"""The yardstick: `nolcat convert` as a whole process beside the shortest way known, in turn, on one machine.

Prints for each form the best seconds of each, their ratio, and the peak memory of the process (resident, MB; not
known on Windows). The reports are made here (`reports.py`) unless `--data` names a folder that holds them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

from tests.benchmarks.reports import FORMS  # noqa: E402 - found only after the line above

CONVERT = "import sys; from nolcat_desktop.cli.main import main; sys.exit(main())"
BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """One process, from its start to its end."""

    seconds: float
    megabytes: float | None
    """Peak resident memory; None where the system does not tell it."""
    output: bytes
    """What it wrote on stdout."""


def measured(command: Sequence[str | Path]) -> Run:
    """Run `command` as a process of its own.

    Raises:
        SystemExit: If it fails, with what it wrote on stderr.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.perf_counter()
        words = [str(part) for part in command]
        process = subprocess.Popen(words, cwd=TOP, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        code, megabytes = _end_of(process)
        seconds = time.perf_counter() - begin
        out.seek(0)
        err.seek(0)
        if code:
            raise SystemExit(f"{' '.join(words)}\nended with {code}:\n{err.read().decode()}")
        return Run(seconds, megabytes, out.read())


def _end_of(process: subprocess.Popen[bytes]) -> tuple[int, float | None]:
    if sys.platform == "win32":
        return process.wait(), None
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / BYTES


def _program(file: Path, folder: Path) -> Run:
    library = Path(tempfile.mkdtemp(dir=folder)) / "library"
    words = ("convert", str(file), "--library", str(library), "--source", "1", "--json")
    run = measured([sys.executable, "-c", CONVERT, *words])
    told = [orjson.loads(line) for line in run.output.splitlines()]
    if [line["action"] for line in told] != ["added"] or told[0]["usage_total"] != told[0]["file_total"]:
        raise SystemExit(f"{file.name} was not stored whole: {told}")
    return run


def _floor(script: Path, form: str, file: Path, folder: Path) -> Run:
    known_as = "json5" if form == "json" else form
    return measured([sys.executable, script, known_as, file, folder / "floor.parquet"])


def _line(form: str, floors: list[Run], programs: list[Run]) -> str:
    floor, program = (min(runs, key=lambda run: run.seconds) for runs in (floors, programs))
    sizes = [max((run.megabytes or 0) for run in runs) for runs in (floors, programs)]
    peaks = [f"{size:8.0f}" if size else "       -" for size in sizes]
    ratio = program.seconds / floor.seconds
    return f"{form:8}{floor.seconds:9.2f}{program.seconds:9.2f}{ratio:8.2f}{peaks[0]}{peaks[1]}"


def main() -> None:
    """Measure what the words of the command line ask for and print the table."""
    words = argparse.ArgumentParser(description="Measure nolcat convert beside the shortest way known.")
    words.add_argument("--rows", type=int, default=20_000, help="data rows of the report that is made (20,000)")
    words.add_argument("--data", type=Path, help=f"a folder that holds {', '.join(FORMS.values())} instead")
    words.add_argument("--times", type=int, default=3, help="runs of each; the best counts (3)")
    words.add_argument("--form", choices=FORMS, action="append", help="only this form; may be repeated")
    words.add_argument("--floor-script", type=Path, default=Path(__file__).with_name("floor.py"))
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="nolcat-bench-") as made:
        folder = Path(made)
        if asked.data is None:
            # In a process of its own: a child's peak counts from what its parent held when it was started.
            measured([sys.executable, "-m", "tests.benchmarks.reports", str(asked.rows), folder])
            print(f"A Title Report of about {asked.rows:,} rows; best of {asked.times}.")
        print(f"{'form':8}{'floor s':>9}{'nolcat s':>9}{'ratio':>8}{'floor MB':>9}{'nolcat MB':>10}".rstrip())
        for form in asked.form or FORMS:
            file = (asked.data or folder).resolve() / FORMS[form]
            floors, programs = [], []
            for _ in range(asked.times):
                floors.append(_floor(asked.floor_script, form, file, folder))
                programs.append(_program(file, folder))
            print(_line(form, floors, programs), flush=True)


if __name__ == "__main__":
    main()
