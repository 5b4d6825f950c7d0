"""`nolcat cloud check`, `sign-in` and `policy`."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from contextlib import suppress

from nolcat_desktop.aws.device_flow import Invitation
from nolcat_desktop.cli.cloud_options import account_of, code_of
from nolcat_desktop.cli.output import Output
from nolcat_desktop.credentials import KeyringStore, Secrets
from nolcat_desktop.progress import Progress
from nolcat_desktop.workflow.checking_connection import CheckStep, Outcome, check, missing_policy, policy_text
from nolcat_desktop.workflow.signing_in import open_clients, sign_in

_SIGNS = {Outcome.DONE: "✓", Outcome.FAILED: "✕", Outcome.LEFT_OUT: "–", Outcome.NOTE: "△"}


def run_cloud(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Do what was asked of the cloud."""
    match given.what:
        case "check":
            return _check(given, output, progress)
        case "sign-in":
            return _sign_in(given, output, progress)
        case _:
            output.text(policy_text(account_of(given), kms_key=given.kms_key or "") + "\n")
            return 0


def _check(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    """Print each step when it is over; 1 when one failed."""
    account = account_of(given)
    steps: list[CheckStep] = []
    for step in check(account, Secrets(KeyringStore()), progress, code_of(given)):
        steps.append(step)
        problem = step.problem.as_dict() if step.problem else None
        fields = {"step": step.name, "outcome": step.outcome, "detail": step.detail, "problem": problem}
        output.line(fields, _told(step))
    failed = [step for step in steps if step.outcome is Outcome.FAILED]
    if policy := missing_policy(account, steps):
        output.say(f"What is missing, for whoever looks after your AWS account:\n{policy}")
    left = "Nothing was left behind in the bucket."
    output.say(f"{len(failed)} of {len(steps)} steps failed. {left}" if failed else f"All is well. {left}")
    return int(bool(failed))


def _told(step: CheckStep) -> str:
    line = f"{_SIGNS[step.outcome]} {step.name:26}{step.detail}".rstrip()
    if step.problem is None:
        return line
    said = f"\n  What was answered: {step.problem.details}" if step.problem.details else ""
    return f"{line}\n  {step.problem.meaning}\n  What to do: {step.problem.remedy}{said}"


def _sign_in(given: argparse.Namespace, output: Output, progress: Progress) -> int:
    account = account_of(given)
    clients = open_clients(account, Secrets(KeyringStore()), code_of(given), progress=progress)
    standing = sign_in(clients, lambda invitation: _show(invitation, output), progress)
    identity = standing.identity
    fields = {
        "account": identity.account if identity else None,
        "arn": identity.arn if identity else None,
        "until": standing.until,
    }
    output.line(fields, str(standing))
    return 0


def _show(invitation: Invitation, output: Output) -> None:
    """The code on stderr, and the page in the browser where there is one."""
    output.say(f"Open {invitation.address}\nand compare this code: {invitation.code}")
    if sys.stderr is not None and sys.stderr.isatty():
        with suppress(webbrowser.Error, OSError):
            webbrowser.open(invitation.address)
