"""moto's server with what it lacks, as a program of its own: `python -m tests.servers.aws_stand_in_server PORT`.

What is added: `glue:startJobRun.sync` works; what a state answers may hold times, and what it reads from S3 is text; a
Glue run really executes the script from S3 in a process of its own, may be running several times at once as its job
allows, and is ended when its execution is stopped; `UpdateTable` heeds `VersionId`; a subscription by e-mail of an
address at `late.example.org` waits for its confirmation; `UpdateJob` replaces a job, and a pull turns its common
libraries on. Everything else is moto's own.

The interpreter of jobs of type pythonshell is the one that `NOLCAT_GLUE_PYTHON` names.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import threading
import time
from copy import copy
from datetime import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
from moto.core.utils import utcnow
from moto.glue import models as glue_models
from moto.glue import responses as glue_responses
from moto.glue.exceptions import GlueClientError
from moto.sns import models as sns_models
from moto.stepfunctions import responses as step_responses
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_aws_sdk,
    state_task_service_callback,
    state_task_service_glue,
    state_task_service_sns,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import ResourceCondition
from moto.stepfunctions.parser.asl.utils.encoding import _DateTimeEncoder
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker

from tests.servers.glue_process import Forge, Process, Started, forge

_RUNNING: dict[str, list[Run]] = {}
"""Name of the execution → its Glue runs."""
_ENDED = ("SUCCEEDED", "FAILED", "STOPPED")
_FORGE: list[Forge] = []
"""The interpreter for Python shell jobs, once it is started."""
_LOOK, _LONGEST_WAIT = 0.2, 0.2
"""Seconds between two looks at a run that a state waits for, and the longest wait before a state is tried again."""


class Run:
    """One run of a Glue job: the process that executes the job's script."""

    def __init__(self, name: str, arguments: dict[str, str], capacity: object) -> None:
        """Start it."""
        self.state, self.error = "RUNNING", ""
        self._name, self._arguments, self._capacity = name, arguments, capacity
        self._process: Process | None = None
        _RUNNING.setdefault(arguments.get("--run_name", ""), []).append(self)
        threading.Thread(target=self._execute, daemon=True).start()

    def stop(self) -> None:
        """End it as the service does."""
        if self.state == "RUNNING":
            self.state = "STOPPED"
            if self._process is not None:
                self._process.kill()

    def _execute(self) -> None:
        try:
            code, said = self._run()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is how the run ended
            code, said = 1, repr(error)
        if self.state == "RUNNING":
            self.error = "" if code == 0 else (said.strip().splitlines() or [f"exit code {code}"])[-1]
            self.state = "SUCCEEDED" if code == 0 else "FAILED"

    def _run(self) -> tuple[int, str]:
        command = _job(self._name).command
        bucket, _, key = command["ScriptLocation"].removeprefix("s3://").partition("/")
        environment = {**os.environ, **_ENVIRONMENT, "NOLCAT_MAX_CAPACITY": str(self._capacity)}
        with tempfile.TemporaryDirectory(dir=os.environ.get("NOLCAT_STAND_IN_FOLDER")) as folder:
            script = Path(folder) / "script.py"
            script.write_bytes(_s3().get_object(Bucket=bucket, Key=key)["Body"].read())
            words = [str(script), *(word for pair in self._arguments.items() for word in pair)]
            out = Path(folder) / "out.txt"
            if command["Name"] == "pythonshell" and _FORGE:
                self._process = _FORGE[0].begin(words, environment, Path(folder), out)
            else:
                python = os.environ["NOLCAT_GLUE_PYTHON"] if command["Name"] == "pythonshell" else sys.executable
                self._process = Started([python, *words], environment, Path(folder), out)
            if self.state != "RUNNING":
                self._process.kill()
            code = self._process.wait()
            said = out.read_text(encoding="utf-8", errors="replace")
            sys.stderr.write(f"--- {self._name}: exit {code}\n{said}\n")
            return code, said


@cache
def _s3() -> Any:
    """boto3's client of this very server; it may be used by many threads."""
    return boto3.session.Session("t", "t", region_name=_REGION).client("s3", endpoint_url=_URL)


def _job(name: str) -> Any:
    """The job of this name, in whatever account and region it was made."""
    for regions in glue_models.glue_backends.values():
        for backend in regions.values():
            for job in backend.jobs.values():
                if job.name == name:
                    return job
    raise LookupError(f"no job {name}")


def _real_runs() -> None:
    """Give moto's job runs a process, and the state of that process."""
    begin, told = glue_models.FakeJobRun.__init__, glue_models.FakeJobRun.as_dict

    def begun(self: Any, *given: Any, **named: Any) -> None:
        begin(self, *given, **named)
        self.real = Run(self.job_name, self.arguments or {}, self.max_capacity)

    def as_dict(self: Any) -> dict[str, Any]:
        found: dict[str, Any] = told(self) | {"JobRunState": self.real.state, "LogGroupName": "/aws-glue/python-jobs"}
        if self.real.state not in _ENDED:
            found.pop("CompletedOn")
            return found
        return found | ({"ErrorMessage": self.real.error} if self.real.error else {})

    patched: Any = glue_models.FakeJobRun
    patched.__init__ = begun
    patched.as_dict = as_dict
    patched.status = property(lambda self: self.real.state, lambda _self, _value: None)


def _stopping_ends_runs() -> None:
    """StopExecution ends the Glue run that the state waits for (the service does so with BatchStopJobRun)."""
    stop = ExecutionWorker.stop

    def stopped(self: Any, stop_date: datetime, error: str | None, cause: str | None) -> None:
        stop(self, stop_date=stop_date, error=error, cause=cause)
        for run in _RUNNING.get(self._evaluation_details.execution_details.name, []):
            run.stop()

    patched: Any = ExecutionWorker
    patched.stop = stopped


def _tables_with_versions() -> None:
    """UpdateTable with another VersionId than the table's is refused, as the service does."""
    update, lock = glue_responses.GlueResponse.update_table, threading.Lock()

    def updated(self: Any) -> Any:
        with lock:
            wanted = self.parameters.get("VersionId")
            table = self.glue_backend.get_table(self.parameters["DatabaseName"], self.parameters["TableInput"]["Name"])
            if wanted is not None and table.as_dict()["VersionId"] != str(wanted):
                raise GlueClientError("ConcurrentModificationException", "The table was changed by somebody else.")
            table.updated_time = utcnow()
            return update(self)

    patched: Any = glue_responses.GlueResponse
    patched.update_table = updated


def _bodies_are_text() -> None:
    """What a state reads from S3 is text in its answer, as the service has it."""
    patched: Any = state_task_service_aws_sdk.StateTaskServiceAwsSdk
    evaluated = patched._eval_service_task

    def read(self: Any, env: Any, *given: Any, **named: Any) -> None:
        evaluated(self, env, *given, **named)
        answer = env.stack[-1]
        if isinstance(answer, dict) and hasattr(answer.get("Body"), "read"):
            answer["Body"] = answer["Body"].read().decode()

    patched._eval_service_task = read


def _times_in_answers() -> None:
    """Let a state answer times, and let Glue's `.sync` be waited for."""
    glue: Any = state_task_service_glue
    glue._SUPPORTED_INTEGRATION_PATTERNS = {ResourceCondition.Sync, ResourceCondition.WaitForTaskToken}
    steps: Any = step_responses
    steps.json = SimpleNamespace(
        loads=json.loads, dumps=lambda value, **named: json.dumps(value, cls=_DateTimeEncoder, **named)
    )


def _late_addresses_wait() -> None:
    """Nobody confirms at this domain: the list has, as the service does, a word in place of the subscription's ARN."""
    listed = sns_models.SNSBackend.list_subscriptions_by_topic

    def as_told(one: Any) -> Any:
        seen = copy(one)
        if str(one.endpoint).endswith("@late.example.org"):
            seen.arn = "PendingConfirmation"
        return seen

    def with_words(self: Any, *given: Any, **named: Any) -> Any:
        found, more = listed(self, *given, **named)
        return [as_told(one) for one in found], more

    patched: Any = sns_models.SNSBackend
    patched.list_subscriptions_by_topic = with_words


def _waits_are_short() -> None:
    """Waiting proves nothing here: how often, how long and for what is in the definition, which is tested by itself."""
    patched: Any = state_task_service_callback
    patched._DELAY_SECONDS_SYNC_CONDITION_CHECK = _LOOK
    for module in (state_task_service_glue, state_task_service_aws_sdk, state_task_service_sns):
        once: Any = module
        made = cache(once.boto_client_for)  # making one takes longer than the call
        once.boto_client_for = lambda region, service, made=made, **_who: made(region, service)
    retries: Any = retrier_decl
    retries.time = SimpleNamespace(sleep=lambda seconds: time.sleep(min(float(seconds), _LONGEST_WAIT)))


def _jobs_are_updated() -> None:
    """UpdateJob replaces what it names; a pull turns the common libraries on, and a push changes nothing here."""

    def changed(self: Any, update: dict[str, Any]) -> str:
        name = self.parameters["JobName"]
        job = self.glue_backend.get_job(name)
        for key, value in update.items():
            setattr(job, re.sub(r"(?<!^)(?=[A-Z])", "_", key).lower(), value)
        return json.dumps({"JobName": name})

    def pulled(self: Any) -> str:
        held = self.glue_backend.get_job(self.parameters["JobName"]).default_arguments or {}
        return changed(self, {"DefaultArguments": {**held, "library-set": "analytics"}})

    patched: Any = glue_responses.GlueResponse
    patched.update_job = lambda self: changed(self, self.parameters["JobUpdate"])
    patched.update_job_from_source_control = pulled
    patched.update_source_control_from_job = lambda self: changed(self, {})


_REGION = "us-east-1"
_URL = ""
_ENVIRONMENT: dict[str, str] = {}


def _end_with_parent() -> None:
    """A run of tests that was ended by force leaves no server behind."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


def serve(port: int) -> None:
    """Serve on `port` of this machine until the process is ended."""
    global _URL
    _URL = f"http://127.0.0.1:{port}"
    os.environ["MOTO_PORT"] = str(port)
    os.environ.setdefault("NOLCAT_GLUE_PYTHON", sys.executable)
    _ENVIRONMENT.update(
        {
            "AWS_ENDPOINT_URL": _URL,
            "AWS_ACCESS_KEY_ID": "t",
            "AWS_SECRET_ACCESS_KEY": "t",
            "AWS_DEFAULT_REGION": _REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "PYTHONWARNINGS": "ignore",
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_SUBMIT_ARGS": "--master local[2] --driver-memory 1g --conf spark.ui.enabled=false "
            "--driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' pyspark-shell",
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
    )
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _real_runs()
    _stopping_ends_runs()
    _tables_with_versions()
    _times_in_answers()
    _bodies_are_text()
    _late_addresses_wait()
    _jobs_are_updated()
    _waits_are_short()
    python = os.environ["NOLCAT_GLUE_PYTHON"]
    if (made := forge(python, {**os.environ, **_ENVIRONMENT})) is not None:
        _FORGE.append(made)
    from moto.server import main

    main(["-H", "127.0.0.1", "-p", str(port)])


if __name__ == "__main__":
    serve(int(sys.argv[1]))
