"""What a user said of reports that wait, as text for the program's own state file, and back again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import Told
from nolcat_desktop.workflow.review_source import Proposal, Reason
from nolcat_desktop.workflow.review_told import Answer, Answers

Fields = dict[str, Any]


def as_json(answers: Answers) -> list[Fields]:
    """`answers` as lists, texts and numbers: one entry a report, named by its file and its number in it."""
    return [
        {"file": file, "number": number, "sha256": one.sha256, **_said(one)} for (file, number), one in answers.items()
    ]


def from_json(entries: object) -> Answers:
    """What `as_json` wrote; an entry that cannot be read is as good as none."""
    found: dict[tuple[str, int], Answer] = {}
    for one in entries if isinstance(entries, list) else ():
        try:
            found[str(one["file"]), int(one["number"])] = _answer(one)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return found


def _said(one: Answer) -> Fields:
    told, source = one.told, one.proposal
    said: Fields = {
        "report_type": told.report_type,
        "begin": told.begin.isoformat() if told.begin else None,
        "end": told.end.isoformat() if told.end else None,
        "release": str(told.release) if told.release else None,
        "months": {cell: month.isoformat() for cell, month in told.months},
        "declined": sorted(one.declined),
        "member": one.member,
        "source": [source.source_id, source.name] if source is not None else None,
    }
    return {name: value for name, value in said.items() if value}


def _answer(one: Mapping[str, Any]) -> Answer:
    release = one.get("release")
    told = Told(
        _text(one.get("report_type")),
        _day(one.get("begin")),
        _day(one.get("end")),
        Release(release) if release is not None else None,
        tuple(_months(one.get("months", {}))),
    )
    declined = frozenset(str(cell) for cell in one.get("declined", ()))
    return Answer(str(one["sha256"]), told, declined, _text(one.get("member")), _source(one.get("source")))


def _months(said: Mapping[str, str]) -> Iterator[tuple[str, date]]:
    for cell, month in sorted(said.items()):
        yield str(cell), date.fromisoformat(month)


def _source(said: object) -> Proposal | None:
    if not isinstance(said, list):
        return None
    source, name = said
    if not isinstance(name, str) or not (source is None or isinstance(source, int)):
        return None
    return Proposal(source, name, Reason.CHOSEN)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
