from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.remembered import RECENT, Remembered

pytestmark = pytest.mark.usefixtures("qapp")


def test_that_what_was_put_is_there_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    first = Remembered(file)
    first.put("place", "data")
    first.put_state("geometry", QByteArray(b"\x00\xff\x01"))
    first.save()
    assert Remembered(file).get("place", "") == "data"
    assert Remembered(file).get_state("geometry") == QByteArray(b"\x00\xff\x01")


def test_that_it_is_written_by_itself_shortly_after(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    one = Remembered(file)
    one.put("zoom", 3)
    qtbot.waitUntil(file.exists)
    assert Remembered(file).get("zoom", 0) == 3


def test_that_two_windows_keep_what_the_other_remembered(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    one, other = Remembered(file), Remembered(file)
    one.put("a", "1")
    other.put("b", "2")
    one.save()
    other.save()
    assert (Remembered(file).get("a", ""), Remembered(file).get("b", "")) == ("1", "2")


@pytest.mark.parametrize("text", ["", "{", "[]", "7"])
def test_that_a_damaged_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "state.json"
    file.write_text(text, encoding="utf-8")
    one = Remembered(file)
    assert one.get("place", "library") == "library"
    one.put("place", "data")
    one.save()
    (aside,) = (one for one in tmp_path.iterdir() if "-damaged-" in one.name)
    assert aside.read_text(encoding="utf-8") == text
    assert one.problem is not None
    assert aside.name in one.problem.meaning
    assert Remembered(file).problem is None


@pytest.mark.parametrize("value", [None, 7, ["x"], {"a": 1}])
def test_that_a_value_of_another_type_is_not_given_out(tmp_path: Path, value: object) -> None:
    one = Remembered(tmp_path / "state.json")
    one.put("place", value)
    assert one.get("place", "library") == "library"
    assert one.get_state("place").isEmpty()


def test_that_a_folder_that_cannot_be_written_troubles_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    one = Remembered(tmp_path / "file" / "state.json")
    one.put("a", 1)
    one.save()
    assert one.get("a", 0) == 1


def test_that_recent_libraries_are_the_last_first_and_few(tmp_path: Path) -> None:
    one = Remembered(tmp_path / "state.json")
    folders = [tmp_path / str(number) for number in range(RECENT + 3)]
    for folder in [*folders, folders[5]]:
        one.put_library(folder)
    assert one.recent_libraries()[:2] == [folders[5], folders[-1]]
    assert len(one.recent_libraries()) == RECENT
