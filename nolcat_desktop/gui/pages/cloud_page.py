"""Cloud: as whom, where to, how much, and what happens then; nothing is sent before the button that says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from nolcat_desktop.accounts import Account
from nolcat_desktop.gui.cloud_jobs import Fate, begin_job
from nolcat_desktop.gui.cloud_runs import Seen
from nolcat_desktop.gui.cloud_words import ended_well, files, tr
from nolcat_desktop.gui.notice import Choice, Level, Notice
from nolcat_desktop.gui.pages.cloud_buttons import CloudButtons
from nolcat_desktop.gui.pages.cloud_cards import CloudCards
from nolcat_desktop.gui.pages.cloud_deeds import CloudDeeds
from nolcat_desktop.gui.pages.cloud_face import CloudFace, View
from nolcat_desktop.gui.pages.cloud_forgetting import Forgetting
from nolcat_desktop.gui.pages.cloud_nothing import say_nothing
from nolcat_desktop.gui.scale import LayoutClass

if TYPE_CHECKING:
    from nolcat_desktop.aws.profiles import Profile


class CloudPage(CloudFace):
    """Sending to the bucket, and the pipeline."""

    name = "cloud"
    icon_name = "cloud-upload"
    supports: ClassVar[frozenset[str]] = frozenset()

    def build(self) -> Iterator[None]:
        """Make the parts; nobody is asked before somebody comes here."""
        yield from super().build()
        self.asked = View.OVERVIEW
        self.woken = False
        self.profiles: tuple[Profile, ...] | None = None
        self._resumed = False
        self.deeds = CloudDeeds(self)
        Forgetting(self.context, self.desk, self.form, self.deeds.other_ways)
        self.cards, self.buttons = CloudCards(self, self.deeds), CloudButtons(self, self.deeds)
        for pane in (self.nothing, self.ways, self.form, self.overview, self.check, self.set_up, self.matching):
            self.stack.addWidget(pane)
        for card in (self.device, self.code):
            self.stack.addWidget(_at_the_top(card, self))
        self.stack.setMinimumHeight(1)  # a page that is not shown takes no room from a card
        self.body.addWidget(self.stack, 1)
        yield
        self._restyle()
        yield
        self._connect()
        self.refresh()

    @classmethod
    def title(cls) -> str:
        """The place's word."""
        return QCoreApplication.translate("cloud", "Cloud")

    def shown(self) -> None:
        """Somebody came: look, unless this is the window's start, which asks nobody."""
        if self.context.library is None:
            self.desk.load()
            return
        self.wake()

    def wake(self) -> None:
        """Become somebody in silence, and look what would be sent."""
        self.woken = True
        self.desk.load(lambda: None if self.is_sample else self.desk.wake())

    def receive(self, payload: object) -> None:
        """What the menu asked for; see `gui.cloud_commands`."""
        if isinstance(payload, str):
            self.woken = True
            self.do(payload)

    def layout_class_changed(self, layout: LayoutClass) -> None:
        """Tabs where it is tight."""
        super().layout_class_changed(layout)
        held: QWidget | None = QApplication.focusWidget()
        had_focus = held is not None and self.stack.isAncestorOf(held)
        self.overview.set_layout_class(layout)
        self.refresh()
        if had_focus:
            self.focus_first()

    def step_back(self) -> bool:
        """From whatever was opened to plan and run."""
        if self.view() in {View.OVERVIEW, View.NOTHING, View.WAYS} and self.asked is View.OVERVIEW:
            return False
        self.show_view(View.OVERVIEW)
        return True

    def panes(self) -> Sequence[QWidget]:
        """What is worked in, in the eye's order."""
        card = self.cards.card
        first: list[QWidget] = [card.buttons[0]] if card is not None and card.buttons else []
        return [*first, *(pane for pane in self._panes() if pane.isVisible())]

    def view(self) -> View:
        """What is to be shown now."""
        desk = self.desk
        if self.is_sample or self.context.library is None:
            return View.NOTHING
        if desk.device or desk.invitation is not None:
            return View.CODE if desk.device else View.DEVICE
        if self.asked in {View.FORM, View.WAYS, View.MATCH}:
            return self.asked
        if not desk.accounts or desk.account is None:
            return View.WAYS if desk.accounts else View.NOTHING
        return self._view_of_account()

    def _view_of_account(self) -> View:
        desk = self.desk
        if desk.session is None and self.asked is not View.CHECK:
            signed_out = desk.trouble is not None and desk.trouble.cause in {"sign-in", "code"}
            return View.WAYS if signed_out and not desk.is_busy else View.NOTHING
        return View.NOTHING if self.asked is View.OVERVIEW and desk.view is None else self.asked

    def do(self, what: str) -> None:
        """What a menu entry or a button asks for."""
        self.deeds.do(what)

    def show_view(self, view: View) -> None:
        """Show `view`, as far as it can be shown now."""
        self.asked = view
        self.refresh()
        if self.isVisible():
            self.focus_first()

    def refresh(self) -> None:
        """Show what is known now."""
        view = self.view()
        if view is View.WAYS:
            self._show_ways()
        if view is View.NOTHING:
            say_nothing(self)
        if view in {View.OVERVIEW, View.RUNS}:
            self.overview.show_all()
            self.overview.show_runs(view is View.RUNS)
        self.device.show_invitation(self.desk.invitation)
        panes = {
            View.NOTHING: self.nothing, View.WAYS: self.ways, View.FORM: self.form, View.CHECK: self.check,
            View.SET_UP: self.set_up, View.MATCH: self.matching, View.DEVICE: self.device.parentWidget(),
            View.CODE: self.code.parentWidget(),
        }  # fmt: skip
        self.stack.setCurrentWidget(panes.get(view) or self.overview)
        self.cards.refresh()
        self.buttons.refresh()
        self.can_changed.emit()
        self.focus_late()

    def edit(self, account: Account, note: str = "") -> None:
        """Show the form of `account`."""
        self.desk.trouble = None
        self.form.open(account, note)
        self.show_view(View.FORM)

    def look_at_profiles(self) -> None:
        """Which profiles the AWS configuration of this computer has; asked once."""
        if self.profiles is not None:
            return
        self.profiles = ()

        def over(fate: Fate[list[Profile]]) -> None:
            self.profiles = tuple(fate.value or ())
            self.form.form.offer_profiles([profile.name for profile in self.profiles])
            self.refresh()

        begin_job(self.context, tr("Looking for profiles"), lambda _: _profiles(), over=over, quiet=True)

    def _show_ways(self) -> None:
        self.look_at_profiles()
        shown = (self.desk.accounts, self.desk.account, self.profiles or ())
        if shown != getattr(self, "_ways_shown", None):
            self._ways_shown = shown
            self.ways.show_ways(*shown)

    def _panes(self) -> list[QWidget]:
        parts = self.overview
        over = [parts.plan.table, parts.plan.conflict.table, parts.run.steps, parts.runs.table]
        table: dict[View, list[QWidget]] = {
            View.NOTHING: [*self.nothing.buttons],
            View.WAYS: [*self.ways.buttons[:1]],
            View.FORM: [self.form.form.edits["bucket"]],
            View.DEVICE: [self.device.copy],
            View.CODE: [self.code.edit],
            View.CHECK: [self.check.list],
            View.SET_UP: [chapter.table for chapter in self.set_up.chapters.values()],
            View.MATCH: [self.matching.table if self.matching.proposed else self.matching.choose],
        }
        return table.get(self.view(), [*over])

    def _connect(self) -> None:
        self.desk.changed.connect(self._desk_changed)
        self.desk.moved.connect(self._moved)
        self.runs.changed.connect(self._runs_changed)
        self.runs.over.connect(self._run_over)
        self.desk.asked.connect(self.code.ask)
        self.code.given.connect(self.desk.answer)
        for pane in (self.code, self.device):
            pane.cancelled.connect(self.desk.cancel)
        self.ways.account_chosen.connect(self.deeds.sign_in)
        self.ways.way_chosen.connect(self.edit)
        self.matching.done.connect(self.deeds.matched)
        self.matching.list_asked.connect(lambda: self.cards.match())
        self.set_up.made.connect(self.deeds.was_set_up)
        self.check.other_asked.connect(self.deeds.other_ways)
        for signal in (self.check.over, self.set_up.changed, self.matching.changed):
            signal.connect(self.refresh)
        self.overview.plan.leftovers.said.connect(self.said)
        for signal in (self.matching.troubled, self.overview.plan.conflict.failed):
            signal.connect(self.cards.show_trouble)
        self.overview.run.all_asked.connect(lambda: self.do("runs"))
        self.overview.run.stop_asked.connect(self.runs.stop)
        self.overview.run.set_up_asked.connect(lambda: self.do("set_up"))
        self.desk.stopped.connect(self._stopped)
        self.desk.arrived.connect(self.deeds.arrived)
        self.desk.kept.connect(self._kept)
        self.context.library_changed.connect(self._library_changed)
        self.context.theme.follow(self._restyle)

    def _moved(self) -> None:
        self.overview.plan.show_moving()
        self.cards.refresh()

    def _desk_changed(self) -> None:
        if self.desk.session is not None and self.asked in {View.FORM, View.WAYS}:
            self.form.form.forget_key()
            self.show_view(View.OVERVIEW)
        if self.desk.session is not None:
            self.runs.take_up()
        self.refresh()

    def _runs_changed(self) -> None:
        """A run that was under way when the program was closed is followed again, once."""
        seen = self.runs.seen
        if seen is not None and seen.run.is_open and self.desk.session is None and not self._resumed:
            self._resumed = True
            self.desk.load(lambda: None if self.is_sample else self.desk.wake())
        self.refresh()

    def _run_over(self, seen: Seen) -> None:
        see = Choice(tr("See the run"), lambda: self.asked_for.emit("cloud", "see"))
        if seen.failure is not None:
            level = Level.INFO if "stopped" in seen.failure.problem.title else Level.SERIOUS
            self.tell(Notice(f"{seen.failure.problem.title}. {seen.failure.problem.meaning}", level, (see,)))
        elif not seen.has_failed:
            self.tell(Notice(ended_well(seen.outcome), choices=(see,)))

    def _stopped(self, done: int, whole: int) -> None:
        text = tr("Stopped: {n} of {files} are there, the rest are untouched. Nothing is half there.")
        self.said.emit(Notice(text.format(n=done, files=files(whole)), Level.INFO))
        self.desk.look()

    def _kept(self, key: str) -> None:
        self.said.emit(Notice(tr("{key} is here now as it is there. Undo brings yours back.").format(key=key)))

    def _library_changed(self) -> None:
        if self.isVisible() and self.desk.session is not None:
            self.wake()
        self.refresh()

    def _restyle(self) -> None:
        parts = (self.overview, self.form, self.device, self.code, self.check, self.set_up, self.matching, self.ways)
        for part in parts:
            part.restyle()
        self.cards.restyle()
        self.buttons.refresh()


def _at_the_top(card: QWidget, parent: QWidget) -> QWidget:
    page = QWidget(parent)
    around = QVBoxLayout(page)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
    return page


def _profiles() -> list[Profile]:
    from nolcat_desktop.aws.profiles import profiles

    return profiles()
