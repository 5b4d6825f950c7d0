"""A whole tree, damages and all, through the command line: listed, loaded in one go, and held against the truth.

    python -m tests.benchmarks.old_years_tree make FOLDER [FILES] [DAMAGED] [SEED]
    python -m tests.benchmarks.old_years_tree measure FOLDER

`make` writes sound files (`old_years`), what stands among them (`old_years_others`, `old_years_third`), and in
`FOLDER/damaged` files that went through many hands (`old_years_damage`): every damage in every kind of file, each under
a provider of its own. `measure` runs `nolcat inspect --inventory` twice and `nolcat convert` once, each in a process of
its own, and says what differs from the truth (`old_years_verdict`); exit code 0: nothing does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from tests.benchmarks.old_years import Planted, plant_sound
from tests.benchmarks.old_years_damage import STAGES, WRITERS, Case, a_case
from tests.benchmarks.old_years_others import close_places, plant_others
from tests.benchmarks.old_years_third import plant_third
from tests.benchmarks.old_years_truth import as_text, sums_of
from tests.benchmarks.old_years_verdict import Judgement, Line, judge

NAMES = [name for stage in STAGES for name in stage]
"""All damages. Each can be in each kind of file."""
_PAIRS = {(name, kind) for name in NAMES for kind in WRITERS}


def cases(numbers: range, *, every_pair: bool) -> Iterator[Case]:
    """Damaged files.

    Args:
        numbers: Of the cases.
        every_pair: Whether there are more, until each damage was in each kind of file.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for number in numbers:
        yield a_case(number, f"Hands {number}", seen)
    for number in count(numbers.stop) if every_pair else ():
        missing = sorted(_PAIRS - seen.keys())
        if not missing:
            return
        known, (must, _) = len(seen), missing[number % len(missing)]
        case = a_case(number, f"Hands {number}", seen, must)
        if len(seen) > known:
            yield case


def plant(folder: Path, numbers: range, *, every_pair: bool) -> dict[str, dict[str, Any]]:
    """Write `cases` and their truth: path from `folder` → sums, cells, what can be said, damages."""
    truth: dict[str, dict[str, Any]] = {}
    for case in cases(numbers, every_pair=every_pair):
        _write(folder, case, truth)
    return truth


def _write(folder: Path, case: Case, truth: dict[str, dict[str, Any]]) -> None:
    place = folder / "damaged" / f"{case.number // 100:03}" / str(case.number)
    place.mkdir(parents=True, exist_ok=True)
    (place / case.name).write_bytes(case.content)
    truth[(place / case.name).relative_to(folder).as_posix()] = {
        "source": f"Hands {case.number}",
        "usage": as_text(sums_of(case.wanted, f"Hands {case.number}")),
        "damaged": list(case.damaged),
        "refused": case.refused,
        "report_type": case.wanted.report_id,
        "begin": case.wanted.begin.isoformat(),
        "end": case.wanted.end.isoformat(),
        "done": list(case.done),
    }


def whole(folder: Path, files: int, damaged: int, seed: int, *, others: bool = True) -> dict[str, Any]:
    """Write the whole tree, and the truth beside it.

    Args:
        folder: Where to.
        files: Sound files.
        damaged: Damaged ones.
        seed: Of the lots.
        others: Whether there is all the rest too: other documents, archives, old releases, every pair of damages.
    """
    planted = Planted(folder, Random(seed))
    plant_sound(planted, files)
    if others:
        plant_third(planted)
        plant_others(planted)
    truth: dict[str, Any] = {"damaged": plant(folder, range(damaged), every_pair=others)}
    pairs = {(name, one["done"][-1]) for one in truth["damaged"].values() for name in one["done"][:-1]}
    truth |= {
        "usage": as_text(planted.usage),
        "files": {name: list(what) for name, what in planted.files.items()},
        "shapes": dict(planted.shapes),
        "written": planted.written + len(truth["damaged"]),
        "missing": sorted(map(" in ".join, _PAIRS - pairs)),
        "pairs": len(pairs),
    }
    folder.with_name(folder.name + ".truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return truth


def _timed(*words: object) -> Sequence[Line]:
    """`nolcat` in a process of its own, which may not read what it has no right to; its work and memory are said."""
    as_others = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    bound = as_others if os.geteuid() == 0 and shutil.which("setpriv") else []
    command = [*bound, sys.executable, "-m", "nolcat_desktop.cli", *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        lines = [json.loads(line) for line in process.stdout]
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    if len(lines) > 1:
        work = used.ru_utime + used.ru_stime
        print(f"{words[0]}: {len(lines):,} lines, {work:.1f} s of work, peak {used.ru_maxrss // 1024:,} MB", flush=True)
    return lines


def said(found: Judgement) -> Iterator[str]:
    """What became of the tree, in words."""
    yield f"inventory {dict(found.states)}; loading {dict(found.actions)}"
    yield f"control sum {found.stored:,} stored, {found.wanted:,} is the truth"
    yield f"{found.sums:,} sums by source, report, month and metric compared, {len(found.differing)} differ"
    yield from found.differing[:100]
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
        print({name: truth[name] for name in ("written", "shapes", "pairs", "missing")}, len(truth["files"]))
        return 0
    truth = json.loads(folder.with_name(folder.name + ".truth.json").read_text(encoding="utf-8"))
    index, library = folder.with_name(folder.name + ".sqlite"), folder.with_name(folder.name + ".library")
    close_places(folder, closed=True)
    try:
        found = judge(folder, truth, library, index, _timed)
        _timed("inspect", folder, "--inventory", index, "--json")
    finally:
        close_places(folder, closed=False)
    print("\n".join(said(found)))
    return int(bool(found.wrong or found.differing or found.needless))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
