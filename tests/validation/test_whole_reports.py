"""Whole files, read and judged; and agreement with COUNTER's own validator, where its verdicts are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import Report
from nolcat_desktop.validation import AGREED, validate, verdict
from tests.builders import a_report, every_report, tsv
from tests.builders import json as as_json


def judged(content: bytes, name: str, *, official: bool = False) -> pl.DataFrame | None:
    """Findings of the reports in a file; None when there is no report in it."""
    found = [validate(one, official=official) for one in read_content(content, name) if isinstance(one, Report)]
    return pl.concat(found) if found else None


def test_that_every_sound_report_has_no_error() -> None:
    for release, report_id in every_report():
        findings = judged(tsv(a_report(release, report_id)), f"{report_id}.tsv")
        assert findings is not None
        serious = findings.filter(pl.col("level") > int(Level.WARNING))
        assert serious.rows() == [], f"{release} {report_id}"


@pytest.mark.parametrize("release", [Release.R5, Release.R51])
def test_that_a_sound_json_report_has_no_error(release: Release) -> None:
    findings = judged(as_json(a_report(release, "TR")), "TR.json")
    assert findings is not None
    assert findings.filter(pl.col("level") > int(Level.WARNING)).rows() == []


@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_that_the_official_judgement_agrees_with_counters_validator(
    conformance: Path, every: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """At most 20 findings of a file count; agreed differences are not taken out of the measure."""
    lines = (conformance / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [json.loads(line) for line in lines[::every]]
    levels = {level.label: int(level) for level in Level}
    verdicts, found, wanted, told, false = 0, 0.0, 0, 0, 0.0
    differing = set()
    for case in expected:
        findings = judged((conformance / "cases" / case["file"]).read_bytes(), case["file"], official=True)
        label = (verdict(findings) if findings is not None else Level.FATAL).label
        said = {(int(Level.FATAL), None)} if findings is None else set(findings.select("level", "position").iter_rows())
        ours = {pair for pair in said if pair[0] >= Level.WARNING}
        theirs = {(levels[one["level"]], one["position"]) for one in case["findings"]}
        theirs = {pair for pair in theirs if pair[0] >= Level.WARNING}
        verdicts += label == case["verdict"]
        wanted += min(20, len(theirs))
        told += min(20, len(ours))
        found += min(20, len(theirs)) * len(ours & theirs) / max(1, len(theirs))
        false += min(20, len(ours)) * len(ours - theirs) / max(1, len(ours))
        if label != case["verdict"] or ours != theirs:
            differing.add(case["file"].partition(".")[0])
    with capsys.disabled():
        agreement = f"verdicts {verdicts / len(expected):.1%}, findings {found / wanted:.1%}"
        print(f"\n{agreement}, false {false / told:.1%}")  # noqa: T201 - the figure that the issue asks for
    assert verdicts / len(expected) >= 0.97
    assert found / wanted >= 0.95
    assert false / told <= 0.03
    agreed = {name for one in AGREED for name in one.cases}
    assert differing == agreed & {case["file"].partition(".")[0] for case in expected}
