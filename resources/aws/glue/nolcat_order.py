"""What a run is asked to do, and how it says that it cannot. Python 3.9, as Glue's Python shell has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ARGUMENTS = (
    "manifest_bucket", "manifest_key", "manifest_sha256", "store_bucket", "store_prefix", "database", "is_test",
    "run_name", "engine", "spark_from_bytes",
)  # fmt: skip
"""Names of the job's arguments; none begins another's."""


Client = Any
"""A client of boto3, which has no types of its own."""


@dataclass(frozen=True)
class Services:
    """What a run talks to."""

    s3: Client
    glue: Client


@dataclass(frozen=True)
class Problem:
    """What went wrong, for a person."""

    error: str
    """`NoLCAT.` and a word: the error of the execution."""
    title: str
    meaning: str
    remedy: str
    where: str | None = None
    """The object or unit."""


class RefusedError(Exception):
    """The set is not published; what was published before stays."""

    def __init__(self, *problems: Problem) -> None:
        """Say why, at least once."""
        super().__init__(problems[0].title)
        self.problems = problems


@dataclass(frozen=True)
class Order:
    """The arguments of a run."""

    bucket: str
    key: str
    sha256: str
    store_bucket: str
    prefix: str
    """Of what is written, without slashes at its ends; that of tests ends in `/test`."""
    database: str
    is_test: bool
    run: str
    engine: str
    spark_from_bytes: int

    @property
    def table(self) -> str:
        """Name of the table that is switched."""
        return "usage_test" if self.is_test else "usage"

    @property
    def library_prefix(self) -> str:
        """The library's own prefix in its bucket, with a slash at its end unless it is empty."""
        return self.key.rpartition("/")[0].rpartition("manifests")[0]

    def result_key(self, name: str) -> str:
        """Where a file of the outcome goes."""
        return f"{self.prefix}/results/{self.run}/{name}"


def read_order(words: list[str]) -> Order:
    """Read the arguments of the job; others, which Glue adds, are passed over.

    Raises:
        KeyError: If one is missing.
        ValueError: If one makes no sense.
    """
    given = {}
    for place, word in enumerate(words):
        name, _, value = word.partition("=")
        if name.startswith("--") and name[2:] in ARGUMENTS:
            given[name[2:]] = value if "=" in word else words[place + 1]
    prefix = given["store_prefix"].strip("/")
    if not prefix:
        raise ValueError("--store_prefix is empty")
    is_test = given["is_test"].lower() == "true"
    return Order(
        given["manifest_bucket"],
        given["manifest_key"],
        given["manifest_sha256"].lower(),
        given["store_bucket"],
        f"{prefix}/test" if is_test else prefix,
        given["database"],
        is_test,
        given["run_name"],
        given["engine"],
        int(given["spark_from_bytes"]),
    )
