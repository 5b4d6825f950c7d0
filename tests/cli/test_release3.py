"""Release 3 in a library: beside Release 4 of other years, in the place of it never by itself, and told everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from nolcat_desktop.counter.release import Release
from tests.builders import Grid, a_report, grid
from tests.builders.files import csv
from tests.builders.layouts3 import release3
from tests.cli.running import Line, Ran, answered, is_clean
from tests.workflow.stored import usage_in

JANUARY = date(2014, 1, 1)


def load(folder: Path, library: Path, rows: Grid, name: str, *more: object) -> Ran:
    """Convert one file of source 7."""
    path = folder / name
    path.write_bytes(csv(rows))
    ran = answered("convert", path, "--library", library, "--source", 7, "--json", *more)
    assert is_clean(ran)
    return ran


def both(folder: Path) -> Path:
    """A library with JR1 of 2013 in Release 3 and of January 2014 and after in Release 4."""
    library = folder / "library"
    assert load(folder, library, release3("JR1", 2013).rows, "old.csv").code == 0
    assert load(folder, library, grid(a_report(Release.R4, "JR1", begin=JANUARY)), "new.csv").code == 0
    return library


def months_by_release(lines: Sequence[Line]) -> dict[str, list[str]]:
    """Release → months, of the lines of `coverage`."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line["release"], []).append(line["month"])
    return found


def test_that_releases_3_and_4_of_neighbouring_years_stand_side_by_side(tmp_path: Path) -> None:
    library = both(tmp_path)
    covered = months_by_release(answered("library", "coverage", "--library", library, "--json").lines)
    assert covered["3"] == [f"2013-{number:02}" for number in range(1, 13)]
    assert covered["4"][0] == "2014-01"
    usage = usage_in(library)
    old = usage.filter(pl.col("release") == "3")
    assert old["usage_count"].sum() == sum(release3("JR1", 2013).counts.values())
    assert usage["metric_type"].n_unique() == 1
    assert answered("library", "verify", "--library", library).code == 0
    out = tmp_path / "shown.csv"
    assert answered("show", "JR1", "--library", library, "-o", out).code == 0
    shown = pl.read_csv(out, infer_schema=False)
    assert shown.filter(release="3")["reporting_period_total"].cast(int).sum() == old["usage_count"].sum()
    asked = ("--report", "JR1", "--metric", usage["metric_type"][0], "--from", "2013-01", "--to", "2013-12")
    told = answered("library", "explain", "--library", library, "--source", 7, *asked, "--release", "3")
    assert (told.code, f"{old['usage_count'].sum():,}" in told.err) == (0, True)
    annual = answered("annual", "--library", library, "--from", "2013-01", "--to", "2013-12")
    assert "Release 3 counts otherwise" in annual.err


def test_that_release_4_of_the_same_months_is_a_change_of_release(tmp_path: Path) -> None:
    library = tmp_path / "library"
    begin = date(2013, 1, 1)
    new = a_report(Release.R4, "JR1", begin=begin)
    assert load(tmp_path, library, release3("JR1", 2013).rows, "old.csv").code == 0
    before = usage_in(library)
    refused = load(tmp_path, library, grid(new), "new.csv")
    assert (refused.code, refused.line["problem"]["title"]) == (1, "The library holds these months in Release 3")
    assert usage_in(library).equals(before)
    assert load(tmp_path, library, grid(new), "new.csv", "--if-loaded", "replace").line["action"] == "replaced"
    usage = usage_in(library)
    assert usage.group_by("usage_date").agg(pl.col("release").n_unique())["release"].max() == 1
    assert sorted(set(usage["release"])) == ["3", "4"]
    assert usage.filter(pl.col("usage_date") == begin)["release"].unique().to_list() == ["4"]
    assert answered("library", "verify", "--library", library).code == 0


def test_that_what_was_exported_comes_back_as_release_3(tmp_path: Path) -> None:
    library, again, out = both(tmp_path), tmp_path / "again", tmp_path / "out.parquet"
    usage_in(library).write_parquet(out)
    ran = answered("take-over", "--parquet", out, "--library", again, "--json")
    assert ran.code == 0
    assert [(line["report_id"], line["release"]) for line in ran.lines[:-1]] == [("JR1", "3"), ("JR1", "4")]
    sums = [usage_in(place).group_by("release").agg(pl.col("usage_count").sum()) for place in (library, again)]
    assert sums[0].sort("release").equals(sums[1].sort("release"))


def test_that_a_refused_report_is_named_and_does_not_stop_the_others(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for name, of in (("a.csv", "Database Report 3 (R3)"), ("b.csv", "Journal Report 1 (R3)")):
        (files / name).write_bytes(csv(release3("JR1", count=3, name=of).rows))
    listed = answered("inspect", files, "--inventory", tmp_path / "index", "--json")
    states = [(line["release"], line["state"]) for line in listed.lines if "file" in line]
    assert states == [(None, "stopped"), ("3", "new")]
    ran = answered("convert", files, "--library", tmp_path / "library", "--json")
    assert [line["action"] for line in ran.lines] == ["failed", "added"]
