"""Out of NoLCAT's database in the window: a dump that is dropped, an export, a running server; seen, proven, undone."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import polars as pl
import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nolcat_desktop.credentials import Secrets
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.pages.database_dialog import TakeOverDialog
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.taking_over_from import Form, Password, Where, opened, recognised
from tests.gui.cloud_stage import Memory
from tests.gui.frame_builders import AddPane, Answers, settled
from tests.legacy.relation_rows import fill
from tests.servers.mariadb import READER, READER_PASSWORD, MariaDb, mariadb, missing_programs

COLUMNS = "statistics_source_ID,report_type,platform,data_type,metric_type,usage_date,usage_count"
ROWS = (
    (1, "TR", "Alpha", "Journal", "Total_Item_Requests", "2022-01-01", 5),
    (1, "TR", "Alpha", "Journal", "Unique_Item_Requests", "2022-01-01", 4),
    (2, "JR1", "Beta", "Journal", "Successful Full-text Article Requests", "2014-07-01", 9),
    (2, "JR1", "Beta", "Journal", "Successful Full-text Article Requests", "2014-08-01", 0),
)
NAMES = "INSERT INTO statisticsSources VALUES (1, 'Aldine', NULL, 1), (2, 'Brill', NULL, 1);\n"


def dump_of(rows: tuple[tuple[object, ...], ...] = ROWS) -> str:
    values = ", ".join(str(row) for row in rows)
    return f"-- MySQL dump 10.13\n{NAMES}INSERT INTO COUNTERData ({COLUMNS}) VALUES {values};\n-- Dump completed\n"  # noqa: S608 - a file


def newest(window: MainWindow, qtbot: QtBot) -> TakeOverDialog:
    settled(qtbot, window.context.runner)
    return [one for one in window.findChildren(TakeOverDialog) if one.isVisible()][-1]


def list_left_out(dialog: TakeOverDialog, window: MainWindow, qtbot: QtBot, file: Path) -> None:
    """Save them, and look at them; the proof stays where it is."""
    said = dialog.said.text()
    chooser = window.chooser
    assert isinstance(chooser, Answers)
    chooser.chosen_target = file
    dialog.save.click()
    settled(qtbot, window.context.runner)
    assert dialog.said.text() == f"{said} Every row that is not stored is listed in left.csv, with the reason."
    listed = pl.read_csv(file)
    assert listed["usage_count"].to_list() == [0]
    assert listed["usage_date"].to_list() == ["2014-08-01"]
    assert listed["reason"].to_list() == ["usage_count is 0: no use is counted"]


def test_that_a_dropped_dump_is_looked_at_taken_over_with_its_sums_and_undone(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    library = window.context.library
    assert library is not None
    dump = tmp_path / "nolcat.sql.gz"
    dump.write_bytes(gzip.compress(dump_of().encode()))
    window.open_paths([dump])
    dialog = newest(window, qtbot)
    assert window.front.name != "add"
    seen = [("Cannot be taken over", "TR", "Aldine"), ("Add", "JR1 · 4", "Brill")]
    assert [fact.cells[:3] for fact in dialog.table.facts.facts] == seen
    assert "release" in dialog.why.text().lower()
    assert "would be stored" in dialog.said.text()
    assert "adds up to" in dialog.said.text()
    assert library.history() == ()
    for widget in dialog.findChildren(QWidget):
        if widget.focusPolicy() and widget.isVisible() and not isinstance(widget, QComboBox | QLabel):
            assert widget.accessibleName(), widget
    assert dialog.save.isVisible()
    dialog.release.setCurrentIndex(dialog.release.findData("5"))
    dialog.release.activated.emit(1)
    assert dialog.do.text() == "Look what would come"
    dialog.do.click()
    settled(qtbot, window.context.runner)
    assert dialog.do.text() == "Take over 2 reports"
    dialog.do.click()
    settled(qtbot, window.context.runner)
    assert "Rows stored: 3, sum 18." in dialog.said.text()
    assert "1 row is left out: usage_count is 0" in dialog.said.text()
    assert {fact.cells[5] == fact.cells[6] for fact in dialog.table.facts.facts} == {True}
    assert not dialog.do.isEnabled()
    assert window.line.notice is not None
    assert "2 reports, 3 rows" in window.line.notice.text
    assert library.sources().names() == {1: "Aldine", 2: "Brill"}
    list_left_out(dialog, window, qtbot, tmp_path / "left.csv")
    assert len(library.history()) == 1
    qtbot.waitUntil(lambda: window.door.reach.undo is not None)
    with qtbot.waitSignal(window.door.taken_back):
        window.door.undo()
    assert library.parts() == ()
    dialog.close()


def test_that_a_file_that_only_looks_like_a_dump_is_checked_as_a_report_and_an_export_is_offered(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    notes, export = tmp_path / "notes.sql", tmp_path / "COUNTERData.csv"
    notes.write_text("my notes\n", encoding="utf-8")
    export.write_text(f"{COLUMNS}\n" + "".join(",".join(map(str, row)) + "\n" for row in ROWS), encoding="utf-8")
    window.open_paths([notes, export])
    settled(qtbot, window.context.runner)
    place = window.front.place
    assert isinstance(place, AddPane)
    assert sorted(map(str, place.told)) == sorted([str([export]), str([notes])])
    notice = window.line.notice
    assert notice is not None
    assert "COUNTERData.csv is no report" in notice.text
    notice.choices[0].do()
    assert newest(window, qtbot).table.facts.rowCount() > 0
    assert (recognised(export), recognised(notes), recognised(tmp_path)) == (Form.CSV, None, None)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_that_a_pipe_among_files_holds_nobody(tmp_path: Path) -> None:
    pipe, found = tmp_path / "pipe.csv", SimpleQueue[Form | None]()
    os.mkfifo(pipe)
    Thread(target=lambda: found.put(recognised(pipe)), daemon=True).start()
    assert found.get(timeout=60) is None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariaDb]:
    if missing := missing_programs():
        pytest.skip(f"to be installed first (mariadb-server): {', '.join(missing)}")
    with mariadb(tmp_path_factory.mktemp("db")) as server:
        fill(server, "nolcat")
        yield server


def test_that_a_running_database_is_read_with_a_password_for_this_run_only(
    make_window: Callable[..., MainWindow], qtbot: QtBot, server: MariaDb, tmp_path: Path
) -> None:
    window = make_window()
    window.actions_table["take_over"].trigger()
    dialog = newest(window, qtbot)
    dialog.form.in_database.click()
    dialog.do.click()
    assert "Host, port, database and user" in dialog.said.text()
    for edit, text in (
        (dialog.form.host, "127.0.0.1"), (dialog.form.port, str(server.port)), (dialog.form.database, "nolcat"),
        (dialog.form.user, READER), (dialog.form.password, "wrong-one"),
    ):  # fmt: skip
        edit.setText(text)
    assert not dialog.form.keep.isChecked()
    dialog.do.click()
    settled(qtbot, window.context.runner)
    (card,) = dialog.findChildren(MessageCard)
    assert "refuses the user name" in card.text()
    assert "wrong-one" not in card.text()
    dialog.form.password.setText(READER_PASSWORD)
    dialog.do.click()
    settled(qtbot, window.context.runner)
    assert dialog.do.text() == "Take over 4 reports"
    assert "sum 21" in dialog.said.text()
    assert all(READER_PASSWORD.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    dialog.close()


def test_that_a_password_is_kept_once_it_served_and_found_again(server: MariaDb) -> None:
    store = Memory()
    where = Where(None, "127.0.0.1", server.port, "nolcat", READER)
    for typed in (Password(READER_PASSWORD, keep=True), None):
        with opened(where, typed, Progress(), Secrets(store)) as (relation, not_kept):
            assert relation.kind == "mysql"
            assert not_kept is None
        assert list(store.entries.values()) == [READER_PASSWORD]
    assert READER_PASSWORD not in repr(Password(READER_PASSWORD, keep=True))
