"""The buttons of the Cloud place: which of them stand in the header now, and what they say."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from nolcat_desktop.accounts import Account
from nolcat_desktop.gui.cloud_words import files, place_of, tr
from nolcat_desktop.gui.pages.cloud_deeds import CloudDeeds
from nolcat_desktop.gui.pages.cloud_face import CloudFace, View
from nolcat_desktop.gui.words import number

Buttons = tuple[list[QAction], QAction | None]
"""The ordinary ones, and the primary one."""


class CloudButtons(QObject):
    """Belongs to one place."""

    def __init__(self, page: CloudFace, deeds: CloudDeeds) -> None:
        """Make the actions; `refresh` says which of them are there."""
        super().__init__(page)
        self._page = page
        self._deeds = deeds
        make = self._action
        self.start = make(tr("Send and start"), "cloud-upload", lambda: deeds.send(start=True))
        self.only = make(tr("Send only"), "arrow-up", lambda: deeds.send(start=False))
        self.check = make(tr("Check connection"), "plug-connected", deeds.check)
        self.run_again = make(tr("Run again"), "player-play", self._run_again)
        self.see = make(tr("See what would be sent"), "refresh", deeds.again)
        self.enter = make(tr("Sign in"), "key", deeds.enter)
        self.back = make(tr("Back"), "chevron-left", lambda: deeds.go(View.OVERVIEW))
        self.make = make(tr("Set up"), "plus", page.set_up.make)
        self.ask = make(tr("Ask an administrator…"), "mail", deeds.ask_administrator)
        self.template = make(tr("Template…"), "file", deeds.show_template)
        self.check_again = make(tr("Check again"), "refresh", deeds.check)
        self.match = make(tr("Match"), "replace", page.matching.match)
        self.account = make(tr("Account"), "user", lambda: None)
        self._menu = QMenu(page)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.account.setMenu(self._menu)

    def refresh(self) -> None:
        """Put into the header what can be done now."""
        page, view = self._page, self._page.view()
        page.header.set_actions(*self._of(view))
        page.set_summary(self._summary(view))
        page.set_badge(page.uploads + page.conflicts if page.desk.session is not None else 0)

    def _of(self, view: View) -> Buttons:
        page = self._page
        has_session = page.desk.session is not None
        self.check_again.setEnabled(not page.check.is_checking)
        plain: dict[View, Buttons] = {
            View.FORM: ([self.back], self.enter),
            View.WAYS: ([self.back] if has_session or page.asked is View.WAYS else [], None),
            View.DEVICE: ([], None),
            View.CODE: ([], None),
            View.CHECK: ([self.back], self.check_again),
            View.RUNS: ([self.back], None),
            View.NOTHING: ([self.account] if page.desk.accounts and not page.is_sample else [], None),
        }
        if view in plain:
            return plain[view]
        return {View.SET_UP: self._of_set_up, View.MATCH: self._of_matching}.get(view, self._of_overview)()

    def _of_matching(self) -> Buttons:
        count = len(self._page.matching.matches())
        words = tr("Match 1 source") if count == 1 else tr("Match {n} sources") if count else tr("Match")
        self.match.setText(words.format(n=number(count)))
        self.match.setEnabled(bool(count))
        return [self.back], self.match

    def _of_set_up(self) -> Buttons:
        pane = self._page.set_up
        count, known = pane.todo(), bool(pane.rows)
        self.make.setText(
            tr("Set up {n} things").format(n=number(count))
            if count
            else tr("Everything is set up")
            if known
            else tr("Set up")
        )
        self.make.setEnabled(bool(count) and not pane.is_working)
        for action in (self.ask, self.template):
            action.setEnabled(known)
        return [self.template, self.ask, self.back], self.make

    def _of_overview(self) -> Buttons:
        page, desk, seen = self._page, self._page.desk, self._page.runs.seen
        uploads, starts = page.uploads, page.has_machine and not page.conflicts
        ordinary = [self.account, self.check]
        self.only.setEnabled(bool(uploads) and not desk.is_busy)
        self.check.setEnabled(not desk.is_busy)
        if seen is not None and seen.watched is not None and not seen.is_over:
            return [*ordinary, self.only], None
        if seen is not None and seen.watched is not None and seen.has_failed and not (uploads or seen.is_overtaken):
            larger = seen.failure is not None and seen.failure.larger_size
            self.run_again.setText(tr("Run again, larger") if larger else tr("Run again"))
            self.run_again.setEnabled(not page.runs.is_working and not desk.is_busy)
            return [*ordinary, self.only], self.run_again
        words = tr("Send {files} and start") if starts else tr("Send {files}")
        if not uploads and starts:
            words = tr("Start the pipeline") if seen is None else tr("Send and start")
        elif not uploads:
            words = tr("Send")
        reason = self._deeds.reason()
        self.start.setText(words.format(files=files(uploads)))
        self.start.setEnabled(not reason)
        self.start.setToolTip(reason or self.start.text())
        return ([*ordinary, self.only] if starts else ordinary), self.start

    def _run_again(self) -> None:
        seen = self._page.runs.seen
        failure = seen.failure if seen is not None else None
        self._page.runs.again(larger=failure is not None and failure.larger_size)

    def _summary(self, view: View) -> str:
        desk = self._page.desk
        if desk.session is not None:
            standing, account = desk.session.standing, desk.session.account
            until = f" {standing.until.astimezone():%H:%M}" if standing.until is not None else ""
            who = str(standing.identity) if standing.identity is not None else tr("another server than AWS")
            told = tr("Signed in until{until} · {who} · “{name}”") if until else tr("Signed in · {who} · “{name}”")
            return told.format(until=until, who=who.replace(", ", " · "), name=account.name)
        if desk.account is not None and view is not View.WAYS and not self._page.is_sample:
            return f"{desk.account.name} · {place_of(desk.account)}"
        return tr("Not set up") if not desk.accounts else tr("Not signed in")

    def _fill_menu(self) -> None:
        self._menu.clear()
        desk = self._page.desk
        for account in desk.accounts:
            one = self._menu.addAction(f"{account.name}\t{place_of(account)}".replace("&", "&&"))
            one.setCheckable(True)
            one.setChecked(desk.account is not None and desk.account.name == account.name)
            one.triggered.connect(_calling(self._deeds.sign_in, account))
        self._menu.addSeparator()
        self._menu.addAction(tr("Sign in as someone else…")).triggered.connect(lambda: self._deeds.other_ways())
        self._menu.addAction(tr("Settings of the account…")).triggered.connect(lambda: self._deeds.edit_account())
        self._menu.addAction(tr("Set up the pipeline…")).triggered.connect(lambda: self._deeds.do("set_up"))

    def _action(self, text: str, name: str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self._page)
        action.setProperty("icon_name", name)
        action.triggered.connect(lambda *_: do())
        return action


def _calling(do: Callable[[Account], None], account: Account) -> Callable[..., None]:
    def call(*_checked: object) -> None:
        do(account)

    return call
