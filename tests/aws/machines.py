"""State machines for tests, made on the stand-in."""

from __future__ import annotations

import json
import uuid
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


def new_machine(aws: Aws, definition: Definition, kind: str = "STANDARD", name: str = "") -> str:
    """Its ARN."""
    client = aws.client("stepfunctions")
    made = client.create_state_machine(
        name=name or f"m-{uuid.uuid4().hex[:12]}", definition=json.dumps(definition), roleArn=aws.new_role(), type=kind
    )
    client.close()
    return str(made["stateMachineArn"])
