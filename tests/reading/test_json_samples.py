"""Measuring: the official samples read the same from JSON as from the tabular form beside it."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from nolcat_desktop.reading.json_report import read_json
from nolcat_desktop.report import ROW, FileKind, Origin, Report

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _month(heading: str) -> str:
    name, _, year = heading.partition("-")
    return f"{year}-{MONTHS.index(name) + 1:02}" if name in MONTHS and year.isdigit() else heading


def _tabular(path: Path) -> tuple[dict[str, str], list[frozenset[tuple[str, str]]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t"))
    at = next(n for n, line in enumerate(lines) if "Metric_Type" in line)
    header = {line[0]: line[1] if len(line) > 1 else "" for line in lines[:at] if line and line[0]}
    names = [_month(name) for name in lines[at]]
    rows = []
    for line in lines[at + 1 :]:
        cells = {
            name: cell
            for name, cell in zip(names, line, strict=False)
            if name and cell and name != "Reporting_Period_Total" and not (name[:1].isdigit() and cell == "0")
        }
        if cells:
            rows.append(frozenset(cells.items()))
    return header, rows


@pytest.mark.samples
@pytest.mark.parametrize("folder", ["r5", "r51"])
def test_that_the_samples_read_the_same_from_json_as_from_their_tabular_form(samples: Path, folder: str) -> None:
    paths = sorted((samples / folder).glob("*.json"))
    assert len(paths) == 16
    for path in paths:
        _compare(path)


def _compare(path: Path) -> None:
    content = path.read_bytes()
    origin = Origin(str(path), None, FileKind.JSON, hashlib.sha256(content).hexdigest())
    (report,) = read_json(content, origin)
    assert isinstance(report, Report)
    header, rows = _tabular(path.with_suffix(".tsv"))
    found = [
        frozenset((name, value) for name, value in row.items() if name != ROW and value is not None)
        for row in report.items.iter_rows(named=True)
    ]
    assert sorted(map(sorted, found)) == sorted(map(sorted, rows))
    told = {label: text for label, text in report.header.texts.items() if label != "Customer_ID" and text}
    assert told == {label: text.strip() for label, text in header.items() if text.strip()}
    assert not report.irregularities
