"""Every fault on the way: nothing torn, nothing named that is not there, and the next run completes it."""

from __future__ import annotations

import pytest

from tests.sync.desk import Desk
from tests.sync.faults import AT_ONCE, FAULTS, LARGE, SMALL, meet, tcp

MIB8 = 8 * 1024 * 1024
ALWAYS = {
    "refused", "reset at 50 %", "503 SlowDown", "bytes changed on the way", "clock skew",
    "answer to a file lost", "answer to the last of the parts lost", "answer to the manifest lost",
    "someone ended the upload", "two wrote at the same moment", "may not list parts", "may not ask for versions",
    "may not send parts",
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in ALWAYS else [pytest.mark.exhaustive]) for name in FAULTS]
)
def test_that_a_fault_leaves_nothing_torn_and_the_next_run_completes_it(desk: Desk, name: str) -> None:
    plant, title = FAULTS[name]
    met = meet(desk, plant, size=SMALL if name in AT_ONCE else LARGE)
    expected = {title, "sent"} if "lost" in name else {title}
    assert met.seen in expected


def test_that_parts_which_arrived_are_not_sent_again(desk: Desk) -> None:
    met = meet(desk, FAULTS["expired sign-in"][0])
    assert met.leftovers == 1
    assert met.sent_again < LARGE


@pytest.mark.parametrize("mode", ["refuse", "reset", "stall"])
def test_that_with_patience_a_fault_that_passes_is_not_noticed(desk: Desk, mode: str) -> None:
    after, size = (0, SMALL) if mode == "refuse" else (LARGE // 2, LARGE)
    assert meet(desk, tcp(mode, after, times=2), patience=60, size=size).seen == "sent"
