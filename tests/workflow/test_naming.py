"""Which source a report goes to when nobody says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import Wishes, convert
from tests.builders import a_report, empty, tsv


def _library(folder: Path) -> Library:
    return Library.open(folder, lambda: datetime(2026, 1, 1, tzinfo=UTC))


def test_that_an_empty_report_joins_the_source_of_its_siblings(tmp_path: Path) -> None:
    reports, held = tmp_path / "reports", _library(tmp_path / "library")
    reports.mkdir()
    full = replace(a_report(Release.R5, "DR"), created_by="A hand")
    none = replace(empty(a_report(Release.R5, "DR_D2")), created_by="A hand")
    (reports / "1.tsv").write_bytes(tsv(full))
    (reports / "2.tsv").write_bytes(tsv(none))
    convert([reports], held, Wishes(), Progress())
    assert len(held.sources().rows) == 1
    assert {one.load.report_type for one in held.holdings()} == {"DR", "DR_D2"}


def test_that_an_empty_report_of_another_hand_is_a_source_of_its_own(tmp_path: Path) -> None:
    reports, held = tmp_path / "reports", _library(tmp_path / "library")
    reports.mkdir()
    (reports / "1.tsv").write_bytes(tsv(replace(a_report(Release.R5, "DR"), created_by="A hand")))
    (reports / "2.tsv").write_bytes(tsv(replace(empty(a_report(Release.R5, "DR_D2")), created_by="Another")))
    convert([reports], held, Wishes(), Progress())
    assert {source.name for source in held.sources().rows} == {"Rowan Shelf", "Another"}
