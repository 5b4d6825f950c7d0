"""The border post to the password stores: their errors, of many classes, become one of a few states."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Mapping

from keyring.errors import KeyringLocked

from nolcat_desktop.credentials.advice import StoreState

_log = logging.getLogger(__name__)
_GONE = (
    "SecretServiceNotAvailableException", "SecretStorageException", "ItemNotFoundException",
    "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.ServiceUnknown", "NameHasNoOwner", "EOFError",
    "ConnectionError", "ConnectionResetError", "BrokenPipeError", "Message recipient disconnected",
    "Remote peer disconnected", "was not provided by any .service",
)  # fmt: skip
_CLOSED = ("PromptDismissedException", "Prompt dismissed")


def state_of(error: BaseException, environ: Mapping[str, str] | None = None) -> StoreState:
    """What `error`, of any backend, says of the store.

    Args:
        error: Whatever was raised; its causes are looked at too, because backends wrap each other's errors.
        environ: Tells whether there is a screen that a window of the store could have been on.
    """
    chain = list(_chain(error))
    names = {kind.__name__ for one in chain for kind in type(one).__mro__}
    said = " ".join(str(one) for one in chain)
    _log.info("The password store failed: %s", " from ".join(type(one).__name__ for one in chain))
    if any(isinstance(one, KeyringLocked) for one in chain) or "LockedException" in names or _any(_CLOSED, names, said):
        return StoreState.DISMISSED if _has_screen(os.environ if environ is None else environ) else StoreState.LOCKED
    if _any(_GONE, names, said):
        return StoreState.VANISHED
    return StoreState.OTHER


def absence(reasons: Iterable[Exception]) -> StoreState:
    """Why no backend serves, from what each said of itself."""
    chains = [_chain(reason) for reason in reasons]
    if any("neither running nor" in str(one) and "Secret Service" in str(one) for chain in chains for one in chain):
        return StoreState.ABSENT
    unreached = any(isinstance(one, OSError) or "Unable to initialize" in str(one) for chain in chains for one in chain)
    return StoreState.NO_BUS if unreached else StoreState.ABSENT


def _any(wanted: tuple[str, ...], names: set[str], said: str) -> bool:
    return any(one in names or one in said for one in wanted)


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _has_screen(environ: Mapping[str, str]) -> bool:
    return sys.platform in {"win32", "darwin"} or any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
