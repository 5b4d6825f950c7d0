"""Release 3: what is said of it; the rules of Release 4 for cells, rows and totals hold, and none fires falsely."""

from __future__ import annotations

import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.validation import validate, verdict
from tests.builders.files import csv
from tests.builders.layouts3 import NAMES3, Old3, release3
from tests.reading.found import report


def told(old: Old3, *, official: bool = False) -> dict[str, list[str | None]]:
    """Rule → positions of what is found in a report."""
    findings = validate(report(csv(old.rows), "x.csv"), official=official)
    found: dict[str, list[str | None]] = {}
    for rule, position in findings.select("rule", "position").iter_rows():
        found.setdefault(rule, []).append(position)
    return found


@pytest.mark.parametrize("report_id", NAMES3)
def test_that_a_sound_report_is_told_to_be_of_release_3_and_nothing_else(report_id: str) -> None:
    old = release3(report_id)
    old.put(1, "A", NAMES3[report_id][0].replace("1(", "1 (").strip())
    wanted: dict[str, list[str | None]] = {"R3-F01": ["A1"]}
    if report_id.startswith("JR"):
        wanted["N-not-carried"] = ["S5", "T5"]
    if report_id == "DB1":
        wanted["R3-F03"] = [None]
    assert told(old) == wanted
    assert verdict(validate(report(csv(old.rows), "x.csv"))) is Level.NOTICE


def test_that_a_name_spelled_otherwise_and_headings_elsewhere_are_told() -> None:
    old = release3("DB1", count=3)
    old.rows.insert(4, ["", "", "", "", "", "", "", ""])
    found = told(old)
    assert (found["R3-H01"], found["R3-H02"]) == (["A1"], ["6"])


PLANTED = (
    ("JR1", 8, "G", "n/a", "R4-V09", "G8"),
    ("JR1", 8, "I", "99", "R4-V12", "I8"),
    ("JR1", 6, "F", "99", "R4-T05", "F6"),
    ("JR1", 7, "D", "9901-0012", "R4-V17", "D7"),
    ("JR1", 7, "A", "", "R4-V01", "A7"),
    ("JR1", 7, "J", "999", "R4-V14", "I7"),
    ("JR1", 1, "B", "Number of Successful Title Requests by Month and Title", "R4-H05", "B1"),
    ("JR1", 2, "A", "", "R4-H06", None),
    ("JR1", 4, "A", "yesterday", "R4-H19", "A4"),
    ("JR1", 4, "A", "2010-02-03", "R4-H20", "A4"),
    ("JR1", 5, "G", "Feb-2011", "R4-M04", "5"),
    ("BR1", 7, "D", "12345", "R4-V20", "D7"),
    ("DB1", 6, "D", "Sessions of guests", "R4-V06", "D6"),
    ("DB1", 6, "D", "TOTAL searches run", "R4-V05", "D6"),
    ("DB1", 6, "D", "", "R4-V04", "D6"),
    ("DB1", 7, "D", "Total searches run", "R4-A01", "7"),
)


@pytest.mark.parametrize(("report_id", "row", "column", "text", "rule", "position"), PLANTED)
def test_that_a_fault_is_found_by_the_rules_of_release_4(
    report_id: str, row: int, column: str, text: str, rule: str, position: str | None
) -> None:
    old = release3(report_id, count=3)
    old.put(row, column, text)
    assert position in told(old).get(rule, [])


def test_that_a_missing_total_row_is_told() -> None:
    old = release3("JR1", count=3)
    del old.rows[5]
    assert "R4-T01" in told(old)


def test_that_the_official_validator_does_not_know_the_release() -> None:
    old = release3("DB1", count=3)
    assert told(old, official=True) == {"R-01": ["A1"]}
    assert verdict(validate(report(csv(old.rows), "x.csv"), official=True)) is Level.FATAL
