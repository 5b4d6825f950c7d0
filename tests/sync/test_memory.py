"""What is remembered, how fast it goes, and what is told: without any network."""

from __future__ import annotations

import hashlib
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nolcat_desktop.objects import Kind, StoredObject, UploadedPart
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled
from nolcat_desktop.sync.arrival import Tally
from nolcat_desktop.sync.catalog import Catalog, opened
from nolcat_desktop.sync.catalog_lines import Upload
from nolcat_desktop.sync.leftovers import clean_up, leftovers
from nolcat_desktop.sync.local_file import Pieces
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.sync.plan import Local
from nolcat_desktop.sync.store import MIB
from nolcat_desktop.sync.sums import SMALL, FileChanged, as_base64, part_bytes_for, sha256_of, stamp_of
from nolcat_desktop.sync.telling import words
from nolcat_desktop.sync.upload import end_upload
from tests.sync.desk import Desk, library

PART = UploadedPart(1, '"e"', "sum", 5)
SEEN = StoredObject("k", 3, '"e"', "a" * 64, "v", "2026-01-01T10:00:00+00:00", "bo")


def test_that_what_was_told_is_known_after_a_restart_and_a_torn_line_is_nothing(tmp_path: Path) -> None:
    file = tmp_path / "sent.jsonl"
    first = Catalog(file)
    first.agree("k", "a" * 64)
    first.begin("big", Upload("u1", "b" * 64, SMALL))
    first.arrived("u1", PART)
    first.see(SEEN)
    first.learn_link("2" * 12, "1" * 12, ())
    own = first.library
    first.close()
    with file.open("a") as out:
        out.write('["agreed","k","torn')
    again = Catalog(file)
    assert (again.agreed(), again.library) == ({"k": "a" * 64}, own)
    assert (again.upload("big"), again.parts("u1")) == (Upload("u1", "b" * 64, SMALL), (PART,))
    assert again.seen(SEEN) == SEEN
    assert again.link("2" * 12) == ("1" * 12, ())
    again.end("big")
    again.close()
    assert Catalog(file).upload("big") is None


@pytest.mark.parametrize(
    "line",
    ["3", "[]", '["agreed","k"]', '["agreed","k",7]', '["seen","k",{"key":"k"}]', '["upload","k",{"x":1}]', "\0"],
)
def test_that_a_damaged_line_is_nothing_and_the_file_as_it_was_is_kept_aside(tmp_path: Path, line: str) -> None:
    file = tmp_path / "sent.jsonl"
    text = f'["agreed","a","{"a" * 64}"]\n{line}\n["agreed","b","{"b" * 64}"]\n'
    file.write_text(text)
    assert Catalog(file, keep=False).agreed() == {"a": "a" * 64, "b": "b" * 64}
    assert [one.name for one in tmp_path.iterdir()] == ["sent.jsonl"]
    again = Catalog(file)
    assert (again.agreed(), again.upload("k"), again.seen(SEEN)) == ({"a": "a" * 64, "b": "b" * 64}, None, None)
    (aside,) = (one for one in tmp_path.iterdir() if "-damaged-" in one.name)
    assert aside.read_text() == text
    assert line not in file.read_text().splitlines()


def test_that_an_object_that_was_written_anew_is_looked_at_again() -> None:
    catalog = Catalog(None)
    catalog.see(SEEN)
    assert catalog.seen(StoredObject("k", 3, '"other"', modified=SEEN.modified)) is None
    assert catalog.seen(StoredObject("k", 3, '"e"', modified="2026-01-01T10:00:09+00:00")) is None


def test_that_a_file_touched_just_now_is_counted_again(tmp_path: Path) -> None:
    file, catalog = tmp_path / "part", Catalog(None)
    file.write_bytes(b"one")
    stamp = stamp_of(file)
    catalog.count("part", stamp, "a" * 64, stamp.modified + 1)
    assert catalog.counted("part", stamp) is None
    catalog.count("part", stamp, "a" * 64, stamp.modified + 3_000_000_000)
    assert catalog.counted("part", stamp) == "a" * 64
    file.write_bytes(b"two or more")
    assert catalog.counted("part", stamp_of(file)) is None


def test_that_one_program_sends_a_library_at_a_time(tmp_path: Path) -> None:
    with opened(tmp_path / "sent.jsonl"):
        with pytest.raises(NolcatError, match="sent already"), opened(tmp_path / "sent.jsonl"):
            pass
        with opened(tmp_path / "sent.jsonl", keep=False) as looking:
            looking.agree("k", "a" * 64)
    assert Catalog(tmp_path / "sent.jsonl").agreed() == {}


def test_that_no_more_bytes_go_than_the_limit_allows() -> None:
    now = [0.0]
    pace = Pace(1000, lambda: now[0])
    done = threading.Event()

    def send() -> None:
        for _ in range(3):
            pace.block(500)
        done.set()

    sender = threading.Thread(target=send)
    sender.start()
    end = time.monotonic() + 20
    while not done.is_set() and time.monotonic() < end:
        now[0] += 0.05
        done.wait(0.005)
    sender.join(20)
    assert done.is_set()
    assert now[0] >= 1.0


def test_that_a_stopped_pace_stops_whoever_waits() -> None:
    pace = Pace(1)
    pace.block(100)
    threading.Timer(0.05, pace.stop).start()
    with pytest.raises(Cancelled):
        pace.block(100)


def test_that_bytes_of_a_repeated_request_are_counted_once() -> None:
    pace = Pace()
    pace.block(10)
    pace.again()
    pace.block(10)
    assert pace.done == 10
    pace.settle(10)
    assert pace.done == 10


@pytest.mark.parametrize("size", [0, 1, SMALL, SMALL + 1, 3 * SMALL])
def test_that_a_file_is_counted_whole_and_in_parts(tmp_path: Path, size: int) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * size)
    pieces = Pieces(Local("k", Kind.ORIGINAL, "", file), size)
    took = [pieces.take() for _ in range(pieces.count)]
    assert [number for number, _, _ in took] == list(range(1, -(-size // SMALL) + 1))
    assert b"".join(content for _, content, _ in took) == file.read_bytes()
    sums = pieces.sums()
    assert (sums.bytes, sums.sha256) == (size, sha256_of(file, lambda: None))
    digests = b"".join(hashlib.sha256(content).digest() for _, content, _ in took)
    assert sums.checksum == f"{as_base64(hashlib.sha256(digests).digest())}-{len(took)}"
    with pytest.raises(FileChanged):
        pieces.take()


def test_that_no_file_has_more_parts_than_the_service_takes() -> None:
    for size in (1, 80 * 1000 * MIB, 5 * 1000 * 1000 * MIB):
        assert -(-size // part_bytes_for(size)) <= 10_000


def test_that_progress_is_told_in_bytes_and_time() -> None:
    assert words(Tally(1, 3, 4_200_000, 48_200_000, 41.0)) == "4.2 MB of 48.2 MB, about 40 s left"
    assert words(Tally(1, 3, 10, 20, None)) == "10 bytes of 20 bytes"
    assert words(Tally(1, 3, 10, 20, None, "The connection is gone")).startswith("The connection is gone; it goes on")


def test_that_leftovers_of_others_are_listed_and_only_old_ones_ended(desk: Desk) -> None:
    held = library(desk.folder / "one")
    with desk.means(held) as means:
        theirs, own = means.store.begin("nolcat/TR/theirs", "a" * 64), means.store.begin("nolcat/TR/own", "b" * 64)
        means.catalog.begin("nolcat/TR/own", Upload(own, "b" * 64, SMALL))
        found = leftovers(means)
        assert [one.upload for one in found] == [theirs]
        assert clean_up(means, found, datetime.now(UTC)) == ()
        assert clean_up(means, found, datetime.now(UTC) + timedelta(hours=25)) == found
        assert [one.upload for one in means.store.unfinished()] == [own]


def test_that_what_is_told_after_the_end_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "sent.jsonl"
    with opened(file) as catalog:
        catalog.library = "before"
    before = file.read_bytes()
    catalog.library = "afterwards"
    assert file.read_bytes() == before


def test_that_an_upload_whose_name_was_never_heard_is_ended_before_another_is_begun(desk: Desk) -> None:
    with desk.means(library(desk.folder / "one")) as means:
        unheard = means.store.begin("nolcat/TR/large", "a" * 64)
        other = means.store.begin("nolcat/TR/other", "a" * 64)
        means.catalog.begin("nolcat/TR/large", Upload("", "a" * 64, SMALL))
        end_upload("nolcat/TR/large", means)
        assert means.catalog.upload("nolcat/TR/large") is None
        assert [one.upload for one in means.store.unfinished()] == [other]
        assert unheard != other
