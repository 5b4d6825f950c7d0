"""The same set-up as a template of CloudFormation, for those who set up their account by templates.

It is made from the same documents as the set-up itself, so the two cannot differ; `resources/aws/cloudformation.json`
is what is made here. It passes cfn-lint, and is unproven against AWS.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nolcat_desktop.aws.setup_jobs import shell_job, spark_job
from nolcat_desktop.aws.setup_policies import job_rights, machine_rights, trust
from nolcat_desktop.aws.setup_storage import DAYS, RULE
from nolcat_desktop.aws.setup_wishes import NEVER, SPARK_FROM, TAG, PipelineFiles, Wishes

Document = dict[str, Any]
_CODE = "PLACE-OF-THE-CODE"


class _Template(Wishes):
    """Wishes whose values are places in a template; nothing is checked."""

    def __post_init__(self) -> None:
        """Take the places as they are."""


def template_of(files: PipelineFiles) -> str:
    """The template, JSON."""
    wishes = _Template(
        bucket="${LibraryBucket}",
        prefix="${LibraryPrefix}",
        region="${AWS::Region}",
        account="${AWS::AccountId}",
        partition="${AWS::Partition}",
        store_prefix="${StorePrefix}",
        database="${Database}",
        name="${AWS::StackName}",
        job_role="${JobRole.Arn}",
        machine_role="${MachineRole.Arn}",
        topic="${Topic}",
    )
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": (
            "The pipeline of NoLCAT Desktop: bucket settings, Glue jobs, SNS topic, state machine. Checked with "
            "cfn-lint; unproven against AWS. Before it is used, copy the files of resources/aws/glue into CodeLocation."
        ),
        "Parameters": _parameters(),
        "Conditions": {
            "MakeBucket": {"Fn::Equals": [{"Ref": "CreateBucket"}, "yes"]},
            "HasEmail": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Email"}, ""]}]},
            "WithSpark": {"Fn::Equals": [{"Ref": "UseSpark"}, "yes"]},
        },
        "Resources": {**_storage(), **_jobs(wishes), **_news(), **_machine(wishes, files)},
        "Outputs": {
            "StateMachine": {
                "Description": "What goes into the account's settings in NoLCAT Desktop.",
                "Value": {"Ref": "StateMachine"},
            }
        },
    }
    return json.dumps(template, indent=2, ensure_ascii=False) + "\n"


def _parameters() -> Document:
    def text(said: str, default: str | None = None, **more: object) -> Document:
        return {"Type": "String", "Description": said, **({} if default is None else {"Default": default}), **more}

    choice = {"AllowedValues": ["yes", "no"]}
    return {
        "LibraryBucket": text("The bucket of the library."),
        "CreateBucket": text(
            "Whether to make it, safe from the beginning; no: it is there and stays as it is.", "no", **choice
        ),
        "LibraryPrefix": text("The library's folder in it, without a slash at either end.", "nolcat", MinLength=1),
        "StorePrefix": text(
            "The folder of what the pipeline writes, beside the library's.", "nolcat-pipeline", MinLength=1
        ),
        "CodeLocation": text(
            "The folder in the bucket where the scripts lie, with a slash at its end; for a new version a new folder.",
            "nolcat-pipeline/code/first/",
            AllowedPattern=".+/",
        ),
        "Database": text("The database of the catalog.", "nolcat", AllowedPattern="[a-z0-9_]+"),
        "Email": text("An address that is told; it has to confirm. More can be subscribed later.", ""),
        "UseSpark": text("Whether sets from SparkFromBytes on go to Spark.", "yes", **choice),
        "SparkFromBytes": {
            "Type": "Number",
            "Description": "Bytes of a set from which Spark is used.",
            "Default": SPARK_FROM,
        },
    }


def _storage() -> Document:
    rule = {
        "Id": RULE,
        "Status": "Enabled",
        "Prefix": "",
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": DAYS},
    }
    encryption = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    closed = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    return {
        "Bucket": {
            "Type": "AWS::S3::Bucket",
            "Condition": "MakeBucket",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "BucketName": {"Ref": "LibraryBucket"},
                "VersioningConfiguration": {"Status": "Enabled"},
                "BucketEncryption": {"ServerSideEncryptionConfiguration": [encryption]},
                "PublicAccessBlockConfiguration": dict.fromkeys(closed, True),
                "LifecycleConfiguration": {"Rules": [rule]},
                "Tags": _tags(),
            },
        }
    }


def _jobs(wishes: Wishes) -> Document:
    shell, spark = (_job(make(wishes, _CODE)) for make in (shell_job, spark_job))
    database = {
        "Name": {"Ref": "Database"},
        "Description": "COUNTER usage, published by the pipeline of NoLCAT Desktop.",
    }
    return {
        "Catalog": {
            "Type": "AWS::Glue::Database",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {"CatalogId": {"Ref": "AWS::AccountId"}, "DatabaseInput": database},
        },
        "JobRole": _role("glue", job_rights(wishes)),
        "ShellJob": {
            "Type": "AWS::Glue::Job",
            "Properties": {
                "Name": _sub("${AWS::StackName}-publish"),
                **shell,
                "Tags": {TAG: _sub("${AWS::StackName}")},
            },
        },
        "SparkJob": {
            "Type": "AWS::Glue::Job",
            "Condition": "WithSpark",
            "Properties": {
                "Name": _sub("${AWS::StackName}-publish-spark"),
                **spark,
                "Tags": {TAG: _sub("${AWS::StackName}")},
            },
        },
    }


def _job(definition: Mapping[str, Any]) -> Document:
    """A job as CreateJob takes it, with places for what is not known."""
    text = json.dumps(definition).replace(f"/{_CODE}", "/${CodeLocation}")
    return {key: _subbed(value) for key, value in json.loads(text).items()}


def _news() -> Document:
    return {
        "Topic": {
            "Type": "AWS::SNS::Topic",
            "Properties": {"TopicName": _sub("${AWS::StackName}-news"), "Tags": _tags()},
        },
        "Subscription": {
            "Type": "AWS::SNS::Subscription",
            "Condition": "HasEmail",
            "Properties": {"TopicArn": {"Ref": "Topic"}, "Protocol": "email", "Endpoint": {"Ref": "Email"}},
        },
    }


def _machine(wishes: Wishes, files: PipelineFiles) -> Document:
    substitutions = {
        "ShellJob": {"Ref": "ShellJob"},
        "SparkJob": {"Fn::If": ["WithSpark", {"Ref": "SparkJob"}, {"Ref": "ShellJob"}]},
        "SparkFromBytes": {"Fn::If": ["WithSpark", {"Ref": "SparkFromBytes"}, str(NEVER)]},
        "TopicArn": {"Ref": "Topic"},
        "StoreBucket": {"Ref": "LibraryBucket"},
        "StorePrefix": {"Ref": "StorePrefix"},
        "Database": {"Ref": "Database"},
    }
    return {
        "MachineRole": _role("states", machine_rights(wishes)),
        "StateMachine": {
            "Type": "AWS::StepFunctions::StateMachine",
            "Properties": {
                "StateMachineName": _sub("${AWS::StackName}-pipeline"),
                "StateMachineType": "STANDARD",
                "RoleArn": {"Fn::GetAtt": ["MachineRole", "Arn"]},
                "Definition": json.loads(files.definition),
                "DefinitionSubstitutions": substitutions,
                "Tags": _tags(),
            },
        },
    }


def _role(service: str, rights: Mapping[str, Any]) -> Document:
    policy = {"PolicyName": "nolcat-pipeline", "PolicyDocument": _subbed(rights)}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {"AssumeRolePolicyDocument": trust(service), "Policies": [policy], "Tags": _tags()},
    }


def _subbed(value: object) -> Any:  # noqa: ANN401 - JSON
    """Every text with a place in it becomes a substitution."""
    match value:
        case str() if "${" in value:
            return _place(value)
        case dict():
            return {key: _subbed(inner) for key, inner in value.items()}
        case list():
            return [_subbed(inner) for inner in value]
        case _:
            return value


def _place(text: str) -> Document:
    """A reference where the text is a place and nothing else."""
    inner = text[2:-1]
    if text.startswith("${") and text.endswith("}") and "$" not in inner:
        name, _, attribute = inner.partition(".")
        return {"Fn::GetAtt": [name, attribute]} if attribute else {"Ref": name}
    return _sub(text)


def _sub(text: str) -> Document:
    return {"Fn::Sub": text}


def _tags() -> list[Document]:
    return [{"Key": TAG, "Value": _sub("${AWS::StackName}")}]
