"""The last steps of Check connection: reading, writing, versions, the state machine; nothing is left behind."""

from __future__ import annotations

import uuid
from dataclasses import replace

from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.clients import Clients
from nolcat_desktop.aws.network import NOTHING_SENT
from nolcat_desktop.problem import Problem

_LOOKING_WORKS = "Nothing was sent; looking at the bucket may work all the same."
_ARN_PARTS = 6


def sees_objects(clients: Clients) -> str:
    """List one object under the prefix.

    Raises:
        CloudError: If that is not allowed, or there is no such bucket.
    """
    place = clients.account.location
    with border(f"looking at {where(clients)}", NOTHING_SENT):
        answer = clients.client("s3").list_objects_v2(Bucket=place.bucket, Prefix=place.key(""), MaxKeys=1)
    return f"{where(clients)} can be read" if answer.get("KeyCount") else f"{where(clients)} is empty"


def may_write(clients: Clients) -> str:
    """Begin a multipart upload and take it back: no object is made, so none has to be deleted.

    Raises:
        CloudError: If that is not allowed; or if it could not be taken back: then the problem says what is left.
    """
    place = clients.account.location
    client, key = clients.client("s3"), place.key(f"check-{uuid.uuid4().hex[:12]}")
    try:
        with border(f"trying to write to {where(clients)}", _LOOKING_WORKS):
            begun = client.create_multipart_upload(Bucket=place.bucket, Key=key)["UploadId"]
    except CloudError as error:
        raise _not_allowed(error) from error
    with border(
        f"taking back the upload that was begun as {key}, which is left there", "It is empty and costs nothing."
    ):
        client.abort_multipart_upload(Bucket=place.bucket, Key=key, UploadId=begun)
    return "allowed; nothing was left behind"


def versions(clients: Clients) -> tuple[bool, str]:
    """Whether the bucket keeps earlier versions, and what that means.

    Raises:
        CloudError: If that may not be seen.
    """
    with border("asking whether the bucket keeps earlier versions", NOTHING_SENT):
        answer = clients.client("s3").get_bucket_versioning(Bucket=clients.account.bucket)
    if answer.get("Status") == "Enabled":
        return True, "the bucket keeps them"
    return False, "the bucket keeps none: what is sent again replaces what was there; switching them on is advised"


def sees_machine(clients: Clients) -> str:
    """Look at the state machine; its name.

    Raises:
        CloudError: If it is not there, may not be seen, or is of the kind that cannot be followed.
    """
    arn = clients.account.state_machine
    parts = arn.split(":")
    if len(parts) <= _ARN_PARTS:
        problem = Problem("This is no ARN of a state machine", f"“{arn}”. {NOTHING_SENT}", "Copy it whole from AWS.")
        raise CloudError(problem, Fault.SETUP)
    with border("looking at the state machine", NOTHING_SENT):
        told = clients.client("stepfunctions", parts[3]).describe_state_machine(stateMachineArn=arn)
    if told.get("type") == "EXPRESS":
        meaning = (
            f"{told['name']} is of type EXPRESS: a run could be started twice, and not be followed. {NOTHING_SENT}"
        )
        problem = Problem("This state machine cannot be used", meaning, "Ask for one of type STANDARD.")
        raise CloudError(problem, Fault.SETUP)
    return str(told["name"])


def where(clients: Clients) -> str:
    """The place as it is shown: `s3://riverside-usage/nolcat/`."""
    return f"s3://{clients.account.bucket}/{clients.account.location.key('')}"


def _not_allowed(error: CloudError) -> CloudError:
    """Said of writing in particular."""
    if error.fault is not Fault.PERMISSION:
        return error
    return CloudError(replace(error.problem, title="Writing is not allowed"), error.fault, error.code, error.operation)
