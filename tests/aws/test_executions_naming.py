"""The name of a run follows from what is run."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.aws.executions_naming import LONGEST, read_run_name, run_name

SHA = "9f3c21ab77e0" + "5" * 52


def test_that_a_name_is_made_of_library_manifest_and_attempt() -> None:
    assert str(run_name("riverside", SHA)) == "nolcat-riverside-9f3c21ab77e0-1"
    assert str(run_name("riverside", SHA, 3)) == "nolcat-riverside-9f3c21ab77e0-3"
    assert str(run_name("riverside", SHA, test=True)) == "nolcat-riverside-9f3c21ab77e0-t1"


@given(st.text(), st.integers(1, 999_999), st.booleans(), st.booleans())
def test_that_every_name_is_short_and_of_harmless_characters_and_is_read_back(
    library: str, attempt: int, test: bool, larger: bool
) -> None:
    name = run_name(library, SHA, attempt, test, larger)
    assert (name.is_test, name.is_larger) == (test, larger)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", str(name))
    assert len(str(name)) <= LONGEST
    assert read_run_name(str(name)) == name
    assert name.manifest == SHA[:12]
    assert str(name.next) == str(run_name(library, SHA, attempt + 1, test, larger)) if attempt < 999_999 else True


@given(st.text(), st.text())
def test_that_two_libraries_never_share_a_name(one: str, other: str) -> None:
    assert (str(run_name(one, SHA)) == str(run_name(other, SHA))) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"), [("a b", "a-b"), ("图书馆", "大学"), ("x" * 90, "x" * 91), ("Bücherei", "B-cherei"), ("", "-")]
)
def test_that_what_is_cut_or_changed_stays_different(one: str, other: str) -> None:
    assert str(run_name(one, SHA)) != str(run_name(other, SHA))


def test_that_a_test_and_a_larger_run_of_a_set_are_other_runs() -> None:
    names = {str(run_name("a", SHA, 1, test, larger)) for test in (False, True) for larger in (False, True)}
    assert len(names) == 4


@pytest.mark.parametrize("text", ["", "nolcat-a-9f3c21ab77e0-0", "nolcat-a-9f3c21ab77-1", "mine", "nolcat-a-1"])
def test_that_a_name_of_others_is_not_read_as_ours(text: str) -> None:
    assert read_run_name(text) is None


@pytest.mark.parametrize(("sha", "attempt"), [("abc", 1), (SHA.upper(), 1), (SHA, 0), (SHA, 1_000_000)])
def test_that_what_makes_no_name_is_a_defect(sha: str, attempt: int) -> None:
    with pytest.raises(ValueError, match="not a"):
        run_name("a", sha, attempt)
