"""What is wrong in a library, and what was or would be made again of it, in a librarian's words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.dataset import Fault
from nolcat_desktop.gui.palette_tables import Role
from nolcat_desktop.problem import Problem
from nolcat_desktop.workflow.rebuilding import How, Rebuilding

_PART = re.compile(r"(?:\.nolcat/aside/|(?:PR|DR|TR|IR)/)([0-9]+)_([A-Z0-9]+[a-z]?[A-Z0-9]*(?:_[A-Z][0-9])?)_")


@dataclass(frozen=True, slots=True)
class Found:
    """One line of what a look at the library brought up."""

    word: str
    """What it is, or what becomes of it."""
    what: str
    """Which file, in words."""
    path: str
    problem: Problem | None = None
    icon: str = "alert-octagon"
    role: str = Role.SERIOUS


def of_check(faults: Sequence[Fault], names: Mapping[int, str]) -> list[Found]:
    """Each fault by its title."""
    return [Found(one.problem.title, words_of(one.path, names), one.path, one.problem) for one in faults]


def of_rebuilding(found: Rebuilding, names: Mapping[int, str], done: bool) -> list[Found]:
    """What became of each damaged thing, or would; then what is left as it is."""
    told = []
    for one in found.done:
        word, icon, role = _how(one.how, done)
        told.append(Found(word, words_of(one.path, names), one.path, one.problem, icon, role))
    lost = {one.path for one in found.done if one.how is How.LOST}
    left = tr("Is left as it is")
    others = [one for one in found.left if one.path not in lost]
    return told + [Found(left, words_of(one.path, names), one.path, one.problem) for one in others]


def words_of(path: str, names: Mapping[int, str]) -> str:
    """A file of the library for who never looked into its folder."""
    part = _PART.match(path)
    if part is not None:
        number = int(part[1])
        aside = tr(" (kept aside)") if path.startswith(".nolcat") else ""
        return f"{names.get(number, str(number))} · {part[2]}{aside}"
    for begin, words in (
        ("originals/", tr("An original file")),
        (".nolcat/journal", tr("The history")),
        (".nolcat/versions/", tr("An earlier version")),
        ("statistics_sources", tr("The list of sources")),
    ):
        if path.startswith(begin):
            return words
    return path


def how_many(found: Rebuilding) -> int:
    """Things that a rebuilding would bring back."""
    return sum(one.how is not How.LOST for one in found.done)


def _how(how: How, done: bool) -> tuple[str, str, str]:
    match how:
        case How.BROUGHT_BACK:
            return tr("Brought back") if done else tr("Would be brought back"), "circle-check", Role.OK
        case How.MADE_AGAIN:
            word = tr("Made again") if done else tr("Would be made again")
            return word, "circle-check", Role.OK
        case How.BEGUN_ANEW:
            return tr("Begun anew") if done else tr("Would be begun anew"), "alert-triangle", Role.CHECK
        case How.LOST:
            return tr("Cannot be made again"), "alert-octagon", Role.SERIOUS


def tr(text: str) -> str:
    """In the program's language."""
    return QCoreApplication.translate("upkeep", text)
