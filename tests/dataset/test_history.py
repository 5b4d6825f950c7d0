"""Taking back and bringing again, the list of sources, the journal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nolcat_desktop.dataset import SourceList, read_sources
from nolcat_desktop.dataset.journal import append, loss, read_journal, repair_journal
from nolcat_desktop.dataset.layout import Layout
from nolcat_desktop.problem import NolcatError
from tests.dataset.builders import NOON, candidate, library, month_total, months, store, total

TWO = {"2024-01": 10, "2024-02": 20}


def test_that_history_tells_each_run(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO), candidate(TWO, source=2, name="b"))
    (entry,) = library(tmp_path).history()
    assert (entry.entry, entry.when, entry.what, entry.undone) == (1, NOON, "Added reports", False)
    assert entry.originals == ("report.tsv", "b")
    assert entry.parts == ("TR/1_TR_NULL.parquet", "TR/2_TR_NULL.parquet")
    assert (entry.rows, entry.usage_total) == (16, total(held))


def test_that_undo_and_redo_walk_through_the_history_after_reopening(tmp_path: Path) -> None:
    seen: list[dict[str, int]] = [{}]
    for step in range(3):
        store(
            library(tmp_path),
            candidate({"2024-01": step + 1, f"2024-0{step + 2}": 5}, name=str(step)),
            if_loaded="replace",
        )
        seen.append(months(library(tmp_path)))
    for expected in reversed(seen[:-1]):
        library(tmp_path).undo()
        assert months(library(tmp_path)) == expected
        assert library(tmp_path).verify() == []
    with pytest.raises(NolcatError, match="nothing to take back"):
        library(tmp_path).undo()
    for expected in seen[1:]:
        library(tmp_path).redo()
        assert months(library(tmp_path)) == expected
        assert library(tmp_path).verify() == []
    with pytest.raises(NolcatError):
        library(tmp_path).redo()


def test_that_an_older_entry_can_be_taken_back_unless_a_later_one_builds_on_it(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    store(held, candidate(TWO, source=2, name="b"))
    store(held, candidate({"2024-03": 30}, name="c"))
    with pytest.raises(NolcatError, match="entry 3") as refused:
        held.undo(1)
    assert "entry 3 first" in refused.value.problem.remedy
    assert held.undo(2).undone
    assert total(held) == sum(map(month_total, (10, 20, 30)))
    with pytest.raises(NolcatError, match="taken back already"):
        held.undo(2)
    with pytest.raises(NolcatError, match="no such entry"):
        held.undo(9)
    store(held, candidate({"2024-04": 40}, name="d"))
    held.undo(4)
    with pytest.raises(NolcatError, match="entry 3") as refused:
        held.undo(1)
    assert "entry 3 first" in refused.value.problem.remedy, "entry 4 is taken back already"


def test_that_nothing_else_is_taken_back_or_brought_again_than_what_was_named(tmp_path: Path) -> None:
    held, other = library(tmp_path), library(tmp_path)
    store(held, candidate(TWO))
    store(other, candidate(TWO, source=2, name="b"))
    with pytest.raises(NolcatError, match="Something else was done"):
        held.undo(1, only_last=True)
    assert held.undo(2, only_last=True).undone
    with pytest.raises(NolcatError, match="added since"):
        held.redo(1)
    assert total(held) == sum(map(month_total, TWO.values()))
    assert not held.redo(2).undone


def test_that_taking_back_never_makes_months_count_twice(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    with held.run("Removed") as run:
        run.remove(1, "TR")
        run.commit()
    store(held, candidate({"2024-01": 11}, harvested=date(2025, 1, 1), name="b"))
    with pytest.raises(NolcatError, match="twice"):
        held.undo(2)
    assert total(held) == month_total(11)


def test_that_nothing_is_brought_again_over_something_newer(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    held.undo()
    store(held, candidate({"2024-01": 1}, name="b"))
    with pytest.raises(NolcatError, match="Something was added since"):
        held.redo()


def test_that_a_part_that_was_sent_stays_when_its_run_is_taken_back(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    held.mark_sent({"TR/1_TR_NULL.parquet": "0" * 64})
    held.undo()
    assert [(part.superseded, len(part.loads)) for part in held.parts()] == [(True, 0)]
    assert held.verify() == []
    held.redo()
    assert total(held) == month_total(10) + month_total(20)
    held.undo()
    assert total(held) == 0


def test_that_local_ids_start_at_1000001_and_are_never_given_out_again(tmp_path: Path) -> None:
    held = library(tmp_path)
    for expected in (1_000_001, 1_000_002):
        with held.run("Source") as run:
            run.sources, given, created = run.sources.ensure("Étude & Co.")
            assert (given, created) == (expected, True)
            run.commit()
        assert held.sources().find("étude  co") == expected
        assert held.sources().rows[0].local
        held.undo()
        assert held.sources().names() == {}


def test_that_a_list_from_nolcat_is_taken_in_with_its_columns(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes('\ufeffstatistics_source_ID,statistics_source_name,vendor_ID\r\n7,"Press, The",3\r\n'.encode())
    ours, number, _ = SourceList().ensure("Mine")
    taken = ours.taken_in(read_sources(file))
    assert taken.names() == {number: "Mine", 7: "Press, The"}
    (tmp_path / "again.csv").write_bytes(taken.as_csv())
    again = read_sources(tmp_path / "again.csv", taken.highest)
    assert again.as_csv() == taken.as_csv()
    assert [row.local for row in again.rows] == [True, False]
    assert again.rows[1].other["vendor_ID"] == "3"
    with pytest.raises(NolcatError, match="two different"):
        taken.renamed(7, "Other").taken_in(read_sources(file))
    with pytest.raises(NolcatError, match="two different"):
        taken.with_id(7, "Other")
    assert taken.with_id(8, "New").find("new") == 8


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "statistics_source_ID,statistics_source_name\nx,y\n",
        "statistics_source_ID,statistics_source_name\n1,a\n1,b\n",
    ],
)
def test_that_what_is_no_list_of_sources_is_a_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / "list.csv").write_text(text)
    with pytest.raises(NolcatError, match="cannot be read"):
        read_sources(tmp_path / "list.csv")


def test_that_a_journal_torn_at_any_byte_is_read_up_to_its_last_whole_record(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    layout.hidden.mkdir()
    journal = read_journal(layout)
    for number in range(3):
        journal = append(layout, journal, {"kind": "note", "text": f"é{number}"})
    whole = layout.journal.read_bytes()
    start = whole[:-1].rindex(b"\n") + 1
    for length in range(start, len(whole) + 1):
        layout.journal.write_bytes(whole[:length])
        layout.journal_copy.write_bytes(whole[:start])
        found = read_journal(layout)
        assert len(found.records) == (3 if length == len(whole) else 2)
        assert not found.damaged
        repair_journal(layout, found)
        assert layout.journal.read_bytes() == layout.journal_copy.read_bytes()
        assert read_journal(layout).in_step


@pytest.mark.parametrize("line", [0, 1, 2])
def test_that_a_record_lost_from_both_copies_is_said_and_never_written_over(tmp_path: Path, line: int) -> None:
    layout = Layout(tmp_path)
    layout.hidden.mkdir()
    journal = read_journal(layout)
    for number in range(3):
        journal = append(layout, journal, {"kind": "note", "text": str(number)})
    lines = layout.journal.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b"note", b"nate")
    for file in (layout.journal, layout.journal_copy):
        file.write_bytes(b"".join(lines))
    problem = loss(read_journal(layout))
    assert problem is not None
    assert "2 of its records can still be read" in problem.meaning
    assert problem.position == "journal.jsonl, journal-copy.jsonl"
    with pytest.raises(NolcatError, match="damaged in both"):
        repair_journal(layout, read_journal(layout))
    assert layout.journal.read_bytes() == layout.journal_copy.read_bytes() == b"".join(lines)


def test_that_either_copy_of_the_journal_repairs_the_other(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    for name in ("journal.jsonl", "journal-copy.jsonl"):
        file = tmp_path / ".nolcat" / name
        good = file.read_bytes()
        for spoiled in (b"", good.replace(b"begun", b"begur", 1)):
            file.write_bytes(spoiled)
            assert len(held.history()) == 1
            assert [fault.path for fault in held.verify()] == [f".nolcat/{name}"]
            with held.run("Nothing"):
                pass
            assert file.read_bytes() == good
            assert held.verify() == []


def test_that_a_history_lost_in_both_copies_stops_writing_but_not_reading(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    for file in (held.layout.journal, held.layout.journal_copy):
        file.write_bytes(file.read_bytes().replace(b"begun", b"begur", 1))
    assert total(library(tmp_path)) == month_total(10) + month_total(20)
    with pytest.raises(NolcatError, match="both"), held.run("Added"):
        pass
