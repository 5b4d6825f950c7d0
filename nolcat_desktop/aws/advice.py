"""What each error of the cloud means and what to do about it: a table, asked by `border`.

A row holds for the codes that a service answers with and for the names of botocore's own exceptions. More rows may be
added; the first that fits holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The kinds of failure that call for different doing."""

    SIGN_IN = "sign-in"
    """Nobody is signed in, the sign-in has run out, or the key is wrong."""
    PERMISSION = "permission"
    MISSING = "missing"
    """A bucket, an object, a machine that is not there."""
    CONFLICT = "conflict"
    """It was changed there in the meantime, or is there already."""
    NETWORK = "network"
    """Worth trying again when the network is back."""
    CERTIFICATE = "certificate"
    CLOCK = "clock"
    BUSY = "busy"
    """The service is overloaded or failed; worth trying again."""
    DAMAGED = "damaged"
    """What arrived is not what was sent."""
    SETUP = "setup"
    """Something in the account's settings or the AWS configuration does not fit."""
    OTHER = "other"

    @property
    def is_passing(self) -> bool:
        """Whether the same may work when tried again later."""
        return self in {Fault.NETWORK, Fault.BUSY}


@dataclass(frozen=True, slots=True)
class Advice:
    """One row."""

    fault: Fault
    names: tuple[str, ...]
    title: str
    remedy: str


_SIGN_IN_AGAIN = "Sign in, then do it again: it goes on where it stopped."
_NETWORK = (
    "Look whether the network is there, and whether it needs a proxy (in the account's settings); then try again."
)

ADVICE: tuple[Advice, ...] = (
    Advice(
        Fault.SIGN_IN,
        (
            "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "UnauthorizedSSOTokenError",
            "SSOTokenLoadError", "TokenRetrievalError", "UnauthorizedException", "LoginRefreshRequired",
            "LoginTokenLoadError", "RefreshWithMFAUnsupportedError", "InvalidGrantException", "NoAuthTokenError",
        ),
        "The sign-in has run out",
        _SIGN_IN_AGAIN,
    ),
    Advice(
        Fault.SIGN_IN,
        (
            "NoCredentialsError", "PartialCredentialsError", "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
        ),
        "Nobody is signed in",
        "Choose how to sign in: a profile of the AWS configuration, the sign-in of the institution, or a key.",
    ),
    Advice(
        Fault.SIGN_IN,
        (
            "InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidToken", "AuthFailure",
            "InvalidTokenException",
        ),
        "The key is not known there",
        "Look whether the key was typed whole and is still in use; ask who looks after your AWS account.",
    ),
    Advice(
        Fault.SIGN_IN,
        ("SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature"),
        "The secret does not belong to the key",
        "Type the secret of the key again; blanks before or behind it count.",
    ),
    Advice(
        Fault.SIGN_IN,
        ("CredentialRetrievalError", "SSOError", "LoginError", "LoginAuthorizationCodeError", "MetadataRetrievalError"),
        "The sign-in did not work",
        "Sign in again; if it stays, ask who looks after your AWS account.",
    ),
    Advice(
        Fault.CLOCK,
        ("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"),
        "This computer's clock is wrong",
        "Set the time (Windows: Settings › Time › Sync now), then try again.",
    ),
    Advice(
        Fault.PERMISSION,
        (
            "AccessDenied", "AccessDeniedException", "Forbidden", "403", "AllAccessDisabled", "UnauthorizedOperation",
            "AccessDeniedByException", "ForbiddenException", "LoginInsufficientPermissions", "KMS.DisabledException",
        ),
        "This is not allowed",
        "Give the missing permission to whoever looks after your AWS account, or sign in as someone else.",
    ),
    Advice(
        Fault.MISSING,
        ("NoSuchBucket",),
        "There is no bucket of this name",
        "Look at the name and the region of the bucket in the account's settings.",
    ),
    Advice(
        Fault.MISSING,
        ("StateMachineDoesNotExist",),
        "There is no state machine of this name",
        "Look at the ARN of the state machine in the account's settings, and at the region in it.",
    ),
    Advice(
        Fault.MISSING,
        (
            "NoSuchKey", "NoSuchVersion", "404", "NotFound", "NoSuchUpload", "ExecutionDoesNotExist",
            "EntityNotFoundException", "ResourceNotFoundException", "ResourceNotFound", "NoSuchEntity",
            "NotFoundException",
        ),
        "It is not there",
        "Someone else may have changed it; look at what is there, and try again.",
    ),
    Advice(
        Fault.CONFLICT,
        (
            "PreconditionFailed", "412", "ConditionalRequestConflict", "OperationAborted", "BucketAlreadyExists",
            "BucketAlreadyOwnedByYou", "ConcurrentModificationException", "AlreadyExistsException",
            "ExecutionAlreadyExists", "StateMachineAlreadyExists", "ConflictException",
        ),
        "It was changed there in the meantime",
        "Look at what is there now, and decide which version stays.",
    ),
    Advice(
        Fault.DAMAGED,
        (
            "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "FlexibleChecksumError", "ChecksumError",
            "AwsChunkedWrapperError",
        ),
        "What arrived is not what was sent",
        "Try again. If it stays, something on the way changes files: a proxy or a virus scanner.",
    ),
    Advice(
        Fault.CERTIFICATE,
        ("SSLError",),
        "Your network looks into secure connections",
        "Ask IT for the certificate file, then choose it in the account's settings; the check is never switched off.",
    ),
    Advice(
        Fault.NETWORK,
        ("ProxyConnectionError",),
        "The proxy does not answer",
        "Look at the proxy's address in the account's settings, or at that of the system.",
    ),
    Advice(
        Fault.NETWORK,
        (
            "EndpointConnectionError", "ConnectTimeoutError", "ReadTimeoutError", "ConnectionClosedError",
            "ConnectionError", "HTTPClientError", "ResponseStreamingError", "IncompleteReadError", "RequestTimeout",
            "RequestTimeoutException",
        ),
        "The connection is gone",
        _NETWORK,
    ),
    Advice(
        Fault.BUSY,
        (
            "SlowDown", "Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException",
            "RequestLimitExceeded", "ServiceUnavailable", "InternalError", "InternalFailure", "503", "500", "502",
            "504", "InternalServerException", "ServiceUnavailableException", "BandwidthLimitExceeded",
            "SlowDownException", "CapacityNotAvailableError", "ResponseParserError", "ServiceException",
        ),
        "The service is busy or out of order",
        "Wait some minutes, then do it again: it goes on where it stopped.",
    ),
    Advice(
        Fault.SETUP,
        ("ProfileNotFound",),
        "There is no profile of this name",
        "Choose one of the profiles that the AWS configuration of this computer has.",
    ),
    Advice(
        Fault.SETUP,
        ("MissingDependencyException",),
        "This profile signs in in a way that this program does not know",
        "A profile of “aws login” can be handed on: let IT add a profile with the line “credential_process = aws "
        "configure export-credentials --profile NAME” to the AWS configuration, and choose that one.",
    ),
    Advice(
        Fault.SETUP,
        (
            "NoRegionError", "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException",
            "301", "InvalidRegionError",
        ),
        "The region does not fit",
        "Set the region of the bucket in the account's settings, such as eu-west-1.",
    ),
    Advice(
        Fault.SETUP,
        (
            "ConfigParseError", "ConfigNotFound", "InvalidConfigError", "InfiniteLoopConfigError",
            "UnknownCredentialError", "InvalidProxiesConfigError", "InvalidEndpointConfigurationError",
            "InvalidHostLabelError", "EndpointProviderError", "EndpointResolutionError",
            "InvalidDNSNameError", "ParamValidationError", "InvalidBucketName", "ValidationException", "InvalidArn",
            "UnsupportedS3ConfigurationError", "InvalidRequestException", "InvalidClientException", "ValueError",
        ),
        "Something in the settings does not fit",
        "Look at the account's settings and at the AWS configuration of this computer.",
    ),
    Advice(
        Fault.SETUP,
        ("NotImplemented", "501", "MethodNotAllowed"),
        "The server does not offer this",
        "Ask who looks after the server; other abilities still work.",
    ),
)  # fmt: skip
OTHER = Advice(
    Fault.OTHER,
    (),
    "The cloud gave an answer that is not known here",
    "Try again later; if it stays, send the log to whoever looks after your AWS account.",
)


def advice_for(*names: str) -> Advice:
    """The row for the first of `names` that has one."""
    for name in names:
        for row in ADVICE:
            if name in row.names:
                return row
    return OTHER
