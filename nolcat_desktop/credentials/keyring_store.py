"""The password store of the operating system, and no other: a backend that writes files is never taken."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from keyring.backend import KeyringBackend

from nolcat_desktop.credentials.advice import StoreError, StoreState
from nolcat_desktop.credentials.border import absence, state_of
from nolcat_desktop.credentials.patience import OutOfPatience, Patience
from nolcat_desktop.progress import Cancelled, Progress

SERVICE = "NoLCAT Desktop"
"""Under which name the entries stand in the store."""
LONGEST = 1_200
"""Characters of one entry; Windows takes 1,280."""
_DOUBLES = 10
"""More entries of one name than any store holds; then removing does not work."""
SECONDS = 30.0
"""How long the store may take, a person who types its password included."""
T = TypeVar("T")


class KeyringStore:
    """Safe from any thread; never to be asked in the window's own, because an answer may take `SECONDS`."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """Nothing is asked yet."""
        self._patience = Patience(seconds)

    def get(self, entry: str, what: str = "", progress: Progress | None = None) -> str | None:
        """The secret under `entry`; None if there is none.

        Args:
            entry: Its name in the store.
            what: For whom it is asked, for the message when the store does not serve.
            progress: Stops the waiting.

        Raises:
            StoreError: If the store does not serve.
            Cancelled: If the user asked to stop.
        """
        return self._asked(lambda: _backend().get_password(SERVICE, entry), what, progress)

    def put(self, entry: str, secret: str, what: str = "", progress: Progress | None = None) -> None:
        """Keep `secret` under `entry`, and look whether it was kept. For the rest see `get`."""
        if len(secret) > LONGEST:
            raise StoreError(StoreState.TOO_LONG, what)

        def keep() -> str | None:
            backend = _backend()
            backend.set_password(SERVICE, entry, secret)
            return backend.get_password(SERVICE, entry)

        if self._asked(keep, what, progress) != secret:
            raise StoreError(StoreState.LOST, what)

    def remove(self, entry: str, what: str = "", progress: Progress | None = None) -> None:
        """Remove what is under `entry`; nothing there is no fault. For the rest see `get`."""

        def remove() -> None:
            backend = _backend()
            for _ in range(_DOUBLES):
                if backend.get_password(SERVICE, entry) is None:
                    return
                backend.delete_password(SERVICE, entry)
            raise StoreError(StoreState.LOST, what)

        self._asked(remove, what, progress)

    def state(self) -> StoreState | None:
        """Why the store does not serve; None if it does. It may ask a person to unlock it."""
        try:
            self.get("-")
        except StoreError as error:
            return error.state
        return None

    def _asked(self, work: Callable[[], T], what: str, progress: Progress | None) -> T:
        try:
            return self._patience.call(work, progress)
        except Cancelled:
            raise
        except OutOfPatience:
            state = StoreState.SILENT
        except StoreError as error:
            state = error.state
        except Exception as error:  # noqa: BLE001 - each system's backend has classes of its own, not all KeyringErrors
            state = state_of(error)
        # Raised out here it has no context: the text and the frames of what went before may hold the secret.
        raise StoreError(state, what)


def _backend() -> KeyringBackend:
    """The store of this system that serves best.

    Neither the configuration of `keyring` nor other installed backends are asked: some of them write plain files.

    Raises:
        StoreError: If there is none.
    """
    found: list[tuple[float, KeyringBackend]] = []
    reasons: list[Exception] = []
    for kind in _kinds():
        try:
            found.append((float(kind.priority), kind()))
        except Exception as error:  # noqa: BLE001 - a backend that cannot serve says so by any error
            reasons.append(error)
    if not found:
        raise StoreError(absence(reasons))
    return max(found, key=lambda one: one[0])[1]


def _kinds() -> list[type[KeyringBackend]]:
    """Slow to import where a bus is asked, so only when they are needed, and off the caller's thread."""
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return [WinVaultKeyring]
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring as Keychain

        return [Keychain]
    from keyring.backends import SecretService, kwallet, libsecret

    return [SecretService.Keyring, libsecret.Keyring, kwallet.DBusKeyring]
