"""The pipeline as it is shipped, installed in the stand-in of AWS, and what comes of it."""

from __future__ import annotations

import io
import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from tests.pipeline.sets import Sent
from tests.servers.aws_stand_in import Aws

SHIPPED = Path(__file__).parents[2] / "resources" / "aws"
STORE = "pipeline"
NEVER = 9007199254740991
_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Ended:
    """An execution that is over."""

    status: str
    error: str
    cause: str
    output: Mapping[str, Any]
    steps: tuple[str, ...]
    """States in the order in which they were entered."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One pipeline with a topic, a mailbox, a database and jobs of its own."""

    aws: Aws
    bucket: str
    """Of the library and of the store."""
    name: str
    machine: str
    mailbox: str

    def start(self, sent: Sent, test: bool = False, name: str | None = None) -> str:
        """Start an execution; its ARN."""
        return self.start_with({"manifest": sent.order, "test": test}, name or f"run-{uuid.uuid4().hex[:12]}")

    def start_with(self, given: object, name: str) -> str:
        """The same with any input."""
        answer = self.aws.client("stepfunctions").start_execution(
            stateMachineArn=self.machine, name=name, input=json.dumps(given)
        )
        return str(answer["executionArn"])

    def run(self, sent: Sent, test: bool = False) -> Ended:
        """Start and wait."""
        return self.wait(self.start(sent, test))

    def wait(self, execution: str) -> Ended:
        """Wait until an execution is over."""
        steps = self.aws.client("stepfunctions")
        told = self.until(
            lambda: steps.describe_execution(executionArn=execution), lambda one: one["status"] != "RUNNING"
        )
        history = steps.get_execution_history(executionArn=execution, maxResults=1000)["events"]
        entered = [one["stateEnteredEventDetails"]["name"] for one in history if "stateEnteredEventDetails" in one]
        return Ended(
            told["status"],
            told.get("error", ""),
            told.get("cause", ""),
            json.loads(told.get("output") or "{}"),
            tuple(entered),
        )

    def until(self, look: Callable[[], Any], done: Callable[[Any], bool]) -> Any:
        """Look again and again until it is done."""
        end = time.monotonic() + _SECONDS
        while not done(found := look()):
            if time.monotonic() > end:
                raise TimeoutError(f"{found}\n{self.aws.log()[-4000:]}")
            time.sleep(0.15)
        return found

    def letters(self) -> list[tuple[str, str]]:
        """Subject and text of each message since the last look."""
        queue, found = self.aws.client("sqs"), []
        while got := queue.receive_message(QueueUrl=self.mailbox, MaxNumberOfMessages=10).get("Messages"):
            for one in got:
                told = json.loads(one["Body"])
                found.append((told["Subject"], told["Message"]))
                queue.delete_message(QueueUrl=self.mailbox, ReceiptHandle=one["ReceiptHandle"])
        return found

    def table(self, name: str = "usage") -> dict[str, Any] | None:
        """The table of the catalog, or None."""
        glue = self.aws.client("glue")
        try:
            return dict(glue.get_table(DatabaseName=self.name, Name=name)["Table"])
        except glue.exceptions.EntityNotFoundException:
            return None

    def files(self, name: str = "usage") -> dict[str, bytes]:
        """What the table shows: key below its location → bytes."""
        table = self.table(name)
        assert table is not None
        bucket, _, folder = table["StorageDescriptor"]["Location"].removeprefix("s3://").partition("/")
        s3 = self.aws.client("s3")
        listed = s3.list_objects_v2(Bucket=bucket, Prefix=folder).get("Contents", [])
        return {
            one["Key"].removeprefix(folder): s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
            for one in listed
        }

    def rows(self, name: str = "usage") -> pl.DataFrame:
        """The rows of the table, as Athena would read them: the partitions are in the path."""
        parts = [
            pl.read_parquet(io.BytesIO(content)).with_columns(
                family=pl.lit(key.split("/")[0].removeprefix("family=")), year=pl.lit(int(key.split("/")[1][5:]))
            )
            for key, content in sorted(self.files(name).items())
            if key.endswith(".parquet")
        ]
        return pl.concat(parts)

    def sums(self, name: str = "usage") -> dict[tuple[Any, ...], int]:
        """(source, report type, release, month, metric) → sum of what the table shows."""
        keys = ["statistics_source_ID", "report_type", "release", "usage_date", "metric_type"]
        found = self.rows(name).group_by(keys).agg(pl.col("usage_count").sum())
        return {tuple(row[:-1]): row[-1] for row in found.iter_rows()}

    def result(self, execution: str, test: bool = False) -> dict[str, Any]:
        """The whole result that the job wrote."""
        run = execution.rpartition(":")[2]
        key = f"{STORE}/{'test/' if test else ''}results/{run}/result.json"
        return dict(json.loads(self.aws.client("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read()))


def install(
    aws: Aws, spark_from_bytes: int = NEVER, versions: bool = True, concurrent: int = 3, code: str = ""
) -> Pipeline:
    """A pipeline in a bucket of its own.

    Args:
        aws: The server.
        spark_from_bytes: The limit of size.
        versions: Whether the bucket keeps versions.
        concurrent: How many runs of a job may go on at once.
        code: Where the scripts lie; empty: where all tests have them.
    """
    made = store_only(aws, versions)
    name, role, place = made.name, aws.new_role(), code or shipped_code(aws)
    for kind, python in (("pythonshell", "3.9"), ("glueetl", "3")):
        aws.client("glue").create_job(
            Name=f"{name}-{kind}",
            Role=role,
            Command={"Name": kind, "PythonVersion": python, "ScriptLocation": f"{place}nolcat_publish.py"},
            DefaultArguments={"--code_location": place, "library-set": "none"},
            ExecutionProperty={"MaxConcurrentRuns": concurrent},
            MaxCapacity=0.0625,
        )
    topic = aws.client("sns").create_topic(Name=name)["TopicArn"]
    queue = aws.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    arn = aws.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    aws.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    said = {
        "ShellJob": f"{name}-pythonshell",
        "SparkJob": f"{name}-glueetl",
        "SparkFromBytes": str(spark_from_bytes),
        "TopicArn": topic,
        "StoreBucket": made.bucket,
        "StorePrefix": STORE,
        "Database": name,
    }
    machine = aws.client("stepfunctions").create_state_machine(
        name=name, definition=definition(said), roleArn=role, type="STANDARD"
    )
    return replace(made, machine=machine["stateMachineArn"], mailbox=queue)


def store_only(aws: Aws, versions: bool = True) -> Pipeline:
    """The bucket and the database alone, for a job that is run by the test itself."""
    name = f"nolcat-{uuid.uuid4().hex[:8]}"
    aws.client("glue").create_database(DatabaseInput={"Name": name})
    return Pipeline(aws, aws.new_bucket(versions), name, "", "")


def code_in(aws: Aws, changed: Mapping[str, bytes] = MappingProxyType({})) -> str:
    """The scripts in a bucket of their own, some of them others than those that are shipped; where they lie."""
    bucket = aws.new_bucket(versions=False)
    for file in (SHIPPED / "glue").glob("*.py"):
        content = changed.get(file.name, file.read_bytes())
        if content:
            aws.client("s3").put_object(Bucket=bucket, Key=f"code/{file.name}", Body=content)
    return f"s3://{bucket}/code/"


@cache
def shipped_code(aws: Aws) -> str:
    """The scripts that are shipped; sent once."""
    return code_in(aws)


def definition(said: Mapping[str, str]) -> str:
    """The state machine as shipped, with its substitutions."""
    text = (SHIPPED / "state_machine.asl.json").read_text(encoding="utf-8")
    for name, value in said.items():
        text = text.replace(f"${{{name}}}", value)
    return text
