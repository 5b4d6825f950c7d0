"""A library that the tests of the command line look at without changing it, and one that each may change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import Row, a_report, tsv
from tests.cli.running import answered

REPORT = a_report(Release.R51, "TR")
FIRST = REPORT.rows[0]
CORRECTED = replace(REPORT, rows=(Row(FIRST.elements, {**FIRST.counts, "2024-01": 999}), *REPORT.rows[1:]))


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library of two runs, and the files that made it."""

    folder: Path

    @property
    def library(self) -> Path:
        return self.folder / "library"

    @property
    def report(self) -> Path:
        """TR of three months."""
        return self.folder / "tr.tsv"

    @property
    def corrected(self) -> Path:
        """The same with another count in January."""
        return self.folder / "corrected.tsv"


def make(folder: Path) -> Shelf:
    shelf = Shelf(folder)
    shelf.report.write_bytes(tsv(REPORT))
    shelf.corrected.write_bytes(tsv(CORRECTED))
    (folder / "pr.tsv").write_bytes(tsv(a_report(Release.R51, "PR")))
    for name, date in (("tr.tsv", "2024-05-01"), ("pr.tsv", "2024-06-01")):
        ran = answered("convert", folder / name, "--library", shelf.library, "--source", 7, "--harvested", date)
        assert ran.code == 0, ran.err
    return shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """To be looked at."""
    return make(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def own_shelf(shelf: Shelf, tmp_path: Path) -> Shelf:
    """A copy, to be changed."""
    shutil.copytree(shelf.folder, tmp_path / "own")
    return Shelf(tmp_path / "own")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine may go into."""
    folder = Path(mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
