"""What a review found out about one report: what it is, what is wrong with it, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from nolcat_desktop.conversion import Damaged
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Load, State
from nolcat_desktop.findings import no_findings
from nolcat_desktop.problem import Problem
from nolcat_desktop.repairs import Repair
from nolcat_desktop.report import NOTHING_TOLD, FileKind, Irregularity, Told
from nolcat_desktop.validation import GROUPS
from nolcat_desktop.workflow.review_ground import Ground
from nolcat_desktop.workflow.review_plan import Standing, Todo, Twin
from nolcat_desktop.workflow.review_source import Proposal, Reason
from nolcat_desktop.workflow.review_told import Answer, MonthQuestion

_NOWHERE = Proposal(None, "", Reason.NAMELESS)
UNKNOWN = Standing(Todo.CANNOT)
"""Nothing is known of it yet."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One report found, or a file without any. The file's bytes are not kept: they are read again when it is added."""

    file: str
    """As it was given; inside an archive `archive.zip!/member`."""
    sheet: str | None
    number: int
    """Which of the reports in the file it is, from 0; with `file` it names the report."""
    is_report: bool
    is_missed: bool = False
    """No report, though one was expected."""
    is_broken: bool = False
    """No report, because the file is damaged or cannot be opened."""
    sha256: str = ""
    kind: FileKind | None = None
    definition: Definition | None = None
    release: Release | None = None
    delivered_name: str = ""
    """Report_Name as delivered."""
    institution: str = ""
    months: tuple[str, ...] = ()
    """yyyy-mm, ascending."""
    rows: int = 0
    """Data rows."""
    level: Level = Level.PASSED
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Level's label → number of findings."""
    findings: pl.DataFrame = field(default_factory=no_findings)
    groups: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=GROUPS))
    proposal: Proposal = _NOWHERE
    members: tuple[str, ...] = ()
    """The institutions of a consortium's report, when there is more than one."""
    member: str | None = None
    """The one of `members` that was chosen."""
    damaged: tuple[Damaged, ...] = ()
    standing: Standing = UNKNOWN
    problem: Problem | None = None
    """What stops it, damaged cells and what is loaded left aside."""
    load: Load | None = None
    """What the library would be told of it."""
    digests: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """Month → digest of its usage."""
    ground: Ground | None = field(default=None, repr=False)
    """What of the library it was held against."""
    twin: Twin | None = None
    """A report before it in this review that has the same months."""
    candidates: tuple[str, ...] = ()
    """No report yet: codes of those that the table may be."""
    possible: tuple[Release, ...] = ()
    """Releases that it may be of, the likelier first, when nothing tells them apart."""
    contradicted: tuple[Irregularity, ...] = field(default=(), repr=False)
    """What other files showed of it (`reading.bindings.contradictions`): known when it is read again without them."""
    question: MonthQuestion | None = None
    """Which months are meant, if that is all that stops it."""
    told: Told = NOTHING_TOLD
    """What the user said of it."""
    repairs: tuple[Repair, ...] = ()
    """Cells that were repaired, the declined ones too; at most `MOST_REPAIRS`."""
    repaired: int = 0
    """How many there are in all."""
    declined: frozenset[str] = frozenset()
    """Positions of those that the user does not want."""

    @property
    def key(self) -> tuple[str, int]:
        """Names the report within a review."""
        return self.file, self.number

    @property
    def todo(self) -> Todo:
        """What is to be done with it, if the user decides nothing."""
        return self.todo_when()

    def todo_when(self, *, source_known: bool = False, without_damaged: bool = False, if_loaded: str = "fail") -> Todo:
        """What is to be done with it once some things are decided.

        Args:
            source_known: Whether the user confirmed the source.
            without_damaged: Whether the user leaves the damaged cells out.
            if_loaded: What the user decided about months that are loaded (`Decision.if_loaded`).
        """
        if self.question is not None or (self.candidates and not self.is_report):
            return Todo.PERIOD if self.is_report else Todo.REPORT
        if not self.is_report or (self.problem is not None and not self.asks_for_member):
            return Todo.CANNOT
        asked = self._asked(source_known)
        if asked is not None:
            return asked
        if self.damaged and not without_damaged:
            return Todo.DAMAGED
        return self._beside_twin(
            gives_way=if_loaded in {"skip", "aside"} and not (self.standing.fresh or self.standing.closes)
        )

    def _asked(self, source_known: bool) -> Todo | None:
        """What has to be said of a report that nothing else stops."""
        if self.problem is not None:
            return Todo.MEMBER
        if self.possible and self.standing.todo is not Todo.ALREADY:
            return Todo.RELEASE
        return None if self.proposal.is_sure or source_known else Todo.SOURCE

    def _beside_twin(self, *, gives_way: bool) -> Todo:
        """`gives_way`: nothing of it becomes live, so that it stands against no other."""
        if self.standing.todo is Todo.ALREADY or self.twin is None or (gives_way and not self.twin.same):
            return self.standing.todo
        if not self.twin.same:
            return Todo.TWIN
        return Todo.SAME_TWIN if self.twin.covers else self.standing.todo

    @property
    def replaceable(self) -> tuple[str, ...]:
        """The differing months that this report may replace; a month that is partly there replaces nothing."""
        states = self.load.states if self.load is not None else {}
        return tuple(month for month in self.standing.differing if states.get(month) is not State.PARTIAL)

    @property
    def answer(self) -> Answer:
        """What the user said about it, to be said again when it is checked anew."""
        chosen = self.proposal if self.proposal.reason is Reason.CHOSEN else None
        return Answer(self.sha256, self.told, self.declined, self.member, chosen)

    @property
    def asks_for_member(self) -> bool:
        """Whether all that is missing is which of the institutions is meant."""
        return bool(self.members) and self.member is None
