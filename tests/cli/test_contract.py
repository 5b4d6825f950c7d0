"""What programs that call `nolcat` rely on: names of fields, what goes where, exit codes (design 3.3)."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from types import MappingProxyType

import pytest

from nolcat_desktop import __version__
from nolcat_desktop.cli import session
from nolcat_desktop.cli.arguments import ENDINGS
from nolcat_desktop.cli.main import STOPPED
from nolcat_desktop.counter.release import Release
from nolcat_desktop.export import ENDINGS as WRITTEN
from tests.builders import a_report, tsv
from tests.cli.conftest import Shelf
from tests.cli.running import answered, environment, is_clean, nolcat

PROBLEM = ["title", "meaning", "remedy", "position"]
KEYS = MappingProxyType(
    {
        "inspect": "file sheet format release report_id report_name institution_name created created_by begin end "
        "months rows source_guess exceptions problem",
        "validate": "file sheet release report_id verdict usable counts findings",
        "convert": "file sheet report_id release statistics_source_ID part rows usage_total file_total months action "
        "damaged problem",
        "coverage": "statistics_source_ID report_type release month state usage_total",
        "history": "entry when what originals parts rows usage_total undone",
        "undo": "entry when what originals parts rows usage_total undone",
        "redo": "entry when what originals parts rows usage_total undone",
        "verify": "path title meaning remedy",
        "sources": "statistics_source_ID statistics_source_name local",
    }
)
REAL = ("validate", "convert", "coverage", "undo")
"""Run in a process of their own; the others go the same way in this one."""
FINDING = ["rule", "level", "position", "element", "value", "message", "hint"]
LEVELS = ["Notice", "Warning", "Error", "Critical error", "Fatal error"]


def test_that_every_command_prints_its_fields_in_order_and_nothing_else(own_shelf: Shelf) -> None:
    junk = own_shelf.folder / "junk.pdf"
    junk.write_bytes(b"%PDF-1.7")
    at = ("--library", own_shelf.library)
    commands: list[tuple[str, tuple[object, ...], int]] = [
        ("inspect", ("inspect", own_shelf.report, junk), 1),
        ("validate", ("validate", own_shelf.report, junk), 1),
        ("convert", ("convert", own_shelf.report, own_shelf.corrected, junk, *at, "--source", 7), 1),
        ("coverage", ("library", "coverage", *at), 0),
        ("history", ("library", "history", *at), 0),
        ("undo", ("library", "undo", *at), 0),
        ("redo", ("library", "redo", *at), 0),
        ("sources", ("library", "sources", *at), 0),
    ]
    for name, words, code in commands:
        ran = (nolcat if name in REAL else answered)(*words, "--json")
        assert ran.code == code, (name, ran.err)
        assert is_clean(ran)
        assert ran.lines, name
        for line in ran.lines:
            assert list(line) == KEYS[name].split(), name
            if line.get("problem"):
                assert list(line["problem"]) == PROBLEM
    (own_shelf.library / "TR" / "stray.txt").write_text("?")
    ran = nolcat("library", "verify", *at, "--json")
    assert (ran.code, [list(line) for line in ran.lines]) == (1, [KEYS["verify"].split()])


def test_that_values_are_of_the_kinds_that_were_promised(shelf: Shelf) -> None:
    line = answered("inspect", shelf.report, "--json").line
    assert (line["format"], line["release"], line["report_id"], line["sheet"]) == ("tsv", "5.1", "TR", None)
    assert (line["begin"], line["end"]) == ("2024-01-01", "2024-03-31")
    assert line["months"] == ["2024-01", "2024-02", "2024-03"]
    assert (line["source_guess"], line["exceptions"], line["problem"]) == ("Rowan Shelf", [], None)
    (shelf.folder / "bad.tsv").write_bytes(shelf.report.read_bytes().replace(b"Total_Item_Requests", b"Total_Requests"))
    line = answered("validate", shelf.report, "--json").line
    assert list(line["counts"]) == LEVELS
    assert line["usable"] is True
    (own_line,) = answered("validate", shelf.folder / "bad.tsv", "--json").lines
    assert {tuple(finding) for finding in own_line["findings"]} == {tuple(FINDING)}
    assert {finding["level"] for finding in own_line["findings"]} <= set(LEVELS)
    line = answered("library", "history", "--library", shelf.library, "--json").lines[0]
    assert (line["entry"], line["undone"], line["parts"]) == (1, False, ["TR/7_TR_2024-05-01.parquet"])
    assert line["originals"] == [str(shelf.report)]


def test_that_a_file_without_a_report_has_all_fields_in_inspect_too(tmp_path: Path) -> None:
    (tmp_path / "empty.tsv").write_bytes(b"")
    ran = answered("inspect", tmp_path / "empty.tsv", "--json")
    assert (ran.code, list(ran.line)) == (1, KEYS["inspect"].split())
    assert ran.line["report_id"] is None
    assert "empty" in ran.line["problem"]["title"]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("convert",),
        ("convert", "x.tsv"),
        ("nonsense",),
        ("library",),
        ("library", "nonsense"),
        ("inspect",),
        ("inspect", ""),
        ("convert", "x.tsv", "--library", ""),
        ("convert", "x.tsv", "--library", "x", "--harvested", "20240501"),
        ("convert", "x.tsv", "--library", "x", "--harvested", "2024-02-30"),
        ("convert", "x.tsv", "--library", "x", "--source", "0"),
        ("convert", "x.tsv", "--library", "x", "--source", "-1"),
        ("convert", "x.tsv", "--library", "x", "--source", "9999999999999999999"),
        ("convert", "x.tsv", "--library", "x", "--if-loaded", "perhaps"),
        ("convert", "x.tsv", "--library", "x", "--member", " "),
        ("convert", "x.tsv", "--lib", "x"),
        ("show", "TR", "--library", "x", "--from", "2024"),
        ("show", "TR", "--library", "x", "--from", "2024-13"),
        ("show", "TR", "--library", "x", "--from", "2024-03", "--to", "2024-01"),
        ("show", "TR", "--library", "x", "-o", "x.doc"),
    ],
    ids=" ".join,
)
def test_that_wrong_usage_ends_with_2_and_a_word_about_it(words: tuple[str, ...]) -> None:
    ran = answered(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "usage: nolcat" in ran.err


def test_that_help_and_version_answer_without_loading_what_is_slow() -> None:
    slow = ("polars", "pyarrow", "xlsxwriter", "orjson", "filelock")
    script = (
        "import sys\nfrom nolcat_desktop.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit as end:\n    code = end.code\n"
        f"print([name for name in {slow} if name in sys.modules], code)"
    )
    for words, said in ((["--version"], f"NoLCAT Desktop {__version__}\n"), (["--help"], "Exit codes:")):
        ran = nolcat_script(script, *words)
        assert said in ran
        assert ran.endswith("[] 0\n")


def nolcat_script(script: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *words], env=environment(), capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode()


def test_that_version_answers_at_once() -> None:
    begun = time.perf_counter()
    ran = nolcat("--version")
    assert (ran.code, ran.out) == (0, f"NoLCAT Desktop {__version__}\n")
    assert time.perf_counter() - begun < 60


def test_that_the_window_answers_for_its_version() -> None:
    shown = {**environment(), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "nolcat_desktop", "--version"], env=shown, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout.decode()) == (0, f"NoLCAT Desktop {__version__}\n")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a screen")
def test_that_without_a_screen_the_program_says_what_can_be_done() -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    blind = {name: value for name, value in environment().items() if name not in hidden}
    done = subprocess.run([sys.executable, "-m", "nolcat_desktop"], env=blind, capture_output=True, check=False)
    assert done.returncode == 1
    assert "nolcat convert" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_that_narration_goes_to_stderr(own_shelf: Shelf) -> None:
    ran = nolcat("convert", own_shelf.report, "--library", own_shelf.library, "--source", 7, "--json")
    assert ran.code == 0
    assert "1 report or files: 1 skipped." in ran.err
    assert len(ran.out.splitlines()) == 1


def test_that_text_output_says_the_same_in_words(own_shelf: Shelf) -> None:
    library = own_shelf.folder / "new"
    ran = answered("convert", own_shelf.report, own_shelf.corrected, "--library", library, "--source", 7)
    assert ran.code == 1
    assert "added: TR (Release 5.1), 2024-01 to 2024-03" in ran.out
    assert "sum in the file = sum stored" in ran.out
    assert "What to do:" in ran.out
    for words in (("inspect", own_shelf.report), ("validate", own_shelf.report)):
        ran = answered(*words)
        assert ran.code == 0
        assert "TR (Release 5.1)" in ran.out
    for what in ("coverage", "history", "sources", "verify"):
        ran = answered("library", what, "--library", library)
        assert ran.code == 0
        assert is_clean(ran)
    ran = answered("show", "TR", "--library", library)
    assert ran.out.startswith("statistics_source_ID,statistics_source_name,report_type")


def test_that_two_places_name_the_same_endings_and_the_same_code() -> None:
    assert ENDINGS == WRITTEN
    assert session.STOPPED == STOPPED


def test_that_names_of_all_scripts_are_printed_as_they_are(tmp_path: Path, shelf: Shelf) -> None:
    file = tmp_path / "Отчёт 潮.tsv"
    file.write_bytes(shelf.report.read_bytes())
    ran = nolcat("inspect", file, "--json")
    assert ran.line["file"] == str(file)
    assert "Отчёт 潮" in ran.out


def test_that_json_lines_are_json_for_strict_readers(shelf: Shelf) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    for words in (("show", "TR"), ("library", "coverage")):
        ran = answered(*words, "--library", shelf.library, "--json")
        for line in ran.out.splitlines():
            json.loads(line, parse_constant=refuse)


def test_that_a_line_is_one_line_for_every_program(tmp_path: Path) -> None:
    name = "Shelf\u2028of\u0085lines"
    (tmp_path / "tr.tsv").write_bytes(tsv(a_report(Release.R51, "TR", platform=name)))
    assert answered("inspect", tmp_path / "tr.tsv", "--json").line["source_guess"] == name
