"""The runs of a library: following the one that goes on, also after the program was closed; stopping, running again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from nolcat_desktop.gui.cloud_desk import CloudDesk
from nolcat_desktop.gui.cloud_jobs import Fate, Plain, Wire, begin_job
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.desktop_notice import DesktopNotice
from nolcat_desktop.gui.job import Job
from nolcat_desktop.progress import Progress

if TYPE_CHECKING:
    from nolcat_desktop.aws.executions_failure import Failure
    from nolcat_desktop.aws.executions_following import Watched
    from nolcat_desktop.aws.setup_audience import Audience
    from nolcat_desktop.dataset import Library
    from nolcat_desktop.workflow.cloud_session import Session
    from nolcat_desktop.workflow.cloud_trouble import Trouble
    from nolcat_desktop.workflow.running_log import KnownRun


T = TypeVar("T")
_OVERTAKEN = frozenset({"superseded", "NoLCAT.Superseded"})
"""What our pipeline says of such a run: its outcome, or its error."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of the run that is shown."""

    run: KnownRun
    watched: Watched | None = None
    """None while it was not looked at since the program began."""
    failure: Failure | None = None
    usual: tuple[float, float] | None = None
    """Seconds that a run takes here, from and to; None while nothing is usual yet."""
    outcome: str = ""
    """What the pipeline says of a run that went well: `published`, `unchanged`, `superseded`."""
    page: str = ""
    """Where AWS shows it."""
    audience: Audience | None = None
    """Who is told how it ends; None where that is not known."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        run = self.watched.run if self.watched is not None else None
        return run.status.is_over if run is not None else not self.run.is_open

    @property
    def has_failed(self) -> bool:
        """Whether it ended otherwise than well."""
        run = self.watched.run if self.watched is not None else None
        status = run.status.value if run is not None else self.run.status
        return self.is_over and status != "SUCCEEDED"

    @property
    def is_overtaken(self) -> bool:
        """Whether a newer set was published before it."""
        known, failure = self.run, self.failure
        said = (self.outcome, known.outcome, known.error, failure.error if failure is not None else "")
        return self.is_over and not _OVERTAKEN.isdisjoint(said)


class CloudRuns(QObject):
    """Belongs to one window."""

    changed = Signal()
    over = Signal(object)
    """A `Seen` came to its end while it was followed."""

    def __init__(self, context: Context, desk: CloudDesk) -> None:
        """Follow nothing yet."""
        super().__init__(desk)
        self._context, self._desk = context, desk
        self.seen: Seen | None = None
        self.runs: tuple[KnownRun, ...] = ()
        self.trouble: Trouble | Plain | None = None
        self.is_working = False
        self._job: Job | None = None
        self._library: Library | None = None
        self._news = Wire(self._take, self)
        self.notice = DesktopNotice(context, self)
        self.over.connect(self._tell_desktop)
        desk.started.connect(self._started)
        context.library_changed.connect(self._look_back)
        self._look_back()  # the library may be open already: places are made when they are first shown

    @property
    def is_following(self) -> bool:
        """Whether a run is being followed now."""
        return self._job is not None

    def take_up(self) -> None:
        """Follow the run whose end was not seen yet, if there is one and somebody is signed in."""
        session = self._desk.session
        known = self.seen.run if self.seen is not None else None
        if session is None or known is None or not known.is_open or self._job is not None:
            return
        if known.machine == session.account.state_machine:
            self._follow(session, known)

    def stop(self) -> None:
        """Stop the run that is shown."""
        self._ask(self.tr("Stopping the run"), lambda running, own, run: running.stop(own, run))

    def go_on(self) -> None:
        """Let a failed run go on with the step that failed."""
        known = self.seen.run if self.seen is not None else None

        def again(session: Session, _run: object) -> None:
            if known is not None:
                self._follow(session, known)

        self._ask(self.tr("Going on with the run"), lambda running, own, run: running.go_on(own, run), again)

    def again(self, larger: bool = False) -> None:
        """Run once more: the newest complete set, or with the larger size that of the run that is shown."""
        session, library = self._desk.session, self._context.library
        known = self.seen.run if self.seen is not None else None
        if session is None or library is None or self.is_working:
            return

        def work(progress: Progress) -> Any:  # noqa: ANN401 - a `workflow.running.Started`
            from nolcat_desktop.workflow.running_larger import run_again

            return run_again(session, library, progress, known, larger)

        def over(fate: Fate[Any]) -> None:
            self._settle(fate)
            if fate.value is not None:
                self._started(fate.value)

        self._begin(self.tr("Starting the run again"), work, over)

    def follow_newer(self) -> None:
        """Show the run that has overtaken this one, and follow it."""

        def newest(_running: object, own: Any, run: KnownRun) -> KnownRun:  # noqa: ANN401 - a `running.Pipeline`
            from nolcat_desktop.workflow.running_newer import newest_after

            return newest_after(own, run)

        def found(session: Session, newer: KnownRun) -> None:
            self.seen = Seen(newer)
            self._follow(session, newer)

        self._ask(self.tr("Looking for the newer run"), newest, found)

    def look_for_all(self) -> None:
        """Ask for every run of the machine, also those of others; `changed` follows."""
        session, library = self._desk.session, self._context.library
        if session is None or library is None or self.is_working or not session.account.state_machine:
            return

        def work(_progress: Progress) -> tuple[KnownRun, ...]:
            from nolcat_desktop.workflow import cloud_session, running

            return running.runs(cloud_session.pipeline_of(session, library))

        def over(fate: Fate[tuple[KnownRun, ...]]) -> None:
            self._settle(fate)
            if fate.value is not None:
                self.runs = fate.value
            self.changed.emit()

        self._begin(self.tr("Looking at the runs"), work, over, quiet=True)

    def _ask(
        self,
        name: str,
        what: Callable[[Any, Any, KnownRun], T],
        then: Callable[[Session, T], None] | None = None,
    ) -> None:
        session, library = self._desk.session, self._context.library
        known = self.seen.run if self.seen is not None else None
        if session is None or library is None or known is None or self.is_working:
            return

        def work(_progress: Progress) -> T:
            from nolcat_desktop.workflow import cloud_session, running

            return what(running, cloud_session.pipeline_of(session, library), known)

        def over(fate: Fate[T]) -> None:
            self._settle(fate)
            if then is not None and fate.value is not None:
                then(session, fate.value)
            self.changed.emit()

        self._begin(name, work, over)

    def _started(self, started: Any) -> None:  # noqa: ANN401 - a `workflow.running.Started`
        self.seen = Seen(started.known)
        session = self._desk.session
        if session is not None:
            self._follow(session, started.known)
        self.changed.emit()

    def _follow(self, session: Session, known: KnownRun) -> None:
        library, runner = self._context.library, self._context.runner
        if self._job is not None:
            runner.cancel(self._job)
        if library is None:
            return

        def work(progress: Progress) -> None:
            from nolcat_desktop.aws.executions_links import execution_page
            from nolcat_desktop.workflow import cloud_session, running, running_audience, running_larger

            own, template = cloud_session.pipeline_of(session, library), session.account.input_template
            usual = running.usual_seconds(own.log, own.machine_arn)
            told = running_audience.audience(own, session.clients)
            for watched in running.follow(own, known, progress):
                outcome = running.outcome_of(watched.run) if watched.run is not None else ""
                page = execution_page(watched.run.arn) if watched.run is not None else None
                failure = running_larger.told_failure(own, known, watched, template)
                self._news.tell(Seen(known, watched, failure, usual, outcome, page or "", told))

        def over(fate: Fate[None]) -> None:
            if self._job is not job:
                return
            self._job = None
            self._settle(fate)
            if self.seen is not None and self.seen.is_over:
                self.over.emit(self.seen)
            self.changed.emit()

        name = self.tr("Following the run")
        job = self._job = begin_job(
            self._context, name, work, over=over, cancelled=lambda: over(Fate()), account=session.account, quiet=True
        )

    def _tell_desktop(self, seen: Seen) -> None:
        failed = seen.failure.problem.title if seen.failure is not None else ""
        self.notice.run_over(failed or (self.tr("“All runs” tells more.") if seen.has_failed else ""), seen.outcome)

    def _take(self, seen: Seen) -> None:
        if self.seen is not None and self.seen.run.name == seen.run.name:
            self.seen = seen
            self.changed.emit()

    def _look_back(self) -> None:
        """What this library knows of its runs, without asking anybody."""
        library = self._context.library
        if library is self._library:
            return
        self._library = library
        if self._job is not None:
            self._context.runner.cancel(self._job)
            self._job = None
        self.seen, self.runs, self.trouble = None, (), None
        if library is None:
            self.changed.emit()
            return

        def work(_progress: Progress) -> tuple[KnownRun, ...]:
            from nolcat_desktop.workflow.running_log import RunLog

            return RunLog(library.layout.hidden).runs()

        def over(fate: Fate[tuple[KnownRun, ...]]) -> None:
            if library is self._context.library and fate.value is not None and self.seen is None:
                self.runs = fate.value
                self.seen = Seen(self.runs[0]) if self.runs else None
                self.changed.emit()

        begin_job(self._context, self.tr("Looking at the runs"), work, over=over, quiet=True)

    def _begin(
        self, name: str, work: Callable[[Progress], Any], over: Callable[[Fate[Any]], None], quiet: bool = False
    ) -> None:
        self.is_working, self.trouble = True, None
        account = self._desk.account
        begin_job(self._context, name, work, over=over, cancelled=lambda: over(Fate()), account=account, quiet=quiet)
        self.changed.emit()

    def _settle(self, fate: Fate[Any]) -> None:
        self.is_working, self.trouble = False, fate.trouble


def runs_of(context: Context, desk: CloudDesk) -> CloudRuns:
    """The one of `context`, made when it is first asked for."""
    found = desk.findChild(QObject, _NAME)
    if isinstance(found, CloudRuns):
        return found
    runs = CloudRuns(context, desk)
    runs.setObjectName(_NAME)
    return runs


_NAME = "cloud runs"
