"""Chapter 2: the scripts in their S3 folder, the database of the catalog, and the jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nolcat_desktop.aws.border import border
from nolcat_desktop.aws.glue_definition import differences, merged
from nolcat_desktop.aws.setup_looking import looked, owned
from nolcat_desktop.aws.setup_roles import job_role
from nolcat_desktop.aws.setup_wishes import TAG, Chapter, Look, PipelineFiles, Resource, SetupClients, State, Wishes

ENTRY = "nolcat_publish.py"
_ABSENT = frozenset({"EntityNotFoundException", "NoSuchKey", "404", "NoSuchBucket"})


@dataclass(frozen=True, slots=True)
class Scripts:
    """The files of the job, in a folder named by their content: a new version is a new folder."""

    clients: SetupClients
    wishes: Wishes
    files: PipelineFiles
    chapter: Chapter = Chapter.JOBS
    kind: str = "glue scripts"

    @property
    def name(self) -> str:
        """Their folder."""
        return self.files.code_prefix(self.wishes)

    def look(self) -> Look:
        """Whether all are there; the folder's name says that they are the same."""
        found = [looked(lambda file=file: self._file(file), _ABSENT) for file in self.files.scripts]  # type: ignore[misc]
        worst = next((one for one in found if one.state is not State.SAME), None)
        missing = sum(one.state is State.MISSING for one in found)
        if worst is None or missing == len(found):
            return worst or Look(State.SAME, self._arn)
        return Look(State.DIFFERS, self._arn, f"{missing} of {len(found)} files are missing" if missing else worst.note)

    def _file(self, file: str) -> Look:
        with border("looking at the scripts"):
            found = self.clients.s3.head_object(Bucket=self.wishes.bucket, Key=f"{self.name}{file}")
        same = found["ContentLength"] == len(self.files.scripts[file])
        return Look(State.SAME if same else State.DIFFERS, self._arn, "" if same else f"{file} has another length")

    def put(self, found: Look) -> str:  # noqa: ARG002 - they are written whole
        """Write them, the one that starts the others last."""
        for file in sorted(self.files.scripts, key=lambda name: (name == ENTRY, name)):
            with border("sending the scripts"):
                self.clients.s3.put_object(
                    Bucket=self.wishes.bucket, Key=f"{self.name}{file}", Body=self.files.scripts[file]
                )
        return self._arn

    def remove(self) -> bool:
        """Never: nothing is removed from the bucket."""
        return False

    @property
    def _arn(self) -> str:
        return f"arn:{self.wishes.partition}:s3:::{self.wishes.bucket}/{self.name}"


@dataclass(frozen=True, slots=True)
class Database:
    """The database of the catalog; it may be there already, and others may use it."""

    clients: SetupClients
    wishes: Wishes
    chapter: Chapter = Chapter.JOBS
    kind: str = "glue database"

    @property
    def name(self) -> str:
        """Its name."""
        return self.wishes.database

    def look(self) -> Look:
        """Whether it is there."""
        return looked(self._look, _ABSENT)

    def _look(self) -> Look:
        with border("looking at the database"):
            self.clients.glue.get_database(Name=self.name)
        return Look(State.SAME, self._arn)

    def put(self, found: Look) -> str:  # noqa: ARG002 - it can only be missing
        """Make it."""
        with border("making the database"):
            said = "COUNTER usage, published by the pipeline of NoLCAT Desktop."
            self.clients.glue.create_database(
                DatabaseInput={"Name": self.name, "Description": said}, Tags={TAG: self.wishes.name}
            )
        return self._arn

    def remove(self) -> bool:
        """Never: it is the way to the numbers."""
        return False

    @property
    def _arn(self) -> str:
        return self.wishes.arn("glue", f"database/{self.name}")


@dataclass(frozen=True, slots=True)
class Job:
    """One Glue job."""

    clients: SetupClients
    wishes: Wishes
    wanted: Mapping[str, Any]
    """As CreateJob takes it, without Name and Tags."""
    name: str
    chapter: Chapter = Chapter.JOBS
    kind: str = "glue job"

    def look(self) -> Look:
        """Whether it is there as it should be; its size is the user's and is not looked at."""
        return looked(self._look, _ABSENT)

    def _look(self) -> Look:
        with border("looking at the job"):
            found = self.clients.glue.get_job(JobName=self.name)["Job"]
            tags = self.clients.glue.get_tags(ResourceArn=self._arn)["Tags"]
        return owned(tags, self.wishes.name, self._arn, ", ".join(differences(found, self.wanted)))

    def put(self, found: Look) -> str:
        """Make it; or get, merge and update, because UpdateJob replaces the whole definition."""
        glue = self.clients.glue
        with border("making the job"):
            if found.state is State.MISSING:
                glue.create_job(Name=self.name, Tags={TAG: self.wishes.name}, **self.wanted)
            else:
                held = glue.get_job(JobName=self.name)["Job"]
                glue.update_job(JobName=self.name, JobUpdate=merged(held, self.wanted))
        return self._arn

    def remove(self) -> bool:
        """Remove it, if it is ours."""
        if self.look().state not in (State.SAME, State.DIFFERS):
            return False
        with border("removing the job"):
            self.clients.glue.delete_job(JobName=self.name)
        return True

    @property
    def _arn(self) -> str:
        return self.wishes.arn("glue", f"job/{self.name}")


def jobs(clients: SetupClients, wishes: Wishes, files: PipelineFiles) -> list[Resource]:
    """The resources of the chapter, in their order."""
    folder = files.code_prefix(wishes)
    found: list[Resource] = [Scripts(clients, wishes, files), Database(clients, wishes), *job_role(clients, wishes)]
    found.append(Job(clients, wishes, shell_job(wishes, folder), wishes.shell_job))
    if wishes.spark:
        found.append(Job(clients, wishes, spark_job(wishes, folder), wishes.spark_job))
    return found


def shell_job(wishes: Wishes, folder: str) -> dict[str, Any]:
    """The job of type Python shell; the state machine gives each run its size."""
    code = f"s3://{wishes.bucket}/{folder}"
    return {
        "Description": "Checks what was sent and publishes it for Athena; made by NoLCAT Desktop.",
        "Role": wishes.job_role_arn,
        "Command": {"Name": "pythonshell", "PythonVersion": "3.9", "ScriptLocation": f"{code}{ENTRY}"},
        "GlueVersion": "3.0",
        "MaxCapacity": 0.0625,
        "ExecutionProperty": {"MaxConcurrentRuns": 3},
        "MaxRetries": 0,
        "Timeout": 240,
        "DefaultArguments": {**_arguments(code), "library-set": "none"},
    }


def spark_job(wishes: Wishes, folder: str) -> dict[str, Any]:
    """The job on Spark, for sets that one machine is too small for."""
    code = f"s3://{wishes.bucket}/{folder}"
    return {
        "Description": "The same on Spark, for sets that are too large for one machine; made by NoLCAT Desktop.",
        "Role": wishes.job_role_arn,
        "Command": {"Name": "glueetl", "PythonVersion": "3", "ScriptLocation": f"{code}{ENTRY}"},
        "GlueVersion": "5.0",
        "WorkerType": "G.1X",
        "NumberOfWorkers": 2,
        "ExecutionProperty": {"MaxConcurrentRuns": 3},
        "MaxRetries": 0,
        "Timeout": 240,
        "DefaultArguments": {**_arguments(code), "--job-language": "python"},
    }


def _arguments(code: str) -> dict[str, str]:
    return {"--code_location": code, "--additional-python-modules": "pyarrow==20.0.0"}
