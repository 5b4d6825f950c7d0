"""What the steps of a state machine are called for a person.

The rows are the states of the pipeline that this program sets up (`resources/aws/README.md`). States of another
machine keep their own names; those that only decide or end are not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SILENT = ("Choice", "Succeed", "Fail")
WORDS: Mapping[str, str | None] = {
    "Is the order whole": None,
    "Not an order": None,
    "Take the order": None,
    "Choose the size": None,
    "Small size": None,
    "Full size": None,
    "Full size of a test": None,
    "Larger size": None,
    "Check and publish": "Checking files and loading",
    "Read the outcome": None,
    "Was it too large": None,
    "Go over to Spark": None,
    "Publish with Spark": "Checking files and loading with Spark",
    "Read the outcome of Spark": None,
    "What became of it": None,
    "Tell that it is done": "Telling by e-mail",
    "Done": None,
    "Read what failed": None,
    "No word from the job": None,
    "Tell that it failed": "Telling by e-mail that it failed",
    "Not published": None,
}
"""State → words; None: it takes no time worth telling."""
USUAL = ("Check and publish", "Tell that it is done")
"""The steps of a run in which nothing goes wrong."""
SPARK = "Publish with Spark"
"""Takes the place of the first of them where one machine is outgrown."""
_AHEAD: Mapping[str, tuple[str, ...]] = {
    USUAL[0]: USUAL[1:],
    SPARK: USUAL[1:],
    USUAL[1]: (),
    "Tell that it failed": (),
}
"""State of our own machine → the steps that usually follow; all of them after any other."""


def state_words(name: str, kind: str) -> str | None:
    """What `name`, a state of this type, is called; None if it is not told."""
    if name in WORDS:
        return WORDS[name]
    return None if kind in _SILENT else name


def states_ahead(definition: Mapping[str, Any], last: str) -> tuple[str, ...]:
    """States that will certainly or usually come after `last` (from the beginning if empty)."""
    states = definition.get("States", {})
    if all(name in states for name in USUAL):
        return _AHEAD.get(last, USUAL)
    found: list[str] = []
    name = _next(states[last]) if last in states else str(definition.get("StartAt", ""))
    while name in states and name not in found:
        found.append(name)
        name = _next(states[name])
    return tuple(found)


def _next(state: Mapping[str, Any]) -> str:
    """The following state; nothing where there is a choice, because it is not certain."""
    return str(state.get("Next", ""))
