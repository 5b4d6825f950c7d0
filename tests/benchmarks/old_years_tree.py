"""A whole tree, damages and all, through the command line: listed, loaded in one go, and held against the truth.

    python -m tests.benchmarks.old_years_tree make FOLDER [FILES] [DAMAGED] [SEED]
    python -m tests.benchmarks.old_years_tree measure FOLDER

`make` writes what `old_years` writes and, in `FOLDER/damaged`, files that went through many hands (`old_years_damage`),
each under a provider of its own. `measure` runs `nolcat inspect --inventory` twice and `nolcat convert` once, each in a
process of its own, and says what differs from the truth; exit code 0: nothing does.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.old_years import make
from tests.benchmarks.old_years_damage import STAGES, WRITERS, Case, a_case

Line = Mapping[str, Any]
Nolcat = Callable[..., Sequence[Line]]
"""Runs `nolcat` with these words and gives the lines of its answer."""
USUAL = ("--if-loaded", "skip", "--without-damaged")


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
    asked: int = 0
    """Files that had to be told what they are, and were stored then."""
    refused: int = 0
    """Files that were refused, and of which nothing may be stored."""
    cells: int = 0
    """Cells that were listed as unreadable, each of which is."""
    needless: list[str] = field(default_factory=list)
    """Files of which something might have been stored, but that were refused, with why."""
    wrong: list[str] = field(default_factory=list)
    """What is silently wrong: must be empty."""


def plant(folder: Path, numbers: range) -> dict[str, dict[str, Any]]:
    """Write damaged files and their truth: path from `folder` → total, cells, what can be said, damages."""
    truth = {}
    seen: Counter[tuple[str, str]] = Counter()
    for number in numbers:
        case = a_case(number, f"Hands {number}", seen)
        place = folder / "damaged" / f"{number // 100:03}" / str(number)
        place.mkdir(parents=True, exist_ok=True)
        (place / case.name).write_bytes(case.content)
        truth[(place / case.name).relative_to(folder).as_posix()] = _truth(case)
    return truth


def kinds_of(damage: str) -> Sequence[str]:
    """The kinds of files that can carry a damage."""
    return ("tsv", "csv", "pipes", "semicolons") if damage.startswith("shifted") else tuple(WRITERS)


def _truth(case: Case) -> dict[str, Any]:
    return {
        "total": sum(row.total for row in case.wanted.rows),
        "damaged": list(case.damaged),
        "refused": case.refused,
        "report_type": case.wanted.report_id,
        "begin": case.wanted.begin.isoformat(),
        "end": case.wanted.end.isoformat(),
        "done": list(case.done),
    }


def whole(folder: Path, files: int, damaged: int, seed: int) -> dict[str, Any]:
    """Write the whole tree, and the truth beside it."""
    truth: dict[str, Any] = {"sound": make(folder, files, seed), "damaged": plant(folder, range(damaged))}
    pairs = {(name, one["done"][-1]) for one in truth["damaged"].values() for name in one["done"][:-1]}
    names = [name for stage in STAGES for name in stage]
    truth["missing"] = sorted({*names, *WRITERS} - {name for pair in pairs for name in pair})
    truth["pairs"] = [len(pairs), sum(len(kinds_of(name)) for name in names)]
    folder.with_name(folder.name + ".truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return truth


def judge(folder: Path, truth: Mapping[str, Any], library: Path, index: Path, nolcat: Nolcat) -> Judgement:
    """List the tree, load it in one go, then tell of each file that asks what it is; and hold it against the truth."""
    found = Judgement()
    listed = list(nolcat("inspect", folder, "--inventory", index, "--json"))
    found.states.update(line["state"] for line in listed)
    lines = list(nolcat("convert", folder, "--library", library, *USUAL, "--json"))
    found.actions.update(line["action"] for line in lines)
    in_inventory, in_load = _by_file(listed, folder), _by_file(lines, folder)
    found.wanted = int(truth["sound"]["total"])
    found.stored = sum(line["usage_total"] for line in lines)
    for name, one in truth["damaged"].items():
        found.wanted += 0 if one["refused"] else one["total"]
        loaded = in_load.get(name, [])
        done = next((line for line in loaded if line["action"] in {"added", "empty"}), None)
        if done is None and not one["refused"]:
            done = _told(folder / name, one, library, nolcat)
            found.stored += done["usage_total"] if done is not None else 0
            found.asked += done is not None
        _judge(found, name, one, done, loaded)
        _judge_listed(found, name, one, in_inventory.get(name, []))
    return found


def _by_file(lines: Sequence[Line], folder: Path) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(Path(line["file"]).relative_to(folder).as_posix(), []).append(line)
    return found


def _told(file: Path, one: Mapping[str, Any], library: Path, nolcat: Nolcat) -> Line | None:
    words = ("--report-type", one["report_type"], "--period", f"{one['begin'][:7]}:{one['end'][:7]}")
    lines = nolcat("convert", file, "--library", library, *USUAL, *words, "--json")
    return next((line for line in lines if line["action"] in {"added", "empty"}), None)


def _judge(found: Judgement, name: str, one: Mapping[str, Any], done: Line | None, loaded: Sequence[Line]) -> None:
    if done is None:
        why = "; ".join(str((line["problem"] or {}).get("title")) for line in loaded)
        if not one["refused"]:
            found.needless.append(f"{name} {one['done']}: {why}")
            found.wanted -= one["total"]
        elif not loaded or not all(line["problem"] for line in loaded):
            found.wrong.append(f"{name}: refused without a word")
        found.refused += bool(one["refused"])
        return
    cells = Counter(cell["position"] for cell in done["damaged"])
    found.cells += cells.total()
    if one["refused"]:
        found.wrong.append(f"{name} {one['done']}: stored although {one['refused']}")
    elif done["usage_total"] != one["total"] or done["report_id"] != one["report_type"]:
        stored = f"{done['report_id']} {done['usage_total']}"
        found.wrong.append(f"{name} {one['done']}: {stored} stored, {one['report_type']} {one['total']} is the truth")
    elif cells != Counter(one["damaged"]):
        found.wrong.append(f"{name} {one['done']}: listed {sorted(cells)}, damaged {sorted(one['damaged'])}")


def _judge_listed(found: Judgement, name: str, one: Mapping[str, Any], listed: Sequence[Line]) -> None:
    """Whether the inventory lists the same cells, wherever it says that the file can be stored."""
    for line in listed:
        if line["report_id"] and not line["problem"] and not one["refused"]:
            cells = Counter(cell["position"] for cell in line["damaged"])
            if line["damaged_count"] <= cells.total() and cells != Counter(one["damaged"]):
                found.wrong.append(f"{name} {one['done']}: the inventory lists {sorted(cells)}")


def _timed(*words: object) -> Sequence[Line]:
    """`nolcat` in a process of its own; its seconds of work and its memory are said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "nolcat_desktop.cli", *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, env=dict(os.environ),
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if len(lines) > 1:
        print(
            f"{words[0]}: {len(lines):,} lines, {work:.1f} s of work, peak {after.ru_maxrss // 1024:,} MB", flush=True
        )
    return lines


def _said(found: Judgement) -> Iterator[str]:
    yield f"inventory {dict(found.states)}; loading {dict(found.actions)}"
    yield f"stored {found.stored:,}, truth {found.wanted:,}, equal {found.stored == found.wanted}"
    yield f"{found.asked} stored when told, {found.refused} refused as they must be, {found.cells:,} cells listed"
    yield f"{len(found.needless)} refused without need"
    yield from found.needless
    yield f"{len(found.wrong)} wrong"
    yield from found.wrong


def main(words: Sequence[str]) -> int:
    """Make or measure."""
    folder = Path(words[1])
    if words[0] == "make":
        given = [*map(int, words[2:])]
        files, damaged, seed = [*given, 3000, 1000, 1][: len(given)] + [3000, 1000, 1][len(given) :]
        truth = whole(folder, files, damaged, seed)
        print({**truth, "damaged": len(truth["damaged"])})
        return 0
    truth = json.loads(folder.with_name(folder.name + ".truth.json").read_text(encoding="utf-8"))
    index, library = folder.with_name(folder.name + ".sqlite"), folder.with_name(folder.name + ".library")
    found = judge(folder, truth, library, index, _timed)
    _timed("inspect", folder, "--inventory", index, "--json")
    print("\n".join(_said(found)))
    return int(bool(found.wrong) or found.stored != found.wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
