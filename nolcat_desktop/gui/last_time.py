"""A library that held something the last time and is gone or empty now is not a first start: that is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.gui.library_door import Reach
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.remembered import Remembered
from nolcat_desktop.gui.words import day_and_time
from nolcat_desktop.problem import Problem


def keep(remembered: Remembered, folder: Path, reach: Reach) -> None:
    """Remember when something was last added to the library in `folder`; an empty one changes nothing."""
    added = [entry for entry in reach.entries if not entry.undone]
    if added and not reach.empty:
        remembered.put(f"last entry of {folder}", added[-1].when.isoformat())


def keep_seen(remembered: Remembered, folder: Path, now: datetime) -> None:
    """Remember that the library in `folder` was there `now`."""
    remembered.put(f"last seen of {folder}", now.isoformat())


def with_last_seen(problem: Problem, remembered: Remembered, folder: Path, today: date) -> Problem:
    """`problem` with the time when the library in `folder` was there the last time, if that is known."""
    day = _told(remembered.get(f"last seen of {folder}", ""), today)
    if not day:
        return problem
    told = QCoreApplication.translate("last_time", "It was there {day}.").format(day=day)
    return replace(problem, meaning=f"{told} {problem.meaning}")


def _told(when: str, today: date) -> str:
    """`today 10:42` of a time that was remembered; what is no time stays as it is."""
    try:
        return day_and_time(datetime.fromisoformat(when), today)
    except ValueError:
        return when


def gone(remembered: Remembered, folder: Path, reach: Reach, today: date, ways: tuple[Choice, ...]) -> Notice | None:
    """What to tell of a library without any history that had one; said once, then it is a new library.

    Args:
        remembered: What `keep` noted.
        folder: The library that was opened just now.
        reach: What is in it.
        today: The day, for how a date is told.
        ways: What can be done about it.
    """
    last = remembered.get(f"last entry of {folder}", "")
    if not last or reach.entries or not reach.empty:
        return None
    day = _told(last, today)
    remembered.put(f"last entry of {folder}", "")
    return Notice(
        QCoreApplication.translate(
            "last_time",
            "The library that was in {folder} is not there any more: it had reports, the last added {day}. Nothing was "
            "changed or removed by this program. If the folder was moved or renamed, open it where it is now; else "
            "bring it back from a backup. What is added here begins a new library.",
        ).format(folder=folder, day=day),
        Level.SERIOUS,
        ways,
        QCoreApplication.translate("last_time", "The library of last time is not there any more."),
    )
