"""The builders lay out the official sample reports as COUNTER does: the TSV cell by cell, and the JSON made from it."""

from __future__ import annotations

import csv
import io
import json as parser
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nolcat_desktop.counter.release import Release
from tests.builders import Abstract, Row, grid, tree
from tests.builders.grid import MONTHS


def _cells(path: Path) -> list[list[str]]:
    """Rows without their trailing blank cells, the file without its trailing blank rows."""
    text = io.StringIO(path.read_text("utf-8-sig"), newline="")
    rows = [[text.strip() for text in row] for row in csv.reader(text, delimiter="\t")]
    while rows and not any(rows[-1]):
        rows.pop()
    return [row[: max((n + 1 for n, text in enumerate(row) if text), default=0)] for row in rows]


def _settings(text: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values.split("|")) for name, values in (part.split("=") for part in text.split("; ") if part)}


def _abstract(cells: list[list[str]], release: Release) -> Abstract:
    heads = 14 if release is Release.R51 else 13
    header = {row[0]: (*row, "")[1] for row in cells[:heads] if row}
    total = cells[heads].index("Reporting_Period_Total")
    columns = cells[heads][:total]
    months = [f"{text[4:]}-{MONTHS.index(text[:3]) + 1:02}" for text in cells[heads][total + 1 :]]
    rows = []
    for line in cells[heads + 1 :]:
        elements = {name: text for name, text in zip(columns, line, strict=False) if text}
        counts = {m: int(text) for m, text in zip(months, line[total + 1 :], strict=True) if text != "0"}
        rows.append(Row(elements, counts))
    begin, end = map(date.fromisoformat, re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", header["Reporting_Period"]))
    return Abstract(
        release,
        header["Report_ID"],
        tuple(rows),
        begin,
        end,
        header["Report_Name"],
        tuple(columns),
        institution_name=header["Institution_Name"],
        institution_id=header["Institution_ID"],
        customer_id="",
        metric_types=tuple(filter(None, header["Metric_Types"].split("; "))),
        filters=_settings(header["Report_Filters"]),
        attributes=_settings(header["Report_Attributes"]),
        created=header["Created"],
        created_by=header["Created_By"],
        registry_record=header.get("Registry_Record", ""),
    )


def _without_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_order(one) for name, one in value.items()}
    if isinstance(value, list):
        return sorted(map(_without_order, value), key=lambda one: parser.dumps(one, sort_keys=True))
    return value


@pytest.mark.samples
@pytest.mark.parametrize(("folder", "release"), [("r5", Release.R5), ("r51", Release.R51)])
def test_that_official_samples_are_laid_out_cell_by_cell_and_as_their_json(
    samples: Path, folder: str, release: Release
) -> None:
    paths = sorted((samples / folder).glob("*.tsv"))
    assert len(paths) == 16
    for path in paths:
        cells = _cells(path)
        report = _abstract(cells, release)
        laid_out = [row[: max((n + 1 for n, text in enumerate(row) if text), default=0)] for row in grid(report)]
        assert laid_out == cells, path.name
        official = parser.loads(path.with_suffix(".json").read_text("utf-8-sig"))
        official["Report_Header"].pop("Customer_ID", None)  # the tabular form has none
        assert _without_order(tree(report)) == _without_order(official), path.name
