"""Setting up the pipeline: four chapters, what is there and what would be made; then it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from nolcat_desktop.gui.cloud_desk import CloudDesk
from nolcat_desktop.gui.cloud_jobs import Fate, Wire, begin_job
from nolcat_desktop.gui.cloud_words import place_of, tr
from nolcat_desktop.gui.context import Context
from nolcat_desktop.gui.job import Job
from nolcat_desktop.gui.message_card import CardSlot
from nolcat_desktop.gui.pages.cloud_chapter import ChapterPane
from nolcat_desktop.gui.scale import u
from nolcat_desktop.gui.theme import kind
from nolcat_desktop.progress import Progress

if TYPE_CHECKING:
    from nolcat_desktop.aws.setup import Row
    from nolcat_desktop.workflow.setting_up import SetUp

_CHAPTERS: tuple[tuple[str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    # The chapter's value (`aws.setup_wishes.Chapter`), its title, what it is for, and what can be chosen.
    (
        "1. S3 locations",
        "1   The bucket",
        "Keeps earlier versions, encrypts, lets nobody in from outside, and clears away what was never finished. The "
        "library and what is published lie in folders of their own; tests have one, too.",
        (("store_prefix", "Folder of the pipeline", "nolcat-pipeline"),),
    ),
    (
        "2. Glue jobs",
        "2   The jobs that load",
        "Check every file against what was sent, and bring it into the shared tables: all of it or nothing.",
        (
            ("database", "Database of the tables", "nolcat"),
            ("job_role", "Role of the jobs, if there is one", "arn:aws:iam::…:role/…"),
            ("spark", "Large sets on Spark", ""),
        ),
    ),
    (
        "3. SNS topic",
        "3   Who is told",
        "Each address gets an e-mail from AWS and has to follow the link in it within two days; then it is told of "
        "every run, whether it went well or not.",
        (
            ("emails", "E-mail addresses", "ana@example.org, ben@example.org"),
            ("topic", "Topic, if there is one", "arn:aws:sns:…"),
        ),
    ),
    (
        "4. State machine",
        "4   The pipeline itself",
        "Takes what was sent, runs the job, tries again where that helps, and tells how it went.",
        (
            ("name", "What all names begin with", "nolcat"),
            ("machine_role", "Role of the pipeline, if there is one", "arn:aws:iam::…:role/…"),
        ),
    ),
)
_TODO = {"created", "updated"}
_WIDTH = 760
"""In u: fields as wide as a large window are no easier to read."""


class SetUpPane(QScrollArea):
    """A page of four cards."""

    changed = Signal()
    """What can be done now may be another thing."""
    made = Signal(object)
    """The `Account` that starts the pipeline from now on."""
    troubled = Signal(object)

    def __init__(self, context: Context, desk: CloudDesk, parent: QWidget | None = None) -> None:
        """Nothing was looked at yet."""
        super().__init__(parent)
        self._context, self._desk = context, desk
        self._set_up: SetUp | None = None
        self.rows: list[Row] = []
        self.done: set[tuple[str, str]] = set()
        self._job: Job | None = None
        self.is_finished = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Set up the pipeline"))
        page = self._page = QWidget(self)
        kind(page, "plain")
        self.told = QLabel(page)
        self.told.setWordWrap(True)
        kind(self.told, "muted")
        self.column = QVBoxLayout(page)
        self.column.setContentsMargins(0, 0, 8, 8)
        self.column.setSpacing(8)
        self.card = CardSlot(self.column, page)
        self.column.addWidget(self.told)
        self.chapters = {
            key: ChapterPane(tr(title), tr(words), _said(fields), page) for key, title, words, fields in _CHAPTERS
        }
        for chapter in self.chapters.values():
            self.column.addWidget(chapter)
            chapter.edited.connect(self.look)
            chapter.ask_again.connect(self.ask_again)
        self.column.addStretch(1)
        self.setWidget(page)
        self._news = Wire(self._take, self)

    @property
    def is_working(self) -> bool:
        """Whether it is looked, or made."""
        return self._job is not None

    def todo(self) -> int:
        """How much would be made or changed."""
        left = [row for row in self.rows if (row.kind, row.name) not in self.done]
        return sum(row.action.value in _TODO for row in left)

    def look(self) -> None:
        """Look what is there; nothing is changed."""
        session, chosen = self._desk.session, self._chosen()
        if session is None:
            return
        if self._job is not None:
            self._context.runner.cancel(self._job)
        self.is_finished = False

        def work(progress: Progress) -> tuple[SetUp, list[Row]]:
            from nolcat_desktop.workflow.setting_up import Choices, set_up

            wanted = set_up(session.account, session.clients, Choices(**chosen))
            return wanted, wanted.plan(progress)

        def over(fate: Fate[tuple[SetUp, list[Row]]]) -> None:
            if self._job is not job:
                return
            self._job = None
            if fate.value is not None:
                self._set_up, self.rows = fate.value
                self.done = set()
            self._told(fate)

        name = tr("Looking what is set up")
        job = self._job = begin_job(
            self._context, name, work, over=over, cancelled=lambda: over(Fate()), account=session.account, quiet=True
        )
        self._show()

    def make(self) -> None:
        """Make what is missing, and let the account start the pipeline from then on."""
        wanted, session = self._set_up, self._desk.session
        if wanted is None or session is None or self._job is not None:
            return

        def work(progress: Progress) -> Any:  # noqa: ANN401 - an `Account`
            for row in wanted.make(progress):
                self._news.tell(row)
            return wanted.remember()

        def over(fate: Fate[Any]) -> None:
            self._job = None
            self.is_finished = fate.value is not None
            self._told(fate)
            if fate.value is not None:
                self.made.emit(fate.value)

        name = tr("Setting up the pipeline")
        self._job = begin_job(
            self._context, name, work, over=over, cancelled=lambda: over(Fate()), account=session.account
        )
        self._show()

    def ask_again(self) -> None:
        """Have AWS send its e-mail once more to whoever has not confirmed, and look again."""
        wanted, session = self._set_up, self._desk.session
        if wanted is None or session is None or self._job is not None:
            return

        def over(fate: Fate[tuple[str, ...]]) -> None:
            self._job = None
            self._told(fate)
            if fate.value is not None:
                self.look()

        name = tr("Asking for the confirmation once more")
        self._job = begin_job(
            self._context,
            name,
            lambda _: wanted.ask_again(),
            over=over,
            cancelled=lambda: over(Fate()),
            account=session.account,
        )
        self._show()

    def for_administrator(self) -> str:
        """What to ask whoever looks after the AWS account for; empty while nothing was looked at."""
        return self._set_up.for_administrator() if self._set_up is not None else ""

    def template(self) -> str:
        """The same as a template of CloudFormation."""
        return self._set_up.template() if self._set_up is not None else ""

    def restyle(self) -> None:
        """Sizes of the moment."""
        for chapter in self.chapters.values():
            chapter.restyle()
        self._page.setMaximumWidth(u(self, _WIDTH))

    def _take(self, row: Row) -> None:
        key = (row.kind, row.name)
        self.done.add(key)
        self.rows = [row if (one.kind, one.name) == key else one for one in self.rows]
        self._show()

    def _told(self, fate: Fate[Any]) -> None:
        self.card.show(None)
        if fate.trouble is not None:
            self.card.show(fate.trouble.problem)
            self.troubled.emit(fate.trouble)
        self._show()

    def _show(self) -> None:
        for key, chapter in self.chapters.items():
            chapter.show_rows([row for row in self.rows if row.chapter.value == key], self.done)
        account = self._desk.account
        place = place_of(account) if account is not None else ""
        if self._set_up is not None and not self.rows and not self.is_working:
            self.told.setText("")
        elif self.is_finished:
            said = tr("Everything is set up. “{name}” starts this pipeline from now on, after each “Send and start”.")
            self.told.setText(said.format(name=account.name if account else ""))
        elif self._job is not None:
            self.told.setText(tr("Looking what is there…") if not self.done else tr("Setting up…"))
        else:
            said = tr("For {place}. Nothing is made before you say so; what is there stays, and nothing is removed.")
            self.told.setText(said.format(place=place))
        self.changed.emit()

    def _chosen(self) -> dict[str, Any]:
        chosen: dict[str, Any] = {}
        for chapter in self.chapters.values():
            for name, edit in chapter.edits.items():
                if text := edit.text().strip():
                    chosen[name] = text
            for name, box in chapter.boxes.items():
                chosen[name] = box.isChecked()
        if emails := chosen.pop("emails", ""):
            chosen["emails"] = tuple(emails.replace(";", " ").replace(",", " ").split())
        return chosen


def _said(fields: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str, str]]:
    return [(name, tr(word), example) for name, word, example in fields]
