"""What stood in the way of the cloud, by its kind: so that a face can offer what helps without reading sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nolcat_desktop.accounts import Account
from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.policy import policy_text
from nolcat_desktop.credentials import StoreError, StoreState
from nolcat_desktop.objects import Unreachable
from nolcat_desktop.problem import NolcatError, Problem
from nolcat_desktop.workflow.sending_refused import Refused, Why


class Cause(StrEnum):
    """Each calls for other help."""

    SIGN_IN = "sign-in"
    """Nobody is signed in, or the sign-in has run out."""
    WRONG_ACCOUNT = "wrong account"
    CODE = "code"
    """Six digits are asked for, and nobody was there to give them."""
    PERMISSION = "permission"
    STORE_LOCKED = "store locked"
    NO_STORE = "no store"
    NO_KEY = "no key"
    """The password store has no key of this account."""
    CERTIFICATE = "certificate"
    CLOCK = "clock"
    NETWORK = "network"
    LOCAL_IDS = "local ids"
    OTHER_SOURCE = "other source"
    SAMPLE = "sample"
    SETUP = "setup"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem, and what kind of help it calls for."""

    cause: Cause
    problem: Problem
    policy: str = ""
    """The missing permission as a policy to be copied; empty if that is not it."""


_FAULTS = {
    Fault.SIGN_IN: Cause.SIGN_IN,
    Fault.PERMISSION: Cause.PERMISSION,
    Fault.CERTIFICATE: Cause.CERTIFICATE,
    Fault.CLOCK: Cause.CLOCK,
    Fault.NETWORK: Cause.NETWORK,
    Fault.BUSY: Cause.NETWORK,
    Fault.SETUP: Cause.SETUP,
    Fault.MISSING: Cause.SETUP,
}
_CODES = {"WrongAccount": Cause.WRONG_ACCOUNT, "MfaCodeNeeded": Cause.CODE, "MfaCodeMalformed": Cause.CODE}
_REFUSED = {
    Why.LOCAL_IDS: Cause.LOCAL_IDS,
    Why.OTHER_SOURCE: Cause.OTHER_SOURCE,
    Why.SAMPLE: Cause.SAMPLE,
    Why.NO_KEY: Cause.NO_KEY,
}


def trouble_of(error: NolcatError, account: Account | None = None) -> Trouble:
    """The kind of `error`; with the `account` that met it, the policy for a missing permission."""
    problem = error.problem
    if isinstance(error, StoreError):
        return Trouble(_of_store(error.state), problem)
    if isinstance(error, CloudError):
        cause = _CODES.get(error.code) or _FAULTS.get(error.fault, Cause.OTHER)
        asked = cause is Cause.PERMISSION and account is not None and problem.position
        return Trouble(cause, problem, policy_text(account, {str(problem.position)}) if account and asked else "")
    if isinstance(error, Unreachable):
        return Trouble(Cause.NETWORK, problem)
    return Trouble(_REFUSED[error.why] if isinstance(error, Refused) else Cause.OTHER, problem)


def _of_store(state: StoreState) -> Cause:
    locked = {StoreState.LOCKED, StoreState.DISMISSED, StoreState.SILENT}
    if state in locked:
        return Cause.STORE_LOCKED
    return Cause.OTHER if state is StoreState.TOO_LONG else Cause.NO_STORE
