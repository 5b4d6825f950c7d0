from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.chooser import Chooser
from nolcat_desktop.gui.proof_dialog import CertificateDialog
from nolcat_desktop.gui.remembered import Remembered


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Where the system's dialog was told to begin; it answers with a file in `tmp_path`."""
    starts: list[str] = []

    def asked(_over: QWidget, _title: str, start: str, kinds: str) -> tuple[str, str]:
        starts.append(start)
        return str(tmp_path / "kept" / "answer.pdf"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    return starts


@pytest.fixture
def chooser(qtbot: QtBot, tmp_path: Path) -> Chooser:
    over = QWidget()
    qtbot.addWidget(over)
    over.setObjectName("over")
    return Chooser(Remembered(tmp_path / "state.json", over), over)


def test_that_a_dialog_begins_in_the_documents_and_then_where_it_was_used_last(
    chooser: Chooser, begun: list[str], tmp_path: Path
) -> None:
    for _ in range(2):
        chooser.target("Save", "proofs", "name.pdf", "PDF (*.pdf)")
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    first = documents if documents.is_dir() else Path.home()
    assert begun == [str(first / "name.pdf"), str(tmp_path / "kept" / "name.pdf")]


@pytest.mark.parametrize("there", [True, False])
def test_that_a_certificate_is_saved_whole_or_it_is_said_why_not(
    chooser: Chooser, begun: list[str], tmp_path: Path, there: bool
) -> None:
    if there:
        (tmp_path / "kept").mkdir()
    over = chooser.parent()
    assert isinstance(over, QWidget)
    shown = CertificateDialog("<p>proof</p>", chooser, over)
    shown._pdf()
    assert begun
    file = tmp_path / "kept" / "answer.pdf"
    assert shown.said.text().startswith("Saved." if there else "The file could not be written")
    assert file.exists() == there
    assert not there or file.read_bytes().startswith(b"%PDF")
