"""A whole tree held against its truth: each file, each cell that cannot be read, each sum that is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.old_years_truth import Sums, differing, from_text, sums_in

Line = Mapping[str, Any]
Nolcat = Callable[..., Sequence[Line]]
"""Runs `nolcat` with these words and gives the lines of its answer."""
USUAL = ("--if-loaded", "skip", "--without-damaged")
_STORED = frozenset({"added", "empty"})


@dataclass(slots=True)
class Judgement:
    """What became of a tree."""

    states: Counter[str] = field(default_factory=Counter)
    """State → lines of the inventory."""
    actions: Counter[str] = field(default_factory=Counter)
    """Action → lines of the loading."""
    stored: int = 0
    """Control sum of all that was loaded."""
    wanted: int = 0
    """The same as the generator knows it."""
    sums: int = 0
    """How many sums (by source, report, month and metric) were compared."""
    asked: int = 0
    """Files that had to be told what they are, and were stored then."""
    refused: int = 0
    """Files that were refused, and of which nothing may be stored."""
    cells: int = 0
    """Cells that were listed as unreadable, each of which is."""
    needless: list[str] = field(default_factory=list)
    """Files of which something might have been stored, but that were refused, with why."""
    differing: list[str] = field(default_factory=list)
    """Sums that are not the truth."""
    wrong: list[str] = field(default_factory=list)
    """What else is not as it must be."""


def judge(folder: Path, truth: Mapping[str, Any], library: Path, index: Path, nolcat: Nolcat) -> Judgement:
    """List the tree, load it in one go, then tell of each file that asks what it is; and hold it against the truth."""
    found = Judgement()
    listed = list(nolcat("inspect", folder, "--inventory", index, "--json"))
    found.states.update(line["state"] for line in listed)
    lines = list(nolcat("convert", folder, "--library", library, *USUAL, "--json"))
    found.actions.update(line["action"] for line in lines)
    in_inventory, in_load = _by_file(listed, folder), _by_file(lines, folder)
    wanted = from_text(truth["usage"])
    for name, one in truth["damaged"].items():
        loaded = in_load.pop(name, [])
        done = next((line for line in loaded if line["action"] in _STORED), None)
        if done is None and not one["refused"] and _is_anything(one):
            done = _told(folder / name, one, library, nolcat)
            found.asked += done is not None
        _judge(found, name, one, done, loaded)
        _judge_listed(found, name, one, in_inventory.pop(name, []))
        if done is not None and not one["refused"]:
            wanted += from_text(one["usage"])
    _judge_states(found, truth["files"], in_inventory, in_load)
    _judge_sums(found, sums_in(library), wanted)
    return found


def _by_file(lines: Sequence[Line], folder: Path) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(Path(line["file"]).relative_to(folder).as_posix(), []).append(line)
    return found


def _is_anything(one: Mapping[str, Any]) -> bool:
    """Whether there is anything that can be stored: not when every count of a file is damaged."""
    return bool(one["usage"]) or not one["damaged"]


def _told(file: Path, one: Mapping[str, Any], library: Path, nolcat: Nolcat) -> Line | None:
    words = ("--report-type", one["report_type"], "--period", f"{one['begin'][:7]}:{one['end'][:7]}")
    lines = nolcat("convert", file, "--library", library, *USUAL, *words, "--json")
    return next((line for line in lines if line["action"] in _STORED), None)


def _judge(found: Judgement, name: str, one: Mapping[str, Any], done: Line | None, loaded: Sequence[Line]) -> None:
    cells = Counter(cell["position"] for line in ([done] if done is not None else loaded) for cell in line["damaged"])
    found.cells += cells.total()
    if done is None:
        why = "; ".join(str((line["problem"] or {}).get("title")) for line in loaded)
        if not one["refused"] and _is_anything(one):
            found.needless.append(f"{name} {one['done']}: {why}")
        elif not loaded or not all(line["problem"] for line in loaded):
            found.wrong.append(f"{name}: refused without a word")
        elif not one["refused"] and cells != Counter(one["damaged"]):
            found.wrong.append(f"{name} {one['done']}: listed {sorted(cells)}, damaged {sorted(one['damaged'])}")
        found.refused += bool(one["refused"] or not _is_anything(one))
    elif one["refused"]:
        found.wrong.append(f"{name} {one['done']}: stored although {one['refused']}")
    elif done["report_id"] != one["report_type"]:
        found.wrong.append(f"{name} {one['done']}: stored as {done['report_id']}, it is {one['report_type']}")
    elif cells != Counter(one["damaged"]):
        found.wrong.append(f"{name} {one['done']}: listed {sorted(cells)}, damaged {sorted(one['damaged'])}")


def _judge_listed(found: Judgement, name: str, one: Mapping[str, Any], listed: Sequence[Line]) -> None:
    """Whether the inventory lists the same cells, wherever it says that the file can be stored."""
    if not listed:
        found.wrong.append(f"{name}: not in the inventory")
    for line in listed:
        if line["report_id"] and not line["problem"] and not one["refused"]:
            cells = Counter(cell["position"] for cell in line["damaged"])
            if line["damaged_count"] <= cells.total() and cells != Counter(one["damaged"]):
                found.wrong.append(f"{name} {one['done']}: the inventory lists {sorted(cells)}")


def _judge_states(
    found: Judgement,
    files: Mapping[str, Sequence[str]],
    listed: Mapping[str, Sequence[Line]],
    loaded: Mapping[str, Sequence[Line]],
) -> None:
    """Whether each file that is not damaged, and no other, stands in both lists as what it is."""
    for name in sorted({*files, *listed, *loaded}):
        state, action = files.get(name, ("not there", "not there"))
        states = {line["state"] for line in listed.get(name, [])} or {"not listed"}
        actions = {line["action"] for line in loaded.get(name, [])} or {"not listed"}
        if states != {state} or actions != {action}:
            found.wrong.append(f"{name}: {sorted(states)} and {sorted(actions)}, it is {state} and must be {action}")
        told = [line for line in (*listed.get(name, []), *loaded.get(name, [])) if state in {"stopped", "unreadable"}]
        if not all(line["problem"] for line in told):
            found.wrong.append(f"{name}: refused without a word")


def _judge_sums(found: Judgement, stored: Sums, wanted: Sums) -> None:
    found.stored, found.wanted, found.sums = stored.total(), wanted.total(), len(wanted)
    found.differing.extend(differing(stored, wanted))
