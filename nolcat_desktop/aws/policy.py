"""The least that has to be allowed, as the text that an administrator pastes: for one bucket, prefix and machine."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from nolcat_desktop.accounts import Account
from nolcat_desktop.aws.permissions import KMS, PERMISSIONS, Where

_PARTITIONS = (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("us-iso-", "aws-iso"), ("us-isob-", "aws-iso-b"))


def partition_of(region: str) -> str:
    """The part of AWS that `region` is in: `aws`, `aws-cn`, `aws-us-gov`."""
    return next((partition for start, partition in _PARTITIONS if region.startswith(start)), "aws")


def policy_for(account: Account, only: Collection[str] = (), kms_key: str = "") -> dict[str, Any]:
    """The policy as IAM reads it.

    Args:
        account: Its bucket, prefix and, if it has one, state machine.
        only: Actions that are wanted; all by default.
        kms_key: ARN of the key that encrypts the bucket, if one does.
    """
    statements = [_statement(account, where, only) for where in Where]
    if kms_key:
        statements.append({"Sid": "Key", "Effect": "Allow", "Action": list(KMS), "Resource": kms_key})
    return {"Version": "2012-10-17", "Statement": [one for one in statements if one]}


def policy_text(account: Account, only: Collection[str] = (), kms_key: str = "") -> str:
    """`policy_for` as the text to be copied."""
    return json.dumps(policy_for(account, only, kms_key), indent=2)


def _statement(account: Account, where: Where, only: Collection[str]) -> dict[str, Any]:
    actions = [one.action for one in PERMISSIONS if one.where is where and (not only or one.action in only)]
    resource = _resource(account, where)
    if not actions or not resource:
        return {}
    told: dict[str, Any] = {"Sid": where.capitalize(), "Effect": "Allow", "Action": actions, "Resource": resource}
    prefix = account.location.prefix
    if where is Where.PREFIX and prefix:
        told["Condition"] = {"StringLike": {"s3:prefix": [prefix, f"{prefix}/*"]}}
    return told


def _resource(account: Account, where: Where) -> str:
    machine = account.state_machine
    arn = machine.split(":")
    partition = arn[1] if machine.startswith("arn:") and len(arn) > 1 else partition_of(account.region)
    bucket = f"arn:{partition}:s3:::{account.bucket}"
    match where:
        case Where.BUCKET | Where.PREFIX:
            return bucket
        case Where.OBJECTS:
            return f"{bucket}/{account.location.key('*')}"
        case Where.MACHINE:
            return machine
        case Where.RUNS:
            return f"{machine.replace(':stateMachine:', ':execution:')}:*" if machine else ""
