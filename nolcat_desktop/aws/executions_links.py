"""ARNs taken apart, and where the AWS console shows what they name, in the partition they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

_CONSOLES = {
    "aws": "console.aws.amazon.com",
    "aws-us-gov": "console.amazonaws-us-gov.com",
    "aws-cn": "console.amazonaws.cn",
}
"""Host of the console in each partition; another partition has none that is known here."""


@dataclass(frozen=True, slots=True)
class Arn:
    """`arn:partition:service:region:account:rest`."""

    partition: str
    service: str
    region: str
    account: str
    rest: str

    def __str__(self) -> str:
        """The ARN itself."""
        return f"arn:{self.partition}:{self.service}:{self.region}:{self.account}:{self.rest}"


def arn_of(text: str) -> Arn | None:
    """The parts of `text`; None if it is no ARN."""
    parts = text.strip().split(":", 5)
    return Arn(*parts[1:]) if len(parts) == 6 and parts[0] == "arn" and parts[1] and parts[2] else None  # noqa: PLR2004 - an ARN has six parts


def machine_of(execution_arn: str) -> str | None:
    """ARN of the state machine that an execution belongs to; None if it is no execution's."""
    arn = arn_of(execution_arn)
    if arn is None or arn.service != "states" or not arn.rest.startswith("execution:"):
        return None
    machine = arn.rest.split(":")[1]
    return str(Arn(arn.partition, "states", arn.region, arn.account, f"stateMachine:{machine}"))


def execution_arn(machine_arn: str, name: str) -> str | None:
    """ARN that an execution of this name has; None if `machine_arn` is no state machine's."""
    arn = arn_of(machine_arn)
    if arn is None or arn.service != "states" or not arn.rest.startswith("stateMachine:"):
        return None
    machine = arn.rest.split(":")[1]
    return str(Arn(arn.partition, "states", arn.region, arn.account, f"execution:{machine}:{name}"))


def execution_page(execution: str) -> str | None:
    """The page of an execution."""
    arn = arn_of(execution)
    if arn is None or arn.service != "states":
        return None
    return _page(arn, "states", f"v2/executions/details/{quote(execution, safe=':')}")


def machine_page(machine: str) -> str | None:
    """The page of a state machine."""
    arn = arn_of(machine)
    if arn is None or arn.service != "states":
        return None
    return _page(arn, "states", f"statemachines/view/{quote(machine, safe='')}")


def glue_run_page(near: str, job: str, run: str) -> str | None:
    """The page of a run of a Glue job, in the partition and region of `near`, any ARN there."""
    arn = arn_of(near)
    if arn is None:
        return None
    host = _host(arn)
    path = f"gluestudio/home?region={arn.region}#/editor/job/{quote(job, safe='')}/runs"
    return f"https://{host}/{path}" + (f"?jobRunId={quote(run, safe='')}" if run else "") if host else None


def log_page(near: str, group: str, stream: str = "") -> str | None:
    """The page of a log group, or of one stream in it."""
    arn = arn_of(near)
    if arn is None:
        return None
    tail = f"logsV2:log-groups/log-group/{_twice(group)}" + (f"/log-events/{_twice(stream)}" if stream else "")
    return _page(arn, "cloudwatch", tail)


def _page(arn: Arn, service: str, tail: str) -> str | None:
    host = _host(arn)
    return (
        f"https://{host}/{service}/home?region={arn.region}#{'' if service == 'cloudwatch' else '/'}{tail}"
        if host
        else None
    )


def _host(arn: Arn) -> str | None:
    host = _CONSOLES.get(arn.partition)
    return f"{arn.region}.{host}" if host and arn.region else None


def _twice(text: str) -> str:
    """The console of CloudWatch wants names escaped twice, with `$` for the second `%`."""
    return quote(quote(text, safe=""), safe="").replace("%", "$")
