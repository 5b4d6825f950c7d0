"""Archives inside archives: every file once, within bounds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading import sources
from nolcat_desktop.reading.archives import DEEPEST
from tests.builders import a_report, xlsx
from tests.builders.binary_workbook import xlsb
from tests.builders.other_kinds import ods


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_dot_", "."), content)
    return out.getvalue()


def _loaded(path: Path, content: bytes) -> dict[str, bytes | str]:
    path.write_bytes(content)
    found: dict[str, bytes | str] = {}
    for source in sources([path]):
        name = source.name.removeprefix(f"{path}!/")
        try:
            found[name] = source.load()
        except NolcatError as error:
            found[name] = error.problem.title
    return found


def test_that_every_file_of_an_inner_archive_is_a_source(tmp_path: Path) -> None:
    inner = _zip(x=b"1", y=b"2")
    found = _loaded(tmp_path / "a.zip", _zip(inner_dot_zip=inner, z=b"3"))
    assert found == {"inner.zip!/x": b"1", "inner.zip!/y": b"2", "z": b"3"}


def test_that_files_can_be_loaded_in_any_order_and_again(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(_zip(inner_dot_zip=_zip(x=b"1", y=b"2")))
    listed = list(sources([path]))
    assert [listed[n].load() for n in (1, 0, 1, 0, 0)] == [b"2", b"1", b"2", b"1", b"1"]


@pytest.mark.parametrize("write", [xlsx, xlsb, ods])
def test_that_workbooks_in_archives_are_no_archives(tmp_path: Path, write: object) -> None:
    content = write(a_report(Release.R4, "JR1"))  # type: ignore[operator]
    assert _loaded(tmp_path / "a.zip", _zip(book=content)) == {"book": content}


def test_that_archives_too_deep_inside_one_another_are_told(tmp_path: Path) -> None:
    content = _zip(x=b"1")
    for _ in range(DEEPEST):
        content = _zip(inner_dot_zip=content)
    (title,) = _loaded(tmp_path / "a.zip", content).values()
    assert title == "Archives stand too deep inside one another"


def test_that_a_broken_inner_archive_does_not_hide_the_others(tmp_path: Path) -> None:
    found = _loaded(tmp_path / "a.zip", _zip(b_dot_zip=_zip(x=b"1" * 100)[:60], c=b"2"))
    assert found == {"b.zip": "The archive could not be opened", "c": b"2"}


def test_that_an_archive_without_a_file_to_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.zip"
    assert "The archive is empty" in str(_loaded(path, _zip(_dot_DS_Store=b"x"))[str(path)])


def test_that_a_document_of_apple_numbers_is_no_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "usage.numbers", "w") as document:
        for name in ("preview.jpg", "Index/Document.iwa", "Metadata/Properties.plist"):
            document.writestr(name, b"x")
    assert [source.name for source in sources([tmp_path])] == [str(tmp_path / "usage.numbers")]


def test_that_an_empty_inner_archive_holds_nothing(tmp_path: Path) -> None:
    assert _loaded(tmp_path / "a.zip", _zip(b_dot_zip=_zip(), c=b"2")) == {"c": b"2"}


def _tar(**members: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tape:
        for name, content in members.items():
            info = tarfile.TarInfo(name.replace("_dot_", "."))
            info.size = len(content)
            tape.addfile(info, io.BytesIO(content))
    return out.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


@pytest.mark.parametrize("kind", PACKERS)
def test_that_a_file_packed_alone_is_one_source_in_whatever_it_stands(tmp_path: Path, kind: str) -> None:
    packed = PACKERS[kind](b"1" * 5000)
    assert _loaded(tmp_path / f"a.tsv.{kind}", packed) == {"a.tsv": b"1" * 5000}
    assert _loaded(tmp_path / "a.zip", _zip(**{f"b.{kind}": packed})) == {f"b.{kind}!/b": b"1" * 5000}
    assert _loaded(tmp_path / "two", packed + PACKERS[kind](b"2")) == {"file": b"1" * 5000 + b"2"}


@pytest.mark.parametrize("pack", [bytes, *PACKERS.values()])
def test_that_every_file_of_a_tape_archive_is_a_source(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    content = pack(_tar(b=b"1", a=b"2" * 700, c_dot_zip=_zip(x=b"3"), _dot_hidden=b"4"))
    path = tmp_path / "reports"
    assert _loaded(path, content) == {"a": b"2" * 700, "b": b"1", "c.zip!/x": b"3"}
    listed = list(sources([path]))
    assert [listed[n].load() for n in (2, 1, 0, 0, 1)] == [b"3", b"1", b"2" * 700, b"2" * 700, b"1"]


@pytest.mark.parametrize("pack", [bytes, *PACKERS.values()])
def test_that_a_packed_file_that_breaks_off_is_told(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    content = pack(_tar(a=bytes(range(256)) * 40))
    found = _loaded(tmp_path / "a", content[: len(content) // 4])
    assert set(found.values()) == {"The archive could not be opened"}


@pytest.mark.parametrize("kind", PACKERS)
def test_that_what_unpacks_to_too_much_is_told_and_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("nolcat_desktop.reading.packed.LARGE", 1 << 16)
    found = _loaded(tmp_path / f"a.{kind}", PACKERS[kind](bytes(8 << 20)))
    assert found == {"a": "This file in the archive is too large"}


def test_that_a_packed_database_dump_is_no_report(tmp_path: Path) -> None:
    found = _loaded(tmp_path / "nolcat.sql.gz", gzip.compress(b"-- MySQL dump 10.13\nINSERT INTO x VALUES (1);\n"))
    assert list(found.values()) == ["This is not a COUNTER report that can be read"]
