"""The warning, once for each library, that it lies where a second computer may write at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from nolcat_desktop.dataset.whereabouts import Kind, Whereabouts, whereabouts
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.window import Window


def warn(window: Window, folder: Path, open_other: Callable[[], None]) -> None:
    """Find out where the library in `folder` lies, beside the window's work, and say what is to be minded.

    Args:
        window: Says it, unless another library is open by then.
        folder: The library.
        open_other: Asks for another library.
    """
    tr, kept, remembered = QCoreApplication.translate, f"kept in {folder}", window.context.remembered
    if remembered.get(kept, False):
        return

    def say(found: Whereabouts) -> None:
        text = words(found)
        if text and window.context.library_folder == folder:
            keep = Choice(tr("where", "Keep it here"), lambda: remembered.put(kept, True))
            window.say(Notice(text, Level.CHECK, (Choice(tr("where", "Open library…"), open_other), keep)))

    name = tr("where", "Looking where the library lies")
    window.context.runner.start(name, lambda _: whereabouts(folder), done=say, quiet=True)


def words(found: Whereabouts) -> str:
    """What is to be minded of a library that lies there, in two sentences; empty: nothing."""
    tr = QCoreApplication.translate
    if found.warning is None:
        return ""
    told = tr(
        "where",
        "This library lies in a {service} folder: a second computer writing at the same moment can leave two versions "
        "of a file. Nothing is wrong now.",
    )
    if found.kind is Kind.NETWORK:
        told = tr(
            "where",
            "This library lies on a network drive ({service}): let one computer at a time change it. Nothing is wrong "
            "now.",
        )
    return told.format(service=found.name)
