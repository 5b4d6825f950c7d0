"""`nolcat pipeline …` against the stand-in: what is printed, the exit codes, and that nothing is started twice."""

from __future__ import annotations

import json
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from nolcat_desktop.objects import Kind, Location, Manifest, ManifestEntry
from tests.aws.machines import LONG, TOLD, WELL, Definition, new_machine, new_topic, too_small
from tests.cli.conftest import Shelf
from tests.cli.running import Ran, answered, is_clean
from tests.servers.aws_stand_in import Aws


@dataclass(frozen=True, slots=True)
class Place:
    """A library whose set was sent, and the bucket."""

    aws: Aws
    library: Path
    bucket: str

    def send(self, rows: int = 1, previous: str | None = None) -> Manifest:
        """Put a set's manifest where `nolcat sync` puts it."""
        entry = ManifestEntry("nolcat/TR/7_TR_NULL.parquet", Kind.PART, "0" * 64, None, 10, rows)
        manifest = Manifest("riverside", previous, (entry,))
        with closing(self.aws.client("s3")) as client:
            key = manifest.key(Location(self.bucket, "nolcat"))
            client.put_object(Bucket=self.bucket, Key=key, Body=manifest.to_bytes())
        return manifest

    def run(self, what: str, machine: str, *words: str) -> Ran:
        cloud = ("--bucket", self.bucket, "--prefix", "nolcat", "--endpoint-url", self.aws.url)
        return answered("pipeline", what, "--library", self.library, *cloud, "--state-machine", machine, *words)

    def machine(self, definition: Definition) -> str:
        return new_machine(self.aws, definition)


@pytest.fixture
def place(aws_server: Aws, own_shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Place:
    for name, value in {**aws_server.environment(), "XDG_DATA_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    return Place(aws_server, own_shelf.library, aws_server.new_bucket())


def test_that_a_run_is_started_once_watched_and_listed(place: Place) -> None:
    manifest, machine = place.send(), place.machine(WELL)
    first, second = (place.run("start", machine, "--json") for _ in range(2))
    assert (first.code, second.code) == (0, 0), first.err
    name = f"nolcat-riverside-{manifest.name}-1"
    assert set(first.line) == {"execution_arn", "name", "manifest", "status"}
    assert (first.line["name"], first.line["manifest"]) == (name, manifest.name)
    assert second.line["execution_arn"] == first.line["execution_arn"]
    watched = place.run("watch", machine, "--json")
    assert watched.code == 0
    *steps, last = watched.lines
    assert all(set(step) == {"step", "state", "since"} for step in steps)
    assert [(step["step"], step["state"]) for step in steps] == [("Look", "done"), ("Load", "done")]
    assert last == {"status": "SUCCEEDED", "error": None, "cause": None}
    (run,) = place.run("history", machine, "--json").lines
    assert (run["name"], run["status"], run["manifest"]) == (name, "SUCCEEDED", manifest.name)
    assert run["who"]


def test_that_the_newest_set_is_run_and_an_older_one_by_its_name(place: Place) -> None:
    older = place.send()
    newer, machine = place.send(2, older.name), place.machine(WELL)
    assert place.run("start", machine, "--json").line["manifest"] == newer.name
    assert place.run("start", machine, "--json", "--manifest", older.name).line["manifest"] == older.name
    missing = place.run("start", machine, "--manifest", "0" * 12)
    assert missing.code == 1
    assert "There is no set of this name" in missing.err


def test_that_a_failed_run_is_told_in_words_and_run_again_when_asked(place: Place) -> None:
    place.send()
    machine = place.machine(TOLD)
    place.run("start", machine)
    watched = place.run("watch", machine)
    assert watched.code == 1
    assert "A file that was sent is no longer in the bucket" in watched.err
    assert "What to do: Send again" in watched.err
    assert "https://us-east-1.console.aws.amazon.com/states/" in watched.err
    assert "failed" in watched.out
    told = place.run("watch", machine, "--json")
    assert told.lines[-1]["error"] == "NoLCAT.ObjectMissing"
    assert told.code == 1
    assert place.run("start", machine, "--json").line["name"].endswith("-1")
    assert place.run("start", machine, "--json", "--again").line["name"].endswith("-2")
    going = place.run("start", machine, "--go-on")
    assert going.code == 1
    assert "cannot go on" in going.err


def test_that_a_run_that_was_too_small_is_run_larger_once_and_who_is_told_is_said(place: Place) -> None:
    manifest = place.send()
    topic = new_topic(place.aws, "ana@example.org", "ben@late.example.org")
    machine = place.machine(too_small(topic))
    assert place.run("start", machine).code == 0
    long = place.machine({**LONG, "States": {**LONG["States"], **too_small(topic)["States"]}})
    started = place.run("start", long)
    assert "Telling 2 people by e-mail, 1 has not confirmed yet." in started.err
    assert "ben@late.example.org" in started.err
    place.run("stop", long)
    watched = place.run("watch", machine)
    assert "The job had too little memory" in watched.err
    assert "`nolcat pipeline start --larger`" in watched.err
    first, second = (place.run("start", machine, "--larger", "--json") for _ in range(2))
    assert first.line["name"] == f"nolcat-riverside-{manifest.name}-l1"
    assert second.line["execution_arn"] == first.line["execution_arn"]
    assert place.run("watch", machine, "--json").lines[-1]["status"] == "SUCCEEDED"
    mine = machine.rpartition(":")[2]
    runs = [run for run in place.run("history", machine, "--json").lines if mine in run["execution_arn"]]
    assert [(run["larger"], run["outcome"]) for run in runs] == [(True, "published"), (False, None)]


def test_that_a_run_is_looked_at_and_stopped(place: Place) -> None:
    place.send()
    machine = place.machine(LONG)
    place.run("start", machine)
    looked = place.run("status", machine, "--json")
    assert looked.code == 0
    assert looked.lines[-1]["status"] == "RUNNING"
    assert place.run("stop", machine, "--json").line["status"] in ("RUNNING", "ABORTED")  # it is stopped soon
    after = place.run("watch", machine)
    assert after.code == 1
    assert "The run was stopped" in after.err
    assert "stopped after" in after.out


def test_that_a_machine_of_another_kind_is_told_by_a_template(place: Place, tmp_path: Path) -> None:
    place.send()
    theirs = {"StartAt": "A", "States": {"A": {"Type": "Pass", "InputPath": "$.src", "End": True}}}
    machine = place.machine(theirs)
    refused = place.run("start", machine)
    assert refused.code == 1
    assert "“src”" in refused.err
    template = tmp_path / "input.json"
    template.write_text('{"src": "s3://{manifest_bucket}/{manifest_key}"}')
    assert place.run("start", machine, "--input-template", str(template)).code == 0


@pytest.mark.parametrize(
    ("machine", "said"), [("nonsense", "No state machine is set up here"), ("arn:aws:s3:::b", "cannot be used")]
)
def test_that_what_is_no_state_machine_is_refused(place: Place, machine: str, said: str) -> None:
    place.send()
    ran = place.run("start", machine)
    assert ran.code == 1
    assert said in ran.err
    assert is_clean(ran)


def test_that_nothing_is_started_before_something_was_sent(place: Place) -> None:
    ran = place.run("start", place.machine(WELL))
    assert ran.code == 1
    assert "Nothing was sent yet" in ran.err
    assert not (place.library / ".nolcat" / "runs.jsonl").exists()


def test_that_a_library_without_runs_says_so(place: Place) -> None:
    ran = place.run("watch", place.machine(WELL))
    assert ran.code == 1
    assert "There is no such run" in ran.err
    assert place.run("watch", place.machine(WELL), "--run", f"nolcat-x-{uuid.uuid4().hex[:12]}-1").code == 1


def test_that_the_notes_of_runs_are_no_fault_of_the_library_and_hold_no_secret(place: Place) -> None:
    place.send()
    place.run("start", place.machine(WELL))
    assert answered("library", "verify", "--library", place.library).code == 0
    for line in (place.library / ".nolcat" / "runs.jsonl").read_text().splitlines():
        assert not {"secret", "token", "password"} & set(json.loads(line))
