"""A text's encoding is told by its bytes; what is only a guess says so; what is no text is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nolcat_desktop.counter.release import Release
from nolcat_desktop.reading.encoding import decode
from tests.builders import a_report, damage, delimited, tsv
from tests.reading.found import refusal, report, rules

TEXT = "Título\tPlatförm\tMetric_Type\n„Quotes“ – dash\t€\tœuvre\n"


@pytest.mark.parametrize(
    ("content", "encoding", "guessed"),
    [
        (TEXT.encode(), "utf-8", False),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig", False),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16", False),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16", False),
        (TEXT.encode("utf-16-le"), "utf-16", False),
        (TEXT.encode("utf-16-be"), "utf-16", False),
        (TEXT.encode("cp1252"), "cp1252", True),
        (codecs.BOM_UTF8 + TEXT.encode("cp1252"), "cp1252", True),
        (TEXT.encode() + "caf\xe9\n".encode("cp1252"), "utf-8 with foreign bytes", True),
    ],
)
def test_that_the_encoding_is_told_by_the_bytes(content: bytes, encoding: str, guessed: bool) -> None:
    decoded = decode(content)
    assert decoded is not None
    assert (decoded.encoding, decoded.guessed) == (encoding, guessed)
    assert decoded.utf8.decode().startswith(TEXT)


def test_that_foreign_bytes_among_utf8_are_read_as_windows_wrote_them() -> None:
    decoded = decode("Universität\tBücher\tÄußeres\t".encode() + b"caf\xe9 \x93x\x94")
    assert decoded is not None
    assert decoded.utf8.decode() == "Universität\tBücher\tÄußeres\tcafé “x”"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), min_size=1))
def test_that_utf8_is_never_changed(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert (decoded.utf8.decode(), decoded.encoding) == (text, "utf-8")


@given(st.binary(max_size=400))
def test_that_no_bytes_make_it_fail(content: bytes) -> None:
    decoded = decode(content)
    assert decoded is None or decoded.utf8.decode() is not None


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\r\r\n"])
def test_that_all_line_ends_are_read(ends: str) -> None:
    decoded = decode(f"a{ends}b{ends}{ends}c{ends}".encode())
    assert decoded is not None
    assert decoded.utf8 == b"a\nb\n\nc\n"


ABSTRACT = a_report(Release.R5, "TR", institution_name="Universität Nebelheim – “Mist”")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (tsv(ABSTRACT), []),
        (delimited(ABSTRACT, "\t"), ["F-04"]),
        (damage.utf16(ABSTRACT), ["F-encoding"]),
        (damage.cp1252(ABSTRACT), ["F-encoding"]),
        (delimited(ABSTRACT, "\t", encoding="utf-16-be"), ["F-encoding"]),
        (damage.crlf(ABSTRACT), ["F-04"]),
        (damage.cr(ABSTRACT), ["F-04", "F-cr"]),
        (damage.semicolons(ABSTRACT), ["F-04", "F-delimiter"]),
    ],
)
def test_that_a_report_in_any_encoding_is_the_same_report(content: bytes, told: list[str]) -> None:
    found = report(content)
    assert rules(found) == told
    assert found.header.texts["Institution_Name"] == "Universität Nebelheim – “Mist”"
    beyond_windows = ("Title", "Publisher")
    assert found.items.drop(beyond_windows).equals(report(tsv(ABSTRACT)).items.drop(beyond_windows))


def test_that_nul_characters_are_no_text() -> None:
    assert decode(b"a\tb\n" * 2000 + b"\0") is not None
    assert refusal(b"a\tb\n" * 2000 + b"\0").kind == "text with NUL characters"
    assert refusal(b"\x01\x00\x02\x03\x00\x00\xfe\xfa" * 50).kind == "binary file"
    assert refusal(b"\x80\x01\x02\x03\x04\x05\x06\x07" * 50).kind == "binary file"


def test_that_utf16_cut_within_a_character_is_refused() -> None:
    assert refusal(damage.utf16(ABSTRACT)[:-1]).problem.title == "This is not a COUNTER report that can be read"
