"""Starting a run exactly once, whatever happens; following it; what the library knows of its runs."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.executions import RunStatus, list_runs
from nolcat_desktop.aws.executions_following import Pace, Timing
from nolcat_desktop.aws.executions_steps import StepState
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.workflow.running import (
    Pipeline,
    failure,
    follow,
    go_on,
    runs,
    start,
    status,
    stop,
    unfinished,
    usual_seconds,
)
from nolcat_desktop.workflow.running_larger import start_larger, told_failure
from nolcat_desktop.workflow.running_log import KnownRun, RunLog
from tests.aws.machines import LONG, TOLD, WELL, new_machine, too_small
from tests.servers.aws_stand_in import Aws
from tests.workflow.killed_start import SENT

QUICK = Timing(pace=Pace(first=0.05, longest=0.2))
OTHER = replace(SENT, manifest_key="nolcat/manifests/77e0.json", manifest_sha256="77e0" * 16)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def sfn(aws_server: Aws) -> Iterator[Any]:
    with closing(aws_server.client("stepfunctions")) as client:
        yield client


def pipeline(sfn: Any, machine: str, folder: Path, who: str = "Ana") -> Pipeline:
    return Pipeline(sfn, machine, RunLog(folder / ".nolcat"), lambda: datetime.now(UTC), who)


def end(own: Pipeline, run: KnownRun) -> list[Any]:
    return list(follow(own, run, None, QUICK))


class Refusing:
    """A client that answers one call with an error."""

    def __init__(self, client: Any, call: str, error: Exception, after: bool = False) -> None:
        self._client, self._call, self._error, self._after = client, call, error, after

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._client, name)
        if name != self._call:
            return real

        def refuse(**asked: Any) -> None:
            if self._after:
                real(**asked)
            raise self._error

        return refuse


def test_that_a_run_is_started_told_by_the_contract_and_known_afterwards(
    aws_server: Aws, sfn: Any, tmp_path: Path
) -> None:
    own = pipeline(sfn, new_machine(aws_server, WELL), tmp_path)
    started = start(own, SENT)
    assert started.is_new
    assert started.run.name == "nolcat-riverside-9f3c21ab77e0-1"
    told = json.loads(started.run.input)
    assert told["manifest"] == {"bucket": "bucket", "key": SENT.manifest_key, "sha256": SENT.manifest_sha256}
    last = end(own, started.known)[-1]
    assert last.run.status is RunStatus.SUCCEEDED
    (known,) = own.log.runs()
    assert (known.who, known.status, known.attempt) == ("Ana", "SUCCEEDED", 1)
    assert known.ended is not None


def test_that_a_second_click_starts_nothing(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    own = pipeline(sfn, new_machine(aws_server, LONG), tmp_path)
    first, second = start(own, SENT), start(own, SENT)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.run.arn == second.run.arn
    assert len(list(list_runs(sfn, own.machine_arn))) == 1
    assert len(own.log.runs()) == 1
    stop(own, first.known)


def test_that_a_second_workstation_starts_nothing_either(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    machine = new_machine(aws_server, LONG)
    first = start(pipeline(sfn, machine, tmp_path / "here"), SENT)
    second = start(pipeline(sfn, machine, tmp_path / "there"), SENT)
    assert not second.is_new
    assert second.run.arn == first.run.arn
    stop(pipeline(sfn, machine, tmp_path), first.known)


def test_that_the_larger_size_is_another_run_that_is_started_once(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    own = pipeline(sfn, new_machine(aws_server, too_small("")), tmp_path)
    first = start(own, SENT)
    told = told_failure(own, first.known, end(own, first.known)[-1])
    assert told is not None
    assert told.larger_size
    larger, second = start_larger(own, SENT), start_larger(own, SENT)
    assert (larger.is_new, second.is_new, second.run.arn) == (True, False, larger.run.arn)
    assert larger.run.name == "nolcat-riverside-9f3c21ab77e0-l1"
    last = end(own, larger.known)[-1]
    assert last.run.status is RunStatus.SUCCEEDED
    assert not start_larger(own, SENT).is_new  # not even after it has ended
    assert [(run.larger, run.outcome) for run in own.log.runs()] == [(True, "published"), (False, "")]
    with pytest.raises(NolcatError, match="no larger size"):
        start_larger(pipeline(sfn, new_machine(aws_server, WELL), tmp_path), SENT)


@pytest.mark.parametrize("ended", [True, False])
def test_that_a_set_that_was_run_is_run_again_only_when_asked(
    aws_server: Aws, sfn: Any, tmp_path: Path, ended: bool
) -> None:
    own = pipeline(sfn, new_machine(aws_server, WELL if ended else LONG), tmp_path)
    first = start(own, SENT)
    if ended:
        end(own, first.known)
    assert not start(own, SENT).is_new
    again = start(own, SENT, again=True)
    assert again.is_new is ended  # one that goes on is never doubled
    assert again.run.name.endswith("-2" if ended else "-1")
    shown = start(own, SENT)  # what is shown from now on is the newest attempt
    assert shown.run.arn == again.run.arn
    if not ended:
        stop(own, first.known)


def test_that_two_sets_run_beside_each_other(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    own = pipeline(sfn, new_machine(aws_server, LONG), tmp_path)
    one, other = start(own, SENT), start(own, OTHER)
    assert one.run.arn != other.run.arn
    assert {run.name for run in unfinished(own.log)} == {one.run.name, other.run.name}
    for started in (one, other):
        stop(own, started.known)
        assert end(own, started.known)[-1].run.status is RunStatus.ABORTED
    assert unfinished(own.log) == ()


def test_that_the_test_run_of_a_set_is_a_run_of_its_own(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    own = pipeline(sfn, new_machine(aws_server, WELL), tmp_path)
    assert start(own, SENT).run.arn != start(own, replace(SENT, test=True)).run.arn


@pytest.mark.kill
@pytest.mark.parametrize("when", ["before", "after"])
def test_that_a_program_killed_at_the_start_is_taken_up_and_starts_once(
    aws_server: Aws, sfn: Any, tmp_path: Path, when: str
) -> None:
    machine = new_machine(aws_server, LONG)
    words = [sys.executable, "-m", "tests.workflow.killed_start", str(aws_server.port), machine]
    ended = subprocess.run([*words, str(tmp_path / ".nolcat"), when], cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    own = pipeline(sfn, machine, tmp_path)
    (open_run,) = unfinished(own.log)
    assert open_run.arn == ""
    if when == "after":
        assert status(own, open_run).run is not None
    else:
        with pytest.raises(NolcatError, match="was not started"):
            status(own, open_run)
    started = start(own, SENT)
    assert started.is_new is (when == "before")
    assert len(list(list_runs(sfn, machine))) == 1
    assert len(own.log.runs()) == 1
    stop(own, started.known)


def test_that_an_answer_lost_on_the_way_leads_to_the_same_run(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    lost = EndpointConnectionError(endpoint_url="https://states")
    machine = new_machine(aws_server, LONG)
    with pytest.raises(CloudError, match="connection is gone"):
        start(pipeline(Refusing(sfn, "start_execution", lost, after=True), machine, tmp_path), SENT)
    own = pipeline(sfn, machine, tmp_path)
    assert len(unfinished(own.log)) == 1
    assert not start(own, SENT).is_new
    assert len(list(list_runs(sfn, machine))) == 1
    assert own.log.runs()[0].arn
    stop(own, own.log.runs()[0])


def test_that_a_refused_start_is_noted_as_refused_and_can_be_repeated(
    aws_server: Aws, sfn: Any, tmp_path: Path
) -> None:
    denied = ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, "StartExecution")
    machine = new_machine(aws_server, WELL)
    with pytest.raises(CloudError):
        start(pipeline(Refusing(sfn, "start_execution", denied), machine, tmp_path), SENT)
    own = pipeline(sfn, machine, tmp_path)
    assert unfinished(own.log) == ()
    assert own.log.runs()[0].status == "REFUSED"
    assert start(own, SENT).is_new
    assert own.log.runs()[0].status in ("", "SUCCEEDED")


def test_that_nothing_is_started_when_the_disk_does_not_take_the_note(
    aws_server: Aws, sfn: Any, tmp_path: Path
) -> None:
    (tmp_path / ".nolcat").write_text("a file stands where the folder should be")
    own = pipeline(sfn, new_machine(aws_server, WELL), tmp_path)
    with pytest.raises(NolcatError):
        start(own, SENT)
    assert list(list_runs(sfn, own.machine_arn)) == []


def test_that_a_failed_run_tells_its_failure_and_its_step(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    own = pipeline(sfn, new_machine(aws_server, TOLD), tmp_path)
    last = end(own, start(own, SENT).known)[-1]
    told = failure(last)
    assert told is not None
    assert told.problem.title == "A file that was sent is no longer in the bucket"
    assert "DR/3_DR_NULL.parquet is gone" in told.problem.meaning
    assert own.log.runs()[0].error == "NoLCAT.ObjectMissing"
    assert not told.redrive


def test_that_an_expired_sign_in_while_following_loses_nothing(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    machine = new_machine(aws_server, LONG)
    known = start(pipeline(sfn, machine, tmp_path), SENT).known
    expired = ClientError({"Error": {"Code": "ExpiredTokenException", "Message": "expired"}}, "DescribeExecution")
    with pytest.raises(CloudError, match="sign-in has run out"):
        list(follow(pipeline(Refusing(sfn, "describe_execution", expired), machine, tmp_path), known, None, QUICK))
    own = pipeline(sfn, machine, tmp_path)
    (open_run,) = unfinished(own.log)
    stop(own, open_run)
    assert end(own, open_run)[-1].run.status is RunStatus.ABORTED
    assert own.log.runs()[0].status == "ABORTED"


def test_that_a_library_s_own_machine_is_told_in_its_own_keys(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    theirs = {"StartAt": "A", "States": {"A": {"Type": "Pass", "InputPath": "$.src", "End": True}}}
    own = pipeline(sfn, new_machine(aws_server, theirs), tmp_path)
    with pytest.raises(NolcatError, match="cannot be used"):
        start(own, SENT)
    assert own.log.runs() == ()
    started = start(own, SENT, '{"src": "s3://{manifest_bucket}/{manifest_key}"}')
    assert json.loads(started.run.input) == {"src": f"s3://bucket/{SENT.manifest_key}"}
    (step,) = end(own, started.known)[-1].steps
    assert (step.words, step.state) == ("A", StepState.DONE)


def test_that_an_express_machine_starts_nothing(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    own = pipeline(sfn, new_machine(aws_server, WELL, "EXPRESS"), tmp_path)
    with pytest.raises(NolcatError, match="EXPRESS"):
        start(own, SENT)
    assert own.log.runs() == ()


def test_that_the_list_of_runs_has_ours_and_those_of_others(aws_server: Aws, sfn: Any, tmp_path: Path) -> None:
    machine = new_machine(aws_server, WELL)
    here, there = pipeline(sfn, machine, tmp_path / "here"), pipeline(sfn, machine, tmp_path / "there", "Maria")
    start(here, SENT)
    end(there, start(there, OTHER).known)
    sfn.start_execution(stateMachineArn=machine, name="by-hand", input='{"test":true}')
    listed = {run.name: run for run in runs(here)}
    assert set(listed) == {"nolcat-riverside-9f3c21ab77e0-1", "nolcat-riverside-77e077e077e0-1", "by-hand"}
    assert [run.who for run in listed.values()].count("Ana") == 1
    assert listed["nolcat-riverside-77e077e077e0-1"].manifest_sha256 == "77e077e077e0"


def test_that_going_on_asks_for_a_redrive_of_that_end_and_opens_the_run_again(tmp_path: Path) -> None:
    asked: list[dict[str, Any]] = []
    when = datetime(2026, 11, 22, tzinfo=UTC)
    row = {"executionArn": "arn:x", "name": "n", "stateMachineArn": "m", "status": "FAILED", "startDate": when}

    class Client:
        def describe_execution(self, **_asked: object) -> dict[str, Any]:
            return row | {"stopDate": when} | ({"status": "RUNNING"} if asked else {})

        def redrive_execution(self, **given: Any) -> dict[str, Any]:
            asked.append(given)
            return {"redriveDate": when}

    own = pipeline(Client(), "m", tmp_path)
    known = KnownRun("n", "m", "b", "k", "s", 1, False, "Ana", when)
    own.log.about(known)
    own.log.began(known, "arn:x", when)
    own.log.ended(known, when, "FAILED")
    assert go_on(own, own.log.runs()[0]).status is RunStatus.RUNNING
    assert asked == [{"executionArn": "arn:x", "clientToken": f"nolcat-{when.timestamp():.0f}"}]
    assert own.log.runs()[0].is_open


def test_that_a_torn_last_line_is_passed_over_and_written_after(tmp_path: Path) -> None:
    own = pipeline(None, "m", tmp_path)
    known = KnownRun("n", "m", "b", "k", "s", 1, False, "Ana", datetime(2026, 11, 22, tzinfo=UTC))
    own.log.about(known)
    with own.log.file.open("ab") as file:
        file.write(b'{"kind":"began","na')
    assert own.log.runs() == (known,)
    own.log.began(known, "arn:x", known.about)
    assert own.log.runs()[0].arn == "arn:x"


def test_that_the_usual_time_is_told_once_there_are_enough_runs(tmp_path: Path) -> None:
    own = pipeline(None, "m", tmp_path)
    begin = datetime(2026, 11, 22, tzinfo=UTC)
    for number, seconds in enumerate((300, 240, 360, 9000, 270)):
        known = KnownRun(f"n{number}", "m", "b", "k", "s", 1, False, "Ana", begin)
        own.log.about(known)
        own.log.began(known, "arn", begin)
        own.log.ended(known, begin + timedelta(seconds=seconds), "SUCCEEDED", outcome="published")
    assert usual_seconds(own.log, "m") == (270.0, 360.0)
    assert usual_seconds(own.log, "other") is None
