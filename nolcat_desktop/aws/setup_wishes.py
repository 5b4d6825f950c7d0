"""What is to be set up, as plain values: names, places, sizes. Everything else follows from them.

Every resource has a name that follows from the wishes, so setting up twice finds what was made the first time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from nolcat_desktop.problem import NolcatError, Problem

TAG = "nolcat-desktop"
"""Key of the tag on everything that this program made; its value is the name of the set-up."""
SPARK_FROM = 2 * 1024**3
NEVER = 9_007_199_254_740_991
"""A limit of size that is never reached (2^53 - 1, the largest whole number that JSON keeps)."""
_NAME = re.compile(r"[a-z][a-z0-9-]{1,23}")
_PREFIX = re.compile(r"[A-Za-z0-9._=/-]+")


class Chapter(StrEnum):
    """The chapters of moving data to AWS, in their order."""

    STORAGE = "1. S3 locations"
    JOBS = "2. Glue jobs"
    NEWS = "3. SNS topic"
    MACHINE = "4. State machine"


class State(StrEnum):
    """How a resource stands."""

    MISSING = "missing"
    SAME = "same"
    DIFFERS = "differs"
    FOREIGN = "foreign"
    """There is one of this name that this program did not make: it is not touched."""
    UNSEEN = "unseen"
    """It may not be looked at."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a resource told."""

    state: State
    arn: str = ""
    note: str = ""
    """What differs, or what a person has to know."""
    is_waiting: bool = False
    """Whether somebody has to act before it works: an address that has not confirmed."""


class Resource(Protocol):
    """One thing that is set up."""

    @property
    def chapter(self) -> Chapter:
        """Where it belongs."""

    @property
    def kind(self) -> str:
        """What it is: `s3 bucket`, `glue job`."""

    @property
    def name(self) -> str:
        """Its name in AWS."""

    def look(self) -> Look:
        """How it stands; nothing is changed."""

    def put(self, found: Look) -> str:
        """Make it, or bring it to what it should be; its ARN. `found` is missing or differs."""

    def remove(self) -> bool:
        """Remove it if this program made it and it holds nothing of the library's; whether it was removed."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted."""

    bucket: str
    prefix: str
    """The library's folder in it, without slashes at its ends."""
    region: str
    account: str
    """12 digits."""
    partition: str = "aws"
    name: str = "nolcat"
    """What every name begins with; lower-case letters, digits and hyphens."""
    store_prefix: str = "nolcat-pipeline"
    database: str = "nolcat"
    emails: tuple[str, ...] = ()
    job_role: str = ""
    """ARN of a role that exists; empty: one is made."""
    machine_role: str = ""
    topic: str = ""
    """ARN of a topic that exists; empty: one is made."""
    spark: bool = True
    spark_from: int = SPARK_FROM
    """Bytes from which a set goes to Spark."""
    kms_key: str = ""
    """ARN of the key that the bucket is encrypted with, where there is one."""

    def __post_init__(self) -> None:
        """Look over what was typed.

        Raises:
            NolcatError: If a name cannot be used, or the pipeline's folder lies within the library's own.
        """
        if not _NAME.fullmatch(self.name):
            raise _unfit(
                f"“{self.name}” cannot begin the names.", "Use 2 to 24 lower-case letters, digits and hyphens."
            )
        store = self.store_prefix.strip("/")
        if store != self.store_prefix or not _PREFIX.fullmatch(store):
            raise _unfit(
                f"“{self.store_prefix}” cannot be the pipeline's folder.", "Give a name such as nolcat-pipeline."
            )
        if not re.fullmatch(r"[a-z0-9_]{1,255}", self.database):
            raise _unfit(
                f"“{self.database}” cannot name the database.", "Use lower-case letters, digits and underscores."
            )
        if store == self.prefix or (self.prefix and store.startswith(f"{self.prefix}/")):
            raise _unfit(
                "The pipeline's folder would lie within the library's.", "Choose a folder beside it (--store-prefix)."
            )

    @property
    def shell_job(self) -> str:
        """Name of the Glue job of type Python shell."""
        return f"{self.name}-publish"

    @property
    def spark_job(self) -> str:
        """Name of the Glue job on Spark."""
        return f"{self.name}-publish-spark"

    @property
    def machine(self) -> str:
        """Name of the state machine."""
        return f"{self.name}-pipeline"

    @property
    def topic_name(self) -> str:
        """Name of the topic."""
        return f"{self.name}-news"

    @property
    def topic_arn(self) -> str:
        """ARN of the topic."""
        return self.topic or self.arn("sns", self.topic_name)

    @property
    def machine_arn(self) -> str:
        """ARN of the state machine."""
        return self.arn("states", f"stateMachine:{self.machine}")

    def role_name(self, of: str) -> str:
        """Name of a role; roles are the account's in all regions, so the region is part of it."""
        return f"{self.name}-{of}-{self.region}"

    @property
    def job_role_arn(self) -> str:
        """ARN of the jobs' role."""
        return self.job_role or f"arn:{self.partition}:iam::{self.account}:role/{self.role_name('glue')}"

    @property
    def machine_role_arn(self) -> str:
        """ARN of the state machine's role."""
        return self.machine_role or f"arn:{self.partition}:iam::{self.account}:role/{self.role_name('states')}"

    def arn(self, service: str, rest: str) -> str:
        """ARN of something of this account and region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{rest}"

    def substitutions(self) -> dict[str, str]:
        """What stands for the `${…}` of the state machine's definition."""
        return {
            "ShellJob": self.shell_job,
            "SparkJob": self.spark_job if self.spark else self.shell_job,
            "SparkFromBytes": str(self.spark_from if self.spark else NEVER),
            "TopicArn": self.topic_arn,
            "StoreBucket": self.bucket,
            "StorePrefix": self.store_prefix,
            "Database": self.database,
        }


@dataclass(frozen=True, slots=True)
class PipelineFiles:
    """What is shipped: the definition with `${…}`, and the job's scripts."""

    definition: str
    scripts: Mapping[str, bytes]
    """File name → bytes."""

    @property
    def version(self) -> str:
        """The first 12 of the SHA-256 over names and bytes: a new version lies in a new folder."""
        whole = hashlib.sha256()
        for name, content in sorted(self.scripts.items()):
            whole.update(name.encode() + b"\0" + content + b"\0")
        return whole.hexdigest()[:12]

    def code_prefix(self, wishes: Wishes) -> str:
        """Folder of the scripts in the bucket, with a slash at its end."""
        return f"{wishes.store_prefix}/code/{self.version}/"

    def filled(self, wishes: Wishes) -> str:
        """The definition for these wishes."""
        text = self.definition
        for name, value in wishes.substitutions().items():
            text = text.replace("${" + name + "}", value)
        return text


@dataclass(frozen=True, slots=True)
class SetupClients:
    """boto3's clients, in the region of the bucket."""

    s3: Any = field(repr=False)
    glue: Any = field(repr=False)
    iam: Any = field(repr=False)
    sns: Any = field(repr=False)
    sfn: Any = field(repr=False)


def _unfit(why: str, remedy: str) -> NolcatError:
    return NolcatError(Problem("This cannot be set up", f"{why} Nothing was made.", remedy))
