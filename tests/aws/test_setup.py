"""Setting up on the stand-in: shown first, made, found again, removed without touching what others made."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.setup import Action, applied, planned, removed, resources
from nolcat_desktop.aws.setup_news import WAITING, Subscription
from nolcat_desktop.aws.setup_storage import RULE, storage
from nolcat_desktop.aws.setup_wishes import TAG, PipelineFiles, Resource, SetupClients, State, Wishes
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Cancelled, Progress
from nolcat_desktop.workflow.setting_up import pipeline_files
from tests.servers.aws_stand_in import ACCOUNT, REGION, Aws

FILES = PipelineFiles(
    pipeline_files().definition, {"nolcat_publish.py": b"print('published')\n", "nolcat_words.py": b"WORDS = ()\n"}
)
SERVICES = ("s3", "glue", "iam", "sns", "stepfunctions")


@dataclass(frozen=True, slots=True)
class Place:
    """A set-up of its own on the stand-in."""

    clients: SetupClients
    wishes: Wishes

    def parts(self, files: PipelineFiles = FILES, **changed: Any) -> list[Resource]:
        return resources(self.clients, replace(self.wishes, **changed), files)


@pytest.fixture
def place(aws_server: Aws) -> Iterator[Place]:
    clients = [aws_server.client(service) for service in SERVICES]
    unique = uuid.uuid4().hex[:8]
    yield Place(
        SetupClients(*clients),
        Wishes(f"lib-{unique}", "nolcat", REGION, ACCOUNT, name=f"n{unique}", database=f"d{unique}"),
    )
    for client in clients:
        client.close()


def made(parts: list[Resource]) -> list[Action]:
    return [row.action for row in applied(parts)]


def test_that_a_plan_names_everything_in_four_chapters_and_makes_nothing(place: Place) -> None:
    rows = planned(place.parts(emails=("ana@example.org",)))
    assert next(row.kind for row in rows if row.chapter.startswith("1")) == "s3 bucket"
    assert [row.chapter[0] for row in rows] == sorted(row.chapter[0] for row in rows)
    assert {row.chapter[0] for row in rows} == {"1", "2", "3", "4"}
    assert {row.action for row in rows} == {Action.CREATED}
    with pytest.raises(ClientError):
        place.clients.s3.head_bucket(Bucket=place.wishes.bucket)


def test_that_setting_up_twice_makes_everything_once(place: Place) -> None:
    parts = place.parts(emails=("ana@example.org",))
    assert Action.EXISTS not in made(parts)
    assert set(made(parts)) == {Action.EXISTS}
    subscribed = place.clients.sns.list_subscriptions_by_topic(TopicArn=place.wishes.topic_arn)["Subscriptions"]
    assert [one["Endpoint"] for one in subscribed] == ["ana@example.org"]


def test_that_the_bucket_becomes_a_safe_place(place: Place) -> None:
    made(place.parts())
    s3, name = place.clients.s3, place.wishes.bucket
    assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled"
    assert all(s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"].values())
    rules = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rules[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    (rule,) = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 7}


def test_that_the_rules_of_a_bucket_that_is_there_are_kept(place: Place) -> None:
    s3, name = place.clients.s3, place.wishes.bucket
    s3.create_bucket(Bucket=name)
    theirs = {"ID": "logs", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 30}}
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [theirs]})
    made(list(storage(place.clients, place.wishes)))
    kept = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    assert {one["ID"] for one in kept} == {"logs", RULE}
    assert next(one for one in kept if one["ID"] == "logs")["Expiration"] == {"Days": 30}


def test_that_jobs_are_as_the_contract_has_them(place: Place) -> None:
    made(place.parts())
    glue, wishes = place.clients.glue, place.wishes
    shell = glue.get_job(JobName=wishes.shell_job)["Job"]
    assert shell["Command"]["Name"] == "pythonshell"
    assert (shell["Command"]["PythonVersion"], shell["GlueVersion"]) == ("3.9", "3.0")
    assert float(shell["MaxCapacity"]) == 0.0625
    assert shell["DefaultArguments"]["library-set"] == "none"
    assert shell["ExecutionProperty"]["MaxConcurrentRuns"] == 3
    script = shell["Command"]["ScriptLocation"].removeprefix(f"s3://{wishes.bucket}/")
    assert place.clients.s3.get_object(Bucket=wishes.bucket, Key=script)["Body"].read() == b"print('published')\n"
    spark = glue.get_job(JobName=wishes.spark_job)["Job"]
    assert (spark["Command"]["Name"], spark["WorkerType"], spark["GlueVersion"]) == ("glueetl", "G.1X", "5.0")


def test_that_the_definition_has_no_place_left_and_knows_the_jobs(place: Place) -> None:
    made(place.parts())
    found = place.clients.sfn.describe_state_machine(stateMachineArn=place.wishes.machine_arn)
    assert "${" not in found["definition"]
    assert place.wishes.shell_job in found["definition"]
    assert place.wishes.topic_arn in found["definition"]


def test_that_roles_have_the_least_rights_and_everything_made_is_tagged(place: Place) -> None:
    made(place.parts())
    iam, wishes = place.clients.iam, place.wishes
    for service in ("glue", "states"):
        role = iam.get_role(RoleName=wishes.role_name(service))["Role"]
        assert role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": f"{service}.amazonaws.com"}
        rights = iam.get_role_policy(RoleName=wishes.role_name(service), PolicyName="nolcat-pipeline")["PolicyDocument"]
        rows = rights["Statement"]
        assert not any("*" in action for row in rows for action in row["Action"])
        assert not any(resource == "*" for row in rows for resource in row["Resource"])
        deleting = [row for row in rows if "s3:DeleteObject" in row["Action"]]
        assert all("/curated/*" in resource for row in deleting for resource in row["Resource"])
        assert {"Key": TAG, "Value": wishes.name} in iam.list_role_tags(RoleName=wishes.role_name(service))["Tags"]
    job_arn = wishes.arn("glue", f"job/{wishes.shell_job}")
    assert place.clients.glue.get_tags(ResourceArn=job_arn)["Tags"] == {TAG: wishes.name}


def test_that_given_roles_and_topic_are_used_and_none_is_made(place: Place, aws_server: Aws) -> None:
    job, machine = aws_server.new_role(), aws_server.new_role()
    topic = place.clients.sns.create_topic(Name=f"theirs-{place.wishes.name}")["TopicArn"]
    parts = place.parts(job_role=job, machine_role=machine, topic=topic)
    assert not any(part.kind == "iam role" for part in parts)
    made(parts)
    assert place.clients.glue.get_job(JobName=place.wishes.shell_job)["Job"]["Role"] == job
    assert place.clients.sfn.describe_state_machine(stateMachineArn=place.wishes.machine_arn)["roleArn"] == machine
    assert not any(row.kind == "sns topic" and row.action is Action.REMOVED for row in removed(parts))


def test_that_what_differs_is_brought_back_and_named(place: Place) -> None:
    made(place.parts())
    changed = place.parts(replace(FILES, definition=FILES.definition.replace('"Comment": "NoLCAT', '"Comment": "New')))
    other = {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}
    place.clients.iam.put_role_policy(
        RoleName=place.wishes.role_name("glue"),
        PolicyName="nolcat-pipeline",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [other]}),
    )
    rows = {row.kind: row for row in planned(changed) if row.action is Action.UPDATED}
    assert {kind: row.note for kind, row in rows.items()} == {"iam role": "rights", "state machine": "definition"}
    made(changed)
    assert set(made(changed)) == {Action.EXISTS}


def test_that_a_new_version_of_the_scripts_goes_into_a_new_folder(place: Place) -> None:
    made(place.parts())
    newer = replace(FILES, scripts={**FILES.scripts, "nolcat_words.py": b"WORDS = (1,)\n"})
    assert newer.version != FILES.version
    rows = {row.kind: row for row in planned(place.parts(newer))}
    assert rows["glue scripts"].action is Action.CREATED
    assert rows["glue job"].action is Action.UPDATED
    assert "ScriptLocation" in rows["glue job"].note


def test_that_what_somebody_else_made_stops_everything_before_anything_is_made(place: Place) -> None:
    role = place.clients.iam.create_role(RoleName=f"other-{place.wishes.name}", AssumeRolePolicyDocument="{}")["Role"]
    place.clients.glue.create_job(Name=place.wishes.shell_job, Role=role["Arn"], Command={"Name": "pythonshell"})
    with pytest.raises(NolcatError) as refused:
        made(place.parts())
    assert place.wishes.shell_job in refused.value.problem.meaning
    with pytest.raises(ClientError):
        place.clients.s3.head_bucket(Bucket=place.wishes.bucket)


def test_that_only_what_was_made_here_is_removed(place: Place) -> None:
    parts = place.parts(emails=("ana@example.org",))
    made(parts)
    place.clients.s3.put_object(Bucket=place.wishes.bucket, Key="nolcat/TR/1_TR_NULL.parquet", Body=b"usage")
    rows = {(row.kind, row.name): row.action for row in removed(parts)}
    gone = {kind for (kind, _), action in rows.items() if action is Action.REMOVED}
    assert gone == {"state machine", "iam role", "sns topic", "glue job"}
    left = place.clients.s3.list_objects_v2(Bucket=place.wishes.bucket)
    assert any(one["Key"].startswith("nolcat/TR/") for one in left["Contents"])
    place.clients.glue.get_database(Name=place.wishes.database)
    assert set(made(parts)) == {Action.CREATED, Action.EXISTS}  # and it can be set up again


def test_that_stopping_half_way_leaves_what_the_next_time_goes_on_from(place: Place) -> None:
    progress = Progress()
    rows = applied(place.parts(), progress)
    first = next(rows)
    progress.cancel()
    with pytest.raises(Cancelled):
        list(rows)
    assert first.action is Action.CREATED
    again = made(place.parts())
    assert again[0] is Action.EXISTS
    assert again[-1] is Action.CREATED


def test_that_a_role_made_just_before_is_waited_for(place: Place) -> None:
    pauses: list[float] = []
    real = place.clients.glue
    tries: list[str] = []

    class Slow:
        """Glue does not know the new role at first."""

        def __getattr__(self, name: str) -> Any:
            if name == "create_job" and len(tries) < 2:
                tries.append(name)
                said = {
                    "Code": "InvalidInputException",
                    "Message": "Role arn:… should be given assume role permissions",
                }
                raise ClientError({"Error": said}, "CreateJob")
            return getattr(real, name)

    parts = resources(replace(place.clients, glue=Slow()), place.wishes, FILES)
    rows = list(applied(parts, None, pauses.append))
    assert len(pauses) == 2
    assert rows[-1].action is Action.CREATED


def test_that_a_subscription_that_waits_for_its_confirmation_is_told_so() -> None:
    session = boto3.session.Session("t", "t", region_name="eu-west-1")
    sns = session.client("sns")
    wishes = Wishes("b", "nolcat", "eu-west-1", ACCOUNT)
    waiting = {"SubscriptionArn": "PendingConfirmation", "Protocol": "email", "Endpoint": "Ana@example.org"}
    with Stubber(sns) as stubber:
        stubber.add_response(
            "list_subscriptions_by_topic", {"Subscriptions": [waiting]}, {"TopicArn": wishes.topic_arn}
        )
        found = Subscription(SetupClients(None, None, None, sns, None), wishes, "ana@example.org").look()
    sns.close()
    assert (found.state, found.note) == (State.SAME, WAITING)


def test_that_a_right_to_look_that_is_missing_does_not_hide_the_rest(place: Place) -> None:
    class Closed:
        def __getattr__(self, name: str) -> Any:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "GetRole")

    parts = resources(replace(place.clients, iam=Closed()), place.wishes, FILES)
    rows = [row for row in planned(parts) if row.kind == "iam role"]
    assert all(row.note for row in rows)
    with pytest.raises(CloudError, match="not allowed"):
        list(applied(parts))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Nolcat"},
        {"name": "n" * 30},
        {"store_prefix": ""},
        {"store_prefix": "a/"},
        {"store_prefix": 'a"b'},
        {"database": "No"},
        {"store_prefix": "nolcat"},
        {"store_prefix": "nolcat/store"},
    ],
)
def test_that_names_that_cannot_work_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(NolcatError, match="cannot be set up"):
        replace(Wishes("b", "nolcat", "eu-west-1", ACCOUNT), **wrong)
