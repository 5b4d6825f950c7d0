"""What is live and what is kept aside while a run changes it: which loads hold which months, and which files change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.overlaps import overlaps
from nolcat_desktop.dataset.parts import Holding
from nolcat_desktop.dataset.staging import aside_path, place_of
from nolcat_desktop.problem import NolcatError, Problem


class Shelf:
    """The loads of a library, live and aside, in the hands of a run."""

    def __init__(self, live: Iterable[Holding], aside: Iterable[Holding]) -> None:
        """Start with what is there."""
        self._live: dict[tuple[int, str], list[Holding]] = {}
        for held in live:
            self._live.setdefault(_key(held.load), []).append(held)
        self._aside = list(aside)
        self.touched: set[str] = set()
        """Paths of parts that are to be written anew."""

    def live(self) -> Iterator[Holding]:
        """Every live load."""
        for of in self._live.values():
            yield from of

    def aside(self) -> tuple[Holding, ...]:
        """Every load that is kept aside."""
        return tuple(self._aside)

    def everything(self) -> tuple[Holding, ...]:
        """Both."""
        return (*self.live(), *self._aside)

    def loads(self) -> tuple[Load, ...]:
        """What is known of both."""
        return tuple(held.load for held in self.everything() if held.load.states)

    def of(self, load: Load) -> tuple[Holding, ...]:
        """The live loads of the same source and report type as `load`."""
        return self.at(*_key(load))

    def at(self, source_id: int, report_type: str) -> tuple[Holding, ...]:
        """The live loads of a source's report."""
        return tuple(self._live.get((source_id, report_type), ()))

    def put(self, held: Holding) -> None:
        """Make a load live."""
        self._live.setdefault(_key(held.load), []).append(held)
        self.touched.add(held.path)

    def put_aside(self, held: Holding) -> None:
        """Keep a load aside."""
        self._aside.append(held)
        self.touched.add(held.path)

    def drop(self, held: Sequence[Holding], months: Iterable[str]) -> None:
        """Take `months` out of live loads."""
        gone = frozenset(months)
        for each in held:
            self._drop(self._live[_key(each.load)], each, gone)

    def drop_aside(self, held: Sequence[Holding], months: Iterable[str]) -> None:
        """Take `months` out of loads that are kept aside."""
        gone = frozenset(months)
        for each in held:
            self._drop(self._aside, each, gone)

    def _drop(self, listed: list[Holding], held: Holding, months: frozenset[str]) -> None:
        """Where rows lie (file and offset, and the months) names a load; what was asked for may be older than it."""
        for n, other in enumerate(listed):
            same = (other.path, other.file, other.offset) == (held.path, held.file, held.offset)
            if same and months & set(other.load.months):
                listed[n] = other.without(months)
                self.touched.add(other.path)

    def map_source(self, old: int, new: int) -> tuple[Load, ...]:
        """Give everything of source `old` to `new`.

        Raises:
            NolcatError: If both have a month of the same report, and neither excludes the other.
        """
        moved = []
        for key in [key for key in self._live if key[0] == old]:
            for held in self._live.pop(key):
                if held.load.states:
                    load = replace(held.load, source_id=new)
                    self.touched.add(held.path)
                    self.put(held.moved(place_of(load), load))
                    moved.append(load)
        for n, held in enumerate(self._aside):
            if held.load.source_id == old and held.load.states:
                load = replace(held.load, source_id=new)
                self._aside[n] = held.moved(aside_path(load), load)
                self.touched |= {held.path, self._aside[n].path}
        twice = overlaps(held for held in self.live() if held.load.source_id == new)
        if moved and twice:
            raise NolcatError(_both_have(twice[0].months, twice[0].first.load))
        return tuple(moved)


def _key(load: Load) -> tuple[int, str]:
    return load.source_id, load.report_type


def _both_have(months: tuple[str, ...], load: Load) -> Problem:
    return Problem(
        "Both sources have the same months",
        f"{', '.join(months[:6])}{' …' if len(months) > 6 else ''} of {load.report_type} would be counted twice if "  # noqa: PLR2004 - as many as a line holds
        "the two became one. Nothing was changed.",
        "Decide which of the two is right, remove those months of the other from the library, then do it again.",
    )
