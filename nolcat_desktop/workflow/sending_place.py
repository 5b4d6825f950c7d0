"""An account opened for sending and fetching: the store, what is remembered of it, how fast, and as whom."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nolcat_desktop.aws.bucket import Bucket
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.identity import Identity, confirm, who_am_i
from nolcat_desktop.dataset import Library
from nolcat_desktop.progress import Progress
from nolcat_desktop.sync.arrival import Means, Tally
from nolcat_desktop.sync.catalog import catalog_file, opened
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.workflow.sending_explained import explained
from nolcat_desktop.workflow.signing_patience import while_listening

_HANDS = 8
_SLOWEST_HAND = 64 * 1024
"""Bytes a second that each request should get, or the server takes it for dead."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An account, opened."""

    means: Means
    confirm: Callable[[], None]
    """Raises if one is signed in to another account than expected; asked before the first write."""
    who: Callable[[], Identity | None]
    """As whom; None where the server has nobody to ask."""


@contextmanager
def opened_place(
    library: Library,
    clients: Clients,
    progress: Progress,
    watch: Callable[[Tally], None] | None = None,
    keep: bool = True,
) -> Iterator[Opened]:
    """Within it, the library can be sent to the account's bucket, or fetched from there, by this program alone.

    Args:
        library: The library.
        clients: Those of the account.
        progress: Told how far it is; asked whether to stop.
        watch: Told the same in bytes.
        keep: Whether anything is written down; False for only looking.

    Raises:
        NolcatError: If another window or program is sending this library, or nobody is signed in.
    """
    account = clients.account
    pace = Pace(account.bandwidth)
    hands = min(_HANDS, max(1, account.bandwidth // _SLOWEST_HAND)) if account.bandwidth else _HANDS
    store = Bucket(clients.client("s3"), account.location, writer_name(), pace)
    place = f"{account.endpoint_url}|{account.bucket}/{account.location.prefix}"
    found: list[Identity | None] = []

    def who() -> Identity | None:
        if not found:
            found.append(while_listening(lambda: who_am_i(clients), progress))
        return found[0]

    def check() -> None:
        confirm(account, who())

    with explained(clients, progress), opened(catalog_file(library.layout.hidden, place), keep) as catalog:
        yield Opened(Means(store, catalog, pace, progress, hands=hands, watch=watch), check, who)


def writer_name() -> str:
    """User and workstation, as others are shown who wrote an object."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    return f"{user} ({platform.node()})" if user else platform.node()
