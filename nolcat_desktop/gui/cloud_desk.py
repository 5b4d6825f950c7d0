"""Looking what would be sent, deciding conflicts, sending: what the buttons of the Cloud place do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from nolcat_desktop.gui.cloud_jobs import Fate, Plain, Wire
from nolcat_desktop.gui.cloud_signing import CloudSigning
from nolcat_desktop.gui.cloud_state import Arrived, Doing, Sendings
from nolcat_desktop.gui.cloud_words import files, tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.words import number
from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress, Step

if TYPE_CHECKING:
    from nolcat_desktop.sync.arrival import Tally
    from nolcat_desktop.sync.plan import Item
    from nolcat_desktop.workflow.cloud_trouble import Trouble
    from nolcat_desktop.workflow.sending import Sent, View


class CloudDesk(CloudSigning):
    """Belongs to one window."""

    _knock: Callable[[], None] | None = None

    def look(self) -> None:
        """Look what would be sent; nothing is written there."""
        session, library = self.session, self._context.library
        if session is None or library is None or self.is_busy:
            return
        ours, names = dict(self.ours), self.our_names

        def work(progress: Progress) -> View:
            from nolcat_desktop.workflow.cloud_session import Decided, plan

            return plan(session, library, progress, Decided(ours, names))

        def over(fate: Fate[View]) -> None:
            self._end(fate.trouble)
            if fate.value is not None and library is self._context.library:
                self.view, self.is_stale = fate.value, False
                self.sendings = Sendings()
            self.changed.emit()

        self._begin(Doing.LOOKING, self.tr("Looking what would be sent"), work, over)

    def decide_ours(self, key: str) -> None:
        """Decide the conflict `key` for what is here; nothing is sent before the button that says so."""
        item = self._item(key)
        if item is not None and item.remote is not None and not self.is_busy:
            self.ours = {**self.ours, key: item.remote.etag}
            self.look()

    def use_our_names(self) -> None:
        """Only the names of sources differ from the bucket's list: ours replace them with the next send."""
        self.our_names = True
        self.look()

    def decide_theirs(self, key: str) -> None:
        """Decide the conflict `key` for what lies there: it takes the place of ours here, which Undo brings back."""
        session, library = self.session, self._context.library
        if session is None or library is None or self._item(key) is None or self.is_busy:
            return

        def work(progress: Progress) -> None:
            from nolcat_desktop.workflow.cloud_session import keep_theirs

            keep_theirs(session, library, [key], progress)

        def over(fate: Fate[None]) -> None:
            self._end(fate.trouble)
            if fate.trouble is None and fate.is_done:
                self._context.library_changed.emit()
                self.look()
                self.kept.emit(key)
            self.changed.emit()

        self._begin(Doing.DECIDING, self.tr("Keeping their version"), work, over, writes=True)

    def _item(self, key: str) -> Item | None:
        return next((one for one in self.view.plan.items if one.key == key), None) if self.view is not None else None

    def send(self, start: bool) -> None:
        """Send what the plan names; with `start`, start a run for it."""
        session, library = self.session, self._context.library
        if session is None or library is None or self.is_busy:
            return
        self.sendings, self.last = Sendings(), None
        ours, names = dict(self.ours), self.our_names
        watching = _Eye(self._news)

        def work(progress: Progress) -> object:
            from nolcat_desktop.workflow import cloud_session

            told = cloud_session.Watching(watching.tally, watching.sent, self._opened, _PATIENCE)
            how = cloud_session.send_and_start if start else cloud_session.send
            return how(session, library, watching.progress(progress), told, cloud_session.Decided(ours, names))

        self._begin(Doing.SENDING, self.tr("Sending"), work, self._sent, self._stopped)

    def try_now(self) -> None:
        """Try again at once, while sending waits for the network."""
        if self._knock is not None:
            self._knock()

    def _opened(self, knock: Callable[[], None]) -> None:
        """In a thread."""
        self._knock = knock

    def _sent(self, fate: Fate[Any]) -> None:
        self._end(fate.trouble)
        done = getattr(fate.cause, "done", None)
        if self.trouble is not None and done is not None:
            self.trouble = _half_way(self.trouble, done, getattr(fate.cause, "whole", 0))
        if fate.value is not None:
            sent = getattr(fate.value, "sent", fate.value)
            files = len(sent.manifest.objects) if sent.complete and sent.manifest is not None else 0
            self.last = Arrived(self._context.clock(), files)
            self.view, self.ours, self.is_stale = sent.view, {}, True
            there = frozenset(key for key, one in sent.outcomes.items() if one.fate == "sent")
            self.sendings = Sendings(self.sendings.tally, there)
            if sent.problem is not None:
                self.trouble = Plain(sent.problem)
            self.arrived.emit(sent)
            if getattr(fate.value, "started", None) is not None:
                self.started.emit(fate.value.started)
        self.changed.emit()

    def _stopped(self) -> None:
        self._end(None)
        whole = sum(1 for one in self.view.plan.items if one.action == "upload") if self.view is not None else 0
        self.stopped.emit(len(self.sendings.sent), whole)
        self.view = None
        self.changed.emit()


def desk_of(context: Context) -> CloudDesk:
    """The one of `context`, made when it is first asked for: the place and the settings share it."""
    found = context.findChild(QObject, _NAME)
    if isinstance(found, CloudDesk):
        return found
    desk = CloudDesk(context)
    desk.setObjectName(_NAME)
    return desk


_NAME = "cloud desk"
_PATIENCE = 86_400.0
"""Seconds that sending waits for the network by itself: a computer that sleeps over night goes on in the morning."""


class _Eye:
    """Watches a transfer from its threads, and tells the window."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._sent: Sent | None = None
        self._seen = 0
        self._last: Tally | None = None
        self._waited = False

    def sent(self, sent: Sent) -> None:
        """The state of things; it grows while it is sent."""
        self._sent = sent

    def tally(self, tally: Tally) -> None:
        """How far it is; with the keys that arrived since the last time. Looking moves no bytes, but may wait."""
        if tally.files:
            self._last = tally
        elif self._last is not None:
            tally = replace(self._last, waiting=tally.waiting)
        elif not tally.waiting and not self._waited:
            return
        self._waited = bool(tally.waiting)
        self._wire.tell(Sendings(tally, self._new()))

    def progress(self, outer: Progress) -> Progress:
        """Told in the job bar without the time left, which the bar says itself."""

        def told(step: Step) -> None:
            outer.tell(step.phase, step.done, step.total, step.label.split(",", maxsplit=1)[0])

        return _Following(outer, told)

    def _new(self) -> frozenset[str]:
        outcomes = self._sent.outcomes if self._sent is not None else {}
        found = list(islice(list(outcomes.items()), self._seen, None))
        self._seen += len(found)
        return frozenset(key for key, one in found if one.fate == "sent")


class _Following(Progress):
    """Stops when another one does."""

    def __init__(self, outer: Progress, told: Callable[[Step], None]) -> None:
        super().__init__(told)
        self._outer = outer

    def check(self) -> None:
        """See whether the other is to stop."""
        self._outer.check()


def _half_way(trouble: Trouble | Plain, done: int, whole: int) -> Plain:
    """What is true of the numbers when sending could not go on: M19 and M33."""
    problem = trouble.problem
    if not whole:
        return Plain(problem, trouble.cause, trouble.policy)
    there = tr("{n} of {files} are there; nothing is half there. The next send goes on from here.")
    meaning = there.format(n=number(done), files=files(whole))
    said = " ".join(part for part in (problem.meaning, problem.details) if part)
    told = Problem(problem.title, meaning, problem.remedy, problem.position, said)
    return Plain(told, trouble.cause, trouble.policy)
