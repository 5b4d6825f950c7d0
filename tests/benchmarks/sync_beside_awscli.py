"""`nolcat sync` beside `aws s3 sync`: the same files to the same local S3 server in one run, in turns.

    python -m tests.benchmarks.sync_beside_awscli --bytes 2147483648 --files 5000 --same 10000

Makes a library of `--files` parts and one original of `--bytes`, sends it with both programs, each time into a bucket
of its own, and prints seconds, CPU seconds (user and system) and peak memory of each, and the ratio; then the same for
looking at a library of `--same` parts that was sent and has not changed since. awscli goes into an environment of its
own that is made with pip in a temporary folder, unless `--awscli` names one. Run by hand; not for Windows.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
MIB = 1024 * 1024
_NOLCAT = "import sys; from nolcat_desktop.cli.main import main; sys.exit(main())"
_NOT_SENT = ("--exclude", "*", "--include", "TR/*", "--include", "originals/*", "--include", "statistics_sources.csv")


@dataclass(frozen=True, slots=True)
class Run:
    """One process, from its start to its end."""

    seconds: float
    cpu: float
    """Seconds of user and system together."""
    megabytes: float
    """Peak resident memory."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where both programs send to."""

    url: str
    environment: Mapping[str, str]
    aws: Path
    """The program `aws`."""

    def nolcat(self, library: Path, bucket: str, *more: str) -> Run:
        """Our sync."""
        words = ("sync", "--library", str(library), "--bucket", bucket, "--endpoint-url", self.url, *more)
        return measured([sys.executable, "-c", _NOLCAT, *words], self.environment)

    def awscli(self, library: Path, bucket: str, *more: str) -> Run:
        """That of AWS, on the same files."""
        words = ("s3", "sync", str(library), f"s3://{bucket}/", "--endpoint-url", self.url, *_NOT_SENT)
        return measured([str(self.aws), *words, "--no-progress", *more], self.environment)


def measured(words: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run a program.

    Raises:
        SystemExit: If it fails, with what it wrote on stderr.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        process = subprocess.Popen(words, cwd=TOP, env=dict(environment), stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begun
        if process.returncode:
            err.seek(0)
            raise SystemExit(f"{' '.join(words)}\nended with {process.returncode}:\n{err.read().decode()}")
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1_000_000
    return Run(seconds, used.ru_utime + used.ru_stime, peak)


def make_library(folder: Path, files: int, size: int) -> None:
    """A library of `files` parts, and one original of `size` bytes if that is not 0."""
    from tests.dataset.builders import candidate, content
    from tests.sync.desk import library

    held = library(folder)
    with held.run("add") as run:
        for source in range(1, files + 1):
            name = f"report-{source}.tsv"
            run.sources = run.sources.with_id(source, f"Source {source}")
            run.add(run.plan(candidate({"2024-01": 5}, source=source, name=name), "replace"), content(name))
        run.commit()
    for original in held.layout.originals.iterdir():
        original.unlink()  # the parts are what is measured
    if size:
        _make_original(held.layout.originals, size)


def _make_original(folder: Path, size: int) -> None:
    counted, beside = hashlib.sha256(), folder / "new"
    with beside.open("wb") as file:
        for block in _random_blocks(size):
            counted.update(block)
            file.write(block)
    beside.rename(folder / counted.hexdigest())


def _random_blocks(size: int) -> Iterator[bytes]:
    for begin in range(0, size, MIB):
        yield os.urandom(min(MIB, size - begin))


def _awscli(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", "awscli"], check=True)
    return folder / "bin" / "aws"


def _environment(folder: Path, keys: Mapping[str, str]) -> dict[str, str]:
    """Nothing of AWS that whoever measures has set up; a home of its own for log and state."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    own = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "STATE", "CONFIG", "CACHE")}
    return {**usual, **own, **keys, "HOME": str(folder)}


def _line(what: str, ours: Run, theirs: Run) -> str:
    told = "".join(f"{one.seconds:9.1f}{one.cpu:9.1f}{one.megabytes:8.0f}" for one in (theirs, ours))
    return f"{what:26}{told}{ours.seconds / theirs.seconds:8.2f}{ours.cpu / theirs.cpu:8.2f}"


def _measure(asked: argparse.Namespace, folder: Path, place: Place, new_bucket: object) -> None:
    assert callable(new_bucket)
    head = f"{'':26}{'aws s':>9}{'cpu s':>9}{'MB':>8}{'nolcat s':>9}{'cpu s':>9}{'MB':>8}{'ratio':>8}{'cpu':>8}"
    print(head, flush=True)
    for what, files, size in (("one large file", 1, asked.bytes), ("many small files", asked.files, 0)):
        library = folder / what.replace(" ", "-")
        _made_apart(library, files, size)
        for _ in range(asked.rounds):
            theirs = place.awscli(library, new_bucket(versions=False))
            ours = place.nolcat(library, new_bucket(versions=False), "--with-originals")
            print(_line(f"send {what}", ours, theirs), flush=True)
    library = folder / "same"
    _made_apart(library, asked.same, 0)
    bucket = new_bucket(versions=False)
    time.sleep(2.1)  # a file touched just before it is counted is counted again: that is not what is measured
    place.nolcat(library, bucket)
    for _ in range(asked.rounds):
        theirs = place.awscli(library, bucket, "--dryrun", "--size-only")
        ours = place.nolcat(library, bucket, "--dry-run")
        print(_line("look, nothing has changed", ours, theirs), flush=True)


def _made_apart(folder: Path, files: int, size: int) -> None:
    """In a process of its own: a child's peak memory counts from what its parent held when it was started."""
    words = [sys.executable, "-m", __spec__.name, "--make", str(folder), "--files", str(files), "--bytes", str(size)]
    subprocess.run(words, cwd=TOP, check=True)


def main() -> None:
    """Measure what the words of the command line ask for, and print a table."""
    words = argparse.ArgumentParser(description="nolcat sync beside aws s3 sync")
    words.add_argument("--bytes", type=int, default=64 * MIB, help="bytes of the large file (64 MiB)")
    words.add_argument("--files", type=int, default=300, help="small files (300)")
    words.add_argument("--same", type=int, default=500, help="files of the library that has not changed (500)")
    words.add_argument("--rounds", type=int, default=1, help="how often each is done, in turns (1)")
    words.add_argument("--awscli", type=Path, help="the program aws; by default it is installed for this run")
    words.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.make is not None:
        make_library(asked.make, asked.files, asked.bytes)
        return
    from tests.servers.seaweed import seaweed

    with tempfile.TemporaryDirectory(prefix="nolcat-sync-") as made:
        folder = Path(made)
        aws = asked.awscli or _awscli(folder / "awscli")
        with seaweed(folder / "server") as server:
            place = Place(server.url, _environment(folder / "home", server.environment()), aws)
            _measure(asked, folder, place, server.new_bucket)


if __name__ == "__main__":
    main()
