"""Months that are kept but not live, restatements, removals, tidying up, mapping: each undone and done again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nolcat_desktop.dataset import Alias, Answer, Library, Named, Scope, difference_of_plan
from nolcat_desktop.dataset.decisions import told, told_alias
from nolcat_desktop.problem import NolcatError
from tests.dataset.builders import candidate, content, library, month_total, months, sha256, store, total

TWO = {"2024-01": 10, "2024-02": 20}


def test_that_months_kept_aside_are_stored_but_counted_in_nothing(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    offered = candidate({"2024-01": 11, "2024-03": 30}, name="b")
    ((action, stored),) = store(held, offered, if_loaded="aside")
    assert (action, stored.months, stored.aside) == ("added", ("2024-03",), ("2024-01",))
    assert months(held) == {"2024-01": month_total(10), "2024-02": month_total(20), "2024-03": month_total(30)}
    (aside,) = held.asides()
    assert (aside.load.original, aside.load.months, aside.load.tally.total) == ("b", ("2024-01",), month_total(11))
    assert held.verify() == []
    assert "restated" not in held.coverage()["state"].to_list()
    held.undo()
    assert held.asides() == ()
    held.redo()
    assert len(library(tmp_path).asides()) == 1


def test_that_a_report_with_nothing_but_clashing_months_is_kept_aside_whole(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    ((action, stored),) = store(held, candidate({"2024-01": 11}, name="b"), if_loaded="aside")
    assert (action, stored.part, stored.rows, stored.aside) == ("aside", None, 0, ("2024-01",))
    assert (tmp_path / "originals" / sha256("b")).is_file()


def test_that_another_release_can_be_kept_aside_and_made_live_and_swapped_back(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO, release="5"))
    store(held, candidate({"2024-01": 7, "2024-02": 8}, release="5.1", name="b"), if_loaded="aside")
    with held.run("make live") as run:
        run.bring_in(held.asides()[0].path, ["2024-02"])
        run.commit()
    assert months(held) == {"2024-01": month_total(10), "2024-02": month_total(8)}
    rows = held.coverage().select("release", "month", "state").rows()
    assert rows == [("5", "2024-01", "usage"), ("5.1", "2024-02", "usage")]
    assert sorted((one.load.release, one.load.months) for one in held.asides()) == [
        ("5", ("2024-02",)),
        ("5.1", ("2024-01",)),
    ]
    assert held.verify() == []
    held.undo()
    assert months(held) == {"2024-01": month_total(10), "2024-02": month_total(20)}
    assert held.verify() == []


def test_that_nothing_can_be_made_live_that_is_not_aside(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    with held.run("make live") as run, pytest.raises(NolcatError, match="kept aside"):
        run.bring_in(".nolcat/aside/none.parquet")


@pytest.mark.parametrize(("wish", "expected"), [("fail", 10), ("skip", 10), ("aside", 10), ("replace", 3)])
def test_that_the_user_decides_about_months_that_overlap_partly(tmp_path: Path, wish: str, expected: int) -> None:
    held = library(tmp_path)
    store(held, candidate({"2024-01": 10}))
    offered = candidate({"2024-01": 3}, filters={"Data_Type": ["Book"]}, name="b")
    with held.run("add") as run:
        planned = run.plan(offered, "fail", wish)
        run.add(planned, content("b"))
        run.commit()
    actions = {"fail": "failed", "skip": "skipped", "aside": "aside", "replace": "replaced"}
    assert (planned.action.value, months(held)) == (actions[wish], {"2024-01": month_total(expected)})
    assert [one.load.original for one in held.asides()] == (["b"] if wish == "aside" else [])
    assert held.coverage()["state"].to_list() == ["usage"]
    assert held.verify() == []


def test_that_a_restatement_stays_visible_in_coverage_history_and_footer(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    store(held, candidate({"2024-01": 9, "2024-02": 20}, name="b"), if_loaded="replace")
    assert held.coverage()["state"].to_list() == ["restated", "usage"]
    found = [one.restatement for one in held.history()[-1].restated]
    assert [(one.month, one.metric, one.before, one.after, one.original) for one in found] == [
        ("2024-01", "Total_Item_Requests", 21, 19, "report.tsv"),
        ("2024-01", "Unique_Item_Requests", 21, 19, "report.tsv"),
    ]
    assert {one.on for one in found} == {"2025-03-01"}
    store(held, candidate({"2024-01": 8}, name="c"), if_loaded="replace")
    chain = [(one.before, one.after) for one in held.holdings()[-1].load.restated if one.metric[0] == "T"]
    assert chain == [(21, 19), (19, 17)]
    held.tidy()
    assert library(tmp_path).coverage()["state"].to_list() == ["restated", "usage"]


def test_that_what_was_partial_and_is_whole_now_is_no_restatement(tmp_path: Path) -> None:
    from nolcat_desktop.dataset import State

    held = library(tmp_path)
    store(held, candidate({"2024-01": 5}, states={"2024-01": State.PARTIAL}))
    store(held, candidate({"2024-01": 9}, name="b"), if_loaded="replace")
    assert held.coverage()["state"].to_list() == ["usage"]


def test_that_a_change_of_release_is_no_restatement(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate({"2024-01": 5}, release="5"))
    store(held, candidate({"2024-01": 9}, name="b"), if_loaded="replace")
    assert held.coverage().select("release", "state").rows() == [("5.1", "usage")]
    assert held.history()[-1].restated == ()


def test_that_months_reports_and_sources_are_removed_and_brought_back(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO), candidate(TWO, report_type="PR", name="p"), candidate(TWO, source=2, name="s"))
    with held.run("remove") as run:
        assert run.remove(1, "TR", ["2024-02", "2030-01"]) == ("2024-02",)
        assert run.remove(1, "PR", release="4") == ()
        assert run.remove(2, "TR", sha256=sha256("s")) == ("2024-01", "2024-02")
        run.commit()
    entry = held.history()[-1]
    assert (entry.did, entry.rows_removed) == (("remove",), 12)
    assert entry.removed["TR"]["Total_Item_Requests"] == 41 + 21 + 41
    assert total(held) == 2 * month_total(10) + month_total(20)
    assert held.verify() == []
    held.undo()
    assert total(held) == 3 * (month_total(10) + month_total(20))
    held.redo()
    assert total(held) == 2 * month_total(10) + month_total(20)


def test_that_tidying_says_what_it_frees_and_ends_undo(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    store(held, candidate({"2024-01": 11, "2024-02": 22}, name="b"), if_loaded="replace")
    before = held.tidying()
    assert (len(before.versions), before.entries) == (1, (1, 2))
    assert before.originals == (sha256("report.tsv"),)
    assert before.bytes_of_versions > 0
    freed = held.tidy()
    assert (freed.versions, freed.originals) == (before.versions, ())
    assert list((tmp_path / ".nolcat" / "versions").iterdir()) == []
    for number in (None, 1, 2):
        with pytest.raises(NolcatError, match="tidied up"):
            library(tmp_path).undo(number)
    assert [one.reachable for one in held.history()] == [False, False]
    assert held.verify() == []
    assert (tmp_path / "originals" / sha256("report.tsv")).is_file()
    held.tidy(originals=True)
    assert not (tmp_path / "originals" / sha256("report.tsv")).exists()
    store(held, candidate({"2024-01": 1}, name="c"), if_loaded="replace")
    held.undo()
    assert months(held) == {"2024-01": month_total(11), "2024-02": month_total(22)}
    assert held.verify() == []


def test_that_what_was_undone_before_tidying_cannot_be_redone(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    held.undo()
    held.tidy()
    with pytest.raises(NolcatError, match="tidied up"):
        held.redo()


def test_that_mapping_renames_every_file_and_undo_renames_them_back(tmp_path: Path) -> None:
    held = library(tmp_path)
    with held.run("add") as run:
        run.sources, number, _ = run.sources.ensure("Ours")
        run.sources = run.sources.with_id(7, "Theirs")
        for kind, name in (("TR", "a"), ("PR", "b")):
            run.add(run.plan(candidate(TWO, source=number, report_type=kind, name=name)), content(name))
        run.commit()
    store(held, candidate({"2024-01": 11}, source=number, name="c"), if_loaded="aside")
    with held.run("map") as run:
        moved = run.map_source(number, 7)
        run.sources = run.sources.without(number)
        run.commit()
    assert len(moved) == 2
    assert [part.path for part in held.parts()] == ["PR/7_PR_NULL.parquet", "TR/7_TR_NULL.parquet"]
    assert held.scan().collect()["statistics_source_ID"].unique().to_list() == [7]
    assert [one.load.source_id for one in held.asides()] == [7]
    assert held.sources().names() == {7: "Theirs"}
    assert held.verify() == []
    with held.run("later") as run:
        run.sources = run.sources.with_id(8, "Later")
        run.commit()
    held.undo(3)
    assert held.sources().names() == {7: "Theirs", 8: "Later", number: "Ours"}
    assert [part.path for part in held.parts()] == [f"PR/{number}_PR_NULL.parquet", f"TR/{number}_TR_NULL.parquet"]
    assert held.verify() == []


def test_that_two_sources_with_the_same_months_do_not_become_one(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO, source=1_000_001), candidate({"2024-02": 5}, source=7, name="b"))
    with held.run("map") as run, pytest.raises(NolcatError, match="same months"):
        run.map_source(1_000_001, 7)
    assert total(held) == month_total(10) + month_total(20) + month_total(5)


def test_that_a_part_that_was_sent_stays_empty_when_its_source_is_mapped(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO, source=1_000_001))
    held.mark_sent({"TR/1000001_TR_NULL.parquet": "0" * 64})
    with held.run("map") as run:
        run.map_source(1_000_001, 7)
        run.commit()
    assert [(part.path, part.superseded) for part in held.parts()] == [
        ("TR/1000001_TR_NULL.parquet", True),
        ("TR/7_TR_NULL.parquet", False),
    ]
    assert total(held) == month_total(10) + month_total(20)


def decide(held: Library, *decisions: dict[str, object]) -> None:
    with held.run("decide") as run:
        for one in decisions:
            run.decide(one)
        run.commit()


def test_that_answers_names_and_numbering_are_remembered_and_undone(tmp_path: Path) -> None:
    held = library(tmp_path)
    answer = Answer(7, "TR", None, "2023-12", "not subscribed", "2025-03-01")
    alias = Alias(Named.PLATFORM, "Alpha", "Beta", 7, "2020-01", "2021-12")
    decide(held, told(answer), told_alias(alias), {"kind": "numbering", "own": True})
    (kept,) = library(tmp_path).decisions().answers
    assert kept.covers(7, "TR", "1999-01")
    assert not kept.covers(7, "TR", "2024-01")
    assert not kept.covers(7, "PR", "1999-01")
    (named,) = held.decisions().aliases
    assert (named.name, named.stands_for, named.first, named.last) == ("Alpha", "Beta", "2020-01", "2021-12")
    assert held.decisions().own_numbering
    decide(held, told(answer, withdrawn=True))
    assert held.decisions().answers == ()
    held.undo()
    assert len(held.decisions().answers) == 1
    held.undo()
    assert (held.decisions().answers, held.decisions().own_numbering) == ((), False)
    held.redo()
    assert len(held.decisions().aliases) == 1
    assert held.verify() == []


def test_that_an_answer_follows_its_source_to_another_id(tmp_path: Path) -> None:
    held = library(tmp_path)
    decide(held, told(Answer(1_000_001, "", "2020-01", "2020-12")))
    with held.run("map") as run:
        run.map_source(1_000_001, 7)
        run.commit()
    assert held.decisions().answers[0].source_id == 7
    held.undo()
    assert held.decisions().answers[0].source_id == 1_000_001


def test_that_the_difference_is_told_before_and_after_writing(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate(TWO))
    offered = candidate({"2024-01": 12, "2024-02": 20, "2024-03": 1}, name="b", harvested=date(2025, 1, 1))
    found = difference_of_plan(held.plan(offered))
    kinds = found.metrics.select("month", "kind", "loaded", "offered", "change").rows()
    assert kinds == [("2024-01", "changed", 21, 25, 4)] * 2 + [("2024-02", "equal", 41, 41, 0)] * 2
    assert found.metrics["percent"][0] == pytest.approx(4 * 100 / 21)
    assert found.titles.select("month", "resource_name", "change").unique().height == 2
    store(held, offered, if_loaded="replace")
    after = held.difference(2)
    assert after.metrics.rows() == [row for row in found.metrics.rows() if "changed" in row]
    assert after.titles.rows() == found.titles.rows()
    held.tidy()
    known = held.difference(2)
    assert not known.titles_known
    assert known.metrics.select("loaded", "offered", "change").rows() == [(21, 25, 4)] * 2
    with pytest.raises(NolcatError, match="no such entry"):
        held.difference(9)


def test_that_a_title_that_comes_and_one_that_goes_are_told(tmp_path: Path) -> None:
    held = library(tmp_path)
    first = candidate({"2024-01": 10})
    store(held, first)
    renamed = first.usage.collect().with_columns(
        resource_name=first.usage.collect()["resource_name"].str.replace("Journal of Nothing", "Journal of All")
    )
    offered = candidate({"2024-01": 10}, name="b", frame=renamed)
    found = difference_of_plan(held.plan(offered))
    assert set(found.metrics["kind"]) == {"changed"}
    assert found.metrics.select("titles_new", "titles_gone", "titles_changed").unique().rows() == [(1, 1, 0)]
    assert set(found.titles.select("resource_name", "kind").rows()) == {
        ("Journal of All", "new"),
        ("Journal of Nothing", "gone"),
    }
    store(held, offered, if_loaded="replace")
    assert held.coverage()["state"].to_list() == ["restated"]
    assert {(one.restatement.before, one.restatement.after) for one in held.history()[-1].restated} == {(21, 21)}


def test_that_scopes_are_told_in_the_footer_of_what_is_aside(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate({"2024-01": 10}))
    store(held, candidate({"2024-01": 4}, member="East", name="b", platform="Beta"))
    assert [one.load.scope for one in held.holdings()][1] == Scope(member="East", platforms=frozenset({"Beta"}))
    assert months(held) == {"2024-01": month_total(10) + month_total(4)}
