"""One file for the inventory: read, and told in few words; no file, however broken, raises anything."""

from __future__ import annotations

from dataclasses import replace

from nolcat_desktop.problem import Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import Source
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.finding_reports import in_content
from nolcat_desktop.workflow.inventory_facts import UNREADABLE, Facts, facts_of


def read_facts(source: Source, content: bytes, sha256: str, progress: Progress) -> tuple[Facts, ...]:
    """What is in a file.

    Args:
        source: Its name, and whether the user named it.
        content: Its bytes.
        sha256: Of `content`.
        progress: Checked along the way.

    Raises:
        Cancelled: If the user asked to stop.
    """
    found = []
    try:
        for number, one in enumerate(in_content(source, content, progress)):
            facts = facts_of(one, number)
            is_report = isinstance(one.what, Report)
            found.append(replace(facts, sha256=sha256, size=len(content), named=source.named, is_report=is_report))
    except MemoryError:
        return (replace(unreadable(source, TOO_LARGE), sha256=sha256, size=len(content)),)
    except (ArithmeticError, AssertionError, LookupError, RuntimeError, TypeError, ValueError, OSError) as defect:
        # A defect of this program in one file of thousands must not hide the others; it is told, with its file.
        said = f"{type(defect).__name__}: {defect}"[:300]
        return (replace(unreadable(source, _defect(said)), sha256=sha256, size=len(content)),)
    return tuple(found)


def unreadable(source: Source, problem: Problem) -> Facts:
    """What is told of a file that gave nothing."""
    return Facts(source.name, None, 0, named=source.named, what=UNREADABLE, problem=problem)


TOO_LARGE = Problem(
    "The file is too large for the memory of this computer",
    "Nothing of it was read.",
    "Close other programs, or divide the file.",
)
ENDED = Problem(
    "The file could not be read to its end",
    "The process that read it ended before its time, most likely because the memory did not suffice; nothing of it "
    "was taken over.",
    "Close other programs and look at this file alone; if that does not help, send it to the makers of NoLCAT Desktop.",
)


def _defect(said: str) -> Problem:
    return Problem(
        "The file could not be read because of a fault of this program",
        f"Nothing of it was taken over ({said}).",
        "Please send the file to the makers of NoLCAT Desktop; the other files are not concerned.",
    )
