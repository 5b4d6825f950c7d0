"""What is damaged is made again from earlier versions or originals; what cannot be is said."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.dataset import Library
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow import convert
from nolcat_desktop.workflow.outcome import Wishes
from nolcat_desktop.workflow.rebuilding import How, Rebuilding, foresee, rebuild
from tests.builders import a_report, of_two_members, tsv, xlsx
from tests.workflow.shelf import Shelf, changed
from tests.workflow.stored import usage_in

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def opened(folder: Path) -> Library:
    return Library.open(folder, lambda: NOON, "1.0")


def again(folder: Path) -> Rebuilding:
    return rebuild(folder, lambda: NOON, "2.0", Progress())


def foreseen(folder: Path) -> Rebuilding:
    """What is promised, without touching anything."""
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in folder.rglob("*") if file.is_file()}
    found = foresee(folder, lambda: NOON, "2.0", Progress())
    assert {
        file: (file.stat().st_mtime_ns, file.read_bytes()) for file in folder.rglob("*") if file.is_file()
    } == before
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report of which a month was replaced, one of a consortium's members, a workbook; something kept aside."""
    shelf = Shelf(tmp_path)
    report = a_report(Release.R51, "TR")
    made = opened(shelf.library)
    for content, name, wishes in (
        (tsv(report), "first.tsv", Wishes(7)),
        (tsv(changed(report)), "second.tsv", Wishes(7, if_loaded="replace")),
        (tsv(changed(report, 5)), "third.tsv", Wishes(7, if_loaded="aside")),
        (xlsx(a_report(Release.R5, "DR")), "dr.xlsx", Wishes(7)),
        (tsv(of_two_members(a_report(Release.R51, "PR"))), "members.tsv", Wishes(8, member="Hochschule Auenland")),
    ):
        done = convert([shelf.file(content, name)], made, wishes, Progress())
        assert done.entry is not None, done.lines
    assert made.verify() == []
    return shelf.library


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    file.write_bytes(bytes(content))


def test_that_every_part_is_made_again_from_the_originals_alone(folder: Path) -> None:
    made = opened(folder)
    before = (usage_in(folder), made.coverage(), [held.load for held in made.holdings()], made.asides()[0].load)
    made.tidy()
    paths = made.layout.parts() + made.layout.asides()
    for number, path in enumerate(paths):
        if number % 2:
            spoil(made.layout.at(path))
        else:
            made.layout.at(path).unlink()
    assert len(made.verify()) >= len(paths)
    promised = foreseen(folder)
    found = again(folder)
    assert promised == found
    assert [(one.path, one.how) for one in found.done] == [(path, How.MADE_AGAIN) for path in sorted(paths)]
    assert found.left == ()
    made = opened(folder)
    after = (usage_in(folder), made.coverage(), [held.load for held in made.holdings()], made.asides()[0].load)
    assert after[0].equals(before[0])
    assert after[1].equals(before[1])
    assert after[2:] == before[2:]
    assert again(folder).done == ()


def test_that_a_part_whose_bytes_are_kept_is_brought_back(folder: Path) -> None:
    made = opened(folder)
    made.undo(2)
    (part,) = (folder / "TR").iterdir()
    kept = part.read_bytes()
    made.redo()
    made.undo(2)
    (folder / ".nolcat" / "versions").joinpath(_sha256(kept)).write_bytes(kept)
    part.unlink()
    assert [one.how for one in foreseen(folder).done] == [How.BROUGHT_BACK]
    assert [one.how for one in again(folder).done] == [How.BROUGHT_BACK]
    assert part.read_bytes() == kept
    assert opened(folder).redo().entry == 2


def _sha256(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def test_that_what_has_no_original_any_more_is_said_to_be_lost(folder: Path) -> None:
    made = opened(folder)
    held = next(one for one in made.holdings() if one.load.report_type == "DR")
    made.layout.at(held.path).unlink()
    (folder / "originals" / held.load.sha256).unlink()
    promised = foreseen(folder)
    found = again(folder)
    assert promised == found
    assert [(one.path, one.how) for one in found.done] == [(held.path, How.LOST)]
    assert found.done[0].problem is not None
    assert [fault.path for fault in found.left] == [held.path]


def test_that_a_history_lost_in_both_copies_is_begun_anew_and_says_so(folder: Path) -> None:
    made = opened(folder)
    before = usage_in(folder)
    made.mark_sent({"DR/7_DR_NULL.parquet": "0" * 64})
    for file in (made.layout.journal, made.layout.journal_copy):
        file.write_bytes(
            file.read_bytes().replace(b'"begun","does":"run","entry":2', b'"begur","does":"run","entry":2')
        )
    with pytest.raises(NolcatError, match="both"), opened(folder).run("add"):
        pass
    promised = foreseen(folder)
    found = again(folder)
    assert promised == found
    assert [(one.path, one.how) for one in found.done] == [(".nolcat/journal.jsonl", How.BEGUN_ANEW)]
    assert found.left == ()
    made = opened(folder)
    assert usage_in(folder).equals(before)
    with pytest.raises(NolcatError):
        made.undo()
    with made.run("remove") as run:
        run.remove(7, "DR")
        run.commit()
    assert [part.superseded for part in made.parts() if part.path[0] == "D"] == [True]
    made.undo()
    assert usage_in(folder).equals(before)
    assert made.verify() == []


def test_that_a_library_without_any_history_gets_one(folder: Path) -> None:
    made = opened(folder)
    made.layout.journal.unlink()
    made.layout.journal_copy.unlink()
    promised = foreseen(folder)
    assert [one.how for one in promised.done] == [How.BEGUN_ANEW]
    assert again(folder) == promised
    assert opened(folder).verify() == []


def test_that_originals_alone_are_not_called_whole(folder: Path) -> None:
    for kept in folder.iterdir():
        if kept.is_dir() and kept.name != "originals":
            shutil.rmtree(kept)
    for work in (again, foreseen):
        with pytest.raises(NolcatError, match="Only the originals"):
            work(folder)
    assert not (folder / ".nolcat").exists()


def test_that_there_must_be_a_library(tmp_path: Path) -> None:
    with pytest.raises(NolcatError, match="no library"):
        again(tmp_path / "nowhere")
