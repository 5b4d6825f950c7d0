"""The two JSON forms of a Glue job, read and written.

* *Repository form*, `<job>.json` as source control writes it: the definition in camelCase, without the code, which lies
  beside it as `<job>.py`.
* *Download form*, as the console's download writes it: `{"jobConfig": {…}, "script": "…"}`, the code as one text.

Both are given as the definition that CreateJob and UpdateJob take, and the code where there is any. What is not known
here is kept and written back as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nolcat_desktop.aws.glue_definition import UPDATABLE, without_double_size
from nolcat_desktop.problem import NolcatError, Problem

_MODULES = "--additional-python-modules"
_PLACES = {
    "pythonPath": "--extra-py-files",
    "dependentPath": "--extra-jars",
    "referencedPath": "--extra-files",
    "additionalPythonModules": _MODULES,
}
"""Fields of the download form that hold S3 addresses and packages, and the arguments behind them."""
_PLAIN = {
    "description": "Description",
    "role": "Role",
    "version": "GlueVersion",
    "workerType": "WorkerType",
    "numberOfWorkers": "NumberOfWorkers",
    "maxCapacity": "MaxCapacity",
    "maxRetries": "MaxRetries",
    "timeout": "Timeout",
    "jobMode": "JobMode",
    "jobRunQueuingEnabled": "JobRunQueuingEnabled",
}
"""Plain fields of the download form, and their names in a definition."""
_FREE = frozenset({"DefaultArguments", "NonOverridableArguments"})
"""Their keys are the user's own words and stay as they are."""


@dataclass(frozen=True, slots=True)
class JobFile:
    """A job as a file holds it."""

    name: str
    definition: Mapping[str, Any]
    """Members of CreateJob, without Name."""
    script: str | None = None
    """The code; None in the repository form."""
    rest: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the file that have no place in a definition, as they were."""
    warnings: tuple[str, ...] = ()


def read_job(text: str | bytes) -> JobFile:
    """The job in `text`, in either form.

    Raises:
        NolcatError: If it is neither.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise _unread(f"It is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise _unread("It is not a JSON object.")
    if isinstance(found.get("jobConfig"), dict):
        return _downloaded(found)
    if isinstance(found.get("name"), str) and isinstance(found.get("command"), dict):
        return _from_repository(found)
    raise _unread("It has neither “jobConfig” and “script” nor “name” and “command”.")


def repository_form(job: JobFile) -> str:
    """`<job>.json` for a repository."""
    members = {_camel(key): value if key in _FREE else _deep(value, _camel) for key, value in job.definition.items()}
    rest = {} if job.script is not None else job.rest
    return json.dumps({"name": job.name, **rest, **members}, indent=2, ensure_ascii=False) + "\n"


def download_form(job: JobFile) -> str:
    """The form of the console's download. Fields that have no place in a definition stay as they were read."""
    definition = dict(job.definition)
    config: dict[str, Any] = {**job.rest.get("jobConfig", {}), "name": job.name}
    config |= {ours: definition[theirs] for ours, theirs in _PLAIN.items() if theirs in definition}
    command = definition.get("Command", {})
    folder, slash, file = str(command.get("ScriptLocation", "")).rpartition("/")
    config |= {"command": command.get("Name", ""), "scriptName": file, "scriptLocation": folder + slash}
    config["language"] = f"python-{command.get('PythonVersion', '3')}"
    runs = definition.get("ExecutionProperty", {}).get("MaxConcurrentRuns")
    config |= {} if runs is None else {"maxConcurrentRuns": runs}
    arguments = dict(definition.get("DefaultArguments", {}))
    for field_name, argument in _PLACES.items():
        if argument in arguments:
            config[field_name] = arguments.pop(argument)
    config["jobParameters"] = [{"key": key, "value": value} for key, value in arguments.items()]
    rest = {key: value for key, value in job.rest.items() if key != "jobConfig"} if job.script is not None else {}
    whole = {"jobConfig": config, **rest, "script": job.script or ""}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def warnings_of(definition: Mapping[str, Any]) -> tuple[str, ...]:
    """What a person should know of a job; nothing is rewritten.

    Functions of other jobs are used by naming their .py in three fields at once. Only the Python path is read by
    Python; additional modules are packages, and a bare .py is none.
    """
    arguments = dict(definition.get("DefaultArguments") or {})
    found = []
    if scripts := [one for one in str(arguments.get(_MODULES, "")).split(",") if one.strip().endswith(".py")]:
        found.append(f"{_MODULES} names {', '.join(scripts)}: it is for packages, and a .py is none. Left as it is.")
    if arguments.get("--extra-files") and definition.get("Command", {}).get("Name") == "pythonshell":
        found.append("--extra-files is not allowed in a Python shell job. Left as it is.")
    return tuple(found)


def _from_repository(found: Mapping[str, Any]) -> JobFile:
    definition: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for key, value in found.items():
        member = _pascal(key)
        if member in UPDATABLE:
            definition[member] = value if member in _FREE else _deep(value, _pascal)
        elif key != "name":
            rest[key] = value
    return JobFile(str(found["name"]), definition, None, rest, warnings_of(definition))


def _downloaded(found: Mapping[str, Any]) -> JobFile:
    config = found["jobConfig"]
    if not isinstance(config.get("name"), str) or not config["name"]:
        raise _unread("The job has no name.")
    definition = {theirs: config[ours] for ours, theirs in _PLAIN.items() if config.get(ours) not in (None, "")}
    folder = str(config.get("scriptLocation") or "")
    command = {
        "Name": str(config.get("command") or ""),
        "PythonVersion": str(config.get("language") or "").removeprefix("python-"),
        "ScriptLocation": folder
        + ("" if folder.endswith("/") or not folder else "/")
        + str(config.get("scriptName") or ""),
    }
    definition["Command"] = {key: value for key, value in command.items() if value}
    if config.get("maxConcurrentRuns") is not None:
        definition["ExecutionProperty"] = {"MaxConcurrentRuns": config["maxConcurrentRuns"]}
    arguments = {str(one.get("key")): str(one.get("value", "")) for one in config.get("jobParameters") or ()}
    arguments |= {argument: config[name] for name, argument in _PLACES.items() if config.get(name)}
    definition["DefaultArguments"] = arguments
    rest = {key: value for key, value in found.items() if key != "script"}
    whole = without_double_size(definition)
    return JobFile(config["name"], whole, str(found.get("script", "")), rest, warnings_of(whole))


def _deep(value: object, named: Callable[[str], str]) -> Any:  # noqa: ANN401 - JSON
    match value:
        case dict():
            return {named(key): _deep(inner, named) for key, inner in value.items()}
        case list():
            return [_deep(inner, named) for inner in value]
        case _:
            return value


def _camel(name: str) -> str:
    return name[:1].lower() + name[1:]


def _pascal(name: str) -> str:
    return name[:1].upper() + name[1:]


def _unread(why: str) -> NolcatError:
    return NolcatError(
        Problem(
            "This is not the file of a Glue job",
            f"{why} Nothing was changed.",
            "Take the <job>.json of a repository, or the JSON that the console downloads.",
        )
    )
