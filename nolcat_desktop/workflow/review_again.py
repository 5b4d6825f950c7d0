"""Reading a reviewed report once more: only the file and its SHA-256 are kept in between."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading import read_bytes, read_content, sources
from nolcat_desktop.reading.bindings import carried
from nolcat_desktop.reading.repairs_elsewhere import with_recorded
from nolcat_desktop.report import Report
from nolcat_desktop.workflow.finding_reports import Found
from nolcat_desktop.workflow.review_told import Answer
from nolcat_desktop.workflow.reviewing import Reviewed, judged


def content_of(reviewed: Reviewed) -> bytes:
    """The bytes of the file.

    Raises:
        NolcatError: If it cannot be read, or is not the file that was reviewed.
    """
    content = _bytes(reviewed.file)
    if reviewed.sha256 and sha256(content).hexdigest() != reviewed.sha256:
        raise NolcatError(_changed(reviewed.file))
    return content


def report_in(content: bytes, reviewed: Reviewed, progress: Progress) -> Report:
    """The reviewed report in the content of its file.

    Raises:
        NolcatError: If it is not there.
        Cancelled: If the user asked to stop.
    """
    for number, what in enumerate(read_content(content, reviewed.file, progress, reviewed.told)):
        if number == reviewed.number and isinstance(what, Report):
            return with_recorded(carried(what, reviewed.contradicted), reviewed.repairs)
    raise NolcatError(_changed(reviewed.file))


def read_again(reviewed: Reviewed, progress: Progress) -> Report:
    """The reviewed report, read anew.

    Raises:
        NolcatError: If the file cannot be read, or is not what was reviewed.
        Cancelled: If the user asked to stop.
    """
    return report_in(content_of(reviewed), reviewed, progress)


def judge_again(reviewed: Reviewed, answer: Answer, library: Library, progress: Progress) -> Reviewed:
    """The report read and judged anew, now that the user said something about it.

    Raises:
        NolcatError: If the file cannot be read, or is not what was reviewed.
        Cancelled: If the user asked to stop.
    """
    content = content_of(reviewed)
    for number, what in enumerate(read_content(content, reviewed.file, progress, answer.told)):
        if number == reviewed.number:
            anew = what
            if isinstance(what, Report):
                anew = with_recorded(carried(what, reviewed.contradicted), reviewed.repairs)
            found = Found(content, anew, is_missed=reviewed.is_missed)
            return judged(found, number, library, replace(answer, sha256=reviewed.sha256), progress)
    raise NolcatError(_changed(reviewed.file))


def _bytes(name: str) -> bytes:
    path = Path(name)
    if "!/" not in name or path.exists():
        return read_bytes(path)
    archive = Path(name.split("!/", 1)[0])
    for source in sources([archive]):
        if source.name == name:
            return source.load()
    raise NolcatError(_changed(name))


def _changed(name: str) -> Problem:
    return Problem(
        "The file has changed since it was checked",
        f"{name} is not the file that stands in the review. Nothing was added.",
        "Have it checked again: open it or drop it once more.",
    )
