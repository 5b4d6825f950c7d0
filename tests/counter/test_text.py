"""Names are compared leniently and tidied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.counter.text import loose, squash


@pytest.mark.parametrize(
    "text", ["Reporting_Period", "reporting period", "REPORTING-PERIOD", "Reporting\u00a0Period ", "“Reporting’Period”"]
)
def test_that_spellings_of_one_name_share_a_key(text: str) -> None:
    assert loose(text) == "reportingperiod"


def test_that_different_names_keep_different_keys() -> None:
    assert loose("Print_ISSN") != loose("Online_ISSN")


@given(st.text())
def test_that_the_key_of_a_key_is_itself(text: str) -> None:
    assert loose(loose(text)) == loose(text)


@given(st.text())
def test_that_a_key_holds_no_whitespace(text: str) -> None:
    assert not any(sign.isspace() for sign in loose(text))


def test_that_line_breaks_and_no_break_spaces_become_one_blank() -> None:
    assert squash(" Reporting\r\nPeriod\u00a0 Total ") == "Reporting Period Total"


@given(st.text())
def test_that_a_tidied_text_stays_as_it_is(text: str) -> None:
    assert squash(squash(text)) == squash(text)
