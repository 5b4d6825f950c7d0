"""Sending and starting as one: a real library, a real bucket, a machine that is really interpreted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nolcat_desktop.aws.bucket import Bucket
from nolcat_desktop.aws.executions import list_runs
from nolcat_desktop.aws.executions_following import Pace as Asking
from nolcat_desktop.aws.executions_following import Timing
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.objects import Location
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.catalog import Catalog
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.workflow.running import Pipeline, follow
from nolcat_desktop.workflow.running_log import RunLog
from nolcat_desktop.workflow.running_sent import ToStart, named_sent, newest_sent, send_and_start
from nolcat_desktop.workflow.sending import Wanted
from tests.aws.machines import WELL, new_machine
from tests.builders import a_report, tsv
from tests.cli.running import answered
from tests.servers.aws_stand_in import Aws


class Desk:
    """A library, its bucket and its state machine."""

    def __init__(self, aws: Aws, folder: Path, clients: tuple[Any, Any]) -> None:
        s3, sfn = clients
        report = folder / "tr.tsv"
        report.write_bytes(tsv(a_report(Release.R51, "TR")))
        self.folder = folder / "library"
        ran = answered("convert", report, "--library", self.folder, "--source", 7)
        assert ran.code == 0, ran.err
        self.library = Library.open(self.folder, lambda: datetime.now(UTC), "test")
        store = Bucket(s3, Location(aws.new_bucket(), "nolcat"), "ana")
        self.progress = Progress()
        self.means = Means(store, Catalog(None), Pace(), self.progress)
        log = RunLog(self.folder / ".nolcat")
        self.pipeline = Pipeline(sfn, new_machine(aws, WELL), log, lambda: datetime.now(UTC), "Ana")

    def press(self) -> Any:
        return send_and_start(self.library, self.means, Wanted(), ToStart(self.pipeline))


@pytest.fixture
def desk(aws_server: Aws, tmp_path: Path) -> Iterator[Desk]:
    with closing(aws_server.client("s3")) as s3, closing(aws_server.client("stepfunctions")) as sfn:
        yield Desk(aws_server, tmp_path, (s3, sfn))


def test_that_one_button_sends_starts_and_can_be_pressed_again(desk: Desk) -> None:
    first = desk.press()
    assert first.sent.complete
    assert first.started.is_new
    assert newest_sent(desk.means).manifest_key in first.started.run.input
    list(follow(desk.pipeline, first.started.known, None, Timing(pace=Asking(first=0.05))))
    second = desk.press()
    assert second.sent.outcomes == {}
    assert not second.started.is_new
    assert second.started.run.arn == first.started.run.arn
    assert len(list(list_runs(desk.pipeline.sfn, desk.pipeline.machine_arn))) == 1


def test_that_a_set_can_be_named(desk: Desk) -> None:
    name = desk.press().sent.manifest.name
    assert named_sent(desk.means, name, test=True).test
    with pytest.raises(NolcatError, match="no set of this name"):
        named_sent(desk.means, "0" * 12)


def test_that_nothing_is_started_for_what_was_stopped(desk: Desk) -> None:
    desk.progress.cancel()
    with pytest.raises(Cancelled):
        desk.press()
    assert desk.pipeline.log.runs() == ()


def test_that_an_empty_bucket_has_nothing_to_run(desk: Desk) -> None:
    with pytest.raises(NolcatError, match="Nothing was sent yet"):
        newest_sent(desk.means)
