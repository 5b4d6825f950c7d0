"""What can be done about counts that cannot be read: it follows from what stands in the cells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nolcat_desktop.gui.pages.add_words import tr

_KINDS = (
    (
        re.compile(r"#+|[0-9.,]+[eE][+-]?[0-9]+"),
        "A spreadsheet program showed or saved them shortened: get the file again, or add it without these cells.",
    ),
    (
        re.compile(r"[-\u2212(]\s*[0-9.,]+\)?"),
        "A count is never below 0: ask the publisher which number is right, or add it without these cells.",
    ),
    (
        re.compile(r"[0-9]*[.,][0-9]+"),
        "A count is a whole number: ask the publisher which number is right, or add it without these cells.",
    ),
)
_OTHER = "Ask the publisher what should stand there, or add it without these cells."


def advice(values: Iterable[str]) -> str:
    """What can be done about cells with these texts: one sentence for each kind of damage."""
    found = dict.fromkeys(_advice(value.strip()) for value in values)
    return " ".join(tr(one) for one in found)


def _advice(value: str) -> str:
    return next((told for pattern, told in _KINDS if pattern.fullmatch(value)), _OTHER)
