"""What went wrong, in the words of the person who has to do something about it.

Every foreign exception ends at a border post and becomes a `Problem`: a title, what it means for the
numbers, and what to do. The faces show it; nothing above the border sees an OSError or a library's own error.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stopped something, told to a librarian."""

    title: str
    """What happened, one line, no full stop."""
    meaning: str
    """What it means for the numbers."""
    remedy: str
    """What to do now."""
    position: str | None = None
    """Where: a cell (`B7`), a row (`16`), a dotted path (`.Report_Items[0].YOP`), or None for the whole file."""
    details: str = ""
    """What another program or a library said of it, for who is asked for help; the faces keep it folded."""

    def as_dict(self) -> dict[str, str | None]:
        """The four fields by name, in the order of the command line's contract (design 3.3)."""
        return {
            "title": self.title, "meaning": self.meaning, "remedy": self.remedy, "position": self.position,
        }  # fmt: skip


class NolcatError(Exception):
    """An expected failure; carries the `Problem` that the faces show. Everything else that is raised is a defect."""

    def __init__(self, problem: Problem) -> None:
        """Keep `problem`; the message of the exception is its title and meaning."""
        super().__init__(f"{problem.title}. {problem.meaning}")
        self.problem = problem
