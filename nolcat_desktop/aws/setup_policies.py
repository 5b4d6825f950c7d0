"""The rights of the two roles, no more than the pipeline needs (`resources/aws/README.md`, Permissions).

Actions and what they can be limited to: "Actions, resources, and condition keys" of S3, Glue, SNS, Step Functions and
CloudWatch Logs in the Service Authorization Reference. Not verified against a live account.
"""

from __future__ import annotations

import json
from typing import Any

from nolcat_desktop.aws.setup_wishes import Wishes

Document = dict[str, Any]
VERSION = "2012-10-17"


def trust(service: str) -> Document:
    """Who may take on the role: `glue` or `states`."""
    who = {"Service": f"{service}.amazonaws.com"}
    return {"Version": VERSION, "Statement": [{"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole"}]}


def machine_rights(wishes: Wishes) -> Document:
    """What the state machine may do."""
    bucket, store = _bucket(wishes), wishes.store_prefix
    jobs = [wishes.arn("glue", f"job/{name}") for name in _jobs(wishes)]
    rows = [
        _row("RunTheJobs", ["glue:BatchStopJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:StartJobRun"], jobs),
        _row("ReadTheOutcome", ["s3:GetObject"], [f"{bucket}/{store}/results/*", f"{bucket}/{store}/test/results/*"]),
        _row("Tell", ["sns:Publish"], [wishes.topic_arn]),
    ]
    return {"Version": VERSION, "Statement": rows + _key(wishes, ["kms:Decrypt"])}


def job_rights(wishes: Wishes) -> Document:
    """What the jobs may do."""
    bucket, store = _bucket(wishes), wishes.store_prefix
    library = f"{wishes.prefix}/" if wishes.prefix else ""
    rows = [
        _row("ReadTheLibrary", ["s3:GetObject", "s3:GetObjectVersion"], [f"{bucket}/{library}*"]),
        _row("ListTheFolders", ["s3:ListBucket"], [bucket])
        | {"Condition": {"StringLike": {"s3:prefix": [f"{library}*", f"{store}/*"]}}},
        _row("WriteTheDataset", ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"], [f"{bucket}/{store}/*"]),
        _row(
            "RemoveOldDatasets",
            ["s3:DeleteObject"],
            [f"{bucket}/{store}/curated/*", f"{bucket}/{store}/test/curated/*"],
        ),
        _row(
            "SwitchTheTable",
            ["glue:CreateTable", "glue:GetDatabase", "glue:GetTable", "glue:UpdateTable"],
            [
                wishes.arn("glue", "catalog"),
                wishes.arn("glue", f"database/{wishes.database}"),
                wishes.arn("glue", f"table/{wishes.database}/usage"),
                wishes.arn("glue", f"table/{wishes.database}/usage_test"),
            ],
        ),
        _row(
            "WriteTheLog",
            ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            [wishes.arn("logs", "log-group:/aws-glue/*")],
        ),
    ]
    return {"Version": VERSION, "Statement": rows + _key(wishes, ["kms:Decrypt", "kms:GenerateDataKey"])}


def setup_rights(wishes: Wishes) -> Document:
    """What whoever sets up needs; more than for using it."""
    roles = (
        []
        if wishes.job_role and wishes.machine_role
        else [f"arn:{wishes.partition}:iam::{wishes.account}:role/{wishes.name}-*"]
    )
    passed = [wishes.job_role_arn, wishes.machine_role_arn]
    bucket = _bucket(wishes)
    settings = ("BucketPublicAccessBlock", "BucketVersioning", "EncryptionConfiguration", "LifecycleConfiguration")
    actions = [f"s3:{verb}{what}" for what in settings for verb in ("Get", "Put")]
    rows = [
        _row("Bucket", ["s3:CreateBucket", "s3:ListBucket", *actions], [bucket]),
        _row("Scripts", ["s3:GetObject", "s3:PutObject"], [f"{bucket}/{wishes.store_prefix}/code/*"]),
        _row(
            "Jobs",
            ["glue:CreateJob", "glue:DeleteJob", "glue:GetJob", "glue:GetTags", "glue:TagResource", "glue:UpdateJob"],
            [wishes.arn("glue", f"job/{name}") for name in _jobs(wishes)],
        ),
        _row(
            "Database",
            ["glue:CreateDatabase", "glue:GetDatabase", "glue:TagResource"],
            [wishes.arn("glue", "catalog"), wishes.arn("glue", f"database/{wishes.database}")],
        ),
        _row(
            "News",
            [
                "sns:CreateTopic", "sns:DeleteTopic", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic",
                "sns:ListTagsForResource", "sns:Subscribe", "sns:TagResource",
            ],
            [wishes.topic_arn],
        ),
        _row(
            "Machine",
            [
                "states:CreateStateMachine", "states:DeleteStateMachine", "states:DescribeStateMachine",
                "states:ListTagsForResource", "states:TagResource", "states:UpdateStateMachine",
            ],
            [wishes.machine_arn],
        ),
        _row("PassRoles", ["iam:PassRole"], passed),
    ]  # fmt: skip
    made = [
        "iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:GetRole", "iam:GetRolePolicy",
        "iam:ListRoleTags", "iam:PutRolePolicy", "iam:TagRole", "iam:UpdateAssumeRolePolicy",
    ]  # fmt: skip
    return {"Version": VERSION, "Statement": rows + ([_row("Roles", made, roles)] if roles else [])}


def administrator_text(wishes: Wishes) -> str:
    """What to ask whoever looks after the AWS account for, to copy: either the rights to set up, or the two roles."""
    parts = [
        f"Please help to set up the pipeline of NoLCAT Desktop for s3://{wishes.bucket}/{wishes.prefix} in account "
        f"{wishes.account}, region {wishes.region}. Either of these does:",
        "A. Give me the rights to set it up, for an hour. Policy:\n" + _text(setup_rights(wishes)),
        f"B. Make two roles and send me their ARNs; then I need no right to make roles.\n\n"
        f"Role “{wishes.role_name('glue')}”, for the Glue jobs. Trust:\n{_text(trust('glue'))}\n"
        f"Rights:\n{_text(job_rights(wishes))}\n\n"
        f"Role “{wishes.role_name('states')}”, for the state machine. Trust:\n{_text(trust('states'))}\n"
        f"Rights:\n{_text(machine_rights(wishes))}",
        "With B I still need the rights of A but “Roles”, and iam:PassRole on the two roles.",
    ]
    return "\n\n".join(parts) + "\n"


def same_document(one: object, other: object) -> bool:
    """Whether two policies say the same; AWS gives lists of one as a plain value, and in another order."""
    return _plain(one) == _plain(other)


def _plain(value: object) -> object:
    match value:
        case str():
            return (value,)
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() if all(isinstance(inner, str) for inner in value):
            return tuple(sorted(value))
        case list():
            return [_plain(inner) for inner in value]
        case _:
            return value


def _row(sid: str, actions: list[str], on: list[str]) -> Document:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": on}


def _key(wishes: Wishes, actions: list[str]) -> list[Document]:
    return [_row("UseTheKey", actions, [wishes.kms_key])] if wishes.kms_key else []


def _jobs(wishes: Wishes) -> tuple[str, ...]:
    return (wishes.shell_job, wishes.spark_job) if wishes.spark else (wishes.shell_job,)


def _bucket(wishes: Wishes) -> str:
    return f"arn:{wishes.partition}:s3:::{wishes.bucket}"


def _text(document: Document) -> str:
    return json.dumps(document, indent=2)
