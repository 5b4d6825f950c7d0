"""Scenes of the Cloud place, on a real server and a stand-in for AWS; the place alone, without the window around it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.pages.cloud_page import CloudPage
from nolcat_desktop.gui.scale import layout_class, u
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.settings import Settings
from tests.aws.machines import LONG, TOLD, new_machine
from tests.gui.cloud_stage import Stage, make_stage
from tests.gui.screenshot_studio import LOOKS, Look
from tests.gui.test_cloud_page import in_conflict
from tests.servers.aws_stand_in import aws_stand_in
from tests.servers.seaweed import seaweed
from tests.servers.sso import sso

Scene = Callable[[Stage], CloudPage]
_RAIL, _REST = 56, 58
"""Of the window around the place, in u."""


class _Waiter:
    """As much of `QtBot` as a stage needs."""

    def waitUntil(self, what: Callable[[], bool], timeout: int = 60_000) -> None:  # noqa: N802 - its name there
        for _ in range(timeout // 20):
            if what():
                return
            QTest.qWait(20)
        raise TimeoutError


def ways(stage: Stage) -> CloudPage:
    page = stage.open(stage.library(("TR", 7)))
    page.do("set_up")
    stage.settle(page)
    return page


def form(stage: Stage) -> CloudPage:
    page = ways(stage)
    page.ways.buttons[1].click()
    return page


def signing(stage: Stage) -> CloudPage:
    stage.account(
        stage.s3.new_bucket(), sign_in="identity-center", profile="", sso_region="us-east-1",
        start_url="https://riverside.awsapps.com/start", sso_account_id="123456789012", sso_role_name="Sender",
    )  # fmt: skip
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    page.ways.buttons[0].click()
    stage.until(lambda: page.desk.invitation)
    return page


def plan(stage: Stage) -> CloudPage:
    stage.account(stage.s3.new_bucket(), state_machine=new_machine(stage.aws, LONG))
    page = stage.open(stage.library(("TR", 7), ("PR", 7), ("DR", 8)))
    stage.planned(page)
    return page


def sending(stage: Stage) -> CloudPage:
    stage.account(stage.s3.new_bucket(), bandwidth=600)
    page = stage.open(stage.library(("TR", 7), ("PR", 7)))
    stage.planned(page)
    page.buttons.start.trigger()
    stage.until(lambda: page.desk.sendings.tally)
    return page


def conflict(stage: Stage) -> CloudPage:
    page, _ = in_conflict(stage)
    page.overview.plan.conflict.compare.click()
    stage.settle(page)
    return page


def running(stage: Stage) -> CloudPage:
    page = plan(stage)
    page.buttons.start.trigger()
    stage.until(lambda: page.runs.seen is not None and page.runs.seen.watched is not None)
    return page


def failed(stage: Stage) -> CloudPage:
    stage.account(stage.s3.new_bucket(), state_machine=new_machine(stage.aws, TOLD))
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    page.buttons.start.trigger()
    stage.until(lambda: page.runs.seen is not None and page.runs.seen.failure is not None)
    stage.settle(page)
    return page


def runs(stage: Stage) -> CloudPage:
    page = failed(stage)
    page.do("runs")
    stage.settle(page)
    return page


def check(stage: Stage) -> CloudPage:
    stage.account(stage.s3.new_bucket(), profile="reader")
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    page.do("check")
    stage.settle(page)
    return page


def wrong_account(stage: Stage) -> CloudPage:
    stage.account(stage.s3.new_bucket(), expected_account="999988887777")
    page = stage.open(stage.library(("TR", 7)))
    stage.planned(page)
    return page


def local_numbers(stage: Stage) -> CloudPage:
    stage.account(stage.s3.new_bucket())
    page = stage.open(stage.library(("TR", None)))
    stage.planned(page)
    return page


def matching(stage: Stage) -> CloudPage:
    page = local_numbers(stage)
    page.deeds.show_matching()
    stage.settle(page)
    return page


def set_up(stage: Stage) -> CloudPage:
    page = plan(stage)
    page.do("set_up")
    stage.settle(page)
    return page


CLOUD: dict[str, Scene] = {
    "cloud-ways": ways,
    "cloud-form": form,
    "cloud-signing": signing,
    "cloud-plan": plan,
    "cloud-sending": sending,
    "cloud-conflict": conflict,
    "cloud-running": running,
    "cloud-failed": failed,
    "cloud-runs": runs,
    "cloud-check": check,
    "cloud-account": wrong_account,
    "cloud-numbers": local_numbers,
    "cloud-matching": matching,
    "cloud-set-up": set_up,
}


def take_cloud(theme: Theme, folder: Path, words: Sequence[str]) -> None:
    """Bring each state about once, and take it in every look."""
    patch = pytest.MonkeyPatch()
    with tempfile.TemporaryDirectory() as home, sso() as door:
        door.answers = ["AuthorizationPendingException"] * 5000
        with seaweed(Path(home) / "s3") as s3, aws_stand_in(Path(home) / "aws") as aws:
            for name, scene in CLOUD.items():
                if not words or any(word in name for word in words):
                    theme.use(Settings(colours=LOOKS[0].colours))
                    own = Path(home) / name
                    own.mkdir()
                    stage = make_stage(cast("QtBot", _Waiter()), theme, own, (s3, aws), patch)
                    for service in ("SSO", "SSO_OIDC"):
                        patch.setenv(f"AWS_ENDPOINT_URL_{service}", door.url)
                    _take(theme, scene(stage), name, folder)
                    stage.close()
    patch.undo()


def _take(theme: Theme, page: CloudPage, name: str, folder: Path) -> None:
    for look in LOOKS:
        _dress(theme, page, look)
        file = folder / f"{name}-{look.name}.png"
        page.grab().save(str(file))
        print(file)  # noqa: T201 - a tool


def _dress(theme: Theme, page: CloudPage, look: Look) -> None:
    theme.use(Settings(colours=look.colours, text_size=look.text_size))
    width, height = look.size
    page.layout_class_changed(layout_class(width, height))
    page.resize(width - u(page, _RAIL), height - u(page, _REST))
    page.header.restyle()
    for _ in range(3):
        QApplication.processEvents()
        QTest.qWait(20)
