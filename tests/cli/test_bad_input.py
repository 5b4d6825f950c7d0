"""Whatever is handed in: a sentence about it, never the program's inside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from filelock import FileLock

from nolcat_desktop.counter.release import Release
from tests.builders import a_report, json, tsv, xlsx
from tests.cli.conftest import Shelf
from tests.cli.running import Ran, answered, contents, environment, is_clean, nolcat

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights of another kind there")


WITHOUT_RIGHTS = """
import encodings.utf_8_sig, os, sys
from nolcat_desktop.cli import main, session
if os.geteuid() == 0:
    os.setgroups([])
    os.setegid(65534)
    os.seteuid(65534)
sys.exit(main.main(sys.argv[1:]))
"""


def without_rights(folder: Path, *words: object) -> Ran:
    """Run a command in a process without the rights of the administrator, which the tests may have."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_RIGHTS, *map(str, words)],
        cwd=folder, env=environment(), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_that_a_path_that_is_not_there_is_said_and_the_others_are_read(shelf: Shelf, tmp_path: Path) -> None:
    for command in ("inspect", "validate", "convert"):
        library = ("--library", tmp_path / "new", "--source", 7) if command == "convert" else ()
        ran = answered(command, tmp_path / "no such.tsv", shelf.report, *library, "--json")
        assert ran.code == 1
        assert is_clean(ran)
        first, second = ran.lines
        assert (first["report_id"], second["report_id"]) == (None, "TR")
        assert "not" in str(first)


@POSIX
def test_that_a_link_that_leads_to_itself_is_said_and_the_others_are_read(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    ran = nolcat("convert", tmp_path / "loop", shelf.report, "--library", tmp_path / "new", "--source", 7, "--json")
    assert (ran.code, is_clean(ran)) == (1, True)
    assert [line["action"] for line in ran.lines] == ["failed", "added"]


def test_that_a_folder_without_reports_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "readme.txt").write_text("Nothing here.")
    for command in ("inspect", "validate", "convert"):
        library = ("--library", tmp_path / "new") if command == "convert" else ()
        for folder, lines in ((tmp_path / "in", 1), (tmp_path, None)):
            ran = answered(command, folder, *library, "--json")
            assert ran.code == 0
            assert lines is None or len(ran.lines) == lines
    assert not (tmp_path / "new" / "originals").exists()


ODD = {
    "empty.tsv": b"",
    "blank.tsv": b"\n\n \t\n",
    "a.pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "a.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a.html": b"<!DOCTYPE html><html><body>Please sign in</body></html>",
    "error.json": b'{"Code": 2010, "Severity": "Error", "Message": "Requestor is Not Authorized"}',
    "list.json": b"[1, 2, 3]",
    "half.json": b'{"Report_Header": {"Report_ID": "TR", ',
    "deep.json": b"[" * 100_000,
    "null.json": b"null",
    "binary.tsv": bytes(range(256)) * 8,
    "zip.zip": b"PK\x03\x04 and then nothing",
    "not.xlsx": b"PK\x05\x06" + b"\0" * 18,
    "text.csv": b"Dear colleague,\nplease find attached\n",
    "utf16.tsv": "\ufeffReport_Name\tx".encode("utf-16-le"),
    "long.tsv": b"x" * 2_000_000,
    "commas.csv": b"," * 50_000,
    "header.tsv": b"Report_Name\tTitle Master Report\nReport_ID\tTR\nRelease\t5.1\n",
    "nul.tsv": b"Report_Name\0\tTitle Master Report\n",
}


@pytest.mark.parametrize("name", ODD)
def test_that_odd_files_are_told_not_to_be_reports(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(ODD[name])
    for words in (("inspect",), ("validate",), ("validate", "--official"), ("convert", "--library", tmp_path / "new")):
        ran = answered(words[0], file, *words[1:], "--json")
        assert is_clean(ran), ran.err
        assert ran.code == 1 or (words[0] == "inspect" and ran.line["problem"])
        if words[0] == "validate":
            assert ran.line["verdict"] in ("Fatal error", "Critical error", "Error")
            assert ran.line["usable"] is False
        elif words[0] == "convert":
            assert (ran.line["action"], ran.line["part"]) == ("failed", None)
            assert ran.line["problem"]["title"]
            assert ran.line["problem"]["remedy"]


def test_that_an_unknown_file_is_a_fatal_error(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(ODD["a.pdf"])
    ran = nolcat("validate", tmp_path / "a.pdf", "--json")
    assert (ran.code, ran.line["verdict"], ran.line["usable"]) == (1, "Fatal error", False)
    assert [finding["level"] for finding in ran.line["findings"]] == ["Fatal error"]
    assert ran.line["counts"]["Fatal error"] == 1


def damaged() -> Iterator[tuple[str, bytes]]:
    """Sound files of three forms, cut and scrambled."""
    report = a_report(Release.R51, "TR", titles=2)
    for form, content in (("tsv", tsv(report)), ("xlsx", xlsx(report)), ("json", json(report))):
        chance = Random(form)
        for number in range(3):
            cut = chance.randrange(1, len(content))
            yield f"cut{number}.{form}", content[:cut]
            scrambled = bytearray(content)
            for _ in range(1 + number):
                scrambled[chance.randrange(len(content))] = chance.randrange(256)
            yield f"scrambled{number}.{form}", bytes(scrambled)


def test_that_damaged_files_never_show_the_programs_inside(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = []
    for name, content in damaged():
        (folder / name).write_bytes(content)
        names.append(name)
    for words in (("inspect",), ("validate",), ("convert", "--library", tmp_path / "new", "--source", 7)):
        ran = answered(words[0], folder, *words[1:], "--json")
        assert is_clean(ran), ran.err
        assert {Path(line["file"]).name for line in ran.lines} == set(names)
        for line in ran.lines:
            if line.get("action") in ("added", "replaced"):
                assert line["usage_total"] == line["file_total"]
    assert answered("library", "verify", "--library", tmp_path / "new").code == 0


def test_that_a_zip_with_a_password_is_told_and_one_without_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("Zürich/潮.tsv", tsv(a_report(Release.R51, "PR")))
        archive.writestr("folder/", b"")
    ran = answered("convert", file, "--library", tmp_path / "new", "--source", 7, "--json")
    assert (ran.code, ran.line["action"]) == (0, "added")
    content = bytearray(file.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1  # "encrypted"
    file.write_bytes(bytes(content))
    ran = answered("convert", file, "--library", tmp_path / "new", "--source", 7, "--json")
    assert (ran.code, ran.line["action"]) == (1, "failed")
    assert "password" in ran.line["problem"]["meaning"]


@POSIX
def test_that_a_name_that_is_no_text_is_stored_all_the_same(tmp_path: Path, shelf: Shelf) -> None:
    name = os.fsencode(tmp_path) + b"/Z\xfcrich.tsv"
    try:
        Path(os.fsdecode(name)).write_bytes(shelf.report.read_bytes())
    except OSError:
        pytest.skip("this disk takes names of text only")
    ran = nolcat("convert", os.fsdecode(name), "--library", tmp_path / "new", "--json")
    assert (ran.code, ran.line["action"]) == (0, "added"), ran.err
    assert nolcat("library", "verify", "--library", tmp_path / "new").code == 0


# The library


LIBRARY = ("coverage", "history", "undo", "redo", "verify", "sources")
LOOKING: list[tuple[str, ...]] = [*(("library", what) for what in LIBRARY), ("show", "TR")]


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_that_a_library_that_is_not_there_is_said_and_not_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = answered(*words, "--library", tmp_path / "no" / "library", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "There is no library here" in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [*LOOKING, ("convert", "tr.tsv")], ids=" ".join)
def test_that_a_file_where_the_library_should_be_is_said(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("mine")
    for library in (tmp_path / "file", tmp_path / "file" / "below"):
        ran = answered(*words, "--library", library, "--json")
        assert (ran.code, ran.out) == (1, "")
        assert is_clean(ran), ran.err
        assert "What to do:" in ran.err
    assert (tmp_path / "file").read_text() == "mine"


def test_that_an_empty_folder_is_an_empty_library(tmp_path: Path) -> None:
    for words in (("library", "coverage"), ("library", "history"), ("library", "verify"), ("library", "sources")):
        ran = answered(*words, "--library", tmp_path, "--json")
        assert (ran.code, ran.out) == (0, "")
    assert answered("library", "undo", "--library", tmp_path).code == 1
    assert answered("show", "TR", "--library", tmp_path, "--json").out == ""


@POSIX
def test_that_a_library_that_cannot_be_written_is_said_and_can_be_read(shelf: Shelf, open_folder: Path) -> None:
    library = open_folder / "library"
    shutil.copytree(shelf.library, library)
    shutil.copy(shelf.corrected, open_folder)
    for path in [library, *library.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = contents(library)
    words = ("--source", 7, "--if-loaded", "replace", "--json")
    ran = without_rights(open_folder, "convert", open_folder / "corrected.tsv", "--library", library, *words)
    assert (ran.code, ran.out) == (1, ""), ran.err
    assert is_clean(ran)
    assert "What to do:" in ran.err
    ran = without_rights(open_folder, "library", "undo", "--library", library)
    assert ran.code == 1
    assert is_clean(ran)
    for what in ("coverage", "verify"):
        ran = without_rights(open_folder, "library", what, "--library", library)
        assert ran.code == 0, (what, ran.err)
    assert without_rights(open_folder, "show", "TR", "--library", library).code == 0
    for path in [library, *library.rglob("*")]:
        path.chmod(0o755)
    assert contents(library) == before


@POSIX
def test_that_a_file_that_may_not_be_read_is_failed_also_in_a_folder(shelf: Shelf, open_folder: Path) -> None:
    (open_folder / "in").mkdir()
    (open_folder / "in").chmod(0o755)
    for name in ("a.tsv", "b.tsv"):
        (open_folder / "in" / name).write_bytes(shelf.report.read_bytes())
        (open_folder / "in" / name).chmod(0o644)
    (open_folder / "in" / "a.tsv").chmod(0)
    (open_folder / "out").mkdir()
    (open_folder / "out").chmod(0o777)
    library = open_folder / "out" / "library"
    words = ("convert", open_folder / "in", "--library", library, "--source", 7, "--json")
    ran = without_rights(open_folder, *words)
    assert ran.code == 1, ran.err
    assert is_clean(ran)
    assert [line["action"] for line in ran.lines] == ["failed", "added"]


def test_that_a_library_that_another_program_changes_is_said(own_shelf: Shelf) -> None:
    before = contents(own_shelf.library)
    with FileLock(own_shelf.library / ".nolcat" / "lock"):
        ran = nolcat("convert", own_shelf.corrected, "--library", own_shelf.library, "--source", 7, "--json")
        looked = nolcat("library", "coverage", "--library", own_shelf.library, "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "another window or program" in ran.err
    assert is_clean(ran)
    assert looked.code == 0
    assert contents(own_shelf.library) == before


def test_that_a_damaged_part_stops_what_would_count_on_it(own_shelf: Shelf) -> None:
    (part,) = (own_shelf.library / "TR").iterdir()
    part.write_bytes(part.read_bytes()[:-100])
    for words in (
        ("library", "coverage"),
        ("show", "TR"),
        ("convert", own_shelf.corrected, "--source", 7, "--if-loaded", "replace"),
    ):
        ran = answered(*words, "--library", own_shelf.library, "--json")
        assert (ran.code, ran.out) == (1, "")
        assert "damaged" in ran.err
        assert is_clean(ran)


@pytest.mark.parametrize("name", ["journal.jsonl", "journal-copy.jsonl", "both"])
def test_that_a_damaged_history_is_told(own_shelf: Shelf, name: str) -> None:
    names = ("journal.jsonl", "journal-copy.jsonl") if name == "both" else (name,)
    for each in names:
        file = own_shelf.library / ".nolcat" / each
        file.write_bytes(b"\xff\xfe" + file.read_bytes()[10:])
    ran = answered("library", "verify", "--library", own_shelf.library, "--json")
    assert is_clean(ran), ran.err
    assert ran.code == 1
    assert any("history" in line["title"] for line in ran.lines) or "history" in ran.err


def test_that_a_damaged_list_of_sources_is_told(own_shelf: Shelf) -> None:
    (own_shelf.library / "statistics_sources.csv").write_bytes(b"id,\xff\n1,2\n")
    for words in (("convert", own_shelf.corrected), ("library", "sources"), ("show", "TR"), ("library", "coverage")):
        ran: Ran = answered(*words, "--library", own_shelf.library, "--json")
        assert (ran.code, ran.out) == (1, "")
        assert "statistics sources" in ran.err
