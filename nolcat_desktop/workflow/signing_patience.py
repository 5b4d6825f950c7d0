"""Calls that cannot be interrupted (a sign-in, a step of the check), made so that the wish to stop is heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from nolcat_desktop.progress import Call, Cancelled, Progress

T = TypeVar("T")
_LOOK = 0.1
"""Seconds between two looks at whether the user asked to stop."""
_GRACE = 1.2
"""Seconds that the call gets to end by itself then: it may have something to clear away."""


def while_listening(call: Callable[[], T], progress: Progress) -> T:
    """What `call` returns or raises; it is made in a thread of its own.

    Raises:
        Cancelled: If the user asked to stop and the call did not end soon: it is left to itself, and what it returns
            is nobody's.
    """
    made = Call(call, "asking the cloud")
    try:
        while not made.ended.wait(_LOOK):
            progress.check()
    except Cancelled:
        made.ended.wait(_GRACE)
        raise
    return made.answer()
