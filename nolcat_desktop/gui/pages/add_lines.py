"""A line of the review: the report, what the user decided about it, and what follows from both."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.report import NOTHING_TOLD
from nolcat_desktop.workflow.review_adding import Decision
from nolcat_desktop.workflow.review_plan import Standing, Todo
from nolcat_desktop.workflow.review_source import Reason
from nolcat_desktop.workflow.review_told import Answer
from nolcat_desktop.workflow.reviewing import Reviewed

_BLOCKED = frozenset({Todo.CANNOT, Todo.DAMAGED})
_ASKED = frozenset({Todo.SOURCE, Todo.MEMBER, Todo.TWIN, Todo.REPORT, Todo.RELEASE, Todo.PERIOD})
OF_FILE = frozenset({Todo.REPORT, Todo.RELEASE, Todo.PERIOD})
"""Questions about what the file itself does not say."""
CHOICE = frozenset({Todo.DIFFERS, Todo.OTHER_RELEASE, Todo.OVERLAPS})
"""What is loaded stays, makes room, or the new is kept aside."""


class Fate(Enum):
    """What will be done with a report: icon, role of its colour, and where it is sorted."""

    DECIDE = ("help", "check", 0)
    CANNOT = ("hand-stop", "stop", 1)
    ADD = ("plus", "ok", 2)
    REPLACE = ("replace", "info", 2)
    ASIDE = ("archive", "info", 2)
    KEPT = ("archive", "muted", 2)
    ALREADY = ("equal", "muted", 2)
    SAME = ("copy", "muted", 2)
    """Another file of the review has the same usage."""
    LEFT_OUT = ("eye-off", "muted", 2)
    DONE = ("circle-check", "ok", 2)
    NO_REPORT = ("file", "muted", 3)

    __hash__ = object.__hash__
    """By identity, as members are compared: thousands of lines are counted by it at once."""

    @property
    def icon(self) -> str:
        """Name of the icon."""
        return self.value[0]

    @property
    def role(self) -> str:
        """Role of its colour."""
        return self.value[1]

    @property
    def rank(self) -> int:
        """Where it stands once everything is read: to decide, cannot, then as found."""
        return self.value[2]


_CHOSEN = (Fate.ADD, Fate.REPLACE, Fate.ASIDE)
_PLAIN = {Todo.ADD: Fate.ADD, Todo.ADD_EMPTY: Fate.ADD, Todo.SAME_TWIN: Fate.SAME}


@dataclass(slots=True)
class Line:
    """One row of the review. `fate` follows from the rest, and is never set."""

    reviewed: Reviewed
    left_out: bool = False
    if_loaded: str = "fail"
    """`replace`, `skip` or `aside` once it is decided."""
    without_damaged: bool = False
    source_known: bool = False
    """The user confirmed or changed the source."""
    looking: bool = False
    """It is read again with another source or member."""
    wanted: Answer | None = None
    """What the user said of it last, while it is read anew."""
    written: bool = False
    is_doubted: bool = False
    """It could not be added, for its file or the library is not as it was: it is to be read anew."""
    is_new: bool = False
    """It came last, beside others that were there before."""
    rank: tuple[int, int, int] = (Fate.ADD.rank, 1, 1)
    """Where it is sorted; kept when something is decided, so that nothing moves away."""
    _known: tuple[Reviewed | None, object, Fate] = field(default=(None, None, Fate.DECIDE), repr=False, compare=False)
    """What the fate was found from last, and the fate: it is asked for often."""

    def __post_init__(self) -> None:
        """What is no report stands at the end at once: thousands of them need not be sorted when all is read."""
        if self.fate is Fate.NO_REPORT:
            self.settle()

    @property
    def todo(self) -> Todo:
        """What is left to do, after what was decided."""
        return self.reviewed.todo_when(
            source_known=self.source_known, without_damaged=self.without_damaged, if_loaded=self.if_loaded
        )

    @property
    def fate(self) -> Fate:
        """What will be done with it."""
        said = (self.left_out, self.if_loaded, self.without_damaged, self.source_known, self.written)
        if self._known[0] is not self.reviewed or self._known[1] != said:
            self._known = (self.reviewed, said, self._find_fate())
        return self._known[2]

    def _find_fate(self) -> Fate:
        if self.written:
            return Fate.DONE
        if not self.reviewed.is_report and not self.reviewed.is_missed and not self.reviewed.candidates:
            return Fate.NO_REPORT
        if self.left_out:
            return Fate.LEFT_OUT
        return self._by_todo(self.todo)

    def _by_todo(self, todo: Todo) -> Fate:
        if todo in _BLOCKED:
            return Fate.CANNOT
        if todo in _ASKED or (todo in CHOICE and self.if_loaded == "fail"):
            return Fate.DECIDE
        if todo in CHOICE and self.if_loaded == "replace" and self.reviewed.replaceable:
            return Fate.REPLACE
        if todo in CHOICE and self.if_loaded == "aside":
            return Fate.ASIDE
        if todo in CHOICE:
            standing = self.reviewed.standing
            return Fate.ADD if standing.fresh or standing.closes else Fate.KEPT
        return _PLAIN.get(todo, Fate.ALREADY)

    @property
    def answer(self) -> Answer:
        """What the user said of it."""
        return self.wanted or self.reviewed.answer

    @property
    def is_answered(self) -> bool:
        """Whether the user said anything of it; cheaper than the answer, for it is asked of all lines at once."""
        one = self.reviewed
        said = one.told != NOTHING_TOLD or one.declined or one.member or one.proposal.reason is Reason.CHOSEN
        return self.answer.says_anything if self.wanted is not None else bool(said)

    @property
    def declined(self) -> frozenset[str]:
        """Positions of the repairs that the user does not want."""
        return self.answer.declined

    @property
    def is_decidable(self) -> bool:
        """Whether it is a report, or may be one."""
        return self.reviewed.is_report or bool(self.reviewed.candidates)

    @property
    def differs(self) -> bool:
        """Whether what is loaded, or another file, has other numbers: the difference matters, decided or not."""
        if self.fate is Fate.CANNOT or self.todo in _ASKED - {Todo.TWIN}:
            return False
        return self.todo is Todo.TWIN or self.reviewed.standing.todo in CHOICE

    @property
    def is_chosen(self) -> bool:
        """Whether it will be written."""
        return self.fate in _CHOSEN

    @property
    def is_to_check(self) -> bool:
        """Whether it will be written though something of it should be looked at."""
        return self.is_chosen and self.reviewed.level >= Level.WARNING

    def settle(self) -> None:
        """Note where it is sorted from now on: by what will be done, what is new, the worst first, then as found."""
        fate, level = self.fate, self.reviewed.level
        weighs = level >= Level.WARNING and (fate in _CHOSEN or fate.rank < Fate.ADD.rank)
        self.rank = (fate.rank, int(not self.is_new), -int(level) if weighs else 1)

    @property
    def is_blocked_by_cells(self) -> bool:
        """Whether nothing but damaged cells stops it."""
        return self.todo is Todo.DAMAGED

    @property
    def blocking(self) -> int:
        """How many things stop it."""
        if self.fate is not Fate.CANNOT:
            return 0
        return len(self.reviewed.damaged) if self.todo is Todo.DAMAGED else 1

    def renew(self, reviewed: Reviewed) -> None:
        """Take what was read anew; what was decided of another file, or beside other numbers, does not hold of it."""
        if self.reviewed.sha256 != reviewed.sha256:
            self.without_damaged = self.source_known = self.written = False
        if self.reviewed.sha256 != reviewed.sha256 or not _are_alike(self.reviewed.standing, reviewed.standing):
            self.if_loaded = "fail"
        self.reviewed, self.is_doubted = reviewed, False

    def decision(self) -> Decision:
        """What the core is told."""
        proposal = self.reviewed.proposal
        return Decision(proposal.source_id, proposal.name, self.if_loaded, self.without_damaged, self.reviewed.member)


def _are_alike(one: Standing, other: Standing) -> bool:
    """Whether the same choice is asked for: the same months beside the same numbers of the same files."""
    if (one.todo, one.differing, one.against) != (other.todo, other.differing, other.against):
        return False
    if one.differences is None or other.differences is None:
        return one.differences is other.differences
    return one.differences.equals(other.differences)
