"""The table of standard exceptions is whole and agrees with itself."""

from __future__ import annotations

from nolcat_desktop.counter.exceptions import (
    EMPTY_REPORT,
    EXCEPTIONS,
    NEVER_REPLACES,
    NO_LONGER,
    NO_USAGE,
    NOT_READY,
    PARTIAL,
)
from nolcat_desktop.counter.release import Release


def test_that_every_code_of_both_releases_is_there() -> None:
    assert len(EXCEPTIONS) == 23
    assert all(code == exception.code for code, exception in EXCEPTIONS.items())


def test_that_release_5_1_dropped_two_codes_and_brought_two() -> None:
    only_5 = {code for code, row in EXCEPTIONS.items() if row.releases == (Release.R5,)}
    only_51 = {code for code, row in EXCEPTIONS.items() if row.releases == (Release.R51,)}
    assert only_5 == {3000, 3010}
    assert only_51 == {2011, 3063}


def test_that_only_codes_of_release_5_have_a_severity() -> None:
    assert all(bool(row.severities) == (Release.R5 in row.releases) for row in EXCEPTIONS.values())


def test_that_codes_which_may_stand_in_a_report_have_status_200() -> None:
    assert {code for code, row in EXCEPTIONS.items() if row.http_status == 200} == {
        3030, 3031, 3032, 3040, 3050, 3060, 3061, 3062, 3063, 3070,
    }  # fmt: skip


def test_that_only_known_absence_of_usage_may_replace_stored_usage() -> None:
    assert NEVER_REPLACES == NOT_READY | NO_LONGER | PARTIAL == {3031, 3032, 3040}
    assert not NO_USAGE & NEVER_REPLACES
    assert (NO_USAGE | NEVER_REPLACES) <= EMPTY_REPORT
