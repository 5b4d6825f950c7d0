"""Following a run: slower and slower, through lost connections, up to an expired sign-in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.executions import RunStatus
from nolcat_desktop.aws.executions_following import Pace, Timing, watch
from nolcat_desktop.progress import Cancelled, Progress
from tests.aws.events import START, published

ARN = "arn:aws:states:eu-west-1:123456789012:execution:m:n"
LOST = EndpointConnectionError(endpoint_url="https://states.eu-west-1.amazonaws.com")


def denied(code: str, operation: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "said"}}, operation)


class Service:
    """A run of which more is known with every question; what is an exception is raised instead."""

    def __init__(self, *answers: int | Exception, events: Exception | None = None) -> None:
        self.answers, self.events, self.asked = list(answers), events, 0
        self.upto = 0

    def describe_execution(self, **_asked: object) -> dict[str, Any]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        if isinstance(answer, Exception):
            raise answer
        self.upto = answer
        status = "SUCCEEDED" if answer == len(published()) else "RUNNING"
        return {"executionArn": ARN, "name": "n", "stateMachineArn": "m", "status": status, "startDate": START}

    def get_execution_history(self, **_asked: object) -> dict[str, Any]:
        if self.events is not None:
            raise self.events
        return {"events": list(reversed(published()[: self.upto]))}


class Clock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.now, self.pauses = datetime(2026, 11, 22, 12, 0, tzinfo=UTC), list[float]()

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += timedelta(seconds=seconds)

    def timing(self, chance: Callable[[], float] = lambda: 0.5) -> Timing:
        return Timing(lambda: self.now, self.pause, chance)


ALL = len(published())


def test_that_pauses_grow_to_the_longest_and_begin_anew_when_something_happens() -> None:
    clock = Clock()
    list(watch(Service(2, *[2] * 8, 5, ALL), ARN, None, None, clock.timing()))  # type: ignore[arg-type]
    assert clock.pauses[:2] == [2.0, 3.0]
    assert clock.pauses[7:9] == [15.0, 15.0]
    assert clock.pauses[9] == 2.0


def test_that_pauses_differ_by_chance_so_that_not_everybody_asks_at_once() -> None:
    for chance, pause in ((0.0, 1.6), (1.0, 2.4)):
        clock = Clock()
        list(watch(Service(2, ALL), ARN, None, None, clock.timing(lambda chance=chance: chance)))  # type: ignore[arg-type, misc]
        assert clock.pauses == [pytest.approx(pause)]


def test_that_only_what_is_new_is_told_and_the_end_is_the_last() -> None:
    seen = list(watch(Service(2, 2, 2, 6, ALL), ARN, None, None, Clock().timing()))  # type: ignore[arg-type]
    assert [len(one.events) for one in seen] == [2, 6, ALL]
    assert seen[-1].run is not None
    assert seen[-1].run.status is RunStatus.SUCCEEDED


def test_that_a_lost_connection_is_told_with_what_was_known_and_ends_by_itself() -> None:
    clock = Clock()
    seen = list(watch(Service(4, LOST, LOST, LOST, ALL), ARN, None, None, clock.timing()))  # type: ignore[arg-type]
    known, lost, back = seen
    assert known.trouble is None
    assert lost.trouble is not None
    assert lost.trouble.title == "The connection is gone"
    assert (lost.checked, len(lost.events)) == (known.checked, 4)
    assert back.trouble is None
    assert back.checked > lost.checked


def test_that_a_connection_lost_from_the_start_is_told_too() -> None:
    first, *_, last = watch(Service(LOST, ALL), ARN, None, None, Clock().timing())  # type: ignore[arg-type]
    assert (first.run, first.trouble is None) == (None, False)
    assert last.run is not None


def test_that_an_expired_sign_in_ends_the_following_and_it_can_be_taken_up() -> None:
    service = Service(4, denied("ExpiredTokenException", "DescribeExecution"), ALL)
    following = watch(service, ARN, None, None, Clock().timing())  # type: ignore[arg-type]
    assert len(next(following).events) == 4
    with pytest.raises(CloudError) as ended:
        next(following)
    assert ended.value.fault is Fault.SIGN_IN
    (again,) = watch(service, ARN, None, None, Clock().timing())  # type: ignore[arg-type]
    assert len(again.events) == ALL


def test_that_without_the_right_to_see_steps_the_run_is_followed_all_the_same() -> None:
    refused = denied("AccessDeniedException", "GetExecutionHistory")
    seen = list(watch(Service(2, ALL, events=refused), ARN, None, None, Clock().timing()))  # type: ignore[arg-type]
    assert seen[-1].run is not None
    assert seen[-1].run.status is RunStatus.SUCCEEDED
    assert seen[-1].trouble is not None
    assert "states:GetExecutionHistory" in seen[-1].trouble.meaning


def test_that_following_ends_when_asked_to() -> None:
    progress = Progress()
    following = watch(Service(2, 2), ARN, None, progress, Clock().timing())  # type: ignore[arg-type]
    next(following)
    progress.cancel()
    with pytest.raises(Cancelled):
        next(following)


def test_that_the_usual_waiting_looks_whether_to_stop() -> None:
    progress = Progress()
    following = watch(Service(2, 2), ARN, None, progress, Timing(pace=Pace(first=600.0, longest=600.0)))  # type: ignore[arg-type]
    next(following)
    progress.cancel()
    with pytest.raises(Cancelled):
        next(following)
