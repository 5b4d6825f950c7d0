"""The secrets of accounts, databases and GitHub: from memory if given for this run, otherwise from the store."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from nolcat_desktop.log import hide
from nolcat_desktop.progress import Progress


class SecretKind(StrEnum):
    """What there is to keep. The two halves of a key are entries of their own."""

    ACCESS_KEY_ID = "access-key-id"
    SECRET_ACCESS_KEY = "secret-access-key"  # noqa: S105 - the name of an entry
    DATABASE_PASSWORD = "database-password"  # noqa: S105 - the name of an entry
    GITHUB_TOKEN = "github-token"  # noqa: S105 - the name of an entry


class Store(Protocol):
    """What keeps them for longer than this run."""

    def get(self, entry: str, what: str = "", progress: Progress | None = None) -> str | None:
        """See `KeyringStore.get`."""

    def put(self, entry: str, secret: str, what: str = "", progress: Progress | None = None) -> None:
        """See `KeyringStore.put`."""

    def remove(self, entry: str, what: str = "", progress: Progress | None = None) -> None:
        """See `KeyringStore.remove`."""


class Secrets:
    """Every secret, by owner (the name of an account, of a database) and kind. What it holds is never shown."""

    def __init__(self, store: Store) -> None:
        """Nothing is asked before it is needed."""
        self._store = store
        self._run: dict[str, str] = {}

    def get(self, owner: str, kind: SecretKind, progress: Progress | None = None) -> str | None:
        """The secret; None if it is neither in memory nor in the store.

        Raises:
            StoreError: If the store does not serve.
            Cancelled: If the user asked to stop.
        """
        entry = _entry(owner, kind)
        found = self._run.get(entry) or self._store.get(entry, _what(owner, kind), progress)
        hide(found or "")
        return found

    def keep(self, owner: str, kind: SecretKind, secret: str, progress: Progress | None = None) -> None:
        """Put it into the store; `for_this_run` is what remains where that fails. For the rest see `get`."""
        hide(secret)
        self._store.put(_entry(owner, kind), secret, _what(owner, kind), progress)
        self._run.pop(_entry(owner, kind), None)

    def for_this_run(self, owner: str, kind: SecretKind, secret: str) -> None:
        """Keep it in memory until the program ends."""
        hide(secret)
        self._run[_entry(owner, kind)] = secret

    def is_for_this_run(self, owner: str, kind: SecretKind) -> bool:
        """Whether it will be gone when the program ends."""
        return _entry(owner, kind) in self._run

    def forget(self, owner: str, progress: Progress | None = None) -> None:
        """Remove every secret of `owner`, from memory first.

        Raises:
            StoreError: If the store does not serve: then what it holds is still there.
            Cancelled: If the user asked to stop.
        """
        for kind in SecretKind:
            self._run.pop(_entry(owner, kind), None)
        for kind in SecretKind:
            self._store.remove(_entry(owner, kind), _what(owner, kind), progress)

    def forget_one(self, owner: str, kind: SecretKind, progress: Progress | None = None) -> None:
        """Remove one secret of `owner`; for the rest see `forget`."""
        self._run.pop(_entry(owner, kind), None)
        self._store.remove(_entry(owner, kind), _what(owner, kind), progress)

    def __repr__(self) -> str:
        return f"Secrets({len(self._run)} for this run)"


def _entry(owner: str, kind: SecretKind) -> str:
    return f"{owner}/{kind}"


def _what(owner: str, kind: SecretKind) -> str:
    return f"the {kind.replace('-', ' ')} of “{owner}”"
