"""What the user decided beside storing reports: answers, names, numbering; it stands in the journal and can be undone.

A decision cannot be made again from any file, so it lies in both copies of the history. It holds while its entry does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nolcat_desktop.dataset.journal import Journal, Record
from nolcat_desktop.dataset.publish import effective

ANSWER, ALIAS, NUMBERING, MAPPED, REPAIR = "answer", "alias", "numbering", "mapped", "repair"


class Named(StrEnum):
    """What an alias is of."""

    PLATFORM = "platform"
    PUBLISHER = "publisher"
    DATABASE = "database"
    MEMBER = "member"
    """The one institution that the library is of; see `one_member`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """“No report exists”: the librarian's word about months of a report that were never loaded."""

    source_id: int
    report_type: str
    """'' for every report of the source."""
    first: str | None = None
    """First month, yyyy-mm; None: everything before `last`."""
    last: str | None = None
    """Last month, yyyy-mm; None: everything after `first`."""
    note: str = ""
    on: str = ""
    """Day on which it was said, yyyy-mm-dd."""
    entry: int = 0

    def covers(self, source_id: int, report_type: str, month: str) -> bool:
        """Whether it speaks of this month of this report."""
        return (
            self.source_id == source_id
            and self.report_type in ("", report_type)
            and (self.first is None or self.first <= month)
            and (self.last is None or month <= self.last)
        )


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a platform, publisher, database or member; the stored text stays as it was delivered."""

    what: Named
    name: str
    """As it stands in reports."""
    stands_for: str
    """The name under which both are looked at."""
    source_id: int | None = None
    """Only in usage of this source; None: everywhere."""
    first: str | None = None
    """First month in which the name was used, yyyy-mm; None: from the beginning."""
    last: str | None = None
    """Last month; None: until now."""
    note: str = ""
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything that was decided and stands."""

    answers: tuple[Answer, ...] = ()
    aliases: tuple[Alias, ...] = ()
    own_numbering: bool = False
    """Whether the library's own ids may be sent: nobody else's list gives them another meaning."""
    repairs: tuple[Mapping[str, Any], ...] = ()
    """As they were recorded."""


def told(answer: Answer, withdrawn: bool = False) -> dict[str, Any]:
    """An answer for the journal; `withdrawn` takes back the one with the same months."""
    return {
        "kind": ANSWER,
        "source": answer.source_id,
        "report_type": answer.report_type,
        "first": answer.first,
        "last": answer.last,
        "note": answer.note,
        "on": answer.on,
        "withdrawn": withdrawn,
    }


def told_alias(alias: Alias, withdrawn: bool = False) -> dict[str, Any]:
    """An alias for the journal."""
    return {
        "kind": ALIAS,
        "what": str(alias.what),
        "name": alias.name,
        "stands_for": alias.stands_for,
        "source": alias.source_id,
        "first": alias.first,
        "last": alias.last,
        "note": alias.note,
        "withdrawn": withdrawn,
    }


def decisions_of(journal: Journal) -> Decisions:
    """What stands, in the order in which it was decided."""
    answers: dict[tuple[object, ...], Answer] = {}
    aliases: dict[tuple[object, ...], Alias] = {}
    own, repairs = False, []
    for entry, one in _standing(journal.records):
        match one["kind"]:
            case "answer":
                answer = _answer(one, entry)
                _put(answers, (answer.source_id, answer.report_type, answer.first, answer.last), answer, one)
            case "alias":
                alias = _alias(one, entry)
                key = (alias.what, alias.name, alias.source_id, alias.first, alias.last)
                _put(aliases, key, alias, one)
            case "numbering":
                own = bool(one["own"])
            case "mapped":
                answers = _mapped(answers, one["from"], one["to"])
            case "repair":
                repairs.append({**one, "entry": entry})
            case _:
                pass
    return Decisions(tuple(answers.values()), tuple(aliases.values()), own, tuple(repairs))


def aliases_in(record: Record) -> tuple[Alias, ...]:
    """The names that one record of the journal gives, whether they stand or not."""
    given = (one for one in record.get("decisions", ()) if one["kind"] == ALIAS and not one["withdrawn"])
    return tuple(_alias(one, record["entry"]) for one in given)


def _put(held: dict[tuple[object, ...], Any], key: tuple[object, ...], value: object, told: Record) -> None:
    held.pop(key, None)
    if not told["withdrawn"]:
        held[key] = value


def _standing(records: Iterable[Record]) -> Iterator[tuple[int, Record]]:
    done = effective(records)
    undone = {number for number, does in {one["entry"]: one["does"] for one in done}.items() if does == "undo"}
    for record in done:
        if "decisions" in record and record["entry"] not in undone:
            for one in record["decisions"]:
                yield record["entry"], one


def _answer(one: Record, entry: int) -> Answer:
    return Answer(one["source"], one["report_type"], one["first"], one["last"], one["note"], one["on"], entry)


def _alias(one: Record, entry: int) -> Alias:
    return Alias(
        Named(one["what"]),
        one["name"],
        one["stands_for"],
        one["source"],
        one["first"],
        one["last"],
        one["note"],
        entry,
    )


def _mapped(answers: Mapping[tuple[object, ...], Answer], old: int, new: int) -> dict[tuple[object, ...], Answer]:
    moved = {}
    for (source, *rest), answer in answers.items():
        if source == old:
            answer = Answer(new, answer.report_type, answer.first, answer.last, answer.note, answer.on, answer.entry)
        moved[answer.source_id, *rest] = answer
    return moved
