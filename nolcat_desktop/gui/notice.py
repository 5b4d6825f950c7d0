"""What a place tells the whole window in one line, with at most two things to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from nolcat_desktop.gui.palette_tables import Role


class Level(Enum):
    """How much something matters: icon, role of its colour. The word is said by `words.level_word`."""

    OK = ("circle-check", Role.OK)
    INFO = ("info-circle", Role.INFO)
    CHECK = ("alert-triangle", Role.CHECK)
    CHECK_ERROR = ("alert-square", Role.CHECK)
    SERIOUS = ("alert-octagon", Role.SERIOUS)
    SERIOUS_FATAL = ("octagon-minus", Role.SERIOUS)
    STOP = ("hand-stop", Role.STOP)

    @property
    def icon(self) -> str:
        """Name of the icon."""
        return self.value[0]

    @property
    def role(self) -> Role:
        """Role of the icon's colour."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its words, and what it does."""

    text: str
    do: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Notice:
    """One line at the bottom edge; it stays until it is closed, used or followed by the next."""

    text: str
    level: Level = Level.OK
    choices: tuple[Choice, ...] = ()
    """At most two."""
    short: str = ""
    """Fewer words for a tight window; empty: `text`."""

    def __post_init__(self) -> None:
        """Refuse a third button.

        Raises:
            ValueError: If there are more than two choices.
        """
        if len(self.choices) > 2:  # noqa: PLR2004 - said in the line above
            raise ValueError("a notice has at most two choices")
