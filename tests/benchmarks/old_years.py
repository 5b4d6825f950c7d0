"""Sound files as libraries keep them: of all kinds and releases, packed, with copies and overlaps.

What must become of each is known beforehand: its state in the inventory, what is done with it when all is loaded with
`--if-loaded skip`, and what is then stored by source, report, month and metric.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

from nolcat_desktop.counter.release import Release
from tests.benchmarks.old_years_packed import PACKED
from tests.benchmarks.old_years_truth import Sums, sums_of
from tests.builders import Abstract, Row, a_report, csv, delimited, every_report, json, tsv, xlsx
from tests.builders.binary_workbook import xlsb
from tests.builders.other_kinds import excel_xml, html, mhtml, ods, unicode_text, xls
from tests.builders.sushi import sushi

WRITERS: dict[str, Callable[[Abstract], bytes]] = {
    "tsv": tsv,
    "csv": csv,
    "xlsx": xlsx,
    "xls": xls,
    "xlsb": xlsb,
    "ods": ods,
    "htm": html,
    "mht": mhtml,
    "xml": excel_xml,
    "txt": unicode_text,
    "pipes": lambda report: delimited(report, "|"),
    "semicolons": lambda report: delimited(report, ";"),
}
NAMES = (
    "{} {}",
    "{}_{} (1)",
    "Kopie von {} {} - endgültig",
    "Отчёт {} {} за год",
    "期刊使用统计 {} {}",
    "تقرير {} {}",
    "ραπόρτο {} {} 📚",
    "{} {} " + "a very long name that somebody gave it " * 3,
    "100% #{} [{}] 'new' & old; v2.0 final FINAL",
    "{}.{}.tar.csv.bak",
)
DEEP = "/".join(f"folder {number} in a folder" for number in range(12))
_YEARS = {Release.R4: range(2008, 2019), Release.R5: range(2019, 2025), Release.R51: range(2025, 2027)}
NEW, SAME_FILE, SAME_USAGE, OVERLAPPING = "new", "same file", "same usage", "overlapping"
ADDED, SKIPPED, FAILED = "added", "skipped", "failed"
"""Of files of one run with other numbers for the same months the first is stored: which is right, the user decides."""


@dataclass(slots=True)
class Planted:
    """What was written to a tree, and what must become of it."""

    folder: Path
    dice: Random
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name as the program tells it, from `folder` → state in the inventory, action of the loading."""
    usage: Sums = field(default_factory=Counter)
    """What must be stored."""
    shapes: Counter[str] = field(default_factory=Counter)
    """How often each way to pack and each fate was planted."""
    written: int = 0

    def put(self, name: str, content: bytes, state: str, action: str, packed: str = "") -> None:
        """Write one file."""
        place, _, last = name.rpartition("/")
        called, content, behind = PACKED[packed](last, content)
        path = self.folder / place / called
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.files[f"{place}/{called}{behind}".lstrip("/")] = state, action
        self.shapes[packed or "not packed"] += 1
        self.written += 1


def plant_sound(planted: Planted, files: int) -> None:
    """Write about `files` sound files; the same lots give the same files."""
    reports, number = list(every_report()), 0
    end = planted.written + files
    while planted.written < end:
        release, report_id = reports[number % len(reports)]
        years = _YEARS[release]
        year = years[(number // len(reports)) % len(years)]
        platform = f"Provider {number // (len(reports) * len(years))}"
        titles = planted.dice.choice((4, 8, 20))
        report = a_report(release, report_id, months=12, titles=titles, begin=date(year, 1, 1), platform=platform)
        number += 1
        if report.rows:
            _fated(planted, report, platform, number)


def _fated(planted: Planted, report: Abstract, platform: str, number: int) -> None:
    """One report, alone or with others of the same months before or behind it."""
    dice = planted.dice
    fate = dice.choices(("alone", *FATES), (60, *(40 / len(FATES),) * len(FATES)))[0]
    by_month = Counter[str]()
    for row in report.rows:
        by_month.update(row.counts)
    if fate != "alone" and (len(by_month) != len(report.months) or min(by_month.values()) == 0):
        fate = "alone"
    planted.shapes[fate] += 1
    place = f"{platform}/{report.begin.year}"
    place = f"{DEEP}/{place}" if not number % 97 else place
    name = dice.choice(NAMES).format(report.report_id, number)
    FATES.get(fate, _alone)(planted, f"{place}/a {name}", f"{place}/b {name}", report, platform)


def _alone(planted: Planted, first: str, _: str, report: Abstract, platform: str) -> None:
    _put(planted, first, report, NEW, ADDED)
    planted.usage += sums_of(report, platform)


def _same_file(planted: Planted, first: str, second: str, report: Abstract, platform: str) -> None:
    kind, content = _written(planted.dice, report)
    planted.put(f"{first}.{kind}", content, NEW, ADDED, _packed(planted.dice))
    planted.put(f"{second}.{kind}", content, SAME_FILE, SKIPPED, _packed(planted.dice))
    planted.usage += sums_of(report, platform)


def _same_usage(planted: Planted, first: str, second: str, report: Abstract, platform: str) -> None:
    _put(planted, first, report, NEW, ADDED)
    planted.put(f"{second}.csv", csv(report) + b"\n", SAME_USAGE, SKIPPED)
    planted.usage += sums_of(report, platform)


def _half_behind(planted: Planted, first: str, second: str, report: Abstract, platform: str) -> None:
    _put(planted, first, report, NEW, ADDED)
    _put(planted, second, _half(report), SAME_USAGE, SKIPPED)
    planted.usage += sums_of(report, platform)


def _half_before(planted: Planted, first: str, second: str, report: Abstract, platform: str) -> None:
    _put(planted, first, _half(report), NEW, ADDED)
    _put(planted, second, report, OVERLAPPING, ADDED)
    planted.usage += sums_of(report, platform)


def _other_half_before(planted: Planted, first: str, second: str, report: Abstract, platform: str) -> None:
    half = _half(_twice(report))
    _put(planted, first, half, NEW, ADDED)
    _put(planted, second, report, OVERLAPPING, FAILED)
    planted.usage += sums_of(half, platform)


def _other_numbers(planted: Planted, first: str, second: str, report: Abstract, platform: str) -> None:
    _put(planted, first, report, NEW, ADDED)
    _put(planted, second, _twice(report), OVERLAPPING, FAILED)
    planted.usage += sums_of(report, platform)


FATES: dict[str, Callable[[Planted, str, str, Abstract, str], None]] = {
    "same file": _same_file,
    "same usage": _same_usage,
    "half behind": _half_behind,
    "half before": _half_before,
    "half with other numbers before": _other_half_before,
    "other numbers behind": _other_numbers,
}
"""What else there is of a report's months → what plants both."""


def _half(report: Abstract) -> Abstract:
    rows = (Row(row.elements, {m: n for m, n in row.counts.items() if int(m[5:]) <= 6}) for row in report.rows)
    return replace(report, rows=tuple(row for row in rows if row.total), end=date(report.begin.year, 6, 30))


def _twice(report: Abstract) -> Abstract:
    rows = (Row(row.elements, {month: 2 * count for month, count in row.counts.items()}) for row in report.rows)
    return replace(report, rows=tuple(rows))


def _put(planted: Planted, name: str, report: Abstract, state: str, action: str) -> None:
    kind, content = _written(planted.dice, report)
    planted.put(f"{name}.{kind}", content, state, action, _packed(planted.dice))


def _written(dice: Random, report: Abstract) -> tuple[str, bytes]:
    if report.release is Release.R4 and dice.random() < 0.15:
        return "sushi.xml", sushi(report)
    if report.release is not Release.R4 and dice.random() < 0.2:
        return "json", json(report)
    kind = dice.choice(sorted(WRITERS))
    return kind, WRITERS[kind](report)


def _packed(dice: Random) -> str:
    return dice.choice(sorted(PACKED)) if dice.random() < 0.15 else ""
