"""A tree as libraries keep it: thousands of files of all kinds, with copies, overlaps and what is no report.

    python -m tests.benchmarks.old_years make FOLDER [FILES] [SEED]
    python -m tests.benchmarks.old_years measure FOLDER

`make` writes the tree and, beside it, what must come out of it (`FOLDER.truth.json`); `measure` takes the inventory
twice, loads what is new, and compares with it.
"""

from __future__ import annotations

import io
import json as plain
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from nolcat_desktop.workflow.inventory import Inventory, State, take_inventory
from nolcat_desktop.workflow.inventory_index import opened
from tests.builders import Abstract, a_report, csv, delimited, every_report, json, tsv, xlsx
from tests.builders.binary_workbook import xlsb
from tests.builders.other_kinds import excel_xml, html, ods, unicode_text, xls
from tests.builders.sushi import sushi

WRITERS: dict[str, Callable[[Abstract], bytes]] = {
    "tsv": tsv,
    "csv": csv,
    "xlsx": xlsx,
    "xls": xls,
    "xlsb": xlsb,
    "ods": ods,
    "htm": html,
    "xml": excel_xml,
    "txt": unicode_text,
    "pipes": lambda report: delimited(report, "|"),
    "semicolons": lambda report: delimited(report, ";"),
}
OTHERS = {
    "letter.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"),
    "contract.pdf": b"%PDF-1.4 and so on",
    "photo.jpg": b"\xff\xd8\xff\xe0 photo",
    "notes.txt": b"Ask the provider about 2016.\n",
    "budget.csv": b"year,amount\n2016,100\n2017,200\n",
    "broken.xlsx": b"PK\x03\x04 broken off",
}
_YEARS = {Release.R4: range(2008, 2019), Release.R5: range(2019, 2025), Release.R51: range(2025, 2027)}


def make(folder: Path, files: int, seed: int) -> dict[str, object]:
    """Write a tree of about `files` files; the same seed gives the same tree. Returns the truth."""
    dice = random.Random(seed)
    reports = list(every_report())
    total, states, number, written = 0, Counter[str](), 0, 0
    while written < files:
        release, report_id = reports[number % len(reports)]
        years = _YEARS[release]
        year = years[(number // len(reports)) % len(years)]
        platform = f"Provider {number // (len(reports) * len(years))}"
        number += 1
        report = a_report(
            release, report_id, months=12, titles=dice.choice((4, 8, 20)), begin=date(year, 1, 1), platform=platform
        )
        if not report.rows:
            continue
        total += sum(row.total for row in report.rows)
        place = folder / platform / str(year)
        written += _put(place, report, dice, states)
    for place in sorted(folder.glob("*/*"))[::7]:
        for name, content in OTHERS.items():
            (place / name).write_bytes(content)
            states["none"] += 1
    truth: dict[str, object] = {"total": total, **states}
    folder.with_name(folder.name + ".truth.json").write_text(plain.dumps(truth), encoding="utf-8")
    return truth


def _put(place: Path, report: Abstract, dice: random.Random, states: Counter[str]) -> int:
    """One report in some kind; one in five twice: the same bytes, another kind, or its first half again."""
    place.mkdir(parents=True, exist_ok=True)
    kind = dice.choice(sorted(WRITERS))
    content = WRITERS[kind](report)
    if report.release is Release.R4 and dice.random() < 0.15:
        kind, content = "sushi.xml", sushi(report)
    elif report.release is not Release.R4 and dice.random() < 0.2:
        kind, content = "json", json(report)
    name = f"{report.report_id} {dice.randrange(10**6):06}"
    states["new"] += 1
    if dice.random() < 0.1:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{name}.{kind}", content)
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr(f"{name}.zip", out.getvalue())
        (place / f"a {name}.zip").write_bytes(outer.getvalue())
    else:
        (place / f"a {name}.{kind}").write_bytes(content)
    choice = dice.random()
    if choice < 0.1:
        (place / f"b copy of {name}.{kind}").write_bytes(content)
        states["same file"] += 1
    elif choice < 0.2:
        (place / f"b again {name}.csv").write_bytes(csv(report) + b"\n")
        states["same usage"] += 1
    elif choice < 0.3:
        half = [replace(row, counts={m: n for m, n in row.counts.items() if int(m[5:]) <= 6}) for row in report.rows]
        part = replace(report, rows=tuple(row for row in half if row.counts), end=date(report.begin.year, 6, 30))
        (place / f"b half {name}.tsv").write_bytes(tsv(part))
        states["half"] += 1
    else:
        return 1
    return 2


def measure(folder: Path) -> bool:
    """Take the inventory twice, load what is new, and say whether the sums are the truth."""
    truth = plain.loads(folder.with_name(folder.name + ".truth.json").read_text(encoding="utf-8"))
    place = folder.with_name(folder.name + ".sqlite")
    _look("first", folder, place)
    inventory = _look("second", folder, place)
    print({str(state): number for state, number in inventory.counts.items()}, "truth", truth)
    print(
        f"sum of what is new {inventory.total:,}, truth {truth['total']:,}, equal {inventory.total == truth['total']}"
    )
    wanted = [line.facts.file for line in inventory.of(State.NEW, State.OVERLAPPING)]
    begin = time.monotonic()
    stored = _stored(folder, {Path(name.split("!/", 1)[0]) for name in wanted})
    print(
        f"loaded {stored:,} in {time.monotonic() - begin:.1f} s, peak {_peak():,} MB, equal {stored == truth['total']}"
    )
    return bool(inventory.total == truth["total"] == stored)


def _look(name: str, folder: Path, place: Path) -> Inventory:
    begin = time.monotonic()
    with opened(place) as index:
        inventory = take_inventory([folder], Progress(), index)
    seconds = time.monotonic() - begin
    found = f"{len(inventory.lines):,} lines, {inventory.read:,} files read"
    print(f"{name} look: {found}, {seconds:.1f} s, peak {_peak():,} MB")
    return inventory


def _stored(folder: Path, files: set[Path]) -> int:
    library = Library.open(folder.with_name(folder.name + ".library"), lambda: datetime.now(UTC))
    done = convert(sorted(files), library, Wishes(if_loaded="skip"), Progress())
    failed = [line for line in done.lines if line.action == "failed"]
    for line in failed[:10]:
        print("failed", line.file, line.problem)
    return sum(line.usage_total for line in done.lines)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", where, *rest]:
            files, seed = [*map(int, rest), 3000, 1][: len(rest)] + [3000, 1][len(rest) :]
            print(make(Path(where), files, seed))
        case ["measure", where]:
            sys.exit(not measure(Path(where)))
        case _:
            sys.exit(__doc__)
