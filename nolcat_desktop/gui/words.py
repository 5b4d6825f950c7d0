"""Words and numbers that several parts of the window say, in one way."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from nolcat_desktop.gui.notice import Level
from nolcat_desktop.problem import Problem

_LONG = 90
_MINUTE = 60
_COMMAND = re.compile(
    r",? or (?:with )?`nolcat [^`]*`(?: without --[a-z-]+)?|\s*\((?!Cloud ›)(?:[^()]*\s)?(?:`?nolcat |--)[^()]*\)"
)
"""What a sentence says for who works on the command line, beside its own words."""


def level_word(level: Level) -> str:
    """The word of a level, which stands beside its glyph."""
    tr = QCoreApplication.translate
    match level:
        case Level.OK:
            return tr("words", "Done")
        case Level.INFO:
            return tr("words", "For information")
        case Level.CHECK | Level.CHECK_ERROR:
            return tr("words", "Please check")
        case Level.SERIOUS | Level.SERIOUS_FATAL:
            return tr("words", "Serious")
        case Level.STOP:
            return tr("words", "Blocking")


def number(count: int) -> str:
    """A number with the separators of the user's country and a real minus."""
    return QLocale().toString(count)


def time_left(seconds: float) -> str:
    """A time that is left, rounded so that it does not flicker: 5 s, 20 s, 2 min."""
    tr = QCoreApplication.translate
    if seconds < _LONG:
        step = 5 if seconds < 2 * 10 else 10
        return tr("words", "about {n} s left").format(n=max(step, round(seconds / step) * step))
    return tr("words", "about {n} min left").format(n=round(seconds / _MINUTE))


def day_and_time(when: datetime, today: date) -> str:
    """`today 10:42`, `yesterday 10:42`, or the day."""
    tr = QCoreApplication.translate
    locale = QLocale()
    clock = locale.toString(QTime(when.hour, when.minute), "HH:mm")
    match (today - when.date()).days:
        case 0:
            return tr("words", "today {time}").format(time=clock)
        case 1:
            return tr("words", "yesterday {time}").format(time=clock)
        case _:
            return locale.toString(QDate(when.year, when.month, when.day), "d MMM yyyy")


def for_window(problem: Problem) -> Problem:
    """`problem` as the window says it: without the options and commands that its remedy names in brackets."""
    return replace(problem, remedy=_COMMAND.sub("", problem.remedy))
