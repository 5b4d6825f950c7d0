"""What the buttons and menus of the Cloud place do."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import QObject

from nolcat_desktop.accounts import Account, SignIn
from nolcat_desktop.gui.cloud_words import clock, files, tr
from nolcat_desktop.gui.help_dialog import HelpDialog
from nolcat_desktop.gui.notice import Level, Notice
from nolcat_desktop.gui.pages.cloud_face import CloudFace, View
from nolcat_desktop.gui.pages.cloud_text import TextDialog

_MEGABYTE = 1_000_000


class CloudDeeds(QObject):
    """Belongs to one place."""

    def __init__(self, page: CloudFace) -> None:
        """Nothing was asked yet."""
        super().__init__(page)
        self._page = page
        self._run_only = False
        self._began = 0.0

    def do(self, what: str) -> None:
        """What a menu entry or a button asks for; a word that is not known looks what would be sent."""
        needs = {"check", "runs", "set_up"}
        if (what == "set_up" and not self._page.desk.accounts) or (what in needs and self._page.desk.account is None):
            self.other_ways()
        else:
            {
                "sign_in": self.other_ways,
                "check": self.check,
                "send": lambda: self.send(start=False),
                "start": lambda: self.send(start=True),
                "stop": self.stop,
                "runs": self.show_runs,
                "set_up": self.show_set_up,
                "explain": self.explain,
            }.get(what, self.see)()

    def see(self) -> None:
        """Show plan and run, and look once more."""
        self.go(View.OVERVIEW)
        self._page.wake()

    def show_runs(self) -> None:
        """Show every run."""
        self._page.runs.look_for_all()
        self.go(View.RUNS)

    def sign_in(self, account: Account) -> None:
        """Sign in to an account that was set up."""
        page = self._page
        page.desk.use(account)
        self.go(View.OVERVIEW)
        page.desk.sign_in(account)

    def sign_in_again(self) -> None:
        """Sign in to the account in use."""
        if (account := self._page.desk.account) is not None:
            self.sign_in(account)

    def other_ways(self) -> None:
        """Show every way to sign in."""
        self._page.desk.trouble = None
        self.go(View.WAYS)

    def edit_account(self) -> None:
        """Show the form of the account in use."""
        if (account := self._page.desk.account) is not None:
            self._page.edit(account)

    def type_key(self, for_this_run: bool) -> None:
        """Ask for the key of the account in use; where the store failed, what was typed is still there."""
        page = self._page
        self._run_only = for_this_run
        account = page.form.form.account() if page.form.form.key() is not None else page.desk.account
        if account is None:
            return
        key = page.form.form.key(for_this_run)
        if key is not None and for_this_run:
            page.desk.sign_in(account, key)
            return
        note = tr("The key is kept until the program ends, and nowhere else.") if for_this_run else ""
        page.edit(replace(account, sign_in=SignIn.ACCESS_KEY), note)

    def again(self) -> None:
        """Look once more; nobody is asked."""
        page = self._page
        page.desk.trouble = None
        page.desk.is_stale = True
        key = page.form.form.key()
        if page.desk.session is None and key is not None and page.desk.account is not None:
            page.desk.sign_in(page.desk.account, key)
        else:
            page.wake()

    def explain(self) -> None:
        """Open the help of this place."""
        HelpDialog(tr("Help: Cloud"), "cloud", self._page.window()).show()

    def matched(self) -> None:
        """Sources have NoLCAT's numbers now, or their own count."""
        self._page.said.emit(Notice(tr("The numbers of the sources count in the bucket now. Undo takes it back.")))
        self.go(View.OVERVIEW)
        self.again()

    def show_matching(self) -> None:
        """Show what was found for each source."""
        self.go(View.MATCH)

    def was_set_up(self, account: Account) -> None:
        """The account starts the pipeline from now on."""
        desk = self._page.desk
        desk.take_account(account)
        self._page.said.emit(Notice(tr("The pipeline is set up. “Send and start” starts it.")))

    def arrived(self, _sent: object) -> None:
        """Say what was sent, and remember how fast it went."""
        desk, page = self._page.desk, self._page
        tally, took = desk.sendings.tally, time.monotonic() - self._began if self._began else 0.0
        self._began = 0.0
        if tally is not None and took > 1 and tally.bytes > _MEGABYTE:
            page.context.remembered.put("cloud speed", tally.bytes / took)
        if desk.last is not None and desk.last.files:
            when = clock(desk.last.when, page.context.clock().date())
            text = tr("{files} in the bucket are what is in your library, checked byte for byte at {when}.")
            page.tell(Notice(text.format(files=files(desk.last.files), when=when)))

    def send(self, start: bool) -> None:
        """Send what the plan names, and start the pipeline for it."""
        page, desk = self._page, self._page.desk
        self.go(View.OVERVIEW)
        if desk.session is None or desk.view is None:
            page.wake()
            return
        if reason := self.reason():
            page.said.emit(Notice(tr("Nothing was sent: {reason}.").format(reason=reason), Level.INFO))
            return
        self._began = time.monotonic()
        desk.send(start and page.has_machine and not page.conflicts)
        page.overview.plan.table.setFocus()

    def stop(self) -> None:
        """Stop the run that goes on."""
        seen = self._page.runs.seen
        if seen is None or seen.is_over or seen.watched is None:
            self._page.said.emit(Notice(tr("No run is going on now."), Level.INFO))
        else:
            self._page.runs.stop()

    def check(self) -> None:
        """Check the connection from the beginning."""
        if (account := self._page.desk.account) is not None:
            self._page.check.check(account)
            self.go(View.CHECK)

    def show_set_up(self) -> None:
        """Show what is set up, and what would be."""
        if self._page.desk.session is None:
            self.other_ways()
            return
        self._page.set_up.look()
        self.go(View.SET_UP)

    def enter(self) -> None:
        """Sign in with what the form says."""
        form, desk = self._page.form.form, self._page.desk
        account = form.account()
        if fault := form.missing(with_key=True):
            form.say(fault)
            return
        form.say("")
        if account not in desk.accounts:
            account = replace(account, name=_free_name(account, desk.accounts, desk.account))
        desk.sign_in(account, form.key(self._run_only) if account.sign_in is SignIn.ACCESS_KEY else None)

    def ask_administrator(self) -> None:
        """Show what to ask whoever looks after the AWS account for."""
        text = self._page.set_up.for_administrator()
        TextDialog(tr("What to ask the administrator for"), text, self._page.window()).show()

    def show_template(self) -> None:
        """Show the same as a template."""
        text = self._page.set_up.template()
        TextDialog(tr("The same as a template of CloudFormation"), text, self._page.window()).show()

    def reason(self) -> str:
        """Why nothing can be sent now; empty: it can."""
        page, desk = self._page, self._page.desk
        if desk.is_busy or desk.view is None:
            return tr("Wait until this is done") if desk.is_busy else tr("Look first what would be sent")
        if desk.trouble is not None:
            return desk.trouble.problem.title
        fresh = page.has_machine and page.runs.seen is None and bool(desk.view.plan.items)
        if page.uploads or (fresh and not page.conflicts):
            return ""
        if page.conflicts:
            return tr("Decide the conflict first")
        return tr("Everything there is what is here") if desk.view.plan.items else tr("There is nothing to send yet")

    def go(self, view: View) -> None:
        """Show `view`."""
        self._page.show_view(view)


def _free_name(account: Account, held: tuple[Account, ...], current: Account | None) -> str:
    """Its name, with a number where another account is called so."""
    taken = {one.name for one in held if current is None or one.name != current.name}
    name, at = account.name, 2
    while name in taken:
        name, at = f"{account.name} {at}", at + 1
    return name
