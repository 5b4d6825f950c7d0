"""Glue jobs and their repository: pull, push, download, upload.

The token goes in with each call and is kept nowhere: not in the job, not in a file, not in a log. No stand-in has these
calls; they are tested with botocore's Stubber, and unproven against AWS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from nolcat_desktop.aws.border import border
from nolcat_desktop.aws.glue_definition import SIZES, UPDATABLE, merged, pulled, without_double_size
from nolcat_desktop.aws.glue_files import JobFile, warnings_of
from nolcat_desktop.log import hide


class Glue(Protocol):
    """The calls of boto3's client of Glue that are made here."""

    def get_job(self, **asked: object) -> Mapping[str, Any]:
        """The definition."""

    def create_job(self, **asked: object) -> Mapping[str, Any]:
        """Make one."""

    def update_job(self, **asked: object) -> Mapping[str, Any]:
        """Replace the definition."""

    def update_job_from_source_control(self, **asked: object) -> Mapping[str, Any]:
        """Pull."""

    def update_source_control_from_job(self, **asked: object) -> Mapping[str, Any]:
        """Push."""


class Provider(StrEnum):
    """Where repositories are."""

    GITHUB = "GITHUB"
    GITLAB = "GITLAB"
    BITBUCKET = "BITBUCKET"


@dataclass(frozen=True, slots=True)
class Repository:
    """A place for jobs in a repository."""

    owner: str
    name: str
    branch: str = "main"
    folder: str = ""
    provider: Provider = Provider.GITHUB


@dataclass(frozen=True, slots=True)
class Token:
    """A personal access token, for this call only. It is shown nowhere."""

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        """Keep it out of the log."""
        hide(self.text)


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did."""

    definition: Mapping[str, Any]
    libraries_put_back: bool
    """Whether the pull had turned on the common libraries, which were turned off again."""
    warnings: tuple[str, ...]


def pull(glue: Glue, job: str, repository: Repository, token: Token) -> Pulled:
    """Bring the job from the repository, and turn off again what every pull turns on (`library-set`).

    Raises:
        NolcatError: If AWS or the repository refuses.
    """
    with border(f"pulling the job {job}", "The job may have been changed: look at it."):
        glue.update_job_from_source_control(JobName=job, **_place(repository, token))
        held = glue.get_job(JobName=job)["Job"]
        again = pulled(held)
        if again is not None:
            glue.update_job(JobName=job, JobUpdate=again)
            held = glue.get_job(JobName=job)["Job"]
    return Pulled(held, again is not None, warnings_of(held))


def push(glue: Glue, job: str, repository: Repository, token: Token) -> None:
    """Write the job into the repository.

    Raises:
        NolcatError: If AWS or the repository refuses.
    """
    with border(f"pushing the job {job}", "The job is as it was."):
        glue.update_source_control_from_job(JobName=job, **_place(repository, token))


def download(glue: Glue, job: str, script: str | None = None) -> JobFile:
    """The job as a file can hold it; `script` is its code, where that was fetched.

    Raises:
        NolcatError: If there is no such job.
    """
    with border(f"reading the job {job}"):
        held = glue.get_job(JobName=job)["Job"]
    kept = {key: value for key, value in held.items() if key in UPDATABLE and value not in (None, "", {}, [])}
    if control := kept.get("SourceControlDetails"):
        kept["SourceControlDetails"] = {key: value for key, value in control.items() if key != "AuthToken"}
    return JobFile(job, without_double_size(kept), script, {}, warnings_of(kept))


def upload(glue: Glue, file: JobFile, exists: bool, with_size: bool = False) -> tuple[str, ...]:
    """Make the job, or bring one that exists to what the file says; what the file does not name stays.

    Args:
        glue: Client.
        file: The job.
        exists: Whether there is one of this name.
        with_size: Whether sizes of the file hold for a job that exists; they stay as they are otherwise.

    Returns:
        What a person should know of it.

    Raises:
        NolcatError: If AWS refuses.
    """
    with border(f"writing the job {file.name}"):
        if exists:
            held = glue.get_job(JobName=file.name)["Job"]
            update = updated(held, file.definition, with_size)
            glue.update_job(JobName=file.name, JobUpdate=update)
        else:
            glue.create_job(Name=file.name, **file.definition)
    return file.warnings


def updated(held: Mapping[str, Any], wanted: Mapping[str, Any], with_size: bool = False) -> dict[str, Any]:
    """What a job is updated with: `glue_definition.merged`, and with `with_size` the sizes of `wanted`."""
    update = merged(held, wanted)
    sizes = {key: value for key, value in wanted.items() if key in SIZES}
    if not with_size or not sizes:
        return update
    return without_double_size({**{key: value for key, value in update.items() if key not in SIZES}, **sizes})


def _place(repository: Repository, token: Token) -> dict[str, object]:
    place = {
        "Provider": repository.provider.value,
        "RepositoryOwner": repository.owner,
        "RepositoryName": repository.name,
        "BranchName": repository.branch,
        "AuthStrategy": "PERSONAL_ACCESS_TOKEN",
        "AuthToken": token.text,
    }
    return {**place, "Folder": repository.folder} if repository.folder else dict(place)
