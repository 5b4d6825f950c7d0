"""`nolcat cloud setup` against the stand-in."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from nolcat_desktop.accounts import Account, accounts_file, load_accounts, save_accounts
from tests.cli.running import Ran, answered, is_clean
from tests.servers.aws_stand_in import Aws


class Place:
    """A name of its own."""

    def __init__(self, aws: Aws) -> None:
        self.aws, self.name = aws, f"n{uuid.uuid4().hex[:8]}"
        self.bucket = f"lib-{self.name}"

    def run(self, *words: str, account: str = "") -> Ran:
        cloud = ("--account", account) if account else ("--bucket", self.bucket, "--prefix", "nolcat")
        where = ("--endpoint-url", self.aws.url)
        return answered("cloud", "setup", *cloud, *where, "--name", self.name, "--database", self.name, *words)


@pytest.fixture
def place(aws_server: Aws, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Place:
    for name, value in {**aws_server.environment(), "XDG_DATA_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    return Place(aws_server)


def test_that_without_yes_it_is_shown_and_nothing_is_made(place: Place) -> None:
    shown = place.run("--json")
    assert shown.code == 0, shown.err
    assert {line["action"] for line in shown.lines} == {"to be created"}
    assert "Nothing was changed" in shown.err
    again = place.run()
    for chapter in ("1. S3 locations", "2. Glue jobs", "3. SNS topic", "4. State machine"):
        assert chapter in again.err
    assert again.out.count("to be created") == len(shown.lines)


def test_that_with_yes_it_is_made_found_again_and_removed(place: Place) -> None:
    made = place.run("--yes", "--json", "--email", "ana@example.org", "--email", "ben@late.example.org")
    assert made.code == 0, made.err
    assert all(set(line) == {"resource", "name", "arn", "action", "note"} for line in made.lines)
    assert {line["action"] for line in made.lines} <= {"created", "updated"}
    assert made.lines[-1]["arn"] in made.err  # how to start it
    again = place.run("--yes", "--json")  # who is subscribed is known
    assert {line["action"] for line in again.lines} == {"exists"}
    notes = {line["name"]: line["note"] for line in again.lines if line["resource"] == "sns e-mail subscription"}
    assert notes["ana@example.org"] is None
    assert "not confirmed yet" in notes["ben@late.example.org"]
    asked = place.run("--ask-again", "--json")
    assert [line["address"] for line in asked.lines] == ["ben@late.example.org"]
    assert "Nothing was removed" in place.run("--remove").err
    removed = place.run("--remove", "--yes", "--json")
    assert removed.code == 0, removed.err
    actions = {line["resource"]: line["action"] for line in removed.lines}
    assert (actions["state machine"], actions["s3 bucket"], actions["glue database"]) == ("removed", "kept", "kept")


def test_that_an_account_that_was_set_up_starts_the_machine_from_then_on(place: Place) -> None:
    save_accounts((Account("riverside", place.bucket, "nolcat", region="us-east-1"),), accounts_file())
    assert place.run("--yes", account="riverside").code == 0
    (account,) = load_accounts(accounts_file())
    assert account.state_machine.endswith(f"stateMachine:{place.name}-pipeline")
    assert account.endpoint_url == ""  # what was said for once is not remembered


def test_that_what_an_administrator_is_asked_for_can_be_copied(place: Place) -> None:
    text = place.run("--administrator").out
    assert "iam:PassRole" in text
    assert place.name in text
    starts = [at for at in range(len(text)) if text.startswith("{\n", at) and (at == 0 or text[at - 1] == "\n")]
    assert len(starts) == 5
    for at in starts:
        policy, _ = json.JSONDecoder().raw_decode(text[at:])
        assert policy["Version"] == "2012-10-17"


def test_that_the_template_is_printed_without_any_account() -> None:
    ran = answered("cloud", "setup", "--template")
    assert ran.code == 0
    assert json.loads(ran.out)["AWSTemplateFormatVersion"] == "2010-09-09"


def test_that_a_name_that_cannot_work_is_told_and_nothing_is_made(place: Place) -> None:
    ran = place.run("--yes", "--store-prefix", "nolcat")
    assert ran.code == 1
    assert "cannot be set up" in ran.err
    assert is_clean(ran)
