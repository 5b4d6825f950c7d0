"""The card over the Cloud place: what stands in the way, and the buttons that help; it never covers the plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from nolcat_desktop.gui.chooser import begin
from nolcat_desktop.gui.cloud_jobs import Plain
from nolcat_desktop.gui.cloud_state import Doing
from nolcat_desktop.gui.cloud_words import tr
from nolcat_desktop.gui.help_dialog import HelpDialog
from nolcat_desktop.gui.message_card import MessageCard
from nolcat_desktop.gui.notice import Choice, Level
from nolcat_desktop.gui.pages.cloud_deeds import CloudDeeds
from nolcat_desktop.gui.pages.cloud_face import CloudFace, View
from nolcat_desktop.gui.pages.cloud_help import Ways, choices_for, level_of
from nolcat_desktop.problem import Problem

if TYPE_CHECKING:
    from nolcat_desktop.workflow.cloud_trouble import Trouble


class CloudCards(QObject):
    """Belongs to one place."""

    def __init__(self, page: CloudFace, deeds: CloudDeeds) -> None:
        """No trouble yet."""
        super().__init__(page)
        self._page, self._deeds = page, deeds
        self._shown: object = None
        self.card: MessageCard | None = None

    def refresh(self) -> None:
        """Show the trouble of the moment, if there is one."""
        desk, page = self._page.desk, self._page
        waits = desk.sendings.tally.waiting if desk.sendings.tally is not None else ""
        if desk.doing is Doing.SENDING and waits:
            self._show_waiting(waits)
        elif page.is_sample or page.view() in {View.MATCH, View.CHECK, View.SET_UP}:
            self._put(None, None)
        else:
            self.show_trouble(desk.trouble)

    def show_trouble(self, trouble: Trouble | Plain | None) -> None:
        """Show `trouble`; None: nothing stands in the way."""
        if trouble is None:
            self._put(None, None)
        elif trouble is not self._shown:
            choices = choices_for(trouble, self._ways())
            self._put(trouble, MessageCard(trouble.problem, choices, level_of(trouble), parent=self._page))

    def restyle(self) -> None:
        """Icons and sizes of the moment."""
        self._shown = None
        self.refresh()

    def dismiss(self) -> None:
        """The card goes; what it said is in the log."""
        self._page.desk.trouble = None
        self._page.refresh()

    def _show_waiting(self, waits: str) -> None:
        """M33: sending waits for the network by itself."""
        if self._shown == waits:
            return
        tally = self._page.desk.sendings.tally
        counted = tally if tally is not None and tally.files else None
        where = tr("sending, file {n} of {m}").format(n=counted.files_done + 1, m=counted.files) if counted else ""
        meaning = tr("Nothing is half there; it goes on by itself when the network is back.")
        problem = Problem(waits, meaning, "", where)
        desk = self._page.desk
        choices = [Choice(tr("Try now"), desk.try_now), Choice(tr("Stop"), desk.cancel)]
        self._put(waits, MessageCard(problem, choices, Level.CHECK, parent=self._page))

    def _put(self, shown: object, card: MessageCard | None) -> None:
        if card is None and self.card is None:
            return
        self._shown = shown
        if self.card is not None:
            self._page.body.removeWidget(self.card)
            self.card.deleteLater()
        self.card = card
        if card is not None:
            self._page.body.insertWidget(0, card)
            if self._page.isVisible():
                QTimer.singleShot(0, card, card.setFocus)

    def _ways(self) -> Ways:
        page, deeds = self._page, self._deeds
        return Ways(
            sign_in=deeds.sign_in_again,
            other_account=deeds.other_ways,
            settings=deeds.edit_account,
            again=deeds.again,
            later=self.dismiss,
            for_this_run=lambda: deeds.type_key(for_this_run=True),
            type_key=lambda: deeds.type_key(for_this_run=False),
            certificate=self._certificate,
            match=self.match,
            own_numbers=page.matching.declare_own,
            our_names=page.desk.use_our_names,
            read_about_stores=lambda: HelpDialog(tr("Password stores"), "cloud", page.window()).show(),
        )

    def _certificate(self) -> None:
        self._deeds.edit_account()
        form = self._page.form.form
        form.more.setChecked(True)
        if form.choose_certificate():
            self._page.desk.sign_in(form.account(), form.key())

    def match(self) -> None:
        """Choose NoLCAT's list, and see what is found in it."""
        kinds = tr("NoLCAT's list (*.csv *.sql *.tsv);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self._page, tr("NoLCAT's list of sources"), begin(downloads=True), kinds)
        if name:
            self._page.matching.take_in(Path(name))
            self._deeds.show_matching()
