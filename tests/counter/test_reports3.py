"""Release 3: which of its reports there are, and what their headings and activities are."""

from __future__ import annotations

import pytest

from nolcat_desktop.counter.elements import Match, blank_elements, canonical_heading, element, infer
from nolcat_desktop.counter.metrics3 import ACTIVITIES
from nolcat_desktop.counter.metrics4 import SEARCHES, canonical
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.reports import definition, named
from nolcat_desktop.counter.reports3 import NOT_STORED, REPORTS3, why_not_stored
from nolcat_desktop.counter.reports4 import REPORTS4

BEHIND = ["YTD Total", "YTD HTML", "YTD PDF"]


def test_that_five_reports_are_stored_as_those_of_release_4_that_count_the_same() -> None:
    assert [one.report_id for one in REPORTS3] == ["JR1", "JR1a", "BR1", "BR2", "DB1"]
    by_id = {one.report_id: one for one in REPORTS4}
    for one in REPORTS3:
        new = by_id[one.report_id]
        assert (one.name, one.family, one.metric, one.data_type) == (new.name, new.family, new.metric, new.data_type)
        assert set(new.columns) - set(one.columns) <= {"DOI", "Proprietary_ID"} >= set(one.columns) - set(new.columns)
        assert one.release is Release.R3


@pytest.mark.parametrize(
    ("name", "report_id"),
    [
        ("Journal Report 1 (R3)", "JR1"),
        ("Journal Report 1a(R3)", "JR1a"),
        ("Database Report 1(R3) ", "DB1"),
        ("Book Report 1 (R1)", "BR1"),
        ("Book Report 2 (R3)", "BR2"),
    ],
)
def test_that_a_report_of_release_3_is_found_by_its_name(name: str, report_id: str) -> None:
    assert named(name) == (definition(Release.R3, report_id),)
    assert named(name, Release.R4) == ()


def test_that_every_other_report_of_release_3_has_its_reason() -> None:
    for name in NOT_STORED:
        assert named(f"{name} (R3)") == ()
        assert (why_not_stored(f"{name} (R3)") or "").startswith("It ")
    assert why_not_stored("Journal Report 10 (R3)") is None


def test_that_names_and_activities_have_no_heading_and_totals_are_called_ytd() -> None:
    db1, br2 = definition(Release.R3, "DB1"), definition(Release.R3, "BR2")
    assert db1 is not None
    assert br2 is not None
    assert blank_elements(db1) == ("Database", "", "", "Metric_Type")
    assert blank_elements(br2) == ("Title",)
    assert [canonical_heading(db1, name) for name in db1.columns] == ["", "Publisher", "Platform", "", "YTD Total"]
    assert element("Database", db1) == ("Database", Match.EXACT)
    assert element("ISSN", br2) == ("Online_ISSN", Match.EXACT)


@pytest.mark.parametrize("text", ACTIVITIES)
def test_that_only_blanks_and_case_of_an_activity_are_mended(text: str) -> None:
    assert canonical(f" {text.upper().replace('-', ' - ').replace(' ', '  ')} ", Release.R3) == text
    assert canonical(f"{text} of all", Release.R3) is None


def test_that_total_searches_are_never_regular_searches() -> None:
    assert canonical("Total searches run") is None
    assert canonical(SEARCHES[0], Release.R3) is None


def test_that_only_the_word_ytd_or_somebody_who_says_so_makes_release_3_possible() -> None:
    headings = ["", "Publisher", "Platform", "Print ISSN", "Online ISSN", "Jan-2010"]
    of3 = {"JR1", "JR1a"}
    assert {(one.release, one.report_id) for one in infer(frozenset(), [*headings, *BEHIND], has_months=True)} == {
        (Release.R3, code) for code in of3
    }
    assert all(one.release is Release.R4 for one in infer(frozenset(), headings, has_months=True))
    assert {one.report_id for one in infer(frozenset(), headings, has_months=True, may_be_3=True)} == of3
    assert all(
        one.release is Release.R4 for one in infer(frozenset(), [*headings, *BEHIND], has_months=True, may_be_3=False)
    )
