"""Work in another process: what comes back, what stops it, and what is said when it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event

import pytest

from nolcat_desktop.gui.apart import Apart, ApartFault
from nolcat_desktop.gui.fault import fault_report
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress, Step
from tests.gui import apart_works


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    made = Apart()
    yield made
    made.close()


def test_that_a_process_that_cannot_be_started_is_told_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no such program")
    with pytest.raises(NolcatError, match="could not be started") as told:
        Apart().do(apart_works.double, 3, progress=Progress())
    assert "no such program" in told.value.problem.details


def test_that_what_is_told_and_what_comes_of_it_cross_in_order(apart: Apart) -> None:
    steps: list[Step] = []
    told: list[int] = []
    found = apart.do(apart_works.double, 3, progress=Progress(steps.append), tell=told.append)
    assert (found["twice"], told, [step.done for step in steps]) == (6, [0, 1, 2], [0, 1, 2])
    assert found["process"] != os.getpid()
    again = apart.do(apart_works.double, 1, progress=Progress())
    assert again["process"] == found["process"]


def test_that_an_expected_failure_is_the_same_here(apart: Apart) -> None:
    with pytest.raises(NolcatError) as raised:
        apart.do(apart_works.refuse, progress=Progress())
    assert raised.value.problem == apart_works.PROBLEM


def test_that_a_fault_is_reported_with_its_place_and_without_values(apart: Apart) -> None:
    with pytest.raises(ApartFault) as raised:
        apart.do(apart_works.stumble, progress=Progress())
    report = fault_report(raised.value, "checking", datetime(2026, 11, 22, tzinfo=UTC))
    assert report.kind == "KeyError"
    assert report.trace[-1].endswith("stumble")
    assert apart_works.NUMBER not in report.text()


@pytest.mark.parametrize("work", [apart_works.go_on, apart_works.hang])
def test_that_it_is_stopped_even_when_it_does_not_listen(apart: Apart, work: object) -> None:
    stop = Event()
    progress = Progress(lambda _: stop.set(), stop)
    with pytest.raises(Cancelled):
        apart.do(work, progress=progress, tell=lambda _: stop.set())  # type: ignore[arg-type]
    assert apart.do(apart_works.double, 1, progress=Progress())["twice"] == 2


def test_that_its_end_is_a_problem_and_not_the_end_of_the_window(apart: Apart) -> None:
    with pytest.raises(NolcatError, match="ended"):
        apart.do(apart_works.die, progress=Progress())
    assert apart.do(apart_works.double, 1, progress=Progress())["twice"] == 2


def test_that_what_is_printed_disturbs_nothing(apart: Apart) -> None:
    assert apart.do(apart_works.write_much, progress=Progress()) == "written"
