"""The store's own window on a virtual screen: waiting, closed, answered."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nolcat_desktop.credentials import KeyringStore, StoreError, StoreState
from tests.gui.screen.desk import Desk, a_desk, missing_for_a_screen
from tests.servers.keyring import PASSWORD, Desktop, desktop

pytestmark = [pytest.mark.screen, pytest.mark.filterwarnings("ignore::ResourceWarning")]
PROMPTER = Path("/usr/libexec/gcr-prompter")
SECRET = "planted-in-a-locked-store"  # noqa: S105 - planted


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A screen with a window manager."""
    if not sys.platform.startswith("linux") or not PROMPTER.exists():
        pytest.skip("gcr-prompter is not installed")
    if missing := missing_for_a_screen():
        pytest.skip(f"not installed: {', '.join(missing)}")
    with a_desk(tmp_path_factory.mktemp("desk")) as made:
        yield made


@pytest.fixture
def locked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A locked store with a secret, which can ask on the screen."""
    display = desk.environment["DISPLAY"]
    with desktop(with_store=False) as own:
        monkeypatch.setenv("DISPLAY", display)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", own.address)
        own.start_prompter(display)
        own.start_store(DISPLAY=display)
        KeyringStore().put("entry", SECRET)
        own.lock()
        yield own


@dataclass
class Asking:
    """A question to the store that goes on elsewhere."""

    store: KeyringStore = field(default_factory=lambda: KeyringStore(seconds=60))
    answers: list[str | StoreState | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._ask)
        self.thread.start()

    def _ask(self) -> None:
        try:
            self.answers.append(self.store.get("entry"))
        except StoreError as error:
            self.answers.append(error.state)

    def answer(self) -> str | StoreState | None:
        self.thread.join(60)
        return self.answers[0]


def until(there: Callable[[], str]) -> str:
    end = time.monotonic() + 30
    while not (found := there()):
        assert time.monotonic() < end, "the window of the store never came"
        time.sleep(0.05)
    return found.splitlines()[-1]


def window(desk: Desk) -> str:
    """The store's window, with the focus."""
    found = until(lambda: desk.tool("search", "--onlyvisible", "--class", "gcr-prompter"))
    desk.tool("windowfocus", "--sync", found)
    return found


def press(desk: Desk, asking: Asking, *words: str) -> None:
    """Type until the question is answered: a window takes keys only some time after it is shown."""
    end = time.monotonic() + 30
    while asking.thread.is_alive() and time.monotonic() < end:
        desk.tool(*words)
        asking.thread.join(1)


def test_that_its_window_is_waited_for_until_the_deadline_and_closing_it_is_told(desk: Desk, locked: Desktop) -> None:
    with pytest.raises(StoreError) as caught:
        KeyringStore(seconds=1).get("entry")
    assert caught.value.state is StoreState.SILENT
    asking = Asking()
    window(desk)
    press(desk, asking, "key", "Escape")
    assert asking.answer() is StoreState.DISMISSED
    assert locked.store is not None


def test_that_the_secret_is_there_once_the_store_was_unlocked_in_its_window(desk: Desk, locked: Desktop) -> None:
    asking = Asking()
    window(desk)
    desk.tool("type", "--delay", "20", PASSWORD)
    press(desk, asking, "key", "Return")
    assert asking.answer() == SECRET
    assert locked.store is not None
