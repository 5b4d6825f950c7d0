"""A library holds one member of a consortium (design 3.1): another member's usage would be added to every total.

Members are told apart by the names that reports give them, capitals and blanks apart. Publishers name one institution
differently; that two names mean the same is the user's word (an alias of a member), or that of a report whose rows
carry both a name that is known here and another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nolcat_desktop.counter.text import squash
from nolcat_desktop.dataset.decisions import Alias, Named
from nolcat_desktop.dataset.loads import Load
from nolcat_desktop.dataset.planning import Candidate
from nolcat_desktop.problem import Problem

_LISTED = 3


def members_of(loads: Iterable[Load], aliases: Sequence[Alias]) -> dict[str, str]:
    """Key of each member that `loads` are of → its name as delivered; {} when none of them names one."""
    found: dict[str, str] = {}
    for name in sorted({load.scope.member for load in loads if load.states and load.scope.member is not None}):
        found.setdefault(_key(name, aliases), name)
    return found


def another_member(names: Iterable[str], loads: Iterable[Load], aliases: Sequence[Alias]) -> Problem | None:
    """Why a report is not stored whose rows go by `names`, when `loads` are of another member; else None.

    Args:
        names: All that the report says of one member: its name, its identifier.
        loads: Everything the library has, of every source, live and aside.
        aliases: What was decided about names.
    """
    offered = sorted(set(names))
    if not offered:
        return None
    held = members_of(loads, aliases)
    if not held or any(_key(name, aliases) in held for name in offered):
        return None
    return _another(offered, sorted(held.values()))


def linking(load: Load, names: Iterable[str], loads: Iterable[Load], aliases: Sequence[Alias]) -> Alias | None:
    """The alias that is to be remembered with `load`, when only another of its `names` is known here; else None."""
    member, held = load.scope.member, members_of(loads, aliases)
    if member is None or not held or _key(member, aliases) in held:
        return None
    known = next((held[key] for name in sorted(names) if (key := _key(name, aliases)) in held), None)
    return Alias(Named.MEMBER, member, known) if known is not None else None


class OneMember:
    """Keeps a run to one member, and the names that it learns on the way."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        """Start with what was decided."""
        self._aliases = list(aliases)

    def refusal(self, candidate: Candidate, loads: Iterable[Load]) -> Problem | None:
        """See `another_member`."""
        return another_member(candidate.names, loads, self._aliases)

    def learnt(self, candidate: Candidate, loads: Iterable[Load]) -> Alias | None:
        """The alias that storing `candidate` tells, once; see `linking`."""
        alias = linking(candidate.load, candidate.names, loads, self._aliases)
        self._aliases += [alias] if alias is not None else []
        return alias


def several_members(loads: Iterable[Load], aliases: Sequence[Alias]) -> Problem | None:
    """What is wrong with a library of several members; None when it holds one, or none that is named."""
    held = sorted(members_of(loads, aliases).values())
    if len(held) < 2:  # noqa: PLR2004 - one is as it should be
        return None
    return Problem(
        "Several members are in one library",
        f"It holds the usage of {_listed(held)}: their counts are added up in every total.",
        "Remove what is not yours, and keep each member in a library of its own. Names of one institution are made one "
        "in Settings › Sources (nolcat library alias --of member --name NAME STANDS_FOR).",
    )


def _another(offered: Sequence[str], held: Sequence[str]) -> Problem:
    return Problem(
        f"This library holds another member: {_listed(held)}",
        f"The report's rows are of {_listed(offered)}. A library holds one member of a consortium; with two, every "
        "total would be the sum of both. It was not stored.",
        f"Keep {_listed(offered[:1])} in a library of its own. If both names mean the same institution, say so first "
        f'in Settings › Sources (nolcat library alias --of member --name "{offered[0]}" "{held[0]}").',
    )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(f"“{name}”" for name in names[:_LISTED]) + more


def _key(name: str, aliases: Sequence[Alias]) -> str:
    """What `name` stands for in the end."""
    key, seen = squash(name).casefold(), set[str]()
    stands = {squash(one.name).casefold(): one.stands_for for one in aliases if one.what is Named.MEMBER}
    while key in stands and key not in seen:
        seen.add(key)
        key = squash(stands[key]).casefold()
    return key if key not in seen else min(seen)
