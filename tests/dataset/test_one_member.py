"""A library holds one member of a consortium (design 3.1): no way leads to two in one total."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nolcat_desktop.dataset import Alias, Candidate, Library, Named
from nolcat_desktop.dataset.one_member import another_member, members_of, several_members
from nolcat_desktop.dataset.planning import plan
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.answering import name_alias
from nolcat_desktop.workflow.mapping_sources import map_sources
from tests.dataset.builders import candidate, content, library, month_total, months, store, total

A, B = "Hochschule Auenland", "Institut für Nebelkunde"


def of(member: str | None, count: int = 3, **how: Any) -> Candidate:
    name = f"{member} {count} {how}.tsv"
    return candidate({"2024-01": count}, member=member, name=name, **how)


def same(held: Library, name: str = B, stands_for: str = A) -> None:
    name_alias(held, [Alias(Named.MEMBER, name, stands_for)])


@pytest.mark.parametrize(
    "how",
    [{}, {"source": 2}, {"report_type": "PR"}, {"platform": "Beta"}, {"release": "5"}, {"filters": {"YOP": ["2020"]}}],
)
@pytest.mark.parametrize("if_loaded", ["fail", "skip", "replace", "aside"])
def test_that_another_member_is_refused_whatever_is_asked_and_wherever_it_would_go(
    tmp_path: Path, how: dict[str, Any], if_loaded: str
) -> None:
    held = library(tmp_path)
    store(held, of(A))
    other = of(B, **how)
    planned = held.plan(other, if_loaded)
    assert (planned.action.value, planned.store, planned.aside) == ("failed", (), ())
    assert planned.problem is not None
    assert A in planned.problem.title
    assert B in planned.problem.meaning
    ((action, _),) = store(held, other, if_loaded=if_loaded)
    assert action == "failed"
    assert total(held) == month_total(3)
    assert len(held.history()) == 1


def test_that_two_members_in_one_run_are_refused(tmp_path: Path) -> None:
    held = library(tmp_path)
    assert [action for action, _ in store(held, of(A), of(B, source=2))] == ["added", "failed"]
    assert total(held) == month_total(3)


def test_that_a_member_that_is_only_kept_aside_counts_as_held(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, candidate({"2024-01": 5}, name="own.tsv"))
    with held.run("aside") as run:
        run.add(run.plan(of(A), "fail", "aside"), content(of(A).load.original))
        run.commit()
    assert [one.load.scope.member for one in held.asides()] == [A]
    ((action, _),) = store(held, of(B, source=2))
    assert action == "failed"


def test_that_capitals_and_blanks_make_no_other_member_and_a_report_of_one_institution_is_taken(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, of(A))
    assert [action for action, _ in store(held, of("hochschule  AUENLAND", source=2), of(None, source=3))] == [
        "added"
    ] * 2


def test_that_the_user_may_say_that_two_names_mean_one_institution(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, of(A))
    same(held)
    assert [action for action, _ in store(held, of(B, source=2))] == ["added"]
    assert total(held) == 2 * month_total(3)
    assert held.verify() == []
    assert held.plan(of("Third", source=4)).action.value == "failed"


def test_that_two_names_of_one_institution_never_count_a_month_twice(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, of(A))
    same(held)
    assert [action for action, _ in store(held, of(B, 3))] == ["skipped"]
    assert [action for action, _ in store(held, of(B, 9), if_loaded="replace")] == ["replaced"]
    assert months(held) == {"2024-01": month_total(9)}
    store(held, of(A, 9, source=2))
    with held.run("names") as run:
        run.sources = run.sources.with_id(1, "One").with_id(2, "Two")
        run.commit()
    with pytest.raises(NolcatError, match="the same months"):
        map_sources(held, {2: 1}, Progress())


def test_that_a_report_that_carries_a_known_name_teaches_its_other_one(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, of(A))
    by_number = of("M-1", source=2)
    store(held, Candidate(by_number.load, by_number.usage, frozenset({A, "M-1"})))
    assert [(one.name, one.stands_for) for one in held.decisions().aliases] == [("M-1", A)]
    assert [action for action, _ in store(held, of("m-1", source=3))] == ["added"]
    assert held.verify() == []


def test_that_rows_of_one_other_institution_are_refused_though_no_member_was_chosen(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, of(A))
    other = of(None, source=2)
    assert held.plan(Candidate(other.load, other.usage, frozenset({B, "M-2"}))).action.value == "failed"
    assert held.plan(Candidate(other.load, other.usage, frozenset({A, "M-2"}))).action.value == "added"


def test_that_neither_undo_nor_redo_brings_a_second_member_in(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, of(A))
    with held.run("remove") as run:
        run.remove(1, "TR")
        run.commit()
    store(held, of(B, 5, source=2))
    with pytest.raises(NolcatError, match="two members"):
        held.undo(2)
    assert total(held) == month_total(5)
    held.undo(3)
    held.undo(2)
    assert total(held) == month_total(3)
    held.redo()
    assert total(held) == 0


def test_that_the_word_about_two_names_stays_while_usage_of_both_is_there(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, of(A))
    same(held)
    store(held, of(B, source=2))
    with pytest.raises(NolcatError, match="two members"):
        held.undo(2)
    with pytest.raises(NolcatError, match="both names"):
        name_alias(held, [Alias(Named.MEMBER, B, A)], withdraw=True)
    held.undo(3)
    held.undo(2)
    held.redo()
    assert held.decisions().aliases[0].name == B
    held.redo()
    assert total(held) == 2 * month_total(3)
    with pytest.raises(NolcatError, match="everywhere"):
        name_alias(held, [Alias(Named.MEMBER, B, A, source_id=1)])


def test_that_a_library_of_two_members_is_found_out() -> None:
    loads = [of(A).load, of(B).load, of(None).load]
    assert list(members_of(loads, []).values()) == [A, B]
    told = several_members(loads, [])
    assert told is not None
    assert B in told.meaning
    assert several_members(loads, [Alias(Named.MEMBER, A, "X"), Alias(Named.MEMBER, B, "x")]) is None
    assert several_members(loads, [Alias(Named.MEMBER, A, B), Alias(Named.MEMBER, B, A)]) is None
    assert another_member([], loads, []) is None
    assert another_member([B], [of(None).load], []) is None


def test_that_verify_tells_a_library_that_two_members_came_into(tmp_path: Path) -> None:
    held = library(tmp_path)
    store(held, of(A))
    with held.run("before this rule") as run:
        run.add(plan(of(B, source=2), [], "fail"), content(of(B, source=2).load.original))
        run.commit()
    (fault,) = held.verify()
    assert fault.path == "TR/2_TR_NULL.parquet"
    assert A in fault.problem.meaning
    assert B in fault.problem.meaning
