"""Places are made in steps: what stands there meanwhile, what waits for them, what happens when something changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from nolcat_desktop.gui.header import Header
from nolcat_desktop.gui.main_window import MainWindow
from nolcat_desktop.gui.scale import LayoutClass
from nolcat_desktop.gui.stepping import Stepper
from nolcat_desktop.gui.theme import Theme
from tests.gui.frame_builders import AddPane, DataPane, LibraryPane

Make = Callable[..., MainWindow]


class SlowPane(DataPane):
    """Is made in three steps; the second one fails as often as `faults` says."""

    begun: ClassVar[int] = 0
    faults: ClassVar[int] = 0

    def build(self) -> Iterator[None]:
        SlowPane.begun += 1
        yield
        if SlowPane.faults:
            SlowPane.faults -= 1
            raise ValueError("on purpose")
        yield
        self.set_summary("whole")


@pytest.fixture
def window(make_window: Make, theme: Theme) -> Iterator[MainWindow]:
    """The library in front; from now on places are made in steps, as the program does."""
    made = make_window(places=(LibraryPane, AddPane, SlowPane))
    SlowPane.begun = SlowPane.faults = 0
    theme.at_once = False
    yield made
    theme.at_once = True
    theme.finish()


def shown(window: MainWindow, name: str) -> bool:
    return window.front.place is not None and window.front.place.name == name


def test_that_a_place_is_shown_when_it_is_whole_and_its_title_before(window: MainWindow, qtbot: QtBot) -> None:
    window.go("data", "what was meant for it")
    assert window.front.place is None
    (header,) = window.front.currentWidget().findChildren(Header)
    assert header.title_text() == window.front.currentWidget().accessibleName() == "Look at data"
    assert window.rail.list.currentIndex().data() == "Look at data"
    qtbot.waitUntil(lambda: shown(window, "data"))
    place = window.front.place
    assert isinstance(place, SlowPane)
    assert place.header.summary_text() == "whole"
    assert place.told == ["what was meant for it"]
    assert place.times == 1
    assert window.focusWidget() is place.list


def test_that_who_went_elsewhere_stays_there_and_nothing_that_was_handed_over_is_lost(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.go("data", 1)
    window.front.hand("data", 2)
    window.go("add")
    qtbot.waitUntil(lambda: len(window.front.places()) == 3)
    assert shown(window, "add")
    (slow,) = (place for place in window.front.places() if isinstance(place, SlowPane))
    assert slow.told == [1, 2]
    assert slow.times == 0


def test_that_half_a_place_is_made_anew_when_the_look_changes(window: MainWindow, qtbot: QtBot) -> None:
    window.front.make_next()  # the place for adding comes first
    while window.front.make_next() and not SlowPane.begun:
        pass
    window.front.restyle()
    window.go("data")
    qtbot.waitUntil(lambda: shown(window, "data"))
    assert SlowPane.begun == 2
    qtbot.waitUntil(lambda: len(window.front.findChildren(SlowPane)) == 1)


def test_that_a_place_that_failed_is_tried_again_when_it_is_wanted_again(window: MainWindow, qtbot: QtBot) -> None:
    SlowPane.faults = 1
    with qtbot.captureExceptions() as faults:
        window.go("data", "lost")
        qtbot.waitUntil(lambda: bool(faults))
    assert window.front.place is None
    window.go("library")
    window.go("data", "found")
    qtbot.waitUntil(lambda: shown(window, "data"))
    assert isinstance(window.front.place, SlowPane)
    assert window.front.place.told == ["found"]


def test_that_places_nobody_sees_learn_later_how_much_room_there_is(window: MainWindow, qtbot: QtBot) -> None:
    window.go("data")
    qtbot.waitUntil(lambda: shown(window, "data"))
    window.resize(600, 400)
    library = next(place for place in window.front.places() if place.name == "library")
    told = [window.front.place.layout_class if window.front.place is not None else None, library.layout_class]
    assert told == [LayoutClass.TIGHT, LayoutClass.WIDE]
    window.go("library")
    told = [library.layout_class]
    assert told == [LayoutClass.TIGHT]


def test_that_work_in_steps_ends_and_may_be_replaced_or_finished_at_once(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    stepper = Stepper(owner)

    def steps(word: str) -> Iterator[None]:
        for number in range(3):
            done.append(f"{word}{number}")
            yield

    stepper.start(steps("a"))
    assert stepper.step()
    stepper.start(steps("b"))
    qtbot.waitUntil(lambda: not stepper.is_busy)
    assert done == ["a0", "b0", "b1", "b2"]
    stepper.start(steps("c"))
    stepper.finish()
    assert done[-3:] == ["c0", "c1", "c2"]
    assert not stepper.is_busy
