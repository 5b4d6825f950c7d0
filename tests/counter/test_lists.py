"""Lists in one cell are read leniently; what is overlooked is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.counter.lists import (
    Part,
    identifier_faults,
    read_exceptions,
    read_identifiers,
    read_parts,
    read_settings,
    read_values,
    split_list,
    value_faults,
)

WORDS = st.lists(
    st.from_regex(r"[A-Za-z_]{1,8}", fullmatch=True), max_size=5, unique_by=lambda word: word.lower().replace("_", "")
)


@given(WORDS)
def test_that_a_sound_list_is_read_without_fault(words: list[str]) -> None:
    assert split_list("; ".join(words)) == (tuple(words), ())
    assert read_values("; ".join(words)) == tuple(words)
    assert value_faults("; ".join(words)) == ()


@pytest.mark.parametrize("text", ["a;b", "a ; b", "a;  b", "a; b;", "; a; b", "a;; b", " a; b", "a; b\n"])
def test_that_a_faulty_list_is_read_with_a_fault(text: str) -> None:
    parts, faults = split_list(text)
    assert parts == ("a", "b")
    assert len(faults) == 1


def test_that_an_empty_part_keeps_its_place() -> None:
    assert [part.text for part in read_parts("a;; b")] == ["a", "", "b"]
    assert read_parts("a; b")[1] == Part("b", None)
    assert read_parts(" ") == ()


@given(st.text())
def test_that_nothing_but_separators_and_whitespace_is_lost(text: str) -> None:
    parts, _ = split_list(text)
    assert "".join("".join(parts).split()) == "".join(text.replace(";", "").split())


def test_that_settings_are_read_with_their_values() -> None:
    assert read_settings("Data_Type=Book|Reference_Work; Access_Method=Regular") == (
        (("Data_Type", ("Book", "Reference_Work")), ("Access_Method", ("Regular",))),
        (),
    )
    assert read_settings("") == ((), ())


def test_that_a_value_may_hold_an_equals_sign() -> None:
    assert read_settings("Platform=a=b") == ((("Platform", ("a=b",)),), ())


def test_that_a_repeated_setting_is_merged_and_told() -> None:
    settings, faults = read_settings("Data_Type=Book; data type=Journal|Book")
    assert settings == (("Data_Type", ("Book", "Journal")),)
    assert len(faults) == 1


@pytest.mark.parametrize("text", ["Data_Type = Book", "Data_Type: Book", "Data_Type=Book|", "Data_Type=|Book"])
def test_that_a_faulty_setting_is_read_with_a_fault(text: str) -> None:
    settings, faults = read_settings(text)
    assert settings == (("Data_Type", ("Book",)),)
    assert faults


@pytest.mark.parametrize("text", ["Book", "=Book", "Data_Type=", "Data_Type=|"])
def test_that_a_setting_without_name_or_value_is_quoted_in_a_fault(text: str) -> None:
    settings, faults = read_settings(text)
    assert settings == ()
    assert any(text in fault for fault in faults)


@pytest.mark.parametrize("text", ["a|b", "a,b", "a, b", "a;b", "a | b", "a; b"])
def test_that_values_are_read_whatever_separates_them(text: str) -> None:
    assert read_values(text) == ("a", "b")
    assert bool(value_faults(text)) == (text != "a; b")


def test_that_identifiers_are_split_at_their_first_colon() -> None:
    assert read_identifiers("ISNI:0000000121032683; platform:a:b") == (
        ("ISNI", "0000000121032683"),
        ("platform", "a:b"),
    )
    assert identifier_faults("ISNI:0000000121032683; platform:a:b") == ()


@pytest.mark.parametrize(
    ("text", "pair"),
    [("isni=123", ("isni", "123")), ("12345", ("", "12345")), ("ISNI: 1", ("ISNI", "1")), ("ISNI:", ("ISNI", ""))],
)
def test_that_a_faulty_identifier_is_kept_and_told(text: str, pair: tuple[str, str]) -> None:
    assert read_identifiers(text) == (pair,)
    assert identifier_faults(text)


def test_that_exceptions_are_split_only_before_a_code() -> None:
    text = "3031: Usage Not Ready for Requested Dates (asked for March; there is February); 3040: Partial Data Returned"
    assert read_exceptions(text) == (
        (
            (3031, "Usage Not Ready for Requested Dates", "asked for March; there is February"),
            (3040, "Partial Data Returned", None),
        ),
        (),
    )


def test_that_data_reaches_to_the_last_parenthesis() -> None:
    assert read_exceptions("3050: Message (a (b) c)")[0] == ((3050, "Message", "a (b) c"),)


@pytest.mark.parametrize("text", ["3030:Message", "3030 : Message", "3030 - Message", "3030: Message;"])
def test_that_a_faulty_exception_keeps_its_code(text: str) -> None:
    exceptions, faults = read_exceptions(text)
    assert exceptions == ((3030, "Message", None),)
    assert faults


def test_that_a_bare_code_is_an_exception() -> None:
    exceptions, faults = read_exceptions("3030")
    assert exceptions == ((3030, "", None),)
    assert faults


def test_that_text_without_a_code_is_kept() -> None:
    exceptions, faults = read_exceptions("No usage")
    assert exceptions == ((None, "No usage", None),)
    assert faults


def test_that_no_exceptions_are_no_fault() -> None:
    assert read_exceptions("") == ((), ())


@given(st.text())
def test_that_any_text_is_read(text: str) -> None:
    read_settings(text)
    read_identifiers(text)
    exceptions, faults = read_exceptions(text)
    assert exceptions or faults or not text.strip()
