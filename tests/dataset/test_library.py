"""Storing and reading back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from nolcat_desktop.dataset import Action, Library, Load, State, left_out
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.usage import USAGE
from tests.dataset.builders import NOON, candidate, content, library, month_total, months, sha256, store, total, usage

TWO = {"2024-01": 10, "2024-02": 20}


def test_that_a_report_becomes_a_part_with_the_schema_of_usage(tmp_path: Path) -> None:
    held = library(tmp_path / "new" / "lib[1] *é")
    ((action, stored),) = store(held, candidate(TWO, harvested=date(2025, 3, 1)))
    assert (action, stored.part) == ("added", "TR/1_TR_2025-03-01.parquet")
    assert (stored.rows, stored.usage_total) == (8, month_total(10) + month_total(20))
    file = held.layout.at("TR/1_TR_2025-03-01.parquet")
    assert pl.scan_parquet(file, glob=False).collect_schema() == USAGE
    assert not any("dictionary" in str(kind) for kind in pq.read_schema(file).types)
    assert held.scan().collect().equals(usage(TWO))
    assert held.verify() == []


def test_that_the_footer_tells_where_the_rows_come_from(tmp_path: Path) -> None:
    held = library(tmp_path)
    lost = {"damaged": (("F7", "-3"),), "damaged_months": ("2024-02",)}
    store(held, candidate(TWO, filters={"Data_Type": ["Journal"]}, **lost))  # type: ignore[arg-type]
    metadata = pq.read_metadata(tmp_path / "TR" / "1_TR_NULL.parquet").metadata
    assert metadata[b"nolcat.format"] == b"1"
    (entry,) = json.loads(metadata[b"nolcat.loads"])
    assert entry["original"] == "report.tsv"
    assert entry["sha256"] == sha256("report.tsv")
    assert entry["months"] == ["2024-01", "2024-02"]
    assert entry["rows"] == 8
    assert entry["sums"]["Total_Item_Requests"] == {"2024-01": 21, "2024-02": 41}
    assert entry["header"][1] == ["Release", "5.1", "beyond"]
    assert entry["damaged"] == [{"position": "F7", "value": "-3"}]
    assert entry["damaged_months"] == ["2024-02"]
    assert entry["program"] == "1.0"
    assert Load.from_json(entry) == held.holdings()[0].load


def test_that_the_original_is_kept_byte_for_byte_under_its_hash(tmp_path: Path) -> None:
    store(library(tmp_path), candidate(TWO))
    assert (tmp_path / "originals" / sha256("report.tsv")).read_bytes() == content("report.tsv")


def test_that_a_file_that_changed_since_it_was_read_is_refused(tmp_path: Path) -> None:
    held, file = library(tmp_path / "lib"), tmp_path / "report.tsv"
    file.write_bytes(b"something else")
    with held.run("Added") as run:
        with pytest.raises(NolcatError, match="changed"):
            run.add(run.plan(candidate(TWO)), file)
        assert run.commit() is None
    assert total(held) == 0


def test_that_loads_of_one_harvest_date_share_a_part_and_keep_their_rows_apart(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate({"2024-01": 1}, name="a"), candidate({"2024-02": 2}, name="b"))
    store(held, candidate({"2024-03": 3}, name="c"))
    assert [load.original for load in held.parts()[0].loads] == ["a", "b", "c"]
    assert [one.rows().collect()["usage_date"].dt.month().unique().to_list() for one in held.holdings()] == [
        [1],
        [2],
        [3],
    ]
    assert held.verify() == []


def test_that_only_the_replaced_month_leaves_a_part_of_another_harvest_date(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate({**TWO, "2024-03": 30}, harvested=date(2024, 6, 1)))
    ((action, _),) = store(held, candidate({"2024-02": 25}, harvested=date(2025, 1, 1), name="b"), if_loaded="replace")
    assert action == "replaced"
    assert months(held) == {"2024-01": month_total(10), "2024-02": month_total(25), "2024-03": month_total(30)}
    assert [part.path for part in held.parts()] == ["TR/1_TR_2024-06-01.parquet", "TR/1_TR_2025-01-01.parquet"]
    assert held.verify() == []


def test_that_a_part_that_was_replaced_altogether_goes_unless_it_was_sent(tmp_path: Path) -> None:
    for sent in (False, True):
        held = library(tmp_path / str(sent))
        store(held, candidate(TWO, harvested=date(2024, 6, 1)))
        if sent:
            held.mark_sent({"TR/1_TR_2024-06-01.parquet": "0" * 64})
        store(held, candidate({"2024-01": 1, "2024-02": 2}, name="b"), if_loaded="replace")
        assert [part.superseded for part in held.parts()] == ([True, False] if sent else [False])
        assert total(held) == month_total(1) + month_total(2)
        assert held.verify() == []


def store_and_fail(held: Library) -> None:
    with held.run("Failed") as run:
        run.add(run.plan(candidate(TWO)), content("report.tsv"))
        raise KeyError


def test_that_a_run_that_is_left_without_commit_leaves_nothing(tmp_path: Path) -> None:
    held = library(tmp_path)
    with held.run("Looked") as run:
        run.add(run.plan(candidate(TWO)), content("report.tsv"))
    with pytest.raises(KeyError):
        store_and_fail(held)
    assert not held.parts()
    assert not held.history()
    assert {one.name for one in tmp_path.iterdir()} == {".nolcat"}
    assert not held.layout.unfinished.exists()


def test_that_rows_that_do_not_add_up_to_what_was_announced_are_a_defect(tmp_path: Path) -> None:
    held, good = library(tmp_path), candidate(TWO)
    wrong = type(good)(good.load, good.usage.with_columns(pl.col("usage_count") + 1))
    with held.run("Added") as run, pytest.raises(ValueError, match="add up"):
        run.add(run.plan(wrong), content("report.tsv"))


def test_that_an_empty_report_is_remembered_and_counts_nothing(tmp_path: Path) -> None:
    held = library(tmp_path)
    states = {"2024-01": State.CONFIRMED_ZERO, "2024-02": State.NOT_READY, "2024-03": State.NO_DATA}
    ((action, stored),) = store(held, candidate({}, states=states))
    assert (action, stored.part, stored.rows) == ("empty", None, 0)
    assert held.coverage().select("month", "state", "usage_total").rows() == [
        ("2024-01", "confirmed_zero", 0),
        ("2024-02", "not_ready", None),
        ("2024-03", "no_data", None),
    ]
    assert store(held, candidate({}, states=states))[0][0] == "skipped"
    assert store(held, candidate({"2024-02": 5}, name="b"))[0][0] == "added"
    assert held.coverage()["state"].to_list() == ["confirmed_zero", "usage", "no_data"]
    assert held.verify() == []


def test_that_an_empty_report_never_replaces_usage(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    store(
        held,
        candidate({}, states={"2024-01": State.CONFIRMED_ZERO, "2024-02": State.NOT_READY}, name="b"),
        if_loaded="replace",
    )
    assert months(held) == {"2024-01": month_total(10), "2024-02": month_total(20)}
    assert held.coverage()["state"].to_list() == ["usage", "usage"]


def test_that_scan_answers_by_report_type_source_and_month(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO), candidate({"2024-01": 7}, report_type="TR_J1"), candidate({"2024-01": 9}, source=2))

    def sum_of(rows: pl.LazyFrame) -> int:
        return int(rows.select(pl.col("usage_count").sum()).collect().item())

    assert sum_of(held.scan(["TR_J1"])) == month_total(7)
    assert sum_of(held.scan(["TR"], [1], date(2024, 2, 1))) == month_total(20)
    assert sum_of(held.scan(sources=[2], end=date(2024, 1, 31))) == month_total(9)
    assert held.scan(["PR"]).collect().schema == USAGE


def test_that_months_can_be_removed_and_come_back(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    with held.run("Removed") as run:
        assert run.remove(1, "TR", ["2024-01", "2030-01"]) == ("2024-01",)
        run.commit()
    assert months(held) == {"2024-02": month_total(20)}
    held.undo()
    assert months(held) == {"2024-01": month_total(10), "2024-02": month_total(20)}


def test_that_two_writers_cannot_be_at_work(tmp_path: Path) -> None:
    held = library(tmp_path)
    with held.run("One"), pytest.raises(NolcatError, match="another window"), library(tmp_path).run("Other"):
        pass
    with held.run("Again"):
        pass


def test_that_reading_an_empty_folder_makes_nothing(tmp_path: Path) -> None:
    held = library(tmp_path)
    assert held.scan().collect().schema == USAGE
    assert held.coverage().is_empty()
    assert held.verify() == []
    assert not list(tmp_path.iterdir())


def test_that_a_file_where_the_folder_should_be_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "lib").write_text("")
    with pytest.raises(NolcatError, match="A file stands where a folder should be"):
        Library.open(tmp_path / "lib", lambda: NOON)


def test_that_a_file_where_a_folder_of_the_library_should_be_leaves_it_unchanged(tmp_path: Path) -> None:
    held = library(tmp_path)
    (tmp_path / "TR").write_text("")
    with pytest.raises(NolcatError):
        store(held, candidate(TWO))
    assert not held.history()
    (tmp_path / "TR").unlink()
    assert store(held, candidate(TWO))[0][0] == Action.ADDED
    assert total(held) == month_total(10) + month_total(20)


@pytest.mark.parametrize(
    ("recorded", "partial"),
    [
        (("2024-01",), {"2024-01"}),
        ((None,), {"2024-01", "2024-02"}),
        ((), {"2024-01", "2024-02"}),
        (("2023-12",), set()),
    ],
)
def test_that_a_month_without_a_damaged_cell_is_told_as_partial_but_can_still_replace_and_be_replaced(
    tmp_path: Path, recorded: tuple[str | None, ...], partial: set[str]
) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO, damaged=(("F7", "-3"),), damaged_months=recorded, name="a"))
    found = library(tmp_path).coverage()
    assert set(found.filter(pl.col("state") == "partial")["month"]) == partial
    assert found["usage_total"].to_list() == [42, 82]
    told = left_out(held.holdings())
    assert {month for _, _, month in told} == partial
    assert all(cells == (("a", ("F7",), bool(recorded and recorded[0]), False),) for cells in told.values())
    assert store(held, candidate({"2024-01": 12, "2024-02": 20}, name="b"), if_loaded="replace")[0][0] == "replaced"
    assert held.coverage()["state"].to_list() == ["restated", "usage"]
    assert left_out(held.holdings()) == {}


def test_that_what_was_left_out_explains_no_month_that_counts_nothing_and_no_row_without_use(tmp_path: Path) -> None:
    lost = {"damaged": (("F7", "-3"),)}
    states = {"2024-03": State.NOT_READY, "2024-04": State.CONFIRMED_ZERO}
    held = library(tmp_path)
    store(held, candidate({"2024-01": 1}, states=states, name="a", **lost))  # type: ignore[arg-type]
    harmless = (("row 3", "usage_count is 0: no use is counted"),)
    store(held, candidate({"2024-01": 1}, source=2, name="COUNTERData of nolcat.sql", damaged=harmless))
    store(held, candidate({"2024-01": 1}, source=3, name="COUNTERData of nolcat.sql", **lost))  # type: ignore[arg-type]
    rows = held.coverage().select("statistics_source_ID", "month", "state").rows()
    assert rows == [
        (1, "2024-01", "partial"),
        (1, "2024-03", "not_ready"),
        (1, "2024-04", "partial"),
        (2, "2024-01", "usage"),
        (3, "2024-01", "partial"),
    ]


def test_that_a_damaged_part_is_never_left_out_of_a_sum_without_a_word(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    file = tmp_path / "TR" / "1_TR_NULL.parquet"
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(NolcatError, match="damaged"):
        held.scan()


def test_that_a_part_that_something_else_changed_is_not_built_upon(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    file = tmp_path / "TR" / "1_TR_NULL.parquet"
    other = file.with_suffix(".new")
    pl.read_parquet(file).write_parquet(other, compression="snappy", metadata=pl.read_parquet_metadata(file))
    other.replace(file)
    with pytest.raises(NolcatError, match="not the file that was written here"):
        store(held, candidate({"2024-03": 1}, name="b"))
