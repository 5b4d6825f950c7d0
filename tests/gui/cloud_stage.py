"""The Cloud place on real servers: a library, a bucket, an account, and what it takes to wait for them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nolcat_desktop.accounts import Account, SignIn, accounts_file, save_accounts
from nolcat_desktop.counter.release import Release
from nolcat_desktop.credentials import Secrets
from nolcat_desktop.dataset import Library
from nolcat_desktop.gui.cloud_desk import CloudDesk
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.pages.cloud_page import CloudPage
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.gui.task_runner import TaskRunner
from nolcat_desktop.gui.theme import Theme
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.aws.cloud_home import CloudHome, make_home
from tests.builders import a_report, tsv
from tests.gui.frame_builders import APART
from tests.servers.aws_stand_in import ACCOUNT, Aws
from tests.servers.seaweed import ADMIN, READER, Seaweed


def now() -> datetime:
    return datetime.now().astimezone()


@dataclass
class Memory:
    """A password store in memory, as one of the system's keeps entries."""

    entries: dict[str, str] = field(default_factory=dict)

    def get(self, entry: str, what: str = "", progress: Progress | None = None) -> str | None:
        del what, progress
        return self.entries.get(entry)

    def put(self, entry: str, secret: str, what: str = "", progress: Progress | None = None) -> None:
        del what, progress
        self.entries[entry] = secret

    def remove(self, entry: str, what: str = "", progress: Progress | None = None) -> None:
        del what, progress
        self.entries.pop(entry, None)


@dataclass
class Stage:
    """Makes places that are shown."""

    qtbot: QtBot
    theme: Theme
    folder: Path
    s3: Seaweed
    aws: Aws
    home: CloudHome
    store: Memory | None = None
    pages: list[CloudPage] = field(default_factory=list)
    said: list[Notice] = field(default_factory=list)

    def library(self, *parts: tuple[str, int | None], name: str = "library") -> Library:
        """A library of reports, each of a type and a source; None: a number of its own."""
        made = Library.open(self.folder / name, now, "test")
        for at, (kind, source) in enumerate(parts):
            file = self.folder / f"{name}-{at}.tsv"
            file.write_bytes(tsv(a_report(Release.R51, kind)))
            convert([file], made, Wishes(source=source), Progress())
        return made

    def account(self, bucket: str, **more: object) -> Account:
        """One that signs in with a profile of this home; it is kept."""
        usual = Account(
            "riverside", bucket, "nolcat", "eu-west-1", sign_in=SignIn.PROFILE, profile="writer", path_style=True,
            expected_account=ACCOUNT,
        )  # fmt: skip
        account = replace(usual, **more)  # type: ignore[arg-type]  # fields of an account
        save_accounts((account,), accounts_file())
        return account

    def open(self, library: Library | None) -> CloudPage:
        """The place, shown to somebody who came to it."""
        runner = TaskRunner(now, apart=APART)
        context = Context(runner, Remembered(self.folder / "state.json"), self.theme, now)
        runner.setParent(context)
        store = self.store
        if store is not None:
            desk = CloudDesk(context, lambda: Secrets(store))
            desk.setObjectName("cloud desk")
        context.set_library(library)
        page = CloudPage(context)
        deque(page.build(), maxlen=0)
        context.setParent(page)
        page.said.connect(self.said.append)
        self.pages.append(page)
        page.resize(1100, 700)
        page.layout_class_changed(LayoutClass.WIDE)
        page.show()
        page.shown()
        self.settle(page)
        return page

    def planned(self, page: CloudPage) -> None:
        """Until it is known what would be sent, or why not."""
        self.until(lambda: page.desk.view is not None or page.desk.trouble is not None)
        self.settle(page)

    def until(self, what: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(what()))

    def settle(self, page: CloudPage) -> None:
        """Until nothing is worked on but the run that is followed."""
        for _ in range(3):
            self.until(lambda: not [one for one in page.context.runner.jobs if one.name != "Following the run"])
            QApplication.processEvents()

    def close(self) -> None:
        for page in self.pages:
            page.context.runner.shut_down()
            page.close()
            page.deleteLater()
        QApplication.processEvents()


def make_stage(
    qtbot: QtBot, theme: Theme, folder: Path, servers: tuple[Seaweed, Aws], monkeypatch: pytest.MonkeyPatch
) -> Stage:
    """A stage in `folder`, in a home that knows only the keys of the test servers."""
    s3, aws = servers
    (folder / "home").mkdir()
    home = make_home(folder / "home", monkeypatch)
    keys = "".join(
        f"[{name}]\naws_access_key_id = {key.key_id}\naws_secret_access_key = {key.secret}\n"
        for name, key in (("writer", ADMIN), ("reader", READER))
    )
    home.write("[profile writer]\nregion = eu-west-1\n[profile reader]\nregion = eu-west-1\n", keys)
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3.url)
    for service in ("STS", "SFN", "GLUE", "IAM", "SNS"):
        monkeypatch.setenv(f"AWS_ENDPOINT_URL_{service}", aws.url)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        with suppress(KeyError):
            monkeypatch.delenv(name)
    return Stage(qtbot, theme, folder, s3, aws, home)
