"""The inventory: every report of a tree once, what it is, and how it stands to those before it."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.progress import Cancelled, Progress, Step
from nolcat_desktop.workflow.inventory import Inventory, State, take_inventory
from nolcat_desktop.workflow.inventory_index import Index, Stamp, opened
from tests.builders import Abstract, Row, a_report, csv, expected_usage, json, tsv, xlsx
from tests.builders.other_kinds import ods, xls
from tests.builders.sushi import sushi
from tests.cli.running import answered

TR = a_report(Release.R5, "TR")
JR1 = a_report(Release.R4, "JR1")
LATER = a_report(Release.R5, "TR", begin=date(2022, 3, 1), months=2)
LONG_AGO = 1_500_000_000
WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")


def _total(report: Abstract) -> int:
    return int(expected_usage(report)["usage_count"].sum())


def _write(folder: Path, **files: bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (LONG_AGO, LONG_AGO))


def _of(*paths: Path, index: Index | None = None) -> Inventory:
    return take_inventory(paths, Progress(), index)


def _states(inventory: Inventory) -> list[tuple[str, str]]:
    return [(Path(line.facts.file).name, str(line.state)) for line in inventory.lines]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with opened(tmp_path / "state" / "index.sqlite") as found:
        yield found


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    return folder


def test_that_a_line_says_what_the_report_is(tree: Path) -> None:
    _write(tree, tr_dot_tsv=tsv(TR))
    (line,) = _of(tree).lines
    facts = line.facts
    assert (facts.report_id, facts.release, facts.kind) == ("TR", "5", "tsv")
    assert facts.months == ("2022-01", "2022-02", "2022-03")
    assert (facts.provider, facts.rows, facts.total) == ("Rowan Shelf", len(TR.rows), _total(TR))
    assert sum(facts.sums.values()) == line.new_total == _total(TR)
    assert line.state is State.NEW


def test_that_the_same_bytes_are_the_same_file(tree: Path) -> None:
    _write(tree, a_dot_tsv=tsv(TR), b__copy_dot_xls=tsv(TR))
    inventory = _of(tree)
    assert _states(inventory) == [("a.tsv", "new"), ("copy.xls", "same file")]
    second = inventory.lines[1]
    assert second.other is not None
    assert second.other.file.endswith("a.tsv")
    assert inventory.total == _total(TR)


@pytest.mark.parametrize(
    "other", [csv(TR), xlsx(TR), json(TR), xls(TR), ods(TR)], ids=["csv", "xlsx", "json", "xls", "ods"]
)
def test_that_the_same_usage_in_another_form_is_told(tree: Path, other: bytes) -> None:
    _write(tree, a_dot_tsv=tsv(TR), b=other)
    inventory = _of(tree)
    assert _states(inventory) == [("a.tsv", "new"), ("b", "same usage")]
    assert inventory.lines[1].equal == ("2022-01", "2022-02", "2022-03")
    assert inventory.total == _total(TR)


def test_that_release_4_in_xml_is_the_same_usage_as_its_table(tree: Path) -> None:
    _write(tree, a_dot_tsv=tsv(JR1), b_dot_xml=sushi(JR1))
    assert _states(_of(tree)) == [("a.tsv", "new"), ("b.xml", "same usage")]


def test_that_shared_months_with_other_numbers_are_an_overlap(tree: Path) -> None:
    _write(tree, a_dot_tsv=tsv(TR), b_dot_tsv=tsv(LATER))
    line = _of(tree).lines[1]
    assert line.state is State.OVERLAPPING
    assert (line.equal, line.differing, line.fresh) == ((), ("2022-03",), ("2022-04",))


def test_that_shared_months_with_equal_numbers_are_an_overlap_that_says_so(tree: Path) -> None:
    rows = [Row(row.elements, {m: n for m, n in row.counts.items() if m >= "2022-02"}) for row in TR.rows]
    part = replace(TR, rows=tuple(row for row in rows if row.counts), begin=date(2022, 2, 1))
    _write(tree, a_dot_tsv=tsv(part), b_dot_tsv=tsv(TR))
    inventory = _of(tree)
    line = inventory.lines[1]
    assert (line.state, line.equal, line.differing) == (State.OVERLAPPING, ("2022-02", "2022-03"), ())
    assert line.fresh == ("2022-01",)
    assert inventory.total == _total(TR)


def test_that_another_platform_or_type_is_no_overlap(tree: Path) -> None:
    _write(tree, a_dot_tsv=tsv(TR), b_dot_tsv=tsv(a_report(Release.R5, "TR", platform="Other Shelf")))
    _write(tree, c_dot_tsv=tsv(a_report(Release.R5, "PR")))
    assert {state for _, state in _states(_of(tree))} == {"new"}


def test_that_damaged_cells_are_named(tree: Path) -> None:
    text = tsv(TR).decode("utf-8-sig").split("\n")
    cells = text[14].split("\t")
    cells[-1] = "n/a"
    text[14] = "\t".join(cells)
    _write(tree, a_dot_tsv="\n".join(text).encode())
    (line,) = _of(tree).lines
    assert line.state is State.DAMAGED
    assert [value for _, value in line.facts.damaged] == ["n/a"]


def test_that_what_cannot_be_stored_says_why(tree: Path) -> None:
    _write(tree, a_dot_tsv=tsv(replace(TR, attributes={"Exclude_Monthly_Details": ("True",)})))
    (line,) = _of(tree).lines
    assert line.state is State.STOPPED
    assert line.problem is not None
    assert "totals only" in line.problem.title


@pytest.mark.parametrize(
    ("content", "state", "what"),
    [
        (b"%PDF-1.7", State.NOT_COUNTER, "PDF document"),
        (b"\xff\xd8\xff\xe0", State.NOT_COUNTER, "JPEG picture"),
        (WORD, State.NOT_COUNTER, "Word document (.doc)"),
        (b"Dear librarian", State.NOT_COUNTER, "table without a COUNTER report"),
        (b"", State.NOT_COUNTER, "empty file"),
        (xlsx(TR)[:3000], State.UNREADABLE, "damaged zip archive or document"),
        (xls(TR)[:3000], State.UNREADABLE, "Excel workbook that cannot be read"),
        (json(TR)[:300], State.UNREADABLE, "damaged JSON"),
        (sushi(JR1)[:900], State.UNREADABLE, "damaged XML"),
    ],
    ids=["pdf", "picture", "word", "letter", "empty", "xlsx", "xls", "json", "xml"],
)
def test_that_what_is_no_report_says_what_it_is_and_stops_nothing(
    tree: Path, content: bytes, state: State, what: str
) -> None:
    _write(tree, a=content, b_dot_tsv=tsv(TR))
    inventory = _of(tree)
    assert [line.state for line in inventory.lines] == [state, State.NEW]
    assert inventory.lines[0].facts.what == what


def test_that_archives_in_archives_are_opened(tree: Path) -> None:
    inner = tree / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep/tr.tsv", tsv(TR))
    with zipfile.ZipFile(tree / "outer.zip", "w") as archive:
        archive.writestr("jr1.xlsx", xlsx(JR1))
        archive.writestr("more/inner.zip", inner.read_bytes())
    inner.unlink()
    inventory = _of(tree)
    assert [Path(line.facts.file.split("!/", 1)[1]).as_posix() for line in inventory.lines] == [
        "jr1.xlsx",
        "more/inner.zip!/deep/tr.tsv",
    ]
    assert inventory.total == _total(TR) + _total(JR1)


def test_that_a_second_look_reads_nothing(tree: Path, index: Index) -> None:
    _write(tree, a_dot_tsv=tsv(TR), b_dot_xlsx=xlsx(JR1), c_dot_pdf=b"%PDF-1.7", d_dot_tsv=tsv(TR))
    first = _of(tree, index=index)
    second = _of(tree, index=index)
    assert first.read == 3
    assert second.read == 0
    assert second.lines == first.lines


def test_that_a_file_that_is_known_is_called_as_it_was_asked_for(
    tree: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tree, a_dot_tsv=tsv(TR))
    _of(tree, index=index)
    monkeypatch.chdir(tree.parent)
    again = _of(Path(tree.name), index=index)
    assert (again.read, again.lines[0].facts.file) == (0, str(Path(tree.name) / "a.tsv"))


def test_that_a_changed_file_is_read_again(tree: Path, index: Index) -> None:
    _write(tree, a_dot_tsv=tsv(TR))
    _of(tree, index=index)
    _write(tree, a_dot_tsv=tsv(LATER))
    again = _of(tree, index=index)
    assert again.read == 1
    assert again.lines[0].facts.months == ("2022-03", "2022-04")


def test_that_a_moved_file_is_known_by_its_content(tree: Path, index: Index) -> None:
    _write(tree, a__tr_dot_tsv=tsv(TR))
    _of(tree, index=index)
    (tree / "a").rename(tree / "b")
    moved = _of(tree, index=index)
    assert moved.read == 0
    assert moved.lines[0].facts.file == str(tree / "b" / "tr.tsv")


def test_that_what_was_read_before_a_stop_stays_known(tree: Path, index: Index) -> None:
    _write(tree, a_dot_tsv=tsv(TR), b_dot_xlsx=xlsx(JR1))
    stop = Event()

    def told(step: Step) -> None:
        if step.done == 1:
            stop.set()

    with pytest.raises(Cancelled):
        take_inventory([tree], Progress(told, stop), index)
    assert _of(tree, index=index).read == 1


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_that_a_spoilt_index_is_made_anew(tmp_path: Path, tree: Path, content: bytes) -> None:
    _write(tree, a_dot_tsv=tsv(TR))
    place = tmp_path / "index.sqlite"
    place.write_bytes(content)
    for expected in (1, 0):
        with opened(place) as found:
            assert _of(tree, index=found).read == expected


def test_that_an_index_that_cannot_be_written_stops_nothing(tmp_path: Path, tree: Path) -> None:
    _write(tree, a_dot_tsv=tsv(TR))
    (tmp_path / "file").write_bytes(b"")
    with opened(tmp_path / "file" / "index.sqlite") as found:
        assert _of(tree, index=found).read == 1


def test_that_what_the_library_has_is_told(tree: Path) -> None:
    _write(tree, a_dot_tsv=tsv(TR))
    sha256 = _of(tree).lines[0].facts.sha256
    (line,) = take_inventory([tree], Progress(), loaded=[sha256]).lines
    assert (line.state, line.new_total) == (State.LOADED, 0)


def test_that_a_file_that_is_gone_has_no_stamp(tmp_path: Path) -> None:
    assert Stamp.of(str(tmp_path / "nowhere.tsv")) is None
    (line,) = _of(tmp_path / "nowhere.tsv").lines
    assert line.state is State.UNREADABLE


def test_that_a_report_of_release_3_or_without_a_header_is_a_report_that_is_stopped(tree: Path, tmp_path: Path) -> None:
    old = [
        ["Journal Report 2(R3)", "Turnaways …"],
        ["Meadow"],
        ["Date run:"],
        ["2009-02-01"],
        ["", "Jan-2008"],
        ["A", "1"],
    ]
    bare = tsv(JR1).split(b"\n", 7)[7]
    _write(tree, old_dot_csv="\n".join(map(",".join, old)).encode(), bare_dot_tsv=bare, letter_dot_pdf=b"%PDF-1.4 and")
    inventory = _of(tree)
    assert _states(inventory) == [("bare.tsv", "stopped"), ("letter.pdf", "not COUNTER"), ("old.csv", "stopped")]
    assert "(R3)" in str(inventory.lines[2].problem)
    _write(tree, broken_dot_xls=xls(TR)[:3000])
    ran = answered("convert", tree, "--library", tmp_path / "library")
    assert ran.code == 1
    assert ran.err.count("Not stored (1): ") == 3  # a broken file is named too, though it is none that is missed
    assert "Not stored (1): The workbook is damaged" in ran.err
