"""What this library knows of its runs: `.nolcat/runs.jsonl`, one JSON object a line, only ever longer.

`about` is written and synced to the disk before AWS is asked to start, so that a run whose start was cut off is found
again by its name; `began` when AWS answered; `ended` when its end was seen; `refused` when AWS said no. A last line
that a crash tore is passed over. AWS keeps runs for 90 days; this file keeps them for ever.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from nolcat_desktop.dataset.border import disk
from nolcat_desktop.dataset.files import make_folder, sync_folder

NAME = "runs.jsonl"


@dataclass(frozen=True, slots=True)
class KnownRun:
    """One run as this library knows it."""

    name: str
    machine: str
    """ARN of the state machine."""
    bucket: str
    manifest_key: str
    manifest_sha256: str
    attempt: int
    test: bool
    who: str
    about: datetime
    """When the start was decided here."""
    arn: str = ""
    """Empty until AWS answered."""
    began: datetime | None = None
    ended: datetime | None = None
    status: str = ""
    """AWS's word, once its end was seen; `REFUSED` if AWS did not start it; empty until then."""
    error: str = ""
    cause: str = ""
    outcome: str = ""
    """What the pipeline says of a run that went well: `published`, `unchanged`, `superseded`."""
    larger: bool = False
    """Whether it has the larger size."""

    @property
    def is_open(self) -> bool:
        """Whether its end was not seen yet."""
        return not self.status


@dataclass(frozen=True, slots=True)
class RunLog:
    """The file in a library's hidden folder."""

    folder: Path
    """The hidden folder, `.nolcat`."""

    @property
    def file(self) -> Path:
        """Where it is."""
        return self.folder / NAME

    def runs(self) -> tuple[KnownRun, ...]:
        """Every run that was about to start, the newest first.

        Raises:
            NolcatError: If the file is there and cannot be read.
        """
        with disk(self.folder):
            text = self.file.read_bytes() if self.file.is_file() else b""
        found: dict[tuple[str, str], KnownRun] = {}
        for record in _records(text):
            key = (str(record.get("machine", "")), str(record.get("name", "")))
            if record.get("kind") == "about":
                found[key] = _about(record)
            elif key in found:
                found[key] = _more(found[key], record)
        latest = reversed(found.values())  # of one second, too, the later one comes first
        return tuple(sorted(latest, key=lambda run: run.about, reverse=True))

    def find(self, machine: str, name: str) -> KnownRun | None:
        """The run of this machine and name."""
        return next((run for run in self.runs() if run.machine == machine and run.name == name), None)

    def about(self, run: KnownRun) -> None:
        """Write that this run is about to start; it is on the disk when this returns.

        Raises:
            NolcatError: If the disk refuses; nothing may be started then.
        """
        self._append(
            {
                "kind": "about",
                "when": run.about.isoformat(timespec="seconds"),
                "name": run.name,
                "machine": run.machine,
                "who": run.who,
                "bucket": run.bucket,
                "manifest": {"key": run.manifest_key, "sha256": run.manifest_sha256},
                "attempt": run.attempt,
                "test": run.test,
                "larger": run.larger,
            }
        )

    def began(self, run: KnownRun, arn: str, when: datetime) -> None:
        """Write that AWS has it."""
        self._note(run, "began", when, arn=arn)

    def ended(self, run: KnownRun, when: datetime, status: str, **more: str) -> None:
        """Write how it ended: `error`, `cause`, `outcome`."""
        self._note(run, "ended", when, status=status, **more)

    def refused(self, run: KnownRun, when: datetime, why: str) -> None:
        """Write that AWS did not start it."""
        self._note(run, "refused", when, cause=why)

    def _note(self, run: KnownRun, kind: str, when: datetime, **more: str) -> None:
        said = {"kind": kind, "when": when.isoformat(timespec="seconds"), "name": run.name, "machine": run.machine}
        self._append(said | more)

    def _append(self, record: Mapping[str, Any]) -> None:
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        with disk(self.folder):
            make_folder(self.folder)
            fresh = not self.file.exists()
            with self.file.open("ab+") as file:
                file.write(_seam(file.tell(), self.file) + line)
                file.flush()
                os.fsync(file.fileno())
            if fresh:
                sync_folder(self.folder)


def _seam(length: int, file: Path) -> bytes:
    """A line end, where a crash left the last line without one."""
    if not length:
        return b""
    with file.open("rb") as held:
        held.seek(length - 1)
        return b"" if held.read(1) == b"\n" else b"\n"


def _records(text: bytes) -> Iterator[Mapping[str, Any]]:
    for line in text.split(b"\n"):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def _about(record: Mapping[str, Any]) -> KnownRun:
    manifest = record.get("manifest", {})
    return KnownRun(
        str(record["name"]),
        str(record["machine"]),
        str(record.get("bucket", "")),
        str(manifest.get("key", "")),
        str(manifest.get("sha256", "")),
        int(record.get("attempt", 1)),
        bool(record.get("test", False)),
        str(record.get("who", "")),
        datetime.fromisoformat(str(record["when"])),
        larger=bool(record.get("larger", False)),
    )


def _more(run: KnownRun, record: Mapping[str, Any]) -> KnownRun:
    when = datetime.fromisoformat(str(record["when"]))
    match record.get("kind"):
        case "began":
            return replace(run, arn=str(record.get("arn", "")), began=when, ended=None, status="")
        case "ended":
            status, error, cause, outcome = (
                str(record.get(key, "")) for key in ("status", "error", "cause", "outcome")
            )
            return replace(run, ended=when, status=status, error=error, cause=cause, outcome=outcome)
        case "refused":
            return replace(run, ended=when, status="REFUSED", cause=str(record.get("cause", "")))
        case _:
            return run
