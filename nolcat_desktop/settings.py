"""What the user chose for this computer: a frozen value, and its file.

What the program remembers by itself (window, last place) is no setting and is kept elsewhere.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T", bound=StrEnum)

TEXT_SIZES = (100, 110, 125, 150, 175, 200)
"""Sizes of text in percent of the system's."""


class Colours(StrEnum):
    """Light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Rows(StrEnum):
    """How high the rows of tables are."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices; each default is a good first one."""

    text_size: int = 100
    """Percent of the system's size, one of `TEXT_SIZES`."""
    colours: Colours = Colours.SYSTEM
    rows: Rows = Rows.COMFORTABLE
    language: str = ""
    """A language code such as `en`; empty: as the system."""

    def __post_init__(self) -> None:
        """Refuse a size that is not offered.

        Raises:
            ValueError: If `text_size` is none of `TEXT_SIZES`.
        """
        if self.text_size not in TEXT_SIZES:
            raise ValueError(f"not a text size: {self.text_size}")


def load_settings(file: Path) -> Settings:
    """The settings in `file`; defaults for all that is missing or cannot be understood: a start never fails by it."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _read(found) if isinstance(found, dict) else Settings()


def save_settings(settings: Settings, file: Path) -> None:
    """Write `settings` whole or not at all.

    Raises:
        OSError: If the folder cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    beside.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    beside.replace(file)


def _read(found: Mapping[str, object]) -> Settings:
    default = Settings()
    size, language = found.get("text_size"), found.get("language")
    return Settings(
        text_size=size if isinstance(size, int) and size in TEXT_SIZES else default.text_size,
        colours=_one_of(Colours, found.get("colours"), default.colours),
        rows=_one_of(Rows, found.get("rows"), default.rows),
        language=language if isinstance(language, str) else default.language,
    )


def _one_of(kind: type[_T], value: object, default: _T) -> _T:
    return next((one for one in kind if one == value), default)
