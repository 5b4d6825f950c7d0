from __future__ import annotations

from typing import Any

import pytest

from nolcat_desktop.aws.advice import ADVICE, OTHER, Fault, advice_for
from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.permissions import PERMISSIONS

pytest.importorskip("botocore")
from botocore import exceptions
from botocore.exceptions import ClientError

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYplanted00B"  # noqa: S105 - planted


def answered(code: str, operation: str = "PutObject", status: int = 400, message: str = "said so") -> ClientError:
    told = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(told, operation)


def raised(error: Exception) -> CloudError:
    with pytest.raises(CloudError) as caught, border("sending TR/7_TR_NULL.parquet", "11 others were sent."):
        raise error
    return caught.value


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("ExpiredToken", Fault.SIGN_IN),
        ("InvalidAccessKeyId", Fault.SIGN_IN),
        ("SignatureDoesNotMatch", Fault.SIGN_IN),
        ("AccessDenied", Fault.PERMISSION),
        ("NoSuchBucket", Fault.MISSING),
        ("StateMachineDoesNotExist", Fault.MISSING),
        ("PreconditionFailed", Fault.CONFLICT),
        ("SlowDown", Fault.BUSY),
        ("BadDigest", Fault.DAMAGED),
        ("RequestTimeTooSkewed", Fault.CLOCK),
        ("PermanentRedirect", Fault.SETUP),
        ("NeverHeardOf", Fault.OTHER),
    ],
)
def test_that_a_service_s_answer_is_told_by_its_row(code: str, fault: Fault) -> None:
    error = raised(answered(code))
    assert (error.fault, error.code, error.operation) == (fault, code, "PutObject")
    assert error.problem.title == advice_for(code).title
    assert "11 others were sent." in error.problem.meaning


@pytest.mark.parametrize("code", ["SlowDown", "AccessDenied", "NeverHeardOf"])
def test_that_the_service_s_own_words_are_folded_away_and_not_lost(code: str) -> None:
    told = raised(answered(code)).problem
    assert not [word for word in (code, "said so") if word in f"{told.title} {told.meaning} {told.remedy}"]
    assert told.details == f"{code}: said so"


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (exceptions.EndpointConnectionError(endpoint_url="https://x"), Fault.NETWORK),
        (exceptions.ReadTimeoutError(endpoint_url="https://x"), Fault.NETWORK),
        (exceptions.ConnectionClosedError(endpoint_url="https://x"), Fault.NETWORK),
        (exceptions.ProxyConnectionError(proxy_url="http://proxy"), Fault.NETWORK),
        (exceptions.SSLError(endpoint_url="https://x", error="bad"), Fault.CERTIFICATE),
        (exceptions.NoCredentialsError(), Fault.SIGN_IN),
        (exceptions.UnauthorizedSSOTokenError(), Fault.SIGN_IN),
        (exceptions.ProfileNotFound(profile="x"), Fault.SETUP),
        (exceptions.ConfigParseError(path="x"), Fault.SETUP),
        (exceptions.FlexibleChecksumError(error_msg="x"), Fault.DAMAGED),
        (exceptions.MissingDependencyException(msg="x"), Fault.SETUP),
    ],
)
def test_that_an_exception_of_botocore_is_told_by_its_row(error: Exception, fault: Fault) -> None:
    assert raised(error).fault is fault
    assert raised(error).problem.remedy != OTHER.remedy


def test_that_every_exception_of_botocore_becomes_a_problem() -> None:
    kinds: list[Any] = [one for one in vars(exceptions).values() if isinstance(one, type)]
    for kind in kinds:
        if issubclass(kind, exceptions.BotoCoreError):
            assert raised(kind.__new__(kind)).problem.title


@pytest.mark.parametrize("status", [403, 404, 412, 503])
def test_that_an_answer_without_a_body_is_told_by_its_status(status: int) -> None:
    wanted = {403: Fault.PERMISSION, 404: Fault.MISSING, 412: Fault.CONFLICT, 503: Fault.BUSY}
    assert raised(answered(str(status), "HeadObject", status, "")).fault is wanted[status]
    assert raised(answered("", "HeadObject", status, "")).fault is wanted[status]


def test_that_a_signature_that_ran_out_is_a_wrong_clock_and_no_wrong_secret() -> None:
    said = "Signature expired: 20261122T101500Z is now earlier than 20261122T102400Z"
    error = raised(answered("SignatureDoesNotMatch", "GetCallerIdentity", 403, said))
    assert error.fault is Fault.CLOCK


@pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda one: one.action)
def test_that_a_missing_permission_names_itself_and_the_ability_it_removes(permission: object) -> None:
    row = next(one for one in PERMISSIONS if one is permission)
    for operation in row.operations:
        error = raised(answered("AccessDenied", operation, 403))
        assert error.problem.position == row.action
        assert row.action in error.problem.meaning
        assert row.ability in error.problem.meaning


def test_that_what_is_said_holds_no_secret() -> None:
    said = f"key {SECRET} of AKIAIOSFODNN7EXAMPLE, https://me:hunter22@proxy:1, token=abcdef123456"
    error = raised(answered("NeverHeardOf", message=said))
    told = f"{error} {error.problem}"
    assert [word for word in (SECRET, "hunter22", "abcdef123456", "AKIAIOSFODNN7EXAMPLE") if word in told] == []


def test_that_a_defect_of_our_own_passes_the_border_untouched() -> None:
    with pytest.raises(ZeroDivisionError), border("counting"):
        raise ZeroDivisionError


def test_that_no_code_stands_in_two_rows() -> None:
    names = [name for row in ADVICE for name in row.names]
    assert sorted(names) == sorted(set(names))
    assert all(row.title and row.remedy.endswith(".") and not row.title.endswith(".") for row in ADVICE)
