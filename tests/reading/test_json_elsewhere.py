"""Counts in JSON that stand where nobody looks for them are never taken for no usage, and never left behind."""

from __future__ import annotations

from typing import Any

import pytest

from nolcat_desktop.conversion import stopped_by
from tests.reading.json_reports import header5, header51, item5, item51, of, parent51, part5, read

PART = part5("2022-01", 31, ("No_License", 3))
ITEM = item5(PART)
USE = {"No_License": {"2022-01": 3}}


def renamed(tree: Any, name: str, other: str) -> Any:
    """The tree with a property called otherwise, wherever it stands."""
    if isinstance(tree, dict):
        return {other if key == name else key: renamed(value, name, other) for key, value in tree.items()}
    return [renamed(value, name, other) for value in tree] if isinstance(tree, list) else tree


def place(tree: Any) -> str | None:
    problem = stopped_by(read(tree))
    return problem.position if problem else None


@pytest.mark.parametrize(
    ("name", "other", "position"),
    [
        ("Performance", "Performances", ".Report_Items[0].Performances"),
        ("Instance", "Usage", ".Report_Items[0].Performance[0].Usage"),
        ("Count", "Value", ".Report_Items[0].Performance[0].Instance[0].Value"),
    ],
)
def test_that_counts_under_another_name_stop_the_report(name: str, other: str, position: str) -> None:
    assert place(renamed(of(header5(), ITEM), name, other)) == position


@pytest.mark.parametrize("name", ["Attribute_Performance", "Performance", "Items"])
def test_that_counts_under_another_name_stop_a_report_of_release_51(name: str) -> None:
    tree = of(header51(), parent51(item51(USE)))
    assert place(tree) is None
    assert place(renamed(tree, name, "Usage")) is not None


@pytest.mark.parametrize("performance", ["see below", [["No_License", 3]], 7])
def test_that_performance_of_another_kind_stops_the_report(performance: Any) -> None:
    assert str(place(of(header5(), item5(PART), item5(Performance=performance)))).startswith(".Report_Items[1].Perf")


@pytest.mark.parametrize("counts", [44, [{"2022-01": 3}], "3"])
def test_that_counts_of_release_51_without_months_stop_the_report(counts: Any) -> None:
    item = item51(dict(USE))
    item["Attribute_Performance"][0]["Performance"]["No_License"] = counts
    assert str(place(of(header51(), parent51(item)))).endswith(".Performance.No_License")


@pytest.mark.parametrize("more", [{"Rank": 3}, {"Custom": {"Performance": 3}}, {"Custom": [1, 2]}])
def test_that_properties_of_ones_own_stop_nothing_where_all_counts_are_found(more: dict[str, Any]) -> None:
    assert place(of(header5(), item5(PART, **more))) is None


@pytest.mark.parametrize("performance", [None, []])
def test_that_an_item_without_any_usage_stops_nothing(performance: Any) -> None:
    assert place(of(header5(), ITEM, item5(Performance=performance))) is None
