"""Whether numbers are those of the sample library: they are known by the reports that they came from."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

import nolcat_desktop
from nolcat_desktop.dataset import Answer, Library, Load
from nolcat_desktop.problem import Problem
from nolcat_desktop.workflow.answering import answer
from nolcat_desktop.workflow.sending_refused import Refused, Why

_NOT_SUBSCRIBED, _ANSWERED_ON = "Kelpstack Books", "2025-01-20"
_FOLDERS = ("sample-reports", "sample-reports-waiting")


@cache
def sample_sha256s() -> frozenset[str]:
    """SHA-256 of every report that comes with the program."""
    package = Path(nolcat_desktop.__file__).parent
    shipped = [package / "_resources", package.parent / "resources"]
    found = set()
    for file in (file for base in shipped for name in _FOLDERS for file in (base / name).glob("*")):
        with suppress(OSError):  # what cannot be read cannot be added either
            found.add(hashlib.sha256(file.read_bytes()).hexdigest())
    return frozenset(found)


def is_sample(sha256: str) -> bool:
    """Whether this is the SHA-256 of a report that comes with the program."""
    return sha256 in sample_sha256s()


def made_up(sha256: str, loads: Iterable[Load], *, or_empty: bool = False) -> Problem | None:
    """Why a report may not go into a library: the sample's belong into the sample library alone.

    Args:
        sha256: Of the report's file.
        loads: What the library holds. It is a sample library when what it began with came from the sample.
        or_empty: Whether an empty library will do as well: it becomes a sample library by that.
    """
    if not is_sample(sha256):
        return None
    held = [(load.entry or sys.maxsize, load.sha256) for load in loads]
    began = {found for entry, found in held if entry == min(held)[0]}
    if began <= sample_sha256s() and (began or or_empty):
        return None
    return Problem(
        "Its numbers are made up",
        "The report comes with the program, as a sample; in your library its numbers would be taken for real. Nothing "
        "of it is added.",
        "Leave it out. It can be tried in the sample library (“Show me with sample data” in an empty library).",
    )


def answer_sample(library: Library) -> None:
    """Say of the years without e-books in the sample that no report exists, as a librarian would.

    Raises:
        NolcatError: If the library cannot be written.
    """
    of = {name: number for number, name in library.sources().names().items()}.get(_NOT_SUBSCRIBED)
    if of is not None:
        note = "We had no e-books of Kelpstack in these years."
        answer(library, [Answer(of, "", "2019-01", "2022-12", note)], _ANSWERED_ON)


def refuse_sample(originals: Iterable[str]) -> None:
    """Stop if made-up numbers would be sent.

    Args:
        originals: SHA-256 of the reports that the numbers came from.

    Raises:
        Refused: If one of them is a sample report.
    """
    if sample_sha256s().isdisjoint(originals):
        return
    raise Refused(
        Why.SAMPLE,
        Problem(
            "The sample cannot be sent",
            "Its numbers are made up; in a shared bucket they would be taken for real. Nothing was sent.",
            "Open your own library, or remove the sample reports from this one, and send again.",
        ),
    )
