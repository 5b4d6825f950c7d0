"""Jobs in their repository and in files. No stand-in has push, pull and UpdateJob: these are botocore's Stubber."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.glue_definition import UPDATABLE, differences, merged
from nolcat_desktop.aws.glue_files import download_form, read_job, repository_form
from nolcat_desktop.aws.glue_jobs import Repository, Token, download, pull, push, upload
from nolcat_desktop.aws.setup_jobs import Job
from nolcat_desktop.aws.setup_wishes import Look, SetupClients, State, Wishes
from nolcat_desktop.problem import NolcatError

TOKEN = Token("github_pat_not_a_real_one")
PLACE = Repository("library", "jobs", "main", "glue")
HELD = {
    "Name": "j",
    "Role": "arn:aws:iam::123456789012:role/r",
    "Command": {"Name": "pythonshell", "PythonVersion": "3.9", "ScriptLocation": "s3://b/old/j.py"},
    "DefaultArguments": {"library-set": "analytics", "--theirs": "kept"},
    "NonOverridableArguments": {"--fixed": "1"},
    "Connections": {"Connections": ["database"]},
    "SourceControlDetails": {"Provider": "GITHUB", "Repository": "jobs"},
    "AllocatedCapacity": 0,
    "MaxCapacity": 1.0,
    "Timeout": 60,
    "GlueVersion": "3.0",
    "ProfileName": "p",
}
CONSOLE = {
    "jobConfig": {
        "name": "j",
        "description": "",
        "role": "arn:aws:iam::123456789012:role/r",
        "command": "pythonshell",
        "version": "3.0",
        "maxCapacity": 0.0625,
        "maxRetries": 0,
        "timeout": 60,
        "maxConcurrentRuns": 1,
        "security": "none",
        "scriptName": "j.py",
        "scriptLocation": "s3://b/scripts/",
        "language": "python-3.9",
        "jobParameters": [{"key": "--month", "value": "2024-01"}],
        "pythonPath": "s3://b/scripts/other.py",
        "referencedPath": "s3://b/scripts/other.py",
        "additionalPythonModules": "s3://b/scripts/other.py,pyarrow==20.0.0",
        "bookmark": "job-bookmark-disable",
    },
    "dag": {},
    "hasBeenSaved": False,
    "script": "import sys\nprint('ü')\n",
}


@pytest.fixture
def stubbed() -> Iterator[tuple[Any, Stubber]]:
    session = boto3.session.Session("t", "t", region_name="eu-west-1")
    with closing(session.client("glue")) as client, Stubber(client) as stubber:
        yield client, stubber


def test_that_what_can_be_updated_is_what_the_service_says(stubbed: tuple[Any, Stubber]) -> None:
    members = stubbed[0].meta.service_model.shape_for("JobUpdate").members
    assert set(members) - {"AllocatedCapacity"} == UPDATABLE


def test_that_an_update_keeps_everything_that_is_not_wanted_otherwise() -> None:
    wanted = {
        "Command": {"ScriptLocation": "s3://b/new/j.py"},
        "DefaultArguments": {"library-set": "none"},
        "MaxCapacity": 0.0625,
    }
    update = merged(HELD, wanted)
    assert update["Command"] == {**HELD["Command"], "ScriptLocation": "s3://b/new/j.py"}  # type: ignore[dict-item]
    assert update["DefaultArguments"] == {"library-set": "none", "--theirs": "kept"}
    for kept in ("Connections", "NonOverridableArguments", "SourceControlDetails", "Timeout"):
        assert update[kept] == HELD[kept]
    assert update["MaxCapacity"] == 1.0  # the size is the user's
    assert not {"AllocatedCapacity", "Name", "ProfileName"} & set(update)
    assert differences(HELD, wanted) == ["Command ScriptLocation", "DefaultArguments library-set"]


def test_that_a_job_on_spark_is_given_one_size_only() -> None:
    update = merged({**HELD, "WorkerType": "G.1X", "NumberOfWorkers": 4}, {"WorkerType": "G.2X", "NumberOfWorkers": 2})
    assert "MaxCapacity" not in update
    assert (update["WorkerType"], update["NumberOfWorkers"]) == ("G.1X", 4)


def test_that_setting_up_a_new_version_gets_merges_and_updates(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    wanted = {"DefaultArguments": {"library-set": "none"}}
    stubber.add_response("get_job", {"Job": HELD}, {"JobName": "j"})
    stubber.add_response("update_job", {"JobName": "j"}, {"JobName": "j", "JobUpdate": merged(HELD, wanted)})
    clients = SetupClients(None, client, None, None, None)
    Job(clients, Wishes("b", "nolcat", "eu-west-1", "123456789012"), wanted, "j").put(Look(State.DIFFERS))
    stubber.assert_no_pending_responses()


def test_that_a_pull_turns_the_common_libraries_off_again(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    after = {**HELD, "DefaultArguments": {"library-set": "none", "--theirs": "kept"}}
    said = {
        "JobName": "j",
        "Provider": "GITHUB",
        "RepositoryOwner": "library",
        "RepositoryName": "jobs",
        "BranchName": "main",
        "Folder": "glue",
        "AuthStrategy": "PERSONAL_ACCESS_TOKEN",
        "AuthToken": TOKEN.text,
    }
    stubber.add_response("update_job_from_source_control", {"JobName": "j"}, said)
    stubber.add_response("get_job", {"Job": HELD})
    stubber.add_response("update_job", {"JobName": "j"}, {"JobName": "j", "JobUpdate": ANY})
    stubber.add_response("get_job", {"Job": after})
    done = pull(client, "j", PLACE, TOKEN)
    assert done.libraries_put_back
    assert TOKEN.text not in json.dumps(done.definition)
    stubber.assert_no_pending_responses()


def test_that_a_pull_that_left_them_off_changes_nothing_more(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    stubber.add_response("update_job_from_source_control", {"JobName": "j"})
    stubber.add_response("get_job", {"Job": {**HELD, "DefaultArguments": {"library-set": "none"}}})
    assert not pull(client, "j", PLACE, TOKEN).libraries_put_back


def test_that_a_refused_token_is_told_without_showing_it(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    said = f"Bad credentials for {TOKEN.text}"
    stubber.add_client_error("update_source_control_from_job", "InvalidInputException", said, 400)
    with pytest.raises(CloudError) as refused:
        push(client, "j", PLACE, TOKEN)
    assert TOKEN.text not in str(refused.value) + repr(refused.value.problem) + repr(TOKEN)


def test_that_the_repository_s_form_comes_back_as_it_was_written() -> None:
    written = repository_form(read_job(json.dumps({"name": "j", "command": {"name": "pythonshell"}, "futureField": 1})))
    assert json.loads(written) == {"name": "j", "command": {"name": "pythonshell"}, "futureField": 1}
    job = read_job(repository_form(download_of(HELD)))
    assert job.definition == download_of(HELD).definition
    assert job.script is None


def test_that_the_console_s_download_comes_back_as_it_was() -> None:
    text = json.dumps(CONSOLE)
    job = read_job(text)
    assert job.script == CONSOLE["script"]
    assert job.definition["Command"] == {
        "Name": "pythonshell",
        "PythonVersion": "3.9",
        "ScriptLocation": "s3://b/scripts/j.py",
    }
    assert job.definition["GlueVersion"] == "3.0"
    assert job.definition["DefaultArguments"]["--month"] == "2024-01"
    assert json.loads(download_form(job)) == CONSOLE


def test_that_scripts_in_three_fields_are_warned_of_and_left_as_they_are() -> None:
    job = read_job(json.dumps(CONSOLE))
    assert len(job.warnings) == 2
    assert "other.py" in job.warnings[0]
    assert job.definition["DefaultArguments"]["--additional-python-modules"].startswith("s3://b/scripts/other.py")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"jobConfig": {}}', '{"name": 1, "command": {}}', "\xff"])
def test_that_what_is_no_job_is_refused(text: str) -> None:
    with pytest.raises(NolcatError, match="not the file of a Glue job"):
        read_job(text)


def test_that_a_job_is_downloaded_and_uploaded_over_one_that_exists(stubbed: tuple[Any, Stubber]) -> None:
    client, stubber = stubbed
    stubber.add_response("get_job", {"Job": HELD})
    file = download(client, "j")
    stubber.add_response("get_job", {"Job": {**HELD, "Description": "changed there"}})
    update = {**file.definition, "Description": "changed there"}
    stubber.add_response("update_job", {"JobName": "j"}, {"JobName": "j", "JobUpdate": update})
    assert upload(client, file, exists=True) == ()
    stubber.add_response("create_job", {"Name": "j"}, {"Name": "j", **file.definition})
    upload(client, file, exists=False)
    stubber.assert_no_pending_responses()


def download_of(held: dict[str, Any]) -> Any:
    class Client:
        def get_job(self, **_asked: object) -> dict[str, Any]:
            return {"Job": held}

    return download(Client(), "j")  # type: ignore[arg-type]
