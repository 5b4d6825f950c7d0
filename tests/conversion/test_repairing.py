"""Repairs hold for what is stored, and each can be declined."""

from __future__ import annotations

from nolcat_desktop.conversion import all_repairs, damaged_cells, decline, file_total, stopped_by
from tests.conversion.sums import usage_of
from tests.reading.found import report
from tests.reading.quirk_tables import SUM, jr1, text


def spoiled() -> bytes:
    """A heading in another language, an ISSN without its zeros, a count with a separator."""
    rows = jr1(months=["Jan-2017", "févr. 2017", "Mar-2017"])
    rows[9][5], rows[9][10], rows[9][7] = "280836", "1,005", "1008"
    return text(rows)


def test_that_every_repair_is_listed() -> None:
    assert [one.position for one in all_repairs(report(spoiled()))] == ["L8", "F10", "K10"]


def test_that_a_declined_identifier_is_stored_as_delivered() -> None:
    found = decline(report(spoiled()), {"F10"})
    assert set(usage_of(found)["print_ISSN"]) == {"280836", None}
    assert [one.position for one in all_repairs(found)] == ["L8", "K10"]


def test_that_a_declined_count_is_damaged_and_never_stored() -> None:
    found = decline(report(spoiled()), {"K10"})
    assert [one.position for one in damaged_cells(found)] == ["K10"]
    assert file_total(found) == SUM - 5
    assert usage_of(found)["usage_count"].sum() == SUM - 5


def test_that_a_declined_heading_is_no_month() -> None:
    found = decline(report(spoiled()), {"L8"})
    assert found.month_columns == ("2017-01", "2017-03")
    problem = stopped_by(found)
    assert problem is not None
    assert (problem.title, problem.position) == ("A column of numbers belongs to no month", "L8")


def test_that_declining_nothing_and_other_cells_changes_nothing() -> None:
    found = report(spoiled())
    assert decline(found, ()) is found
    assert decline(found, {"A1", "ZZ99"}) is found
