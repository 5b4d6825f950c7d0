"""Any bytes at all, and sound reports of every form and release with pieces changed: told, never a traceback."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nolcat_desktop.counter.release import Release
from tests.builders import a_report, csv, damage, json, tsv, xlsx
from tests.cli.running import answered, is_clean

FORMS: dict[str, Callable[..., bytes]] = {"tsv": tsv, "csv": csv, "xlsx": xlsx, "json": json, "utf16": damage.utf16}
REPORTS = (
    *((Release.R4, one) for one in ("JR1", "BR2", "DB1", "PR1", "JR2")),
    *((Release.R5, one) for one in ("PR", "DR_D1", "TR", "TR_J4", "IR")),
    *((Release.R51, one) for one in ("PR_P1", "DR", "TR_B1", "TR", "IR_M1")),
)
PIECES = [
    *(b'"', b"\t", b",", b"\n", b"\r", b";", b"|", b"\0", b"\xff", b"\xed\xa0\x80", b"{", b"}", b"[", b"]", b":"),
    *(b"<", b">", b"&#0;", b"]]>", b"null", b"-1", b"1e999", b"9" * 400, b"=1+1", b"\\ud800", b"", b"<c r=", b" t="),
    *("é–\u2028\u202e\U0001f4da".encode(), b"Jan-2024", b"2024-13", b"Total", b"Report_Header", b"Begin_Date="),
]
PIECE = st.one_of(st.sampled_from(PIECES), st.binary(max_size=6))
Reports = st.sampled_from(REPORTS)


@cache
def whole(release: Release, report_id: str, form: str) -> bytes:
    """A sound report."""
    return FORMS[form](a_report(release, report_id, months=2, titles=3))


def forms(release: Release) -> list[str]:
    return [form for form in FORMS if release is not Release.R4 or form != "json"]


@st.composite
def changed(draw: st.DrawFn, content: bytes) -> bytes:
    """Some pieces replaced, put in or taken out, and perhaps cut."""
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(PIECE) + content[at + draw(st.integers(0, 40)) :]
    return content[: draw(st.integers(0, len(content)))] if draw(st.integers(0, 4)) == 0 else content


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A report with its bytes changed; in a workbook also the bytes of one part, so that the archive stays whole."""
    release, report_id = draw(Reports)
    form = draw(st.sampled_from(forms(release)))
    content = whole(release, report_id, form)
    if form != "xlsx" or draw(st.booleans()):
        return draw(changed(content))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given_book, zipfile.ZipFile(target, "w") as made:
        chosen = draw(st.sampled_from(given_book.namelist()))
        for name in given_book.namelist():
            part = given_book.read(name)
            made.writestr(name, draw(changed(part)) if name == chosen else part)
    return target.getvalue()


def check(content: bytes) -> None:
    """What holds for all bytes: every command says something about them, and counts are stored whole or not at all."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(content)
        for words in (("inspect",), ("validate",), ("validate", "--official")):
            ran = answered(words[0], file, *words[1:], "--json")
            assert is_clean(ran), (words, ran.err)
            assert ran.lines
        ran = answered(
            "validate", file, "--report", Path(folder) / "findings.html", "--message", file.with_suffix(".txt")
        )
        assert is_clean(ran), ran.err
        ran = answered("convert", file, "--library", Path(folder) / "library", "--source", 7, "--json")
        assert is_clean(ran), ran.err
        for line in ran.lines:
            if line["action"] in {"added", "replaced"}:
                assert line["usage_total"] == line["file_total"]
            assert line["action"] != "failed" or line["problem"]["title"]


@settings(max_examples=20)
@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b'{"Report_Header": null, "Report_Items": {}}')
@example(b'{"Report_Header": {"Release": 5.1, "Report_ID": ["TR"]}, "Report_Items": [[], null, 1, {"Items": 7}]}')
def test_that_any_bytes_are_told(content: bytes) -> None:
    check(content)


@settings(max_examples=40)
@given(damaged())
def test_that_damaged_reports_are_told(content: bytes) -> None:
    check(content)


@pytest.mark.exhaustive
@settings(max_examples=3_000)
@given(damaged())
def test_that_many_damaged_reports_are_told(content: bytes) -> None:
    check(content)


@pytest.mark.exhaustive
@settings(max_examples=1_000)
@given(st.binary(max_size=4_000))
def test_that_many_bytes_are_told(content: bytes) -> None:
    check(content)
