"""`nolcat cloud jobs …` against the stand-in: old and new are shown before anything is changed, and no token is."""

from __future__ import annotations

import io
import json
import sys
import uuid
from pathlib import Path

import pytest

from nolcat_desktop.accounts import Account, accounts_file, save_accounts
from nolcat_desktop.credentials import KeyringStore, SecretKind, Secrets
from tests.cli.running import Ran, answered, is_clean
from tests.cli.test_planted_secrets import found_in
from tests.servers import keyring
from tests.servers.aws_stand_in import Aws

TOKEN = "github_pat_" + "0" * 30
CODE = "import sys\nprint('load')\n"


class Place:
    """A job in a bucket, and an account that may see it."""

    def __init__(self, aws: Aws) -> None:
        self.aws, self.bucket, self.job = aws, aws.new_bucket(), f"j{uuid.uuid4().hex[:8]}"
        self.script = f"s3://{self.bucket}/scripts/{self.job}.py"
        aws.client("s3").put_object(Bucket=self.bucket, Key=f"scripts/{self.job}.py", Body=CODE.encode())
        aws.client("glue").create_job(
            Name=self.job,
            Role=aws.new_role(),
            Command={"Name": "pythonshell", "PythonVersion": "3.9", "ScriptLocation": self.script},
            DefaultArguments={"library-set": "none", "--month": "2024-01"},
            MaxCapacity=0.0625,
        )
        save_accounts((Account("riverside", self.bucket, "nolcat", region="us-east-1"),), accounts_file())

    def run(self, deed: str, *words: str | Path) -> Ran:
        return answered("cloud", "jobs", deed, *words, "--account", "riverside", "--endpoint-url", self.aws.url)

    def held(self) -> dict[str, object]:
        return dict(self.aws.client("glue").get_job(JobName=self.job)["Job"])


@pytest.fixture
def place(aws_server: Aws, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Place:
    for name, value in {**aws_server.environment(), "XDG_DATA_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    return Place(aws_server)


def test_that_a_job_is_listed_shown_saved_and_loaded_with_old_and_new_beside_each_other(
    place: Place, tmp_path: Path
) -> None:
    (line,) = [one for one in place.run("list", "--json").lines if one["job"] == place.job]
    assert (line["kind"], line["size"], line["script"]) == ("pythonshell", "1/16 DPU", place.script)
    shown = place.run("show", place.job, "--json")
    assert (shown.code, shown.line["script"]) == (0, CODE)
    file = tmp_path / "job.json"
    assert place.run("save", place.job, file).code == 0
    text = json.loads(file.read_text(encoding="utf-8"))
    assert text == shown.line
    text["script"] += "# more\n"
    text["jobConfig"] |= {"maxCapacity": 1, "description": "Loads."}
    file.write_text(json.dumps(text), encoding="utf-8")

    asked = place.run("load", file, "--json")
    assert asked.code == 0, asked.err
    assert [(one["member"], one["old"], one["new"]) for one in asked.lines[:-1]] == [
        ("Description", None, "Loads."),
        ("code", "2 lines, 25 bytes", "3 lines, 32 bytes"),
    ]
    assert asked.lines[-1] == {"job": place.job, "action": "to be updated"}
    assert "Nothing was changed" in asked.err
    assert "Description" not in place.held()
    assert place.run("load", file, "--yes", "--with-size").code == 0
    held = place.held()
    assert (held["Description"], held["MaxCapacity"]) == ("Loads.", 1)
    assert place.run("show", place.job, "--json").line["script"] == text["script"]
    assert place.run("load", file, "--json").line == {"job": place.job, "action": "same"}
    other = f"{place.job}-b"
    assert place.run("load", file, "--as", other, "--yes", "--json").lines[-1] == {"job": other, "action": "created"}


def test_that_the_repository_s_form_lies_beside_its_code(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    assert place.run("save", place.job, file, "--form", "repository").code == 0
    assert file.with_suffix(".py").read_text(encoding="utf-8") == CODE
    assert json.loads(file.read_text(encoding="utf-8"))["command"]["name"] == "pythonshell"
    assert place.run("load", file, "--json").line["action"] == "same"
    refused = place.run("load", tmp_path / "none.json")
    assert refused.code == 1
    assert is_clean(refused)


def test_that_a_pull_shows_what_changed_puts_the_libraries_back_and_keeps_the_token_to_itself(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (place.job, "--repository", "library/jobs", "--folder", "glue")
    asked = place.run("pull", *words)
    assert asked.code == 0
    assert "github:library/jobs/glue@main would take the place of this" in asked.err
    assert "Nothing was changed" in asked.err
    without = place.run("pull", *words, "--yes")
    assert without.code == 1
    assert is_clean(without)
    for deed, done in (("pull", "pulled"), ("push", "pushed")):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{TOKEN}\n"))
        ran = place.run(deed, *words, "--yes", "--token-stdin", "--json")
        assert ran.code == 0, ran.err
        assert ran.lines[-1]["action"] == done
        assert TOKEN not in ran.out + ran.err
        if deed == "pull":
            assert "turned off again" in ran.err
    assert place.held()["DefaultArguments"] == {"library-set": "none", "--month": "2024-01"}
    nowhere = place.run("push", place.job, "--yes")
    assert nowhere.code == 1
    assert "Which repository is meant?" in nowhere.err


def test_that_a_token_is_kept_in_the_password_store_served_from_there_and_forgotten(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if missing := keyring.missing_programs():
        pytest.skip(f"not installed here: {', '.join(missing)}")
    words = (place.job, "--repository", "library/jobs", "--folder", "glue", "--yes", "--json")

    def typed(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    with keyring.desktop() as store:
        for name, value in {**store.environment(), "XDG_DATA_HOME": str(tmp_path)}.items():
            monkeypatch.setenv(name, value)
        secrets = Secrets(KeyringStore())
        secrets.keep("riverside", SecretKind.ACCESS_KEY_ID, "AKIATEST")
        typed("\n")
        refused = place.run("token")
        assert (refused.code, "There is no token" in refused.err) == (1, True)
        typed(f"{TOKEN}\n")
        kept = place.run("token", "--json")
        assert (kept.code, kept.line) == (0, {"account": "riverside", "token": "kept"})
        assert secrets.get("riverside", SecretKind.GITHUB_TOKEN) == TOKEN
        typed("")
        pushed = place.run("push", *words)
        assert (pushed.code, pushed.line["action"]) == (0, "pushed")
        gone, again = place.run("token", "--forget", "--json"), place.run("token", "--forget", "--json")
        assert (gone.code, gone.line) == (again.code, again.line) == (0, {"account": "riverside", "token": "removed"})
        assert secrets.get("riverside", SecretKind.GITHUB_TOKEN) is None
        assert secrets.get("riverside", SecretKind.ACCESS_KEY_ID) == "AKIATEST"
        without = place.run("push", *words)
        assert (without.code, "There is no token for the repository" in without.err) == (1, True)
    for ran in (refused, kept, pushed, gone, without):
        assert is_clean(ran)
        assert TOKEN not in ran.out + ran.err
    assert found_in(tmp_path, (TOKEN,)) == []
