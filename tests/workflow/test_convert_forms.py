"""Every report of every release, in every form, through a folder and an archive into one library."""

from __future__ import annotations

import csv as csv_reader
import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from polars.testing import assert_frame_equal

from nolcat_desktop.counter.release import Release
from nolcat_desktop.usage import USAGE
from tests.builders import Abstract, a_report, csv, every_report, json, tsv, xlsx
from tests.cli.running import Line, answered, contents
from tests.workflow.stored import in_order, loads, parts, usage_in, wanted

REPORTS = {(release, name): a_report(release, name) for release, name in every_report()}
OTHER_FORMS: dict[str, Callable[[Abstract], bytes]] = {"csv": csv, "xlsx": xlsx, "json": json}
HARVESTED = "2025-01-31"
FAMILIES = {"BR": "TR", "JR": "TR", "MR": "TR", "TR": "TR", "DB": "DR", "DR": "DR", "PR": "PR", "IR": "IR"}


@dataclass(frozen=True, slots=True)
class All:
    library: Path
    lines: list[Line]
    code: int
    files: dict[str, bytes]
    """Name as told → bytes."""
    stored: pl.DataFrame


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> All:
    at = tmp_path_factory.mktemp("forms")
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(at / "reports.zip", "w") as archive:
        for (release, name), report in REPORTS.items():
            member = f"{release}/{name}.tsv"
            files[f"{at / 'reports.zip'}!/{member}"] = tsv(report)
            archive.writestr(member, tsv(report))
    for (release, name), report in REPORTS.items():
        for ending, form in OTHER_FORMS.items():
            if ending != "json" or release is not Release.R4:
                file = at / "reports" / str(release) / f"{name}.{ending}"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(form(report))
                files[str(file)] = file.read_bytes()
    library = at / "library"
    words = ("--library", library, "--source", 7, "--harvested", HARVESTED)
    ran = answered("convert", at / "reports.zip", at / "reports", *words, "--json")
    return All(library, ran.lines, ran.code, files, usage_in(library))


def test_that_each_file_has_its_line_and_the_first_form_is_added_and_the_others_are_equal(everything: All) -> None:
    assert everything.code == 0
    assert sorted(line["file"] for line in everything.lines) == sorted(everything.files)
    actions = {line["file"]: line["action"] for line in everything.lines}
    assert actions == {name: "added" if ".zip!/" in name else "skipped" for name in everything.files}
    for line in everything.lines:
        if line["action"] == "skipped":
            assert (line["rows"], line["usage_total"], line["part"], line["problem"]) == (0, 0, None, None)


@pytest.mark.parametrize(("release", "name"), REPORTS, ids=lambda value: str(value))
def test_that_what_is_stored_is_what_the_report_says_in_every_column(
    everything: All, release: Release, name: str
) -> None:
    report = REPORTS[release, name]
    expected = wanted(report)
    assert expected.height
    found = everything.stored.filter(report_type=name, release=str(release))
    assert_frame_equal(in_order(found), expected)
    added = (one for one in everything.lines if one["action"] == "added")
    (line,) = (one for one in added if (one["report_id"], one["release"]) == (name, str(release)))
    total = expected["usage_count"].sum()
    assert (line["rows"], line["usage_total"], line["file_total"]) == (expected.height, total, total)
    assert line["months"] == [f"{month:%Y-%m}" for month in report.months]
    assert line["part"] == f"{FAMILIES[name[:2]]}/7_{name}_{HARVESTED}.parquet"
    assert set(found["report_creation_date"]) == {expected["report_creation_date"][0]}


def test_that_nothing_else_is_stored(everything: All) -> None:
    assert_frame_equal(in_order(everything.stored), wanted(*REPORTS.values()))


def test_that_another_program_reads_plain_types(everything: All) -> None:
    kinds = {pl.Int64(): pa.int64(), pl.Int16(): pa.int16(), pl.Date(): pa.date32()}
    for part in parts(everything.library):
        schema = pq.read_schema(part)
        assert schema.names == USAGE.names()
        for name, kind in USAGE.items():
            found = schema.field(name).type
            if kind == pl.String():
                assert pa.types.is_string(found) or pa.types.is_large_string(found), (part.name, name, found)
            else:
                assert found == kinds[kind], (part.name, name, found)


def test_that_footers_tell_where_each_load_comes_from_and_what_it_adds_up_to(everything: All) -> None:
    found = [(part, load) for part in parts(everything.library) for load in loads(part)]
    assert len(found) == len(REPORTS)
    for part, load in found:
        report = REPORTS[Release(load["release"]), load["report_id"]]
        usage = wanted(report)
        content = everything.files[load["original"]]
        assert load["sha256"] == hashlib.sha256(content).hexdigest()
        assert load["months"] == [f"{month:%Y-%m}" for month in report.months]
        assert load["rows"] == usage.height
        sums = usage.group_by("metric_type", pl.col("usage_date").dt.strftime("%Y-%m")).agg(pl.col("usage_count").sum())
        assert {(m, month, n) for m, of in load["sums"].items() for month, n in of.items()} == set(sums.iter_rows())
        assert load["scope"]["platforms"] == sorted({row.elements["Platform"] for row in report.rows} - {""})
        assert load["harvested"] == HARVESTED
        assert part.name.startswith(f"7_{report.report_id}_")
        labels = {row[0]: row[1:] for row in load["header"]}
        if report.release is not Release.R4:
            assert labels["Report_Name"][0] == report.report_name
            assert labels["Institution_Name"][0] == report.institution_name
        assert {"findings", "repairs", "damaged", "program", "sheet", "scope", "entry"} <= set(load)


def test_that_originals_are_kept_byte_for_byte_under_their_hash(everything: All) -> None:
    kept = {file.name: file.read_bytes() for file in (everything.library / "originals").iterdir()}
    stored = [content for name, content in everything.files.items() if ".zip!/" in name]
    assert kept == {hashlib.sha256(content).hexdigest(): content for content in stored}


def test_that_the_source_is_in_the_list(everything: All) -> None:
    with (everything.library / "statistics_sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv_reader.DictReader(file))
    assert [(row["statistics_source_ID"], row["local"]) for row in rows] == [("7", "false")]
    assert rows[0]["statistics_source_name"]


def test_that_the_library_is_sound(everything: All) -> None:
    ran = answered("library", "verify", "--library", everything.library, "--json")
    assert (ran.code, ran.out) == (0, "")
    coverage = answered("library", "coverage", "--library", everything.library, "--json").lines
    assert sum(line["usage_total"] or 0 for line in coverage) == everything.stored["usage_count"].sum()
    assert {line["state"] for line in coverage} <= {"usage", "confirmed_zero", "never_loaded"}


def test_that_a_second_run_changes_nothing(everything: All) -> None:
    before = contents(everything.library)
    file = everything.library.parent / "reports" / "5.1" / "TR.json"
    words = ("--library", everything.library, "--source", 7, "--harvested", HARVESTED, "--json")
    assert answered("convert", file, *words).line["action"] == "skipped"
    assert contents(everything.library) == before
