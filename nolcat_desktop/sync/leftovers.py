"""Uploads in parts that were begun and never brought to an end: they cost money and are seen by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from nolcat_desktop.objects import Unfinished
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.crew import patiently

OLD = timedelta(hours=24)
"""After this time nobody is still at it; what was begun here is gone on with instead."""


def leftovers(means: Means) -> tuple[Unfinished, ...]:
    """Every unfinished upload under the prefix but those that the next sending from here goes on with.

    Raises:
        NolcatError: If they may not be listed.
    """
    own = {upload.upload for upload in means.catalog.uploads().values()}
    found = patiently(means.store.unfinished, means.pace, means.patience)
    return tuple(one for one in found if one.upload not in own)


def is_old(one: Unfinished, now: datetime) -> bool:
    """Whether nobody is at it any more."""
    return now - datetime.fromisoformat(one.begun) > OLD


def clean_up(means: Means, found: Sequence[Unfinished], now: datetime) -> tuple[Unfinished, ...]:
    """End those of `found` that were begun more than a day before `now`; which they were.

    Raises:
        NolcatError: If that is not allowed.
        Cancelled: If the user asked to stop.
    """
    old = [one for one in found if is_old(one, now)]
    for one in means.progress.over("Cleaning up", old, lambda one: one.key):
        means.store.abort(one.key, one.upload)
    return tuple(old)
