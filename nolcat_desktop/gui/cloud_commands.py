"""The menu Cloud: from anywhere in the window to the place, and a library fetched from its bucket."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from nolcat_desktop import __version__
from nolcat_desktop.gui.cloud_desk import desk_of
from nolcat_desktop.gui.cloud_jobs import Fate, begin_job
from nolcat_desktop.gui.cloud_words import files, place_of, tr
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.gui.window import Window
from nolcat_desktop.progress import Progress

if TYPE_CHECKING:
    from nolcat_desktop.workflow.fetching import Fetched

_ASKED = {
    "cloud_sign_in": "sign_in",
    "cloud_check": "check",
    "cloud_see": "see",
    "cloud_start": "start",
    "cloud_send": "send",
    "cloud_stop": "stop",
    "cloud_runs": "runs",
    "cloud_set_up": "set_up",
}
"""Action → what the place is asked for (`pages.cloud_deeds.CloudDeeds.do`)."""


def cloud_doers(window: Window) -> dict[str, Callable[[], None]]:
    """What the menu does, by the ids of `actions.ACTIONS`; nothing where the window has no such place."""
    if not window.front.has("cloud"):
        return {}
    doers: dict[str, Callable[[], None]] = {
        name: partial(window.go, "cloud", payload) for name, payload in _ASKED.items()
    }
    return {**doers, "cloud_fetch": _Fetching(window).ask}


class _Fetching(QObject):
    """Fetches a whole library into a new folder, and opens it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def ask(self) -> None:
        """Ask for the folder; somebody has to be signed in."""
        session = desk_of(self._window.context).session
        if session is None:
            self._window.say(Notice(tr("Sign in first, then fetch the library."), Level.INFO))
            self._window.go("cloud", "sign_in" if not desk_of(self._window.context).accounts else "see")
            return
        title = tr("Choose a new folder for the library from {place}").format(place=place_of(session.account))
        folder = self._window.chooser.folder(title, "fetched")
        if folder is not None:
            self.fetch(folder)

    def fetch(self, folder: Path) -> None:
        """Fetch into `folder`; nothing is in it when that fails."""
        session = desk_of(self._window.context).session
        if session is None:
            return

        def work(progress: Progress) -> Fetched:
            from nolcat_desktop.workflow.cloud_session import Watching, fetch_into

            return fetch_into(session, folder, __version__, progress, Watching())

        def over(fate: Fate[Fetched]) -> None:
            if fate.trouble is not None:
                problem = fate.trouble.problem
                text = f"{problem.title}. {problem.meaning} {problem.remedy}"
                self._window.say(Notice(text, Level.SERIOUS, short=problem.title))
            if fate.value is not None:
                self._fetched(folder, fate.value)

        name = tr("Fetching the library")
        begin_job(self._window.context, name, work, over=over, account=session.account)

    def _fetched(self, folder: Path, fetched: Fetched) -> None:
        """Open it, and then say what came: opening takes the message of the library before away."""
        notice = _told(fetched)
        self._window.door.opened.connect(lambda: self._window.say(notice), Qt.ConnectionType.SingleShotConnection)
        self._window.door.open(folder)


def _told(fetched: Fetched) -> Notice:
    if fetched.faults:
        text = tr("The library was fetched, and {n} of its files are not sound. “Check the library” tells more.")
        return Notice(text.format(n=len(fetched.faults)), Level.SERIOUS)
    text = tr("{files} were fetched and checked: everything is as it was stored.")
    more = tr(" The original reports are where it was made.") if fetched.originals_elsewhere else ""
    return Notice(text.format(files=files(len(fetched.entries))) + more)
