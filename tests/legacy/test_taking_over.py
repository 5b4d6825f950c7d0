"""The relation into the library: whole, proven, once; what cannot be stored is listed, what is unsure is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl
import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Source, SourceList
from nolcat_desktop.dataset.left_out import left_out_of
from nolcat_desktop.legacy import GROUP, RAW, WHERE, SourceRow
from nolcat_desktop.legacy.relation import KEY, RELATION, counted
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress, Step
from nolcat_desktop.workflow.explaining import Asked, explain
from nolcat_desktop.workflow.relation_problems import open_months
from nolcat_desktop.workflow.taking_over import TakenOver, TakingOver, take_over
from tests.legacy.relation_rows import NAMES, ROWS, TOTAL, row
from tests.legacy.stored import library, stored, usage_of

RELEASES = {1: "5", 2: "5", 3: "5", 4: "4", 5: "5.1", 6: "5"}


class Plain:
    """A relation in memory; `lie` is added to the first of its sums."""

    kind, name = "mysql", "nolcat at nowhere:3306"

    def __init__(self, rows: Sequence[Mapping[str, Any]] = ROWS, lie: int = 0, size: int = 2) -> None:
        self._rows, self._lie, self._size = rows, lie, size

    def batches(self, progress: Progress) -> Iterator[pl.DataFrame]:
        for at in range(0, len(self._rows), self._size):
            progress.tell("Reading", at, len(self._rows))
            yield self._frame(self._rows[at : at + self._size])

    def totals(self, progress: Progress) -> pl.DataFrame:
        progress.check()
        found = counted(self._frame(self._rows).lazy()).collect().sort(GROUP)
        wrong = pl.when(pl.int_range(pl.len()) == 0).then(self._lie).otherwise(0)
        return found.with_columns((pl.col("usage_count") + wrong).cast(pl.Int64))

    def sources(self) -> tuple[SourceRow, ...]:
        return tuple(SourceRow(number, name, MappingProxyType({"vendor_ID": "7"})) for number, name in NAMES.items())

    def facts(self) -> Mapping[str, str]:
        return {"server": "in memory"}

    def _frame(self, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
        texts = {name: [None if one[name] is None else str(one[name]) for one in rows] for name in RELATION}
        texts["release"] = [one.get("release") for one in rows]
        texts[WHERE] = [f"{KEY} {one[KEY]}" for one in rows]
        return pl.DataFrame(texts, schema=RAW)


def taken(folder: Path, rows: Sequence[Mapping[str, Any]] = ROWS, **wishes: Any) -> TakenOver:
    return take_over(Plain(rows), library(folder), TakingOver(**wishes), Progress())


def actions(done: TakenOver) -> list[tuple[str | None, str | None, str]]:
    return [(line.report_id, line.release, line.action) for line in done.lines]


def test_that_all_of_it_is_stored_with_types_releases_and_names(tmp_path: Path) -> None:
    done = taken(tmp_path)
    held = library(tmp_path)
    assert stored(held).equals(usage_of(ROWS, RELEASES))
    assert (done.rows, done.usage_total) == (len(ROWS), TOTAL)
    assert sum(line.usage_total for line in done.lines) == TOTAL
    assert held.sources().names() == NAMES
    assert [row.local for row in held.sources().rows] == [False, False]
    assert {part.path for part in held.parts()} == {
        "TR/1_TR_NULL.parquet",
        "TR/2_JR1_NULL.parquet",
        "DR/2_DR_NULL.parquet",
    }
    assert held.verify() == []


def test_that_a_record_stands_among_the_originals_in_place_of_a_report(tmp_path: Path) -> None:
    taken(tmp_path, (*ROWS, row(99, usage_count=0)))
    held = library(tmp_path)
    (name,) = {load.sha256 for part in held.parts() for load in part.loads}
    told = json.loads((held.layout.originals / name).read_bytes())
    assert (told["rows"], told["usage_total"], told["left_out"]) == (len(ROWS) + 1, TOTAL, {"zero": 1})
    assert told["left_out_rows"][0][:2] == [f"{KEY} 99", "zero"]
    assert [2, "JR1", "2014-07", "Successful Full-text Article Requests", 1, 4] in told["totals"]
    found = explain(held, Asked(2, "JR1", "Successful Full-text Article Requests", ("2014-07",)), Progress())
    assert (found.total, found.cells["usage_count"].sum()) == (4, 4)
    (problem,) = found.problems
    when = held.history()[0].when
    assert problem.title == f"Taken over from NoLCAT's database on {when.day} {when:%b %Y}"


def test_that_a_second_time_changes_nothing_and_undo_takes_all_of_it_back(tmp_path: Path) -> None:
    taken(tmp_path)
    again = taken(tmp_path)
    assert {line.action for line in again.lines} == {"skipped"}
    assert again.entry is None
    held = library(tmp_path)
    held.undo()
    assert held.parts() == ()
    assert held.sources().names() == {}


@pytest.mark.parametrize(("how", "total"), [("fail", TOTAL), ("skip", TOTAL), ("replace", TOTAL + 100)])
def test_that_other_numbers_are_treated_as_asked(tmp_path: Path, how: str, total: int) -> None:
    taken(tmp_path)
    corrected = ({**ROWS[0], "usage_count": ROWS[0]["usage_count"] + 100}, *ROWS[1:])
    done = taken(tmp_path, corrected, if_loaded=how)
    tr = next(line for line in done.lines if line.report_id == "TR")
    assert tr.action == {"fail": "failed", "skip": "skipped", "replace": "replaced"}[how]
    assert library(tmp_path).scan().select(pl.col("usage_count").sum()).collect().item() == total


def test_that_nothing_is_stored_when_the_sums_differ(tmp_path: Path) -> None:
    with pytest.raises(NolcatError, match="not what the relation adds up to") as caught:
        take_over(Plain(lie=1), library(tmp_path), TakingOver(), Progress())
    assert "there, " in caught.value.problem.meaning
    held = library(tmp_path)
    assert (held.parts(), held.history(), held.sources().rows) == ((), (), ())
    assert not held.layout.unfinished.exists() or not any(held.layout.unfinished.iterdir())


def test_that_stopping_at_any_step_leaves_nothing(tmp_path: Path) -> None:
    steps: list[Step] = []
    take_over(Plain(), library(tmp_path / "whole"), TakingOver(), Progress(steps.append))
    for number in range(len(steps)):
        folder = tmp_path / str(number)
        try:
            take_over(Plain(), library(folder), TakingOver(), stopping_after(number))
        except Cancelled:
            assert library(folder).history() == ()
            assert not list(folder.rglob("*.parquet"))
        else:
            assert number >= len(steps) - 1


def stopping_after(number: int) -> Progress:
    seen: list[Step] = []

    def told(step: Step) -> None:
        seen.append(step)
        if len(seen) > number:
            progress.cancel()

    progress = Progress(told)
    return progress


FAULTY = (
    (row(91, usage_count=-4), "usage_count is below 0", "failed"),
    (row(92, usage_count=None), "usage_count is empty", "added"),
    (row(93, usage_count=0), "usage_count is 0", "added"),
    (row(94, metric_type="  "), "metric_type is empty", "failed"),
    (row(95, usage_date="2022-01-15"), "usage_date is not the first day of a month", "failed"),
    (row(96, usage_date=None), "usage_date is no date", "failed"),
    (row(97, usage_count="1.5"), "usage_count is no whole number", "failed"),
)


@pytest.mark.parametrize(("bad", "reason", "action"), FAULTY, ids=[reason for _, reason, _ in FAULTY])
def test_that_a_row_that_cannot_be_stored_is_listed_by_its_key(
    tmp_path: Path, bad: dict[str, Any], reason: str, action: str
) -> None:
    done = taken(tmp_path, (*ROWS, bad), left_out=tmp_path / "left.csv")
    tr = next(line for line in done.lines if line.report_id == "TR")
    assert tr.action == action
    assert [one.position for one in tr.damaged] == [f"{KEY} {bad[KEY]}"]
    assert reason in tr.damaged[0].value
    listed = (tmp_path / "left.csv").read_text(encoding="utf-8-sig")
    assert f"{KEY} {bad[KEY]}" in listed
    assert reason in listed
    without = taken(tmp_path / "without", (*ROWS, bad), without_damaged=True)
    assert sum(line.usage_total for line in without.lines) == TOTAL
    too_low = [held.load.report_type for held in library(tmp_path / "without").holdings() if left_out_of(held.load)]
    assert too_low == (["TR"] if action == "failed" else [])


@pytest.mark.parametrize("cell", [{"report_type": "XX9"}, {"report_type": None}, {"report_type": "JR5"}])
def test_that_a_row_of_no_report_is_listed_and_stops_no_other(tmp_path: Path, cell: dict[str, Any]) -> None:
    done = taken(tmp_path, (*ROWS, row(98, **cell)))
    assert actions(done)[-1] == (None, None, "failed")
    assert f"{KEY} 98" in str(done.lines[-1].problem)
    assert sum(line.usage_total for line in done.lines) == TOTAL


def test_that_an_unreadable_year_or_date_is_left_empty_and_counted(tmp_path: Path) -> None:
    rows = (row(1, YOP=99999), row(2, publication_date="1900-01-01"), row(3, YOP="2019.0"))
    done = taken(tmp_path, rows)
    assert done.notices == 2
    assert stored(library(tmp_path))["YOP"].to_list() == [None, None, 2019]
    assert [load.findings for part in library(tmp_path).parts() for load in part.loads] == [{"Notice": 2}]


PLAIN = {"section_type": None, "access_type": "Controlled"}


def test_that_a_month_of_which_nothing_tells_the_release_is_asked_not_guessed(tmp_path: Path) -> None:
    rows = (row(1, usage_date="2023-01-01", **PLAIN), row(2, usage_date="2020-01-01", **PLAIN))
    done = taken(tmp_path, rows)
    assert actions(done) == [("TR", "5", "added"), ("TR", None, "failed")]
    assert done.lines[1].months == ("2023-01",)
    problem = open_months("TR", "Alpha (1)", [f"2023-{month:02}" for month in (1, 2, 3, 12)])
    assert "TR of Alpha (1), 2023-01 to 2023-03, 2023-12, is of" in problem.meaning
    told = taken(tmp_path, rows, release=Release.R51)
    assert actions(told) == [("TR", "5", "skipped"), ("TR", "5.1", "added")]


def test_that_a_month_with_words_of_both_releases_is_refused_even_when_told(tmp_path: Path) -> None:
    rows = (row(1, access_type="OA_Gold"), row(2, section_type=None, access_type="Open"))
    (line,) = taken(tmp_path, rows, release=Release.R5).lines
    assert line.problem is not None
    assert line.problem.title == "Two releases in one month"
    assert line.problem.meaning.startswith(f"TR of {NAMES[1]} (1), ")


def test_that_an_id_that_means_another_source_here_stops_everything(tmp_path: Path) -> None:
    held = library(tmp_path)
    with held.run("sources") as run:
        run.sources = SourceList((Source(1, "Quite another", local=False, other=MappingProxyType({})),))
        run.commit()
    with pytest.raises(NolcatError, match="Quite another"):
        taken(tmp_path)
    assert held.parts() == ()


def test_that_more_rows_than_wait_in_memory_come_out_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nolcat_desktop.workflow.relation_spool._WAITING", 20)
    monkeypatch.setattr("nolcat_desktop.workflow.relation_spool._LARGE", 5)
    monkeypatch.setattr("nolcat_desktop.workflow.relation_spool._MERGED", 2)
    rows = [row(n, statistics_source_ID=n * n % 7 + 1, usage_count=n) for n in range(1, 300)]
    done = take_over(Plain(rows, size=7), library(tmp_path), TakingOver(), Progress())
    assert sum(line.usage_total for line in done.lines) == sum(range(1, 300))
    assert stored(library(tmp_path)).equals(usage_of(rows, dict.fromkeys(range(1, 300), "5")))


def test_that_a_named_release_must_have_such_a_report(tmp_path: Path) -> None:
    rows = [replace_release(row(1), "4"), replace_release(row(2, **PLAIN, usage_date="2024-01-01"), "5.1")]
    done = taken(tmp_path, rows, without_damaged=True)
    assert done.left_out == {"wrong-release": 1}
    assert stored(library(tmp_path))["release"].to_list() == ["5.1"]


def replace_release(cells: dict[str, Any], release: str) -> dict[str, Any]:
    return {**cells, "release": release}
