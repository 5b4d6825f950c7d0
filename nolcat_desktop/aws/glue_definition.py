"""The definition of a Glue job as a value: what differs, and what an update must keep.

UpdateJob replaces the whole definition (its API reference), so a job is always got, merged and updated. The members of
`JobUpdate` are those of botocore's model of Glue.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

UPDATABLE = frozenset(
    {
        "CodeGenConfigurationNodes", "Command", "Connections", "DefaultArguments", "Description", "ExecutionClass",
        "ExecutionProperty", "GlueVersion", "JobMode", "JobRunQueuingEnabled", "LogUri", "MaintenanceWindow",
        "MaxCapacity", "MaxRetries", "NonOverridableArguments", "NotificationProperty", "NumberOfWorkers", "Role",
        "SecurityConfiguration", "SourceControlDetails", "Timeout", "WorkerType",
    }
)  # fmt: skip
"""Members of JobUpdate, without AllocatedCapacity: it is outdated, and refused beside MaxCapacity."""
SIZES = frozenset({"MaxCapacity", "WorkerType", "NumberOfWorkers", "Timeout"})
"""What the user may have set for good reason; given when a job is made, never changed afterwards."""
LIBRARY_SET = "library-set"
"""Argument behind “Load common analytics libraries”; in the job's JSON it has no dashes."""


def merged(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What to update a job with: all that it has, with what is wanted in its place.

    Args:
        held: As GetJob gives it.
        wanted: As CreateJob takes it. Arguments are merged one by one; sizes stay as they are.
    """
    kept = {key: value for key, value in held.items() if key in UPDATABLE and value not in (None, "", {}, [])}
    for key, value in wanted.items():
        if key in SIZES and (key in kept or "WorkerType" in kept):
            continue
        kept[key] = {**kept.get(key, {}), **value} if isinstance(value, Mapping) else value
    return without_double_size(kept)


def without_double_size(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Without MaxCapacity where there are workers: GetJob gives both, and UpdateJob takes one."""
    double = "WorkerType" in definition or "NumberOfWorkers" in definition
    return {key: value for key, value in definition.items() if key != "MaxCapacity" or not double}


def differences(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """Names of what is not as wanted, sizes apart; more arguments than wanted are no difference."""
    found = []
    for key, value in wanted.items():
        if key in SIZES:
            continue
        there = held.get(key)
        if isinstance(value, Mapping):
            found += [f"{key} {name}" for name in value if (there or {}).get(name) != value[name]]
        elif there != value:
            found.append(key)
    return found


def pulled(held: Mapping[str, Any]) -> dict[str, Any] | None:
    """What to update a job with after a pull, which lets it load the common libraries again; None: nothing."""
    arguments = dict(held.get("DefaultArguments") or {})
    if arguments.get(LIBRARY_SET, "none") == "none":
        return None
    kept = {key: value for key, value in held.items() if key in UPDATABLE and value not in (None, "", {}, [])}
    return without_double_size({**kept, "DefaultArguments": {**arguments, LIBRARY_SET: "none"}})
