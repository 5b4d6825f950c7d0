"""Check connection, from an account and its secrets to the list of steps."""

from __future__ import annotations

from collections.abc import Iterator

from nolcat_desktop.accounts import Account
from nolcat_desktop.aws.check import CheckStep, Outcome, StepName, check_connection
from nolcat_desktop.aws.policy import policy_text
from nolcat_desktop.aws.role import AskCode
from nolcat_desktop.credentials import Secrets
from nolcat_desktop.problem import NolcatError
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.signing_in import open_clients
from nolcat_desktop.workflow.signing_patience import while_listening

__all__ = ["CheckStep", "Outcome", "StepName", "check", "missing_policy", "policy_text"]


def check(
    account: Account, secrets: Secrets, progress: Progress, ask_code: AskCode | None = None
) -> Iterator[CheckStep]:
    """Check the connection of `account`, step by step. Settings that do not do are the first step's failure.

    Raises:
        Cancelled: If the user asked to stop; nothing is left behind then either.
    """
    try:
        clients = open_clients(account, secrets, ask_code, progress=progress)
    except NolcatError as error:
        yield CheckStep(StepName.SETUP, Outcome.FAILED, error.problem.title, error.problem)
        return
    steps = check_connection(clients, progress)
    while (step := while_listening(lambda: next(steps, None), progress)) is not None:
        yield step


def missing_policy(account: Account, steps: list[CheckStep]) -> str:
    """The permissions that were found missing, as a policy to be copied; empty if none was."""
    actions = {step.permission for step in steps if step.permission}
    return policy_text(account, actions) if actions else ""
