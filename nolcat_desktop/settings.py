"""What the user chose for this computer: a frozen value, and its file.

What the program remembers by itself (window, last place) is no setting and is kept elsewhere. A file of settings, of
accounts or of what is remembered that cannot be understood is kept aside before another takes its place, and told.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from nolcat_desktop.problem import Problem

_log = logging.getLogger(__name__)
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
    run_notices: bool = True
    """Whether the desktop tells that a run in the cloud has ended while another window was in use."""

    def __post_init__(self) -> None:
        """Refuse a size that is not offered.

        Raises:
            ValueError: If `text_size` is none of `TEXT_SIZES`.
        """
        if self.text_size not in TEXT_SIZES:
            raise ValueError(f"not a text size: {self.text_size}")


def load_settings(file: Path, told: Callable[[Problem], None] = lambda _: None) -> Settings:
    """The settings in `file`; defaults for all that is missing or cannot be understood: a start never fails by it.

    Args:
        file: Need not be there.
        told: Given what happened when something could not be understood; the file is kept aside then.
    """
    try:
        found = read_json(file)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):
        found = None
    if _is_understood(found):
        return _read(found)
    told(_not_understood(keep_aside(file), file))
    settings = _read(found)
    with suppress(OSError):
        save_settings(settings, file)
    return settings


def save_settings(settings: Settings, file: Path) -> None:
    """Write `settings` whole or not at all.

    Raises:
        OSError: If the folder cannot be written, or what is there is damaged and cannot be kept aside.
    """
    write_json(asdict(settings), file, _is_understood)


def read_json(file: Path) -> object:
    """What a file of ours holds.

    Raises:
        FileNotFoundError: If it is not there.
        OSError: If it cannot be read.
        ValueError: If it is no JSON.
    """
    try:
        found: object = json.loads(file.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise ValueError("brackets without an end") from error
    return found


def keep_aside(file: Path) -> Path | None:
    """Keep a copy of a damaged file beside it, under a name that comes from its content, before it is written anew.

    Returns:
        The copy; None if it could not be made: then the file must not be written anew.
    """
    try:
        content = file.read_bytes()
        aside = file.with_name(f"{file.stem}-damaged-{hashlib.sha256(content).hexdigest()[:12]}{file.suffix}")
        if not aside.exists():
            beside = aside.with_name(f"{aside.name}.{os.getpid()}.new")
            beside.write_bytes(content)
            beside.replace(aside)
    except OSError as error:
        _log.warning("%s is damaged, and could not be kept aside: %s", file, error)
        return None
    _log.warning("%s is damaged; it was kept aside as %s", file, aside.name)
    return aside


def write_json(value: object, file: Path, is_sound: Callable[[object], bool]) -> None:
    """Write a file of ours whole or not at all; what is there and is not sound is kept aside first.

    Raises:
        OSError: If the folder cannot be written, or what is there cannot be kept aside.
    """
    with suppress(FileNotFoundError):
        try:
            sound = is_sound(read_json(file))
        except ValueError:
            sound = False
        if not sound and keep_aside(file) is None:
            raise OSError(f"{file} is damaged, and no copy of it can be made")
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    beside.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
    beside.replace(file)


def _not_understood(aside: Path | None, file: Path) -> Problem:
    kept = f"The file as it was is kept as {aside.name} beside it." if aside else "It could not be kept aside."
    return Problem(
        "Settings of this computer could not be understood",
        f"{file} is damaged: the usual holds for what could not be read. {kept} No numbers are touched by this.",
        "Look at the settings (Ctrl+,) and choose again.",
    )


def _is_understood(found: object) -> bool:
    """Whether every choice in it is one that is offered."""
    known = asdict(_read(found))
    return isinstance(found, dict) and all(found[name] == value for name, value in known.items() if name in found)


def _read(told: object) -> Settings:
    default = Settings()
    found: Mapping[str, object] = told if isinstance(told, dict) else {}
    size, language = found.get("text_size"), found.get("language")
    return Settings(
        text_size=size if isinstance(size, int) and size in TEXT_SIZES else default.text_size,
        colours=_one_of(Colours, found.get("colours"), default.colours),
        rows=_one_of(Rows, found.get("rows"), default.rows),
        language=language if isinstance(language, str) else default.language,
        run_notices=notices if isinstance(notices := found.get("run_notices"), bool) else default.run_notices,
    )


def _one_of(kind: type[_T], value: object, default: _T) -> _T:
    return next((one for one in kind if one == value), default)
