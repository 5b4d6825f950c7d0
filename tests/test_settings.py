from __future__ import annotations

from pathlib import Path

import pytest

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
    assert load_settings(file) == Settings()


def test_that_one_damaged_value_does_not_cost_the_others(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"text_size": 130, "colours": "pink", "rows": "compact", "later": 1}', encoding="utf-8")
    assert load_settings(file) == Settings(rows=Rows.COMPACT)


def test_that_a_size_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="130"):
        Settings(text_size=130)
