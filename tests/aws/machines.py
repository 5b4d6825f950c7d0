"""State machines for tests, made on the stand-in."""

from __future__ import annotations

import json
import uuid
from contextlib import closing
from typing import Any

from tests.servers.aws_stand_in import Aws

Definition = dict[str, Any]
WELL: Definition = {
    "StartAt": "Look",
    "States": {
        "Look": {"Type": "Pass", "Next": "Load"},
        "Load": {"Type": "Pass", "Next": "Which"},
        "Which": {"Type": "Choice", "Choices": [], "Default": "Done"},
        "Done": {"Type": "Succeed"},
    },
}
WELL["States"]["Which"]["Choices"] = [{"Variable": "$.test", "BooleanEquals": True, "Next": "Done"}]
LONG: Definition = {"StartAt": "Load", "States": {"Load": {"Type": "Wait", "Seconds": 600, "End": True}}}
TOLD: Definition = {
    "StartAt": "Load",
    "States": {
        "Load": {"Type": "Pass", "Next": "Not published"},
        "Not published": {"Type": "Fail", "Error": "NoLCAT.ObjectMissing", "Cause": "DR/3_DR_NULL.parquet is gone."},
    },
}


_LARGER = [{"Variable": "$.larger", "IsPresent": True}, {"Variable": "$.larger", "BooleanEquals": True}]


def too_small(topic: str) -> Definition:
    """Like the one that is shipped, with a job that has too little memory in every size but the larger one."""
    job = {"Type": "Pass", "ResultPath": None}
    told = {"outcome": "published"}
    return {
        "StartAt": "Choose the size",
        "States": {
            "Choose the size": {
                "Type": "Choice",
                "Choices": [{"And": _LARGER, "Next": "Larger size"}],
                "Default": "Check and publish",
            },
            "Larger size": {"Type": "Pass", "Next": "Publish with Spark"},
            "Check and publish": {**job, "Parameters": {"JobName": "shell"}, "Next": "Not published"},
            "Publish with Spark": {**job, "Parameters": {"JobName": "spark"}, "Next": "Tell that it is done"},
            "Tell that it is done": {**job, "Parameters": {"TopicArn": topic}, "Next": "Done"},
            "Done": {"Type": "Pass", "Parameters": told, "End": True},
            "Not published": {"Type": "Fail", "Error": "NoLCAT.TooLittleMemory", "Cause": "malloc of 812 MiB failed."},
        },
    }


OVERTAKEN: Definition = {
    "StartAt": "Which",
    "States": {
        "Which": {
            "Type": "Choice",
            "Choices": [
                {"Variable": "$.newer", "IsPresent": True, "Next": "Newer"},
            ],
            "Default": "Not published",
        },
        "Newer": {"Type": "Pass", "Parameters": {"outcome.$": "$.newer"}, "End": True},
        "Not published": {"Type": "Fail", "Error": "NoLCAT.Superseded", "Cause": "A newer set is published."},
    },
}
"""What was sent from a library is overtaken; what is started with `newer` in its input says that as its outcome."""


def new_topic(aws: Aws, *addresses: str) -> str:
    """ARN of a topic with these subscribers; those at `late.example.org` never confirm."""
    with closing(aws.client("sns")) as client:
        topic = str(client.create_topic(Name=f"t-{uuid.uuid4().hex[:12]}")["TopicArn"])
        for address in addresses:
            client.subscribe(TopicArn=topic, Protocol="email", Endpoint=address)
    return topic


def new_machine(aws: Aws, definition: Definition, kind: str = "STANDARD", name: str = "") -> str:
    """Its ARN."""
    client = aws.client("stepfunctions")
    made = client.create_state_machine(
        name=name or f"m-{uuid.uuid4().hex[:12]}", definition=json.dumps(definition), roleArn=aws.new_role(), type=kind
    )
    client.close()
    return str(made["stateMachineArn"])
