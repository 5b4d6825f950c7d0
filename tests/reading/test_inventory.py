"""Folders, archives and files become one list of sources; nothing that cannot be read is passed over in silence."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from nolcat_desktop.problem import NolcatError
from nolcat_desktop.reading import read_content, sources
from nolcat_desktop.reading.inventory import LARGEST
from nolcat_desktop.report import NotAReport


def _names(*paths: Path) -> list[tuple[str, bool]]:
    return [(source.name, source.named) for source in sources(paths)]


def _problem(path: Path) -> str:
    (source,) = sources([path])
    with pytest.raises(NolcatError) as caught:
        source.load()
    assert caught.value.problem.meaning
    assert caught.value.problem.remedy
    return caught.value.problem.title


def test_that_a_folder_is_searched_through_in_order(tmp_path: Path) -> None:
    for name in ("b/2.tsv", "b/1.tsv", "a.tsv", "c/d/e.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    assert _names(tmp_path) == [(str(tmp_path / name), False) for name in ("a.tsv", "b/1.tsv", "b/2.tsv", "c/d/e.csv")]
    assert [source.load() for source in sources([tmp_path])] == [b"a.tsv", b"b/1.tsv", b"b/2.tsv", b"c/d/e.csv"]


def test_that_hidden_files_are_passed_over_in_folders(tmp_path: Path) -> None:
    for name in (
        ".hidden",
        "~$open.xlsx",
        "Thumbs.db",
        "desktop.ini",
        "._a.tsv",
        ".git/x.tsv",
        "__MACOSX/a.tsv",
        "a.tsv",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert _names(tmp_path) == [(str(tmp_path / "a.tsv"), False)]
    assert _names(tmp_path / ".hidden") == [(str(tmp_path / ".hidden"), True)]


def test_that_a_zip_is_opened_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "reports.bin"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("b.tsv", "a/x.csv", "a/.hidden", ".svn/y.csv", "__MACOSX/b.tsv", "a/", "Thumbs.db"):
            archive.writestr(name, f"content of {name}")
    assert _names(path) == [(f"{path}!/a/x.csv", False), (f"{path}!/b.tsv", False)]
    assert [source.load() for source in sources([path])] == [b"content of a/x.csv", b"content of b.tsv"]


def test_that_a_workbook_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert _names(path) == [(str(path), True)]


def test_that_a_missing_file_is_told(tmp_path: Path) -> None:
    assert _problem(tmp_path / "nowhere.tsv") == "The file is not there"
    (tmp_path / "file").write_bytes(b"")
    assert _problem(tmp_path / "file" / "below.tsv") == "The file is not there"


def test_that_a_damaged_zip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.tsv", "x" * 1000)
    whole = path.read_bytes()
    path.write_bytes(whole[:500])
    assert _problem(path) == "The archive could not be opened"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.tsv", "abc" * 1000)
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + b"\xff\xff\xff\xff" + whole[44:])
    assert _problem(path) == "The archive could not be opened"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of POSIX systems")
def test_that_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _problem(tmp_path / "pipe") == "This is not a file"


@pytest.mark.parametrize("beginning", [b"\0\0\0\x20ftypisom", b"\x89PNG", b"SQLite format 3\0", b"RIFF"])
def test_that_of_a_large_file_of_another_kind_the_beginning_alone_is_read(tmp_path: Path, beginning: bytes) -> None:
    (tmp_path / "large").write_bytes(beginning)
    os.truncate(tmp_path / "large", LARGEST + 1)  # takes no room: a hole
    (source,) = sources([tmp_path])
    content = source.load()
    (told,) = read_content(content, source.name)
    assert len(content) < 1 << 21
    assert isinstance(told, NotAReport)
    assert told.kind not in {"binary file", "table without a COUNTER report"}


@pytest.mark.parametrize("beginning", [b"Report_Name\tTitle Master Report\n", b"MIME-Version: 1.0\n"])
def test_that_what_may_be_a_report_is_read_whole_or_refused(tmp_path: Path, beginning: bytes) -> None:
    (tmp_path / "large").write_bytes(beginning + b"x" * (1 << 21))
    (source,) = sources([tmp_path])
    assert source.load() == beginning + b"x" * (1 << 21)
    os.truncate(tmp_path / "large", LARGEST + 1)
    assert _problem(tmp_path / "large") == "The file is too large to be read"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to the administrator")
def test_that_what_is_closed_is_told(tmp_path: Path) -> None:
    (tmp_path / "file.tsv").write_bytes(b"x")
    (tmp_path / "file.tsv").chmod(0)
    assert _problem(tmp_path / "file.tsv") == "The file may not be read"
    (tmp_path / "file.tsv").unlink()
    (tmp_path / "folder").mkdir(mode=0)
    assert _problem(tmp_path) == "The folder could not be searched"
    (tmp_path / "folder").chmod(0o700)


def test_that_files_and_folders_are_listed_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "in.tsv").write_bytes(b"")
    (tmp_path / "a.tsv").write_bytes(b"")
    given = (tmp_path / "folder", tmp_path / "a.tsv")
    assert _names(*given) == [(str(tmp_path / "folder" / "in.tsv"), False), (str(tmp_path / "a.tsv"), True)]


def test_that_an_empty_folder_holds_no_source(tmp_path: Path) -> None:
    assert _names(tmp_path) == []
