"""Removing, answering, naming, mapping, keeping aside, coverage with its gaps: what the faces call."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nolcat_desktop.analysis.coverage_gaps import gaps
from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Alias, Answer, Library, Named
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import convert
from nolcat_desktop.workflow.answering import answer, declare_numbering, name_alias
from nolcat_desktop.workflow.covering import coverage_of, coverage_rows
from nolcat_desktop.workflow.keeping_aside import kept_aside, make_live, put_aside
from nolcat_desktop.workflow.mapping_sources import map_sources, proposed_mapping, rename_source, take_in
from nolcat_desktop.workflow.months_between import months_between
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.removing import Chosen, removal, remove
from tests.builders import a_report, tsv
from tests.workflow.shelf import changed
from tests.workflow.stored import total, usage_in

NOON = datetime(2024, 7, 30, 12, tzinfo=UTC)
TODAY = date(2024, 7, 30)
REPORT = a_report(Release.R51, "TR")


@pytest.fixture
def made(tmp_path: Path) -> Library:
    """TR of three months, of a source that the program numbered itself."""
    held = Library.open(tmp_path / "library", lambda: NOON, "1.0")
    add(held, tmp_path, tsv(REPORT), "tr.tsv")
    return held


def add(held: Library, folder: Path, content: bytes, name: str, wishes: Wishes | None = None) -> None:
    (folder / name).write_bytes(content)
    done = convert([folder / name], held, wishes or Wishes(), Progress())
    assert done.entry is not None, done.lines


def states(held: Library, today: date | None = TODAY) -> dict[str, str]:
    return dict(coverage_rows(held, today).select("month", "state").iter_rows())


def test_that_a_removal_is_told_before_it_is_done_and_undone_after(made: Library) -> None:
    chosen = Chosen(months=("2024-02",))
    told = removal(made, chosen)
    assert told["months"].unique().to_list() == [1]
    before = total(made.layout.folder)
    entry = remove(made, [chosen], Progress())
    assert before - total(made.layout.folder) == told["uses"].sum()
    assert entry.rows_removed == told["rows"][0]
    assert entry.what == "remove all reports 2024-02"
    assert states(made)["2024-02"] == "never_loaded"
    made.undo()
    assert total(made.layout.folder) == before
    with pytest.raises(NolcatError, match="Nothing of that"):
        remove(made, [Chosen(report_type="IR")], Progress())


def test_that_gaps_are_never_loaded_until_they_are_answered(made: Library) -> None:
    source = made.sources().rows[0].source_id
    expected = {f"2024-0{n}": "usage" for n in (1, 2, 3)} | {f"2024-0{n}": "never_loaded" for n in (4, 5, 6)}
    assert states(made) == expected
    assert states(made, None) == {f"2024-0{n}": "usage" for n in (1, 2, 3)}
    assert [(gap.first, gap.months) for gap in gaps(coverage_of(made, TODAY))] == [(date(2024, 4, 1), 3)]
    answer(made, [Answer(source, "TR", "2024-05", None, "cancelled")], "2024-07-30")
    assert states(made) == expected | {"2024-05": "no_report", "2024-06": "no_report"}
    assert [gap.months for gap in gaps(coverage_of(made, TODAY))] == [1]
    grid = coverage_of(made, TODAY)
    assert grid.sources[0].whole.year(0).expected == 4
    made.undo()
    assert states(made) == expected
    answer(made, [Answer(source, "", "2024-04", "2024-04")], "2024-07-30")
    assert states(made)["2024-04"] == "no_report"
    answer(made, [Answer(source, "", "2024-04", "2024-04")], "2024-07-30", withdraw=True)
    assert states(made) == expected


def test_that_a_report_speaks_louder_than_an_answer(made: Library) -> None:
    source = made.sources().rows[0].source_id
    answer(made, [Answer(source, "TR", None, "2030-12")], "2024-07-30")
    assert {state for month, state in states(made).items() if month < "2024-04"} == {"usage"}


@pytest.mark.parametrize("given", [Answer(1, "TR", "2024-05", "2024-04")])
def test_that_an_answer_that_ends_before_it_begins_is_refused(made: Library, given: Answer) -> None:
    with pytest.raises(NolcatError, match="before the first"):
        answer(made, [given], "2024-07-30")


def test_that_restated_months_are_marked_on_the_grid(made: Library, tmp_path: Path) -> None:
    add(made, tmp_path, tsv(changed(REPORT)), "new.tsv", Wishes(if_loaded="replace"))
    line = coverage_of(made, TODAY).sources[0].lines[0]
    assert line.restated == {0}
    assert states(made)["2024-01"] == "restated"


def test_that_local_sources_are_mapped_by_name_and_everything_follows(made: Library, tmp_path: Path) -> None:
    (local,) = made.sources().rows
    listed = tmp_path / "list.csv"
    listed.write_text(
        f"statistics_source_ID,statistics_source_name\n7,{local.name.upper()}\n8,Another\n", encoding="utf-8"
    )
    assert take_in(made, listed) is not None
    assert take_in(made, listed) is None
    (proposed,) = proposed_mapping(made)
    assert (proposed.local_id, proposed.nolcat_id) == (local.source_id, 7)
    before = total(made.layout.folder)
    entry = map_sources(made, {local.source_id: 7}, Progress())
    assert entry.did == ("map", "sources")
    assert set(usage_in(made.layout.folder)["statistics_source_ID"]) == {7}
    assert [part.path for part in made.parts()] == ["TR/7_TR_NULL.parquet"]
    assert [(row.source_id, row.local) for row in made.sources().rows] == [(7, False), (8, False)]
    assert total(made.layout.folder) == before
    assert made.verify() == []
    made.undo()
    assert set(usage_in(made.layout.folder)["statistics_source_ID"]) == {local.source_id}
    assert local.source_id in made.sources().names()
    assert made.verify() == []
    for wrong in ({local.source_id: 99}, {99: 7}, {7: 7}):
        with pytest.raises(NolcatError, match="cannot become"):
            map_sources(made, wrong, Progress())


def test_that_names_are_changed_beside_the_data_and_undone(made: Library) -> None:
    source, stored = made.sources().rows[0], usage_in(made.layout.folder)
    rename_source(made, source.source_id, "New name")
    name_alias(made, [Alias(Named.PLATFORM, "Rowan Shelf", "Rowan")])
    declare_numbering(made, own=True)
    assert made.sources().names() == {source.source_id: "New name"}
    assert made.decisions().own_numbering
    assert usage_in(made.layout.folder).equals(stored)
    for _ in range(3):
        made.undo()
    assert made.sources().names() == {source.source_id: source.name}
    assert made.decisions().aliases == ()
    with pytest.raises(NolcatError, match="this name"):
        rename_source(made, source.source_id, source.name)
    for wrong in (Alias(Named.PUBLISHER, "", "x"), Alias(Named.PUBLISHER, "x", "x")):
        with pytest.raises(NolcatError, match="nothing to remember"):
            name_alias(made, [wrong])


def test_that_what_is_kept_aside_is_listed_and_made_live(made: Library, tmp_path: Path) -> None:
    add(made, tmp_path, tsv(changed(REPORT, 5)), "new.tsv", Wishes(if_loaded="aside"))
    before = total(made.layout.folder)
    (aside,) = kept_aside(made)
    assert (aside.load.months, aside.against) == (("2024-01",), ("2024-01",))
    make_live(made, aside.path, Progress())
    assert total(made.layout.folder) == before + 5
    assert [one.load.original.endswith("tr.tsv") for one in kept_aside(made)] == [True]
    put_aside(made, Chosen(report_type="TR", months=("2024-03",)), Progress())
    assert states(made)["2024-03"] == "never_loaded"
    assert len(kept_aside(made)) == 2
    made.undo()
    made.undo()
    assert total(made.layout.folder) == before
    assert made.verify() == []
    with pytest.raises(NolcatError, match="Nothing of that"):
        put_aside(made, Chosen(report_type="IR"), Progress())


def test_that_months_are_counted_over_the_turn_of_the_year() -> None:
    assert months_between("2023-11", "2024-02") == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert months_between("2024-02", "2024-01") == []
