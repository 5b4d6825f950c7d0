"""Which permission each call needs, and what cannot be done without it.

The table is the policy of least privilege (`policy`) and the message when a permission is missing (`border`) in one.
Sources: "Actions, resources, and condition keys for Amazon S3" and "… for AWS Step Functions" in the Service
Authorization Reference. There is no `s3:DeleteObject`: nothing is deleted in the bucket.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """What a permission is given on."""

    BUCKET = "bucket"
    PREFIX = "prefix"
    """On the bucket, for keys under the prefix only."""
    OBJECTS = "objects"
    MACHINE = "machine"
    RUNS = "runs"


@dataclass(frozen=True, slots=True)
class Permission:
    """One permission of the policy."""

    action: str
    where: Where
    ability: str
    """What cannot be done without it, as the end of “It is not possible to …”."""
    operations: tuple[str, ...]
    """Calls of botocore that need it."""


_BUCKET, _PREFIX, _OBJECTS, _MACHINE, _RUNS = Where.BUCKET, Where.PREFIX, Where.OBJECTS, Where.MACHINE, Where.RUNS
_SEND = ("PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload")
PERMISSIONS: tuple[Permission, ...] = (
    Permission("s3:ListBucket", _PREFIX, "see what is in the bucket", ("ListObjectsV2", "ListObjects", "HeadBucket")),
    Permission("s3:GetBucketLocation", _BUCKET, "find the region of the bucket", ("GetBucketLocation",)),
    Permission("s3:GetBucketVersioning", _BUCKET, "see whether earlier versions are kept", ("GetBucketVersioning",)),
    Permission(
        "s3:ListBucketMultipartUploads", _BUCKET, "list what unfinished sendings left", ("ListMultipartUploads",)
    ),
    Permission("s3:GetObject", _OBJECTS, "compare with what is there, and fetch it", ("GetObject", "HeadObject")),
    Permission("s3:GetObjectVersion", _OBJECTS, "fetch the version that a manifest names", ()),
    Permission("s3:PutObject", _OBJECTS, "send files", _SEND),
    Permission("s3:AbortMultipartUpload", _OBJECTS, "tidy up after a stopped sending", ("AbortMultipartUpload",)),
    Permission("s3:ListMultipartUploadParts", _OBJECTS, "go on with a sending where it stopped", ("ListParts",)),
    Permission("states:DescribeStateMachine", _MACHINE, "look at the state machine", ("DescribeStateMachine",)),
    Permission("states:StartExecution", _MACHINE, "start a run", ("StartExecution",)),
    Permission("states:ListExecutions", _MACHINE, "list earlier runs", ("ListExecutions",)),
    Permission("states:DescribeExecution", _RUNS, "follow a run", ("DescribeExecution",)),
    Permission("states:GetExecutionHistory", _RUNS, "see the steps of a run", ("GetExecutionHistory",)),
    Permission("states:StopExecution", _RUNS, "stop a run", ("StopExecution",)),
    Permission("states:RedriveExecution", _RUNS, "go on with a run that failed", ("RedriveExecution",)),
)

KMS = ("kms:GenerateDataKey", "kms:Decrypt")
"""Needed on top where the bucket is encrypted with a key of KMS."""


def permission_for(operation: str) -> Permission | None:
    """What `operation`, a call of botocore such as `PutObject`, needs; None if it is not in the table."""
    return next((one for one in PERMISSIONS if operation in one.operations), None)
