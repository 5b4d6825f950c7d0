"""Rules of Release 4's XML form: each fault at its place, and silence over what is sound."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.validation import validate
from tests.builders import ReportedException, a_report, every_report
from tests.builders.sushi import Manner, sushi
from tests.reading.found import report

JR1 = a_report(Release.R4, "JR1")
QUIET = {"R4-X25", "R4-X28", "R4-V02", "R4-V03", "R4-V23", "R4-A06"}
"""Notices that sound reports have: parts by format, kinds of ISBN, blanks."""


def _rules(content: bytes) -> dict[str, tuple[int, str | None]]:
    frame = validate(report(content, "report.xml"))
    return {rule: (level, position) for rule, level, position in frame.select("rule", "level", "position").iter_rows()}


@pytest.mark.parametrize("report_id", [report_id for release, report_id in every_report() if release is Release.R4])
def test_that_a_sound_report_passes(report_id: str) -> None:
    found = _rules(sushi(a_report(Release.R4, report_id, titles=6)))
    assert set(found) <= QUIET
    assert all(level <= Level.WARNING for level, _ in found.values())


@pytest.mark.parametrize(
    ("before", "after", "rule", "level", "position"),
    [
        ("<c:MetricType>ft_total<", "<c:MetricType>ft_sum<", "R4-X12", Level.ERROR, None),
        ("<c:Category>Requests<", "<c:Category>Searches<", "R4-X11", Level.ERROR, None),
        ("<c:ItemDataType>Journal<", "<c:ItemDataType>Book<", "R4-X17", Level.WARNING, None),
        ("<c:Type>Online_ISSN<", "<c:Type>EISSN<", "R4-X18", Level.NOTICE, None),
        ("<s:Begin>2017-01-01<", "<s:Begin>2017-01-15<", "R4-H16", Level.WARNING, ".ReportDefinition"),
        ('Name="JR1" Version', 'Name="JR2" Version', "R4-X06", Level.ERROR, ".Name"),
        (' Created="2017-04-12T08:00:00Z"', "", "R4-X21", Level.WARNING, ".Created"),
        (' Created="2017-04', ' Created="2017-02', "R4-H20", Level.WARNING, ".Created"),
        ("<c:Count>", "<c:Count>-", "R4-V09", Level.CRITICAL, ".Customer[0]"),
        ("<c:ItemName>", "<c:ItemName></c:ItemName><c:Other>", "R4-X08", Level.ERROR, ".Customer[0]"),
    ],
)
def test_that_a_fault_is_told_at_its_place(
    before: str, after: str, rule: str, level: Level, position: str | None
) -> None:
    text = sushi(JR1).decode()
    assert before in text
    spoilt = text.replace(before, after)
    if "<c:Other>" in after:
        spoilt = spoilt.replace("<c:ItemName></c:ItemName>", "").replace("</c:ItemName>", "</c:Other>")
    found = _rules(spoilt.encode())
    assert found[rule][0] == level
    assert position is None or (found[rule][1] or "").startswith(position)


@pytest.mark.parametrize(("code", "level"), [(3040, Level.WARNING), (3031, Level.WARNING), (3050, Level.NOTICE)])
def test_that_an_exception_beside_usage_is_told(code: int, level: Level) -> None:
    found = _rules(sushi(replace(JR1, exceptions=(ReportedException(code, "so", "", "Warning"),))))
    assert found["R4-X03"] == (level, ".Exception[0]")


def test_that_an_empty_report_and_a_missing_release_are_told() -> None:
    content = sushi(replace(JR1, rows=())).replace(b'Version="4" ', b"").replace(b' Release="4"', b"")
    assert {"R4-A10", "R4-F09"} <= set(_rules(content))


def test_that_zeros_and_missing_months_are_sound() -> None:
    assert set(_rules(sushi(JR1, Manner(zeros=True)))) <= QUIET
