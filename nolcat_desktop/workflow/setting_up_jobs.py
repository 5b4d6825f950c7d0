"""Glue jobs of an account: listed, shown, kept in files, loaded from them, brought from and to their repository.

Whatever changes something is asked first what it would change, old beside new. Pull, push and UpdateJob are unproven
against AWS (`aws.glue_jobs`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.glue_files import JobFile, download_form, read_job, repository_form
from nolcat_desktop.aws.glue_jobs import Provider, Pulled, Repository, Token, download, pull, push, updated, upload
from nolcat_desktop.problem import NolcatError, Problem

_ABSENT = "EntityNotFoundException"
_ONE_MACHINE = "pythonshell"
_SIXTEENTH = 0.0625


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job in the list."""

    name: str
    kind: str
    """`pythonshell` or `glueetl`."""
    size: str
    """`1/16 DPU`, `2 x G.1X`."""
    script: str
    """Where its code lies in S3."""
    repository: Repository | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One member of a job: what it is, and what it would be. None: it is not there."""

    member: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class ToLoad:
    """A file that is to become a job, and what would change."""

    file: JobFile
    exists: bool
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]
    with_size: bool = False


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of one account and region."""

    glue: Any
    s3: Any

    def lines(self) -> list[JobLine]:
        """Every job, by its name.

        Raises:
            NolcatError: If AWS cannot be asked.
        """
        found = []
        with border("listing the jobs"):
            for page in self.glue.get_paginator("get_jobs").paginate():
                found += [_line(one) for one in page["Jobs"]]
        return sorted(found, key=lambda one: one.name)

    def job(self, name: str) -> JobFile:
        """The job with its code.

        Raises:
            NolcatError: If there is none of this name, or AWS cannot be asked.
        """
        held = download(self.glue, name)
        return replace(held, script=self._script(held.definition))

    def save(self, name: str, file: Path, console: bool = True) -> list[Path]:
        """Write the job into `file`, and in the repository's form its code beside it; what was written.

        Raises:
            NolcatError: If AWS or the disk refuses.
        """
        job = self.job(name)
        texts = {file: download_form(job) if console else repository_form(replace(job, script=None))}
        if not console and job.script is not None:
            texts[file.with_suffix(".py")] = job.script
        for path, text in texts.items():
            _write(path, text)
        return list(texts)

    def to_load(self, file: Path, name: str = "", with_size: bool = False) -> ToLoad:
        """What loading `file` would change; nothing is changed.

        Args:
            file: Either form; beside the repository's form the code lies as `.py`.
            name: Another name for the job than the file's.
            with_size: Whether DPU, workers and time limit of the file hold too; they stay as they are otherwise.

        Raises:
            NolcatError: If the file is none of a job, or AWS cannot be asked.
        """
        wanted = _read(file)
        wanted = replace(wanted, name=name or wanted.name)
        try:
            held = self.job(wanted.name)
        except CloudError as error:
            if error.code != _ABSENT:
                raise
            return ToLoad(wanted, False, tuple(_changes({}, wanted.definition, None, wanted.script)), wanted.warnings)
        definition = updated(held.definition, wanted.definition, with_size)
        script = held.script if wanted.script is None else wanted.script
        changes = tuple(_changes(held.definition, definition, held.script, script))
        return ToLoad(wanted, True, changes, wanted.warnings, with_size)

    def load(self, wanted: ToLoad) -> None:
        """Do what was shown: the code first, then the job.

        Raises:
            NolcatError: If AWS refuses.
        """
        place = _place_of(wanted.file.definition)
        if wanted.file.script is not None and place is not None:
            with border("sending the code of the job", "The job itself is as it was."):
                self.s3.put_object(Bucket=place[0], Key=place[1], Body=wanted.file.script.encode())
        upload(self.glue, wanted.file, wanted.exists, wanted.with_size)

    def repository(self, name: str) -> Repository | None:
        """The repository that the job was pulled from or pushed to last; None if there is none.

        Raises:
            NolcatError: If there is no such job.
        """
        with border(f"reading the job {name}"):
            return _repository(self.glue.get_job(JobName=name)["Job"])

    def pull(self, name: str, repository: Repository, token: Token) -> tuple[Pulled, tuple[Change, ...]]:
        """Bring the job from its repository; what it did, and what has changed by it.

        Raises:
            NolcatError: If AWS or the repository refuses.
        """
        before = self.job(name)
        done = pull(self.glue, name, repository, token)
        after = self.job(name)
        return done, tuple(_changes(before.definition, after.definition, before.script, after.script))

    def push(self, name: str, repository: Repository, token: Token) -> None:
        """Write the job into its repository; see `glue_jobs.push`."""
        push(self.glue, name, repository, token)

    def _script(self, definition: Mapping[str, Any]) -> str | None:
        place = _place_of(definition)
        if place is None:
            return None
        with border("reading the code of the job"):
            content: bytes = self.s3.get_object(Bucket=place[0], Key=place[1])["Body"].read()
        return content.decode(errors="replace")


def jobs_of(clients: Clients) -> Jobs:
    """The jobs of this account, in the region of its bucket."""
    return Jobs(clients.client("glue", clients.region), clients.client("s3"))


def repository_of(text: str, branch: str = "", folder: str = "", provider: str = "") -> Repository:
    """The repository that `text` names: `owner/name`.

    Raises:
        NolcatError: If it names none.
    """
    owner, slash, name = text.strip().strip("/").partition("/")
    if not slash or not owner or not name or "/" in name:
        why = f"“{text}” is no repository. Nothing was changed."
        raise NolcatError(Problem("This is no repository", why, "Write it as owner/name, such as library/jobs."))
    return Repository(owner, name, branch or "main", folder.strip("/"), Provider(provider or Provider.GITHUB))


def _line(held: Mapping[str, Any]) -> JobLine:
    command = held.get("Command", {})
    return JobLine(
        str(held["Name"]), str(command.get("Name", "")), _size(held), str(command.get("ScriptLocation", "")),
        _repository(held),
    )  # fmt: skip


def _size(held: Mapping[str, Any]) -> str:
    if held.get("WorkerType"):
        return f"{held.get('NumberOfWorkers', '?')} x {held['WorkerType']}"
    capacity = held.get("MaxCapacity")
    if capacity is None:
        return ""
    return "1/16 DPU" if capacity == _SIXTEENTH else f"{capacity:g} DPU"


def _repository(held: Mapping[str, Any]) -> Repository | None:
    told = held.get("SourceControlDetails") or {}
    if not told.get("Repository") or not told.get("Owner"):
        return None
    provider = str(told.get("Provider", Provider.GITHUB))
    known = Provider(provider) if provider in set(Provider) else Provider.GITHUB
    return Repository(
        str(told["Owner"]), str(told["Repository"]), str(told.get("Branch") or "main"), str(told.get("Folder") or ""),
        known,
    )  # fmt: skip


def _place_of(definition: Mapping[str, Any]) -> tuple[str, str] | None:
    """Bucket and key of the code."""
    place = str(definition.get("Command", {}).get("ScriptLocation", ""))
    bucket, _, key = place.removeprefix("s3://").partition("/")
    return (bucket, key) if place.startswith("s3://") and key else None


def _changes(
    old: Mapping[str, Any], new: Mapping[str, Any], old_code: str | None, new_code: str | None
) -> list[Change]:
    before, after = _flat(old), _flat(new)
    members = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    found = [Change(key, before.get(key), after.get(key)) for key in sorted(members)]
    if new_code is not None and old_code != new_code:
        found.append(Change("code", None if old_code is None else _lines(old_code), _lines(new_code)))
    return found


def _lines(code: str) -> str:
    return f"{len(code.splitlines())} lines, {len(code.encode()):,} bytes"


def _flat(definition: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in definition.items():
        if isinstance(value, Mapping):
            found |= {f"{key} {inner}": _text(one) for inner, one in value.items()}
        else:
            found[key] = _text(value)
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _read(file: Path) -> JobFile:
    try:
        job = read_job(file.read_bytes())
        beside = file.with_suffix(".py")
        if job.script is None and beside.is_file():
            job = replace(job, script=beside.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = f"{file}: {error}. Nothing was changed."
        raise NolcatError(Problem("The file cannot be read", why, "Check its name.")) from error
    return job


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        why = f"{path}: {error.strerror or error}."
        raise NolcatError(Problem("The file cannot be written", why, "Choose another folder.")) from error
