"""The files of an inventory in their order, read by several processes where there are many, none of them twice."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import ExitStack
from dataclasses import dataclass, replace

from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import Source
from nolcat_desktop.workflow.inventory_facts import Facts
from nolcat_desktop.workflow.inventory_index import Index, Stamp
from nolcat_desktop.workflow.inventory_read import ENDED, TOO_LARGE, read_facts, unreadable
from nolcat_desktop.workflow.inventory_workers import EndedEarlyError, Workers, processors

_LARGE = 32 * 2**20
"""Bytes above which a file is read here, when it is its turn: two of them at once may be too much for the memory."""
_AHEAD = 4
"""Files for each process that may be read before it is their turn."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is read at once."""

    processes: int | None = None
    """None: one for each processor."""
    alone: float = 2.0
    """Seconds of reading after which the processes are worth their start."""


USUAL = Pace()


@dataclass(slots=True)
class _Begun:
    """A file before it is its turn."""

    source: Source
    stamp: Stamp | None
    sha256: str = ""
    content: bytes = b""
    """Until somebody else has it."""
    facts: tuple[Facts, ...] | None = None
    """What is known already."""
    is_kept: bool = False
    """Whether the index knows it by its stamp."""
    reading: Future[tuple[Facts, ...]] | None = None
    size: int = 0


class FilesRead:
    """What is in each of some files, in their order."""

    def __init__(
        self,
        index: Index | None,
        same_bytes: Callable[[str], tuple[Facts, ...]],
        progress: Progress,
        read: set[str] | None = None,
        pace: Pace = USUAL,
    ) -> None:
        """Read nothing yet.

        Args:
            index: Where it is kept what was found in files that have not changed.
            same_bytes: Gives what was found in a file before of this SHA-256; () when it has to be read all the same.
            progress: Told at the turn of each file, and checked.
            read: Filled with the names of the files that were not known.
            pace: How many processes read, and from when on.
        """
        self._index, self._same_bytes, self._progress = index, same_bytes, progress
        self._read: set[str] = read if read is not None else set()
        self._processes = processors() if pace.processes is None else pace.processes
        self._alone = pace.alone
        self._spent = 0.0
        self._workers: Workers | None = None
        self._on_their_way: set[str] = set()

    def of(self, sources: Sequence[Source]) -> Iterator[tuple[Facts, ...]]:
        """What is in each of these.

        Raises:
            Cancelled: If the user asked to stop; what was read until then is in the index.
        """
        begun: deque[_Begun] = deque()
        done = 0
        with ExitStack() as stack:
            for source in sources:
                self._begin_workers(stack, len(sources) - done)
                if not begun:
                    self._progress.tell("Reading", done, len(sources), source.name)
                begun.append(self._begun(source))
                while begun and len(begun) > self._ahead(begun):
                    yield self._ended(begun.popleft(), done, len(sources))
                    done += 1
            while begun:
                yield self._ended(begun.popleft(), done, len(sources))
                done += 1

    def _begin_workers(self, stack: ExitStack, left: int) -> None:
        if self._workers is None and self._processes > 1 and self._spent >= self._alone and left > self._processes:
            self._workers = stack.enter_context(Workers(self._processes))

    def _ahead(self, begun: deque[_Begun]) -> int:
        """How many files may wait for their turn."""
        if self._workers is None or sum(one.size for one in begun) > 2 * _LARGE:
            return 0
        return _AHEAD * self._workers.count

    def _begun(self, source: Source) -> _Begun:
        self._progress.check()
        stamp = Stamp.of(source.name)
        known = self._index.by_stamp(stamp, source.name) if self._index is not None and stamp is not None else None
        if known is not None:
            facts = tuple(replace(one, named=source.named) for one in known)
            return _Begun(source, stamp, facts=facts, is_kept=True)
        try:
            content = source.load()
        except NolcatError as error:
            return _Begun(source, stamp, facts=(unreadable(source, error.problem),), is_kept=True)
        except MemoryError:
            return _Begun(source, stamp, facts=(unreadable(source, TOO_LARGE),), is_kept=True)
        one = _Begun(source, stamp, hashlib.sha256(content).hexdigest(), content, size=len(content))
        self._hand_over(one)
        return one

    def _hand_over(self, one: _Begun) -> None:
        """Have a file read by another process, unless it is known, or is on its way already."""
        if self._workers is None or self._same_bytes(one.sha256) or one.size > _LARGE:
            return
        one.facts = self._index.by_content(one.sha256, one.source.name) if self._index is not None else None
        if one.facts is None and one.sha256 not in self._on_their_way:
            self._on_their_way.add(one.sha256)
            one.reading = self._workers.read(one.source.name, one.source.named, one.sha256, one.content)
        one.content = b""

    def _ended(self, one: _Begun, done: int, total: int) -> tuple[Facts, ...]:
        """What is in a file whose turn it is; the index knows it from then on."""
        self._progress.tell("Reading", done, total, one.source.name)
        if one.is_kept:
            return one.facts or ()
        self._on_their_way.discard(one.sha256)
        same = self._same_bytes(one.sha256)
        if same:
            facts = tuple(replace(each, file=one.source.name, named=one.source.named) for each in same)
        else:
            facts = one.facts or self._known(one) or self._now_read(one)
        if self._index is not None:
            self._index.put(one.stamp, one.sha256, one.source.name, facts)
        return facts

    def _known(self, one: _Begun) -> tuple[Facts, ...] | None:
        return self._index.by_content(one.sha256, one.source.name) if self._index is not None else None

    def _now_read(self, one: _Begun) -> tuple[Facts, ...]:
        self._read.add(one.source.name)
        if one.reading is not None:
            return self._awaited(one, one.reading)
        began = time.monotonic()
        try:
            content = one.content or one.source.load()
        except NolcatError as error:
            return (unreadable(one.source, error.problem),)
        facts = read_facts(one.source, content, one.sha256, self._progress)
        self._spent += time.monotonic() - began
        return facts

    def _awaited(self, one: _Begun, reading: Future[tuple[Facts, ...]]) -> tuple[Facts, ...]:
        while True:
            self._progress.check()
            try:
                return tuple(replace(each, file=one.source.name) for each in reading.result(timeout=0.2))
            except NotYet:
                continue
            except EndedEarlyError:
                return (replace(unreadable(one.source, ENDED), sha256=one.sha256, size=one.size),)
