from __future__ import annotations

from pathlib import Path

import pytest

from nolcat_desktop.problem import Problem
from nolcat_desktop.settings import Colours, Rows, Settings, load_settings, save_settings

CHOSEN = Settings(text_size=150, colours=Colours.DARK, rows=Rows.COMPACT, language="en")


def test_that_what_was_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.json"
    save_settings(CHOSEN, file)
    assert load_settings(file) == CHOSEN
    assert [one.name for one in file.parent.iterdir()] == ["settings.json"]


def test_that_a_missing_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"text_size": true}', '{"text_size": "150"}', "\xff\xfe"])
def test_that_a_damaged_file_means_the_defaults(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(text.encode("latin-1"))
    told: list[Problem] = []
    assert load_settings(file, told.append) == Settings()
    (aside,) = (one for one in tmp_path.iterdir() if "-damaged-" in one.name)
    assert aside.read_bytes() == text.encode("latin-1")
    assert aside.name in told[0].meaning
    assert load_settings(file, told.append) == Settings()
    assert len(told) == 1


def test_that_one_damaged_value_does_not_cost_the_others(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"text_size": 130, "colours": "pink", "rows": "compact", "later": 1}', encoding="utf-8")
    assert load_settings(file) == Settings(rows=Rows.COMPACT)
    assert any("-damaged-" in one.name for one in tmp_path.iterdir())


def test_that_what_a_later_version_adds_is_no_damage(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"rows": "compact", "later": 1}', encoding="utf-8")
    told: list[Problem] = []
    assert load_settings(file, told.append) == Settings(rows=Rows.COMPACT)
    assert told == []


def test_that_a_size_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="130"):
        Settings(text_size=130)
