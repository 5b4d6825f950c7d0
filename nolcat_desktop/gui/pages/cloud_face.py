"""What the parts of the Cloud place may ask of it: the walls between `cloud_page` and those who work for it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from PySide6.QtWidgets import QStackedWidget

from nolcat_desktop.accounts import Account
from nolcat_desktop.gui.cloud_desk import desk_of
from nolcat_desktop.gui.cloud_runs import runs_of
from nolcat_desktop.gui.notice import Notice
from nolcat_desktop.gui.notification_line import announce
from nolcat_desktop.gui.pages.cloud_asking import CodePane, DevicePane
from nolcat_desktop.gui.pages.cloud_check import CheckPane
from nolcat_desktop.gui.pages.cloud_form_page import FormPage
from nolcat_desktop.gui.pages.cloud_matching import MatchingPane
from nolcat_desktop.gui.pages.cloud_overview import Overview
from nolcat_desktop.gui.pages.cloud_setup import SetUpPane
from nolcat_desktop.gui.pages.cloud_ways import WaysPane
from nolcat_desktop.gui.pages.data_states import Sentence
from nolcat_desktop.gui.place import Place
from nolcat_desktop.sync.plan import Action


class View(Enum):
    """What the place shows."""

    NOTHING = "nothing"
    WAYS = "ways"
    FORM = "form"
    DEVICE = "device"
    CODE = "code"
    OVERVIEW = "overview"
    RUNS = "runs"
    CHECK = "check"
    SET_UP = "set up"
    MATCH = "match"


class CloudFace(Place):
    """Its parts by name; `CloudPage` puts them together."""

    asked: View
    """What the user wants to see."""

    def build(self) -> Iterator[None]:
        """Make the parts."""
        context = self.context
        self.desk = desk = desk_of(context)
        self.runs = runs_of(context, desk)
        self.stack = stack = QStackedWidget(self)  # first: whoever is put into another is dressed anew, with all in it
        self.nothing, self.ways = Sentence(stack), WaysPane(stack)
        self.device, self.code = DevicePane(self), CodePane(self)
        yield
        self.form = FormPage(stack)
        yield
        self.overview = Overview(context, desk, self.runs, stack)
        yield from self.overview.build()
        self.check = CheckPane(context, desk, stack)
        yield
        self.set_up = SetUpPane(context, desk, stack)
        yield
        self.matching = MatchingPane(context, stack)

    @property
    def is_sample(self) -> bool:
        """Whether the made-up library is open."""
        folder = self.context.library_folder
        return folder is not None and folder == self.context.sample_folder

    @property
    def conflicts(self) -> int:
        """How many files wait for a decision."""
        return len(self.desk.view.plan.of(Action.CONFLICT)) if self.desk.view is not None else 0

    @property
    def uploads(self) -> int:
        """How many files are still to be sent."""
        items = self.desk.view.plan.of(Action.UPLOAD) if self.desk.view is not None else ()
        return sum(one.key not in self.desk.sendings.sent for one in items)

    @property
    def has_machine(self) -> bool:
        """Whether the account in use has a pipeline."""
        return self.desk.account is not None and bool(self.desk.account.state_machine)

    def tell(self, notice: Notice) -> None:
        """Say what the place shows by itself: aloud to who looks at it, at the bottom edge to who is elsewhere."""
        if self.isVisible():
            announce(self, notice.text)
        else:
            self.said.emit(notice)

    def view(self) -> View:
        """What is to be shown now."""
        raise NotImplementedError

    def show_view(self, view: View) -> None:
        """Show `view`, as far as it can be shown now."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what is known now."""
        raise NotImplementedError

    def wake(self) -> None:
        """Become somebody in silence, and look what would be sent."""
        raise NotImplementedError

    def edit(self, account: Account, note: str = "") -> None:
        """Show the form of `account`."""
        raise NotImplementedError

    def do(self, what: str) -> None:
        """What a menu entry or a button asks for: a word of `cloud_deeds.DEEDS`."""
        raise NotImplementedError
