"""Desktops to ask: one with an unlocked store for each test, and what points this process at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.keyring import Desktop, desktop, let_go, missing_programs

if missing := missing_programs():
    pytest.skip(f"not installed here: {', '.join(missing)}", allow_module_level=True)


def point_at(place: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process find the desktop, and no screen."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", place.address)


@pytest.fixture(autouse=True)
def closed_connections() -> Iterator[None]:
    """Let go of what keyring leaves open when a store is locked, absent or killed, within the test that did it."""
    yield
    let_go()


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A desktop with an unlocked store."""
    with desktop() as own:
        point_at(own, monkeypatch)
        yield own


@pytest.fixture
def bare_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A desktop without a store."""
    with desktop(with_store=False) as own:
        point_at(own, monkeypatch)
        yield own
