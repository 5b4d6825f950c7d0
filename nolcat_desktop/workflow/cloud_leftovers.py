"""Sendings in an account that were begun and never brought to an end: looked at, and ended when nobody is at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nolcat_desktop.dataset import Library
from nolcat_desktop.objects import Unfinished
from nolcat_desktop.progress import Progress
from nolcat_desktop.sync.leftovers import clean_up, is_old, leftovers
from nolcat_desktop.workflow.cloud_session import Session
from nolcat_desktop.workflow.sending_place import opened_place


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What lies there, and how many of it are so old that nobody is at it."""

    found: tuple[Unfinished, ...]
    old: int


def look_for_leftovers(session: Session, library: Library, now: datetime, progress: Progress) -> Leftovers:
    """What others, or this computer a while ago, began to send and did not end; nothing is changed.

    Raises:
        NolcatError: If they may not be listed.
    """
    with opened_place(library, session.clients, progress, keep=False) as place:
        found = leftovers(place.means)
    return Leftovers(found, sum(is_old(one, now) for one in found))


def end_leftovers(session: Session, library: Library, now: datetime, progress: Progress) -> tuple[Unfinished, ...]:
    """End what was begun more than a day before `now`; which they were. No file in the bucket is touched.

    Raises:
        NolcatError: If that is not allowed.
        Cancelled: If the user asked to stop; what was ended until then is ended.
    """
    with opened_place(library, session.clients, progress, keep=False) as place:
        return clean_up(place.means, leftovers(place.means), now)
