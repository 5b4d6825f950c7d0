"""The border post to the cloud: errors of AWS and of the way there become problems a librarian can act on.

Nothing above this room sees an exception of botocore. What is said of them holds no secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from nolcat_desktop.aws.advice import Advice, Fault, advice_for
from nolcat_desktop.aws.permissions import permission_for
from nolcat_desktop.log import redact
from nolcat_desktop.problem import NolcatError, Problem

UNCHANGED = "Nothing was changed."
FOREIGN = (BotoCoreError, ClientError, ResponseParserError)
"""What botocore raises."""
_SKEWED = re.compile(r"(?i)signature (?:expired|not yet current)|clock")
_LONGEST = 400


class CloudError(NolcatError):
    """An expected failure of the cloud, with what was answered there for whoever decides by it."""

    def __init__(self, problem: Problem, fault: Fault, code: str = "", operation: str = "") -> None:
        """Keep the problem, its kind, the service's own code, and the call it answered."""
        super().__init__(problem)
        self.fault = fault
        self.code = code
        """As the service gave it (`PreconditionFailed`), or the name of botocore's exception."""
        self.operation = operation
        """The call (`PutObject`); empty if none was answered."""


@contextmanager
def border(doing: str, kept: str = UNCHANGED) -> Iterator[None]:
    """Within it, errors of botocore are raised as a `CloudError`.

    Args:
        doing: What is being done, for the reader: `sending TR/7_TR_NULL.parquet`.
        kept: What is true of the numbers when it fails.
    """
    try:
        yield
    except FOREIGN as error:
        raise failure(error, doing, kept) from error


def failure(error: Exception, doing: str, kept: str = UNCHANGED) -> CloudError:
    """`error`, one of `FOREIGN`, in our words; what was answered there is in the details. See `border`."""
    code, status, operation, said = _told(error)
    kinds = [kind.__name__ for kind in type(error).__mro__]
    row = advice_for(code, status, *kinds)
    if row.fault is Fault.SIGN_IN and code and _SKEWED.search(said):
        row = advice_for("RequestTimeTooSkewed")
    problem = _denied(row, operation, doing, kept) if row.fault is Fault.PERMISSION else None
    problem = problem or Problem(row.title, f"This happened while {doing}. {kept}", row.remedy)
    problem = replace(problem, details=said)
    return CloudError(problem, row.fault, code or kinds[0], operation)


def _told(error: Exception) -> tuple[str, str, str, str]:
    """Code, HTTP status, call, and what was said, without secrets and in one line."""
    if not isinstance(error, ClientError):
        return "", "", "", _one_line(str(error))
    told = error.response.get("Error", {})
    status = str(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
    code, message = str(told.get("Code", "")), str(told.get("Message", ""))
    return code, status, error.operation_name or "", _one_line(f"{code}: {message}" if message else code)


def _denied(row: Advice, operation: str, doing: str, kept: str) -> Problem | None:
    """The missing permission by its name, where the table has it."""
    permission = permission_for(operation)
    if permission is None:
        return None
    return Problem(
        row.title,
        f"While {doing}: the permission {permission.action} is missing; without it, it is not possible to "
        f"{permission.ability}. {kept}",
        row.remedy,
        permission.action,
    )


def _one_line(text: str) -> str:
    return redact(" ".join(text.split()).rstrip("."))[:_LONGEST]
