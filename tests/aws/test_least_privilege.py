"""The policy that is handed out does, and each permission taken from it removes its one ability and names itself.

Judged by the policy engine of a stand-in (moto), which looks at actions and, for S3, at resources; conditions and the
service's own subtleties are unproven against AWS.
"""

from __future__ import annotations

import json
import urllib.request
import uuid
from collections.abc import Iterator

import pytest

from nolcat_desktop.accounts import Account, SignIn
from nolcat_desktop.aws.check import CheckStep, Outcome, StepName, check_connection
from nolcat_desktop.aws.clients import AccessKey, Clients
from nolcat_desktop.aws.permissions import PERMISSIONS, Where
from nolcat_desktop.aws.policy import partition_of, policy_for, policy_text
from nolcat_desktop.progress import Progress
from tests.aws.cloud_home import CloudHome
from tests.servers.aws_stand_in import Aws, aws_stand_in

MACHINE = "arn:aws:states:eu-west-1:123456789012:stateMachine:nolcat"
ACCOUNT = Account("riverside", "riverside-usage", "nolcat", region="eu-west-1", state_machine=MACHINE)
EVERY = {one.action for one in PERMISSIONS}


def statements(account: Account, **how: object) -> dict[str, dict[str, object]]:
    return {one["Sid"]: one for one in policy_for(account, **how)["Statement"]}  # type: ignore[arg-type]


def test_that_the_policy_covers_the_bucket_the_prefix_and_the_machine_and_nothing_else() -> None:
    found = statements(ACCOUNT)
    assert {name: one["Resource"] for name, one in found.items()} == {
        "Bucket": "arn:aws:s3:::riverside-usage",
        "Prefix": "arn:aws:s3:::riverside-usage",
        "Objects": "arn:aws:s3:::riverside-usage/nolcat/*",
        "Machine": MACHINE,
        "Runs": "arn:aws:states:eu-west-1:123456789012:execution:nolcat:*",
    }
    assert found["Prefix"]["Condition"] == {"StringLike": {"s3:prefix": ["nolcat", "nolcat/*"]}}
    assert json.loads(policy_text(ACCOUNT)) == policy_for(ACCOUNT)


def test_that_nothing_may_be_deleted_and_nothing_is_given_by_a_star() -> None:
    assert [action for action in EVERY if "Delete" in action or "*" in action or "Acl" in action] == []


def test_that_without_a_prefix_the_whole_bucket_is_meant_and_without_a_machine_none() -> None:
    found = statements(Account("r", "riverside-usage"))
    assert set(found) == {"Bucket", "Prefix", "Objects"}
    assert found["Objects"]["Resource"] == "arn:aws:s3:::riverside-usage/*"
    assert "Condition" not in found["Prefix"]


@pytest.mark.parametrize(
    ("region", "partition"), [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")]
)
def test_that_other_parts_of_aws_have_their_own_names(region: str, partition: str) -> None:
    assert partition_of(region) == partition
    found = statements(Account("r", "b", region=region))
    assert found["Bucket"]["Resource"] == f"arn:{partition}:s3:::b"


def test_that_only_what_is_missing_can_be_copied_and_a_key_of_kms_is_added() -> None:
    found = statements(ACCOUNT, only=["s3:PutObject"])
    assert [one["Action"] for one in found.values()] == [["s3:PutObject"]]
    assert statements(ACCOUNT, kms_key="arn:aws:kms:x")["Key"]["Action"] == ["kms:GenerateDataKey", "kms:Decrypt"]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    """A server of its own, because who may do what is judged for all who ask it."""
    with aws_stand_in(tmp_path_factory.mktemp("guarded")) as server:
        yield server


def guard(server: Aws, free: float) -> None:
    """Judge every call but the first `free` ones."""
    address = f"{server.url}/moto-api/reset-auth"
    plain = {"Content-Type": "text/plain"}
    request = urllib.request.Request(address, str(free).encode(), plain, method="POST")  # noqa: S310 - our own server
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - our own server


def machine_of(server: Aws) -> str:
    told = {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}
    made = server.client("stepfunctions").create_state_machine(
        name=f"nolcat-{uuid.uuid4().hex[:6]}", definition=json.dumps(told), roleArn=server.new_role()
    )
    return str(made["stateMachineArn"])


def as_judged(account: Account, without: str) -> str:
    """The policy `without` one action; the stand-in judges what is not S3 as if it were about everything."""
    policy = policy_for(account, EVERY - {without})
    for one in policy["Statement"]:
        one["Resource"] = "*" if one["Sid"] in {"Machine", "Runs"} else one["Resource"]
    return json.dumps(policy)


def checked(server: Aws, without: str) -> dict[StepName, CheckStep]:
    """Check as a user whose policy is the one handed out, `without` one action."""
    guard(server, 1_000_000)
    account = Account(
        "riverside", server.new_bucket(), "nolcat", region="us-east-1", endpoint_url=server.url, path_style=True,
        sign_in=SignIn.ACCESS_KEY, state_machine=machine_of(server),
    )  # fmt: skip
    iam, name = server.client("iam"), f"user-{uuid.uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=as_judged(account, without))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    clients = Clients(account, AccessKey(key["AccessKeyId"], key["SecretAccessKey"]))
    guard(server, 0)
    try:
        return {step.name: step for step in check_connection(clients, Progress())}
    finally:
        guard(server, 1_000_000)


@pytest.mark.parametrize(
    ("without", "step"),
    [
        ("", None),
        ("s3:ListBucket", StepName.READ),
        ("s3:PutObject", StepName.WRITE),
        ("s3:GetBucketVersioning", StepName.VERSIONS),
        ("states:DescribeStateMachine", StepName.MACHINE),
    ],
)
def test_that_a_permission_that_is_missing_fails_its_step_and_no_other(
    guarded: Aws, home: CloudHome, without: str, step: StepName | None
) -> None:
    home.write()
    found = checked(guarded, without)
    failed = {name: one.permission for name, one in found.items() if one.outcome is Outcome.FAILED}
    assert failed == ({step: without} if step else {})


def test_that_every_permission_is_given_on_what_its_call_is_about() -> None:
    assert {one.where for one in PERMISSIONS} == set(Where)
    for one in PERMISSIONS:
        assert one.action.startswith("states:") == (one.where in {Where.MACHINE, Where.RUNS})
