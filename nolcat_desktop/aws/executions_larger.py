"""The larger size of a run: whether its state machine has one, and what to do where it has none.

Ours goes from 1/16 DPU (a test) to 1 DPU, and from 1 DPU to Spark (`resources/aws/README.md`, Input). What a larger run
on Spark has is the Glue job's own business: its workers can be changed in AWS, and setting up again keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from nolcat_desktop.aws.executions_failure import Failure
from nolcat_desktop.aws.state_machine_words import SPARK, USUAL

_PLACE = "{larger}"
_NEW = "Larger size"
"""A machine without this state was set up before there was a larger size."""


@dataclass(frozen=True, slots=True)
class Size:
    """How a run was started."""

    test: bool = False
    larger: bool = False
    template: str = ""
    """The input of a library's own state machine; empty: our contract."""


@dataclass(frozen=True, slots=True)
class Larger:
    """Whether the same can be run with a larger size."""

    is_offered: bool
    remedy: str = ""
    """What to do where it is not."""


def larger_of(definition: Mapping[str, Any], size: Size, failed: str = "") -> Larger:
    """Whether a machine of this definition has a larger size than that of the run.

    Args:
        definition: In the Amazon States Language; empty if it may not be seen.
        size: How the run was started.
        failed: The state in which it failed, by its own name; empty if that is not known.
    """
    if size.template.strip():
        return _of_another(size)
    states = definition.get("States", {})
    shell, spark = (_job(states.get(name, {})) for name in (USUAL[0], SPARK))
    reasons = (
        (not states, _UNSEEN),
        (not all(name in states for name in (*USUAL, SPARK)), _OWN),
        (size.larger or failed == SPARK, _ALREADY.format(job=shell if size.test else spark)),
        (_NEW not in states, _EARLIER),
        (not size.test and shell == spark, _NO_SPARK),
    )
    remedy = next((remedy for holds, remedy in reasons if holds), "")
    return Larger(not remedy, remedy)


def with_larger(failure: Failure, larger: Larger) -> Failure:
    """`failure` as it is to be told: what to do is something else where there is no larger size."""
    if not failure.larger_size or larger.is_offered:
        return failure
    return replace(failure, larger_size=False, problem=replace(failure.problem, remedy=larger.remedy))


def _of_another(size: Size) -> Larger:
    if size.larger:
        return Larger(False, _OWN)
    return Larger(True) if _PLACE in size.template else Larger(False, f"{_OWN} {_TOLD}")


def _job(state: Mapping[str, Any]) -> str:
    return str(state.get("Parameters", {}).get("JobName", ""))


_UNSEEN = (
    "Ask for the permission states:DescribeStateMachine, so that it is seen whether there is a larger size; or give "
    "the Glue job more memory in AWS and run it again."
)
_OWN = "This state machine is your library's own: give what it runs more memory in AWS, then run it again."
_TOLD = f"Or let the template for its input say {_PLACE}: then a run can ask it for the larger size."
_ALREADY = (
    "It had the larger size already. In AWS, give the Glue job “{job}” more or larger workers (Job details); setting "
    "up again keeps that. Then run it again."
)
_EARLIER = (
    "The state machine was set up before there was a larger size: set up once more (Cloud › Set up…, or `nolcat cloud "
    "setup --yes`), then run it again, larger."
)
_NO_SPARK = (
    "The pipeline was set up without Spark, which is its larger size: set up once more with it (Cloud › Set up…, or "
    "`nolcat cloud setup --yes` without --without-spark), then run it again, larger."
)
