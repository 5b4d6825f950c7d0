"""What a password store that does not serve means, and what to do about it: a table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nolcat_desktop.problem import NolcatError, Problem


class StoreState(StrEnum):
    """Why the password store of the system did not serve."""

    NO_BUS = "no-bus"
    """Linux without a session bus: a remote shell, a service, a container."""
    ABSENT = "absent"
    """A session without a password store."""
    LOCKED = "locked"
    """Locked, and there is no way to ask for its password here."""
    DISMISSED = "dismissed"
    """Its window was closed without unlocking it."""
    SILENT = "silent"
    """No answer in time; perhaps its window waits behind others."""
    VANISHED = "vanished"
    """It ended while it was asked."""
    TOO_LONG = "too-long"
    LOST = "lost"
    """It said that it kept the secret, and gives back another or none."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Advice:
    """One row."""

    title: str
    meaning: str
    remedy: str


_NEVER = "Keys are never written into a file, so none was saved or read."
_RUN_ONLY = "use the key for this run only"

ADVICE: dict[StoreState, Advice] = {
    StoreState.NO_BUS: Advice(
        "No password store can be reached here",
        f"There is no desktop session (no D-Bus) to ask for one. {_NEVER}",
        f"Start the program in a desktop session, give the key by the usual AWS variables, or {_RUN_ONLY}.",
    ),
    StoreState.ABSENT: Advice(
        "No password store on this computer",
        f"No program here offers one (Secret Service). {_NEVER}",
        f"Install one (gnome-keyring, KWallet or KeePassXC), or {_RUN_ONLY}.",
    ),
    StoreState.LOCKED: Advice(
        "The system's password store is locked",
        "It cannot be unlocked from here, because there is no screen to ask on. Nothing was sent.",
        f"Unlock it (by signing in to the desktop), then try again, or {_RUN_ONLY}.",
    ),
    StoreState.DISMISSED: Advice(
        "The system's password store stayed locked",
        "Its window was closed without a password, or with a wrong one. Nothing was sent.",
        f"Try again and unlock it in the window of the system, or {_RUN_ONLY}.",
    ),
    StoreState.SILENT: Advice(
        "The system's password store does not answer",
        "Perhaps its window waits behind the others for a password. Nothing was sent.",
        f"Look for its window and answer it, then try again, or {_RUN_ONLY}.",
    ),
    StoreState.VANISHED: Advice(
        "The system's password store ended while it was asked",
        "Whether it kept what it was given is not known. Nothing was sent.",
        f"Sign out of the desktop and in again, then try again, or {_RUN_ONLY}.",
    ),
    StoreState.TOO_LONG: Advice(
        "This is too long for the password store",
        "Windows keeps 1,280 characters at most; no key or password of long life is as long. Nothing was saved.",
        "Look whether something else was pasted.",
    ),
    StoreState.LOST: Advice(
        "The password store did not keep the secret",
        "It gives back another one, or none. Nothing was sent.",
        f"Look at the entries of NoLCAT Desktop in the password store of the system, or {_RUN_ONLY}.",
    ),
    StoreState.OTHER: Advice(
        "The system's password store could not be used",
        "It gave an answer that is not known here. Nothing was sent.",
        f"Try again; if it stays, {_RUN_ONLY}, and send the log to the makers of the program.",
    ),
}


class StoreError(NolcatError):
    """An expected failure of the password store, with its kind: the faces offer “for this run only”."""

    def __init__(self, state: StoreState, what: str = "") -> None:
        """Say of `what`, for whom or which secret, the store did not serve."""
        row = ADVICE[state]
        super().__init__(Problem(row.title, f"{f'Needed for {what}. ' if what else ''}{row.meaning}", row.remedy))
        self.state = state
