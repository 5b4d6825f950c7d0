from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.job import Job, JobState, short_label
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress, Step
from tests.gui.frame_builders import PROBLEM, now


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner(now)
    yield made
    assert made.shut_down(10)
    qtbot.wait(1)


class Told(QObject):
    """Notes what it is told, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.problems: list[Problem] = []
        self.stopped = 0
        self.threads: set[int] = set()

    def done(self, value: object) -> None:
        self.values.append(value)
        self.threads.add(threading.get_ident())

    def failed(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.threads.add(threading.get_ident())

    def cancelled(self) -> None:
        self.stopped += 1
        self.threads.add(threading.get_ident())


def raising(error: BaseException) -> object:
    def work(_progress: Progress) -> None:
        raise error

    return work


def test_that_work_is_done_elsewhere_and_its_value_told_here(qtbot: QtBot, runner: TaskRunner) -> None:
    told = Told()
    with qtbot.waitSignal(runner.ended):
        job = runner.start("Counting", lambda _: threading.get_ident(), done=told.done)
    assert told.values != [threading.get_ident()]
    assert told.threads == {threading.get_ident()}
    assert job.state is JobState.DONE
    assert not runner.is_busy


def test_that_nothing_is_told_before_start_has_returned(qtbot: QtBot, runner: TaskRunner) -> None:
    told = Told()
    runner.start("Quick", lambda _: 1, done=told.done)
    assert told.values == []
    qtbot.waitUntil(lambda: told.values == [1])


def test_that_a_problem_is_told_as_it_is(qtbot: QtBot, runner: TaskRunner) -> None:
    told = Told()
    with qtbot.waitSignal(runner.ended), qtbot.assertNotEmitted(runner.faulted):
        job = runner.start("Reading", raising(NolcatError(PROBLEM)), done=told.done, failed=told.failed)  # type: ignore[arg-type]
    assert told.problems == [PROBLEM]
    assert job.problem == PROBLEM
    assert told.values == []


class Panic(BaseException):
    """What a library raises that is no Exception."""


@pytest.mark.parametrize("error", [ValueError("'secret' 12345"), Panic("boom")])
def test_that_an_unexpected_fault_becomes_a_report_and_a_problem(
    qtbot: QtBot, runner: TaskRunner, error: BaseException
) -> None:
    told = Told()
    with qtbot.waitSignal(runner.faulted) as faulted:
        runner.start("Drawing", raising(error), done=told.done, failed=told.failed)  # type: ignore[arg-type]
    assert told.problems[0].title == "The program made a mistake"
    text = faulted.args[0].text()
    assert type(error).__name__ in text
    assert "secret" not in text
    assert "12345" not in text


def test_that_one_writes_and_the_others_wait_in_their_order(qtbot: QtBot, runner: TaskRunner) -> None:
    order: list[int] = []
    at_once: list[int] = []
    inside = threading.Semaphore(1)

    def work(number: int) -> object:
        def write(_progress: Progress) -> int:
            if not inside.acquire(blocking=False):
                at_once.append(number)
            order.append(number)
            inside.release()
            return number

        return write

    told = Told()
    jobs = [runner.start("Adding", work(n), done=told.done, writes=True) for n in range(4)]  # type: ignore[arg-type]
    assert [job.state for job in jobs].count(JobState.WAITING) >= 3
    qtbot.waitUntil(lambda: len(told.values) == 4)
    assert order == told.values == [0, 1, 2, 3]
    assert at_once == []


def test_that_readers_do_not_wait_for_a_writer(qtbot: QtBot, runner: TaskRunner) -> None:
    free, told = threading.Event(), Told()
    runner.start("Adding", lambda _: free.wait(20), done=told.done, writes=True)
    with qtbot.waitSignal(runner.ended):
        runner.start("Looking", lambda _: "seen", done=told.done)
    assert told.values == ["seen"]
    free.set()
    qtbot.waitUntil(lambda: len(told.values) == 2)


def test_that_cancel_stops_at_the_next_check(qtbot: QtBot, runner: TaskRunner) -> None:
    began, told = threading.Event(), Told()

    def work(progress: Progress) -> None:
        began.set()
        while True:
            progress.check()

    job = runner.start("Long", work, done=told.done, cancelled=told.cancelled)
    assert began.wait(20)
    with qtbot.waitSignal(runner.ended):
        runner.cancel(job)
    assert (told.stopped, told.values, job.state) == (1, [], JobState.CANCELLED)


def test_that_a_waiting_job_that_is_cancelled_never_runs(qtbot: QtBot, runner: TaskRunner) -> None:
    free, ran, told = threading.Event(), threading.Event(), Told()
    runner.start("First", lambda _: free.wait(20), done=told.done, writes=True)
    second = runner.start("Second", lambda _: ran.set(), done=told.done, cancelled=told.cancelled, writes=True)
    with qtbot.waitSignal(runner.ended):
        runner.cancel(second)
    free.set()
    qtbot.waitUntil(lambda: not runner.jobs)
    assert told.stopped == 1
    assert not ran.is_set()


def test_that_steps_are_told_at_most_twenty_a_second_but_each_phase_at_once(qtbot: QtBot, runner: TaskRunner) -> None:
    steps: list[Step] = []

    def work(progress: Progress) -> None:
        for number in range(5000):
            progress.tell("Reading", number, 5000)
        progress.tell("Writing", 0, 1)

    with qtbot.waitSignal(runner.ended):
        job = runner.start("Adding", work, done=lambda _: None)
        job.stepped.connect(steps.append)
    assert 2 <= len(steps) < 100
    assert [step.phase for step in steps][-1] == "Writing"
    assert {step.phase for step in steps} == {"Reading", "Writing"}


def test_that_who_is_gone_is_told_nothing(qtbot: QtBot, runner: TaskRunner) -> None:
    free, told = threading.Event(), Told()
    runner.start("Reading", lambda _: free.wait(20), done=told.done)
    with qtbot.waitSignal(told.destroyed):
        told.deleteLater()
    with qtbot.waitSignal(runner.ended):
        free.set()
    assert told.values == []


def test_that_a_quiet_job_does_not_make_it_busy(qtbot: QtBot, runner: TaskRunner) -> None:
    with qtbot.waitSignal(runner.ended):
        runner.start("Looking", lambda _: 1, done=lambda _: None, quiet=True)
        assert not runner.is_busy
        assert len(runner.jobs) == 1


def test_that_after_the_shut_down_nothing_runs_and_nobody_is_told(qtbot: QtBot) -> None:
    one, told, began = TaskRunner(now), Told(), threading.Event()

    def work(progress: Progress) -> None:
        began.set()
        while True:
            progress.check()

    one.start("Long", work, done=told.done, cancelled=told.cancelled)
    assert began.wait(20)
    assert one.shut_down(10)
    late = one.start("Late", lambda _: 1, done=told.done, cancelled=told.cancelled)
    qtbot.waitUntil(lambda: not one.jobs)
    assert late.state is JobState.CANCELLED
    assert (told.values, told.stopped) == ([], 0)


def test_that_a_callback_that_fails_does_not_stop_the_runner(qtbot: QtBot, runner: TaskRunner) -> None:
    told = Told()

    def broken(_value: object) -> None:
        raise RuntimeError("in the window")

    with qtbot.capture_exceptions() as caught, qtbot.waitSignal(runner.ended):
        runner.start("First", lambda _: 1, done=broken, writes=True)
    assert [kind for kind, *_ in caught] == [RuntimeError]
    with qtbot.waitSignal(runner.ended):
        runner.start("Second", lambda _: 2, done=told.done, writes=True)
    assert told.values == [2]


def test_that_the_log_has_each_phase_and_label_once() -> None:
    owner = QObject()
    job = Job("Adding", True, False, now, owner)
    job.enter(JobState.RUNNING)
    for number in range(3):
        job.tell(Step("Reading", number, 3, "/home/ana/reports/a.tsv"))
    job.tell(Step("Writing", 0, 1))
    assert [line.text for line in job.log] == ["Reading · a.tsv", "Writing"]
    del owner


@pytest.mark.parametrize(
    ("label", "short"),
    [("/a/b/c.tsv", "c.tsv"), (r"C:\a\c d.tsv", "c d.tsv"), ("TR/1_TR_NULL.parquet", "TR/1_TR_NULL.parquet"), ("", "")],
)
def test_that_a_label_leaves_out_the_folders_of_the_computer(label: str, short: str) -> None:
    assert short_label(label) == short


def test_that_the_window_answers_between_two_outcomes(qtbot: QtBot, runner: TaskRunner) -> None:
    order: list[str] = []
    ready = threading.Barrier(3)

    def told(name: str) -> None:
        order.append(name)
        QTimer.singleShot(0, lambda: order.append("the window"))

    for name in ("one", "two"):
        runner.start(name, lambda _, name=name: (ready.wait(), name)[1], done=told)  # type: ignore[misc]
    ready.wait()
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order[1::2] == ["the window"] * 2
