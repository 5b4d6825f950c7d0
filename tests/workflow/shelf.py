"""A library and the files that go into it; and reports that differ from one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nolcat_desktop.counter.release import Release
from tests.builders import (
    Abstract,
    Row,
    csv,
    json,
    tsv,
    xlsx,
)
from tests.cli.running import Line, Ran, answered

R4, R5, R51 = Release.R4, Release.R5, Release.R51
FORMS: dict[str, Callable[[Abstract], bytes]] = {"tsv": tsv, "csv": csv, "xlsx": xlsx, "json": json}


class Shelf:
    """A library and the files that go into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = folder / "library"

    def file(self, content: bytes | Abstract, name: str = "report.tsv") -> Path:
        file = self.folder / name
        file.write_bytes(content if isinstance(content, bytes) else tsv(content))
        return file

    def convert(self, *contents: bytes | Abstract, words: tuple[object, ...] = ("--source", 7)) -> Ran:
        files = [self.file(content, f"{number}.tsv") for number, content in enumerate(contents)]
        return answered("convert", *files, "--library", self.library, "--json", *words)

    def coverage(self) -> list[Line]:
        return answered("library", "coverage", "--library", self.library, "--json").lines

    def states(self) -> dict[str, str]:
        return {line["month"]: line["state"] for line in self.coverage()}

    def is_sound(self) -> bool:
        ran = answered("library", "verify", "--library", self.library, "--json")
        return (ran.code, ran.out) == (0, "")


def changed(report: Abstract, by: int = 1) -> Abstract:
    """The same report with another count in the first month of the first row."""
    first, month = report.rows[0], f"{report.begin:%Y-%m}"
    counts = {**first.counts, month: first.counts.get(month, 0) + by}
    return replace(report, rows=(Row(first.elements, counts), *report.rows[1:]))


def of_type(report: Abstract, kind: str) -> Abstract:
    """The report of one Data_Type, filtered as a publisher would."""
    rows = tuple(row for row in report.rows if row.elements["Data_Type"] == kind)
    assert rows
    return replace(report, rows=rows, filters={**report.filters, "Data_Type": (kind,)})


def added(ran: Ran) -> None:
    assert ran.code == 0, ran.err
    for line in ran.lines:
        assert line["action"] == "added", line
        assert line["usage_total"] == line["file_total"]
