"""Secrets are typed and planted; then they are looked for in everything that the window shows, keeps and sends."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QFileDialog, QLineEdit, QWidget

from nolcat_desktop import log
from nolcat_desktop.accounts import accounts_file
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.pages.cloud_page import CloudPage
from nolcat_desktop.gui.questions import save_report
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.running_log import RunLog
from tests.aws.machines import WELL, new_machine
from tests.gui.cloud_stage import Stage
from tests.gui.frame_builders import LibraryPane, settled
from tests.servers.seaweed import ADMIN

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # botocore leaves connections open
PASSWORD = "pl4nted-password"  # noqa: S105 - planted
IN_PROFILE = "Pl4ntedPl4ntedPl4ntedPl4ntedPl4ntedProfi"
TOKEN = "IQoJb3JpZ2luPl4nted" + "A1b2C3d4" * 20
PLANTED = (ADMIN.secret, PASSWORD, IN_PROFILE, TOKEN)
_TEXTS = (
    "text", "toolTip", "accessibleName", "accessibleDescription", "whatsThis", "statusTip", "windowTitle",
    "placeholderText", "toPlainText", "title", "currentText", "informativeText", "detailedText", "objectName", "html",
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_hidden_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The secrets of other tests are not known here."""
    monkeypatch.setattr(log, "_known", set())


@pytest.fixture
def log_of_it(tmp_path: Path) -> Iterator[Path]:
    """The log, written as the program writes it."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield log.start_log(tmp_path / "log" / "nolcat.log")
    root.setLevel(level)
    for keeper in [one for one in root.handlers if one not in before]:
        root.removeHandler(keeper)
        keeper.close()


def texts_of(one: QObject) -> Iterator[str]:
    """Everything that a widget or an action says by itself."""
    for name in _TEXTS:
        say = getattr(one, name, None)
        if callable(say):
            try:
                yield str(say())
            except TypeError:
                continue
    for key in one.dynamicPropertyNames():
        with suppress(RuntimeError):  # one that Qt keeps there for itself and Python cannot hold
            yield str(one.property(bytes(key.data()).decode()))
    if isinstance(one, QComboBox):
        yield from _cells(one.model())
    if isinstance(one, QAbstractItemView) and one.model() is not None:
        yield from _cells(one.model())
    if isinstance(one, QWidget):
        face = QAccessible.queryAccessibleInterface(one)
        if face is not None:
            yield from (face.text(kind) for kind in QAccessible.Text if kind is not QAccessible.Text.UserText)


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    roles = [
        *range(Qt.ItemDataRole.AccessibleDescriptionRole + 1),
        *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 8),
    ]
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(model.rowCount(QModelIndex())):
        for column in range(columns):
            index = model.index(row, column)
            yield from (repr(model.data(index, role)) for role in roles)


def shown() -> list[str]:
    """Everything that all windows say, with what belongs to them; a password field says what it shows."""
    found: list[str] = []
    for top in QApplication.topLevelWidgets():
        for one in (top, *top.findChildren(QWidget), *top.findChildren(QAction)):
            if isinstance(one, QLineEdit) and one.echoMode() is QLineEdit.EchoMode.Password:
                found += [one.displayText(), one.toolTip(), one.accessibleName()]
            else:
                found += texts_of(one)
    return found


def holding(texts: list[str]) -> list[str]:
    return [one for one in PLANTED if any(one in text for text in texts)]


def files_with_one(folder: Path, *given: Path) -> list[tuple[str, str]]:
    files = [
        one for one in folder.rglob("*") if one.is_file() and one not in given and folder / "home" not in one.parents
    ]
    return [(str(file), one) for file in files for one in PLANTED if one.encode() in file.read_bytes()]


def fill(page: CloudPage, bucket: str, machine: str) -> None:
    page.do("set_up")
    page.ways.buttons[-1].click()
    told = {
        "name": "riverside", "bucket": bucket, "region": "eu-west-1", "key_id": ADMIN.key_id, "secret": ADMIN.secret,
        "state_machine": machine,
    }  # fmt: skip
    for name, text in told.items():
        page.form.form.edits[name].setText(text)
    page.form.form.path_style.setChecked(True)


def sign_in_and_run(stage: Stage, window: MainWindow) -> None:
    """A key is typed, refused by a desktop without a password store, used for this run only, and a run is made."""
    window.go("cloud")
    page = window.front.place
    assert isinstance(page, CloudPage)
    stage.settle(page)
    fill(page, stage.s3.new_bucket(), new_machine(stage.aws, WELL))
    proxy = page.form.form.edits["proxy"]
    proxy.setText(f"http://ana:{PASSWORD}@proxy.test:3128")
    page.buttons.enter.trigger()
    assert "There is a name or a password in the address" in page.form.form.fault.text()
    proxy.clear()
    assert holding(shown()) == []
    page.buttons.enter.trigger()
    stage.until(lambda: page.cards.card)
    assert holding(shown()) == []
    assert page.cards.card is not None
    page.cards.card.buttons[0].click()
    stage.until(lambda: page.desk.view)
    stage.settle(page)
    assert page.form.form.edits["secret"].text() == ""
    page.buttons.start.trigger()
    stage.until(lambda: page.runs.seen is not None and page.runs.seen.is_over)
    settled(stage.qtbot, window.context.runner)


def fault_in(stage: Stage, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job says every secret while it fails; the box, the log and Activity are shown, the report is saved."""
    said = f"{ADMIN.secret} at https://ana:{PASSWORD}@proxy, token={TOKEN}, aws_secret_access_key={IN_PROFILE}"

    def fail(_: Progress) -> None:
        raise ValueError(said)

    faults: list[object] = []
    window.context.runner.faulted.connect(faults.append)
    window.context.runner.start("Sending", fail, done=lambda _: None)
    stage.until(lambda: faults)
    window.actions_table["show_log"].trigger()
    window.show_activity()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(stage.folder / "report.txt"), ""))
    save_report(window, faults[0])  # type: ignore[arg-type]  # what the signal carries


def execution(stage: Stage, window: MainWindow) -> dict[str, object]:
    """The run as the service has it, input included."""
    library = window.context.library
    assert library is not None
    (run,) = RunLog(library.layout.hidden).runs()
    arn = f"{run.machine.replace(':stateMachine:', ':execution:')}:{run.name}"
    told: dict[str, object] = stage.aws.client("stepfunctions").describe_execution(executionArn=arn)
    return told


def test_that_no_secret_is_shown_kept_sent_or_reported(
    stage: Stage, make_window: Callable[..., MainWindow], log_of_it: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    with (stage.folder / "home" / ".aws" / "credentials").open("a") as file:
        file.write(f"[lib]\naws_access_key_id = AKIAPLANTED000000001\naws_secret_access_key = {IN_PROFILE}\n")
    monkeypatch.setenv("AWS_SESSION_TOKEN", TOKEN)
    stage.library(("TR", 7), name="Library")
    window = make_window(places=(LibraryPane, CloudPage))
    window.setToolTip(f"{PASSWORD} is found where it is shown")
    assert holding(shown()) == [PASSWORD]
    window.setToolTip("")
    sign_in_and_run(stage, window)
    fault_in(stage, window, monkeypatch)
    told = shown()
    assert any("ValueError" in text for text in told)
    assert any("riverside" in text for text in told)
    assert holding(told) == []
    assert accounts_file().is_file()
    assert "Signed in to riverside" in log_of_it.read_text(encoding="utf-8")
    assert "ValueError" in (stage.folder / "report.txt").read_text(encoding="utf-8")
    assert files_with_one(stage.folder) == []
    ran = execution(stage, window)
    assert "manifest" in json.loads(str(ran["input"]))
    assert holding([json.dumps(ran, default=str)]) == []
    out, err = capfd.readouterr()
    assert holding([out, err, caplog.text]) == []
