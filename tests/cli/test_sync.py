"""`nolcat sync` as a user runs it: one line for each key, the set last, and nothing of the program's inside."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nolcat_desktop.dataset import Library
from tests.cli.running import Line, Ran, answered, environment, is_clean, nolcat
from tests.servers.seaweed import READER, STRANGER, WRITER, Key, Seaweed
from tests.sync.desk import add, library

FIELDS = ["key", "action", "reason", "bytes", "sha256", "sent"]


class Place:
    """A library and a bucket."""

    def __init__(self, server: Seaweed, folder: Path, patch: pytest.MonkeyPatch, key: Key = WRITER) -> None:
        self.server, self.folder, self.bucket = server, folder, server.new_bucket()
        self.held: Library = library(folder / "library")
        add(self.held, {"2024-01": 5})
        for name, value in server.environment(key).items():
            patch.setenv(name, value)

    def words(self, *more: str, folder: Path | None = None) -> list[str]:
        where = ["--bucket", self.bucket, "--prefix", "nolcat", "--endpoint-url", self.server.url]
        return ["sync", "--library", str(folder or self.folder / "library"), *where, *more]

    def sync(self, *more: str, folder: Path | None = None) -> Ran:
        ran = answered(*self.words("--json", *more, folder=folder))
        assert is_clean(ran), ran.err
        return ran


@pytest.fixture
def place(s3_server: Seaweed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    return Place(s3_server, tmp_path, monkeypatch)


def keys(lines: list[Line]) -> dict[str, tuple[str, bool]]:
    return {line["key"]: (line["action"], line["sent"]) for line in lines[:-1]}


def test_that_there_is_a_line_for_each_key_and_a_last_one_for_the_set(place: Place) -> None:
    part, sources = "nolcat/TR/1_TR_2024-05-01.parquet", "nolcat/statistics_sources.csv"
    dry = place.sync("--dry-run")
    assert (dry.code, keys(dry.lines)) == (0, {part: ("upload", False), sources: ("upload", False)})
    assert dry.lines[-1]["manifest"] is None
    assert "Nothing was sent" in dry.err
    ran = place.sync()
    assert (ran.code, keys(ran.lines)) == (0, {part: ("upload", True), sources: ("upload", True)})
    assert [list(line) for line in ran.lines[:-1]] == [FIELDS, FIELDS]
    last = ran.lines[-1]
    assert list(last) == ["manifest", "keys", "bytes", "complete"]
    assert (last["keys"], last["complete"]) == (2, True)
    assert last["bytes"] == sum(line["bytes"] for line in ran.lines[:-1])
    client = place.server.client()
    assert client.get_object(Bucket=place.bucket, Key=last["manifest"])["Body"].read().startswith(b'{"format":1,')
    again = place.sync()
    assert (again.code, keys(again.lines)) == (0, {part: ("same", False), sources: ("same", False)})
    assert again.lines[-1] == last


def test_that_a_library_is_fetched_into_a_new_folder_and_is_sound(place: Place) -> None:
    place.sync()
    ran = place.sync("--fetch", folder=place.folder / "new")
    assert ran.code == 0
    assert {line["action"] for line in ran.lines[:-1]} == {"fetch"}
    assert answered("library", "verify", "--library", place.folder / "new").code == 0
    assert place.sync("--fetch", folder=place.folder / "new").code == 1


def test_that_a_conflict_is_shown_and_decided_by_the_key(place: Place) -> None:
    place.sync()
    place.sync("--fetch", folder=place.folder / "new")
    other = library(place.folder / "new")
    part = f"nolcat/{add(other, {'2024-01': 9}, name='other')}"
    assert place.sync(folder=place.folder / "new").code == 0
    add(place.held, {"2024-01": 8}, name="mine")
    ran = place.sync()
    assert (ran.code, keys(ran.lines)[part], ran.lines[-1]["complete"]) == (1, ("conflict", False), False)
    assert "Neither version is lost" in ran.err
    assert place.sync("--keep-theirs", part).code == 0
    assert place.held.coverage()["usage_total"].to_list() == other.coverage()["usage_total"].to_list()


@pytest.mark.parametrize(("key", "said"), [(READER, "s3:PutObject"), (STRANGER, "not known there")])
def test_that_a_refusal_is_a_problem_and_no_secret_is_printed(
    s3_server: Seaweed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: Key, said: str
) -> None:
    ran = Place(s3_server, tmp_path, monkeypatch, key).sync()
    assert ran.code == 1
    assert said in ran.err
    assert "What to do" in ran.err
    assert key.secret not in ran.out + ran.err


def test_that_it_runs_as_a_process_of_its_own(place: Place) -> None:
    ran = nolcat(*place.words("--json", "--limit", "2m"), env=environment(**place.server.environment(WRITER)))
    assert (ran.code, ran.lines[-1]["complete"]) == (0, True)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of processes there")
def test_that_a_full_disk_leaves_nothing_half_fetched_and_the_next_run_completes_it(place: Place) -> None:
    place.sync()
    new = place.folder / "new"
    env = environment(**place.server.environment(WRITER))

    def small_disk() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))

    ran = nolcat(*place.words("--fetch", folder=new), env=env, preexec_fn=small_disk)
    assert (ran.code, is_clean(ran)) == (1, True), ran.err
    assert "could not be written" in ran.err
    assert library(new).parts() == ()
    assert place.sync("--fetch", folder=new).code == 0


def test_that_what_others_left_unfinished_is_listed_and_what_is_young_is_left(place: Place) -> None:
    place.server.client().create_multipart_upload(Bucket=place.bucket, Key="nolcat/TR/left.parquet")
    assert "1 unfinished sending of another lies there" in place.sync().err
    (line,) = place.sync("--clean-up").lines
    assert (line["key"], line["ended"]) == ("nolcat/TR/left.parquet", False)


def test_that_a_library_that_is_not_there_is_not_sent(place: Place) -> None:
    assert place.sync(folder=place.folder / "nowhere").code == 1
    assert nolcat("sync", "--library", place.folder / "library", "--limit", "fast").code == 2
