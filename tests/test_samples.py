"""The official samples and the files with one fault each, where they are: measured with, no part of the project."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest

from nolcat_desktop.conversion import to_usage
from nolcat_desktop.reading import read_content
from nolcat_desktop.report import Report
from tests.cli.running import answered, is_clean
from tests.workflow.stored import in_order, total, usage_in

pytestmark = pytest.mark.samples

FORMS = (".tsv", ".xlsx", ".json")
LEVELS = ("Passed", "Notice", "Warning", "Error", "Critical error", "Fatal error")
WARNING = LEVELS.index("Warning")
FEW_OR_ALL = [5, pytest.param(1, marks=pytest.mark.exhaustive)]
"""Every fifth report: of both releases, of each family."""


@pytest.fixture(scope="module")
def by_report(samples: Path) -> dict[str, list[Path]]:
    """Release and name → its files."""
    found: dict[str, list[Path]] = defaultdict(list)
    for file in sorted(samples.glob("r5*/*")):
        if file.suffix in FORMS:
            found[f"{file.parent.name}/{file.stem}"].append(file)
    return dict(found)


@pytest.mark.parametrize("every", FEW_OR_ALL)
def test_that_all_official_samples_are_stored_and_their_forms_are_equal(
    by_report: dict[str, list[Path]], tmp_path: Path, every: int
) -> None:
    assert len(by_report) == 32
    assert sum(map(len, by_report.values())) == 96
    for source, (name, files) in list(enumerate(by_report.items(), 1))[::every]:
        ran = answered("convert", *files, "--library", tmp_path / name, "--source", source, "--json")
        assert ran.code == 0, (name, ran.out)
        first, *others = ran.lines
        assert first["action"] == "added", (name, first)
        assert first["usage_total"] == first["file_total"] > 0
        assert [line["action"] for line in others] == ["skipped", "skipped"], (name, ran.out)
        wanted = in_order(usage_in(tmp_path / name))
        for file in files:
            assert same(usages(file, source), wanted), file


def usages(file: Path, source: int) -> pl.DataFrame:
    """Usage of a file without the library: no form leans on another one's being skipped."""
    (report,) = read_content(file.read_bytes(), file.name)
    assert isinstance(report, Report)
    return in_order(to_usage(report, source).collect())


def same(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    return one.drop("report_creation_date").equals(other.drop("report_creation_date"))


@pytest.mark.parametrize("every", FEW_OR_ALL)
def test_that_no_sample_has_a_finding_above_warning(
    by_report: dict[str, list[Path]], every: int, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [file for of in list(by_report.values())[::every] for file in of]
    ran = answered("validate", *files, "--json")
    verdicts = {str(Path(*Path(line["file"]).parts[-2:])): line["verdict"] for line in ran.lines}
    with capsys.disabled():
        print("\n" + ", ".join(f"{list(verdicts.values()).count(level)} × {level}" for level in LEVELS[:3]))  # noqa: T201
    above = {
        line["file"]: [finding for finding in line["findings"] if LEVELS.index(finding["level"]) > WARNING][:3]
        for line in ran.lines
        if LEVELS.index(line["verdict"]) > WARNING
    }
    assert above == {}
    assert ran.code == 0


@pytest.mark.parametrize("every", [40, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_that_no_file_with_a_fault_shows_the_programs_inside(conformance: Path, tmp_path: Path, every: int) -> None:
    cases = sorted((conformance / "cases").iterdir())[::every]
    ran = answered("inspect", *cases, "--json")
    assert is_clean(ran), ran.err
    assert {line["file"] for line in ran.lines} == {str(case) for case in cases}
    for number, case in enumerate(cases):
        library = tmp_path / str(number)
        ran = answered("convert", case, "--library", library, "--json")
        assert is_clean(ran), (case.name, ran.err)
        assert ran.code in (0, 1)
        assert ran.lines, case.name
        for line in ran.lines:
            if line["action"] == "added":
                assert line["usage_total"] == line["file_total"] == total(library), case.name
