"""What can be done about each kind of trouble: the buttons on its card, the most likely first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from nolcat_desktop.gui.cloud_words import tr
from nolcat_desktop.gui.notice import Choice, Level

if TYPE_CHECKING:
    from nolcat_desktop.gui.cloud_jobs import Plain
    from nolcat_desktop.problem import Problem
    from nolcat_desktop.workflow.cloud_trouble import Trouble

Do = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Ways:
    """What the place can do."""

    sign_in: Do
    other_account: Do
    """Show every way to sign in."""
    settings: Do
    """Show the form of the account."""
    again: Do
    later: Do
    for_this_run: Do
    """Use the key that was typed for this run only."""
    type_key: Do
    certificate: Do
    match: Do
    own_numbers: Do
    our_names: Do
    read_about_stores: Do


def choices_for(trouble: Trouble | Plain, ways: Ways) -> list[Choice]:
    """The buttons, in their order."""
    copy_policy = Choice(tr("Copy the missing permissions"), partial(_copy, trouble.policy))
    copy_text = Choice(tr("Copy for IT"), partial(_copy, _text(trouble)))
    run_only = Choice(tr("Use the key for this run only…"), ways.for_this_run)
    again, later = Choice(tr("Try again"), ways.again), Choice(tr("Later"), ways.later)
    other = Choice(tr("Sign in as someone else"), ways.other_account)
    settings = Choice(tr("Settings of the account…"), ways.settings)
    table: dict[str, list[Choice]] = {
        "sign-in": [Choice(tr("Sign in"), ways.sign_in), other, later],
        "code": [Choice(tr("Sign in"), ways.sign_in), later],
        "wrong account": [
            Choice(tr("Sign in to the other account"), ways.sign_in),
            Choice(tr("Change the library's account…"), ways.other_account),
        ],
        "permission": ([copy_policy] if trouble.policy else []) + [other, again],
        "store locked": [again, run_only],
        "no store": [run_only, Choice(tr("How to install one"), ways.read_about_stores)],
        "no key": [Choice(tr("Type the key again…"), ways.type_key), other],
        "certificate": [Choice(tr("Choose the certificate file…"), ways.certificate), copy_text, again],
        "clock": [again],
        "network": [again, settings],
        "local ids": [
            Choice(tr("Match with NoLCAT's list…"), ways.match),
            Choice(tr("Use this library's own numbers…"), ways.own_numbers),
        ],
        "other source": [Choice(tr("Only the name changed: use ours"), ways.our_names), again],
        "sample": [again],
        "setup": [settings, again],
    }
    return table.get(trouble.cause, [again, settings])


def level_of(trouble: Trouble | Plain) -> Level:
    """How much it matters: what only waits for a person is no alarm."""
    calm = {"sign-in", "code", "network", "local ids", "no key"}
    return Level.CHECK if trouble.cause in calm else Level.SERIOUS


def _text(trouble: Trouble | Plain) -> str:
    problem = trouble.problem
    return "\n".join(part for part in (*_parts(problem), problem.details) if part)


def _parts(problem: Problem) -> tuple[str | None, ...]:
    return problem.title, problem.position, problem.meaning, problem.remedy


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
