"""What is shipped fits together: names, arguments, substitutions, and the Python that Glue has."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from tests.pipeline.glue_code import module
from tests.pipeline.installed import SHIPPED
from tests.servers.aws_stand_in import bare_python39, glue_python

MACHINE = (SHIPPED / "state_machine.asl.json").read_text(encoding="utf-8")
STATES = json.loads(MACHINE)["States"]
README = (SHIPPED / "README.md").read_text(encoding="utf-8")
TASKS = [state for state in STATES.values() if state["Type"] == "Task" and "glue" in state["Resource"]]


def test_that_the_script_fetches_every_module_that_is_shipped() -> None:
    script = module("nolcat_publish")
    there = {file.stem for file in (SHIPPED / "glue").glob("*.py")}
    assert there == {*script.MODULES, "nolcat_publish"}


def test_that_the_machine_passes_every_argument_of_the_job() -> None:
    wanted = {f"--{name}" for name in module("nolcat_order").ARGUMENTS}
    assert len(TASKS) == 2
    for task in TASKS:
        assert {name.removesuffix(".$") for name in task["Parameters"]["Arguments"]} == wanted


def test_that_no_argument_begins_another() -> None:
    names = (*module("nolcat_order").ARGUMENTS, "code_location", "job-language", "additional-python-modules", "TempDir")
    assert [pair for pair in permutations(names, 2) if pair[1].startswith(pair[0])] == []


def test_that_the_substitutions_are_those_of_the_contract() -> None:
    table = README.partition("## Substitutions")[2].partition("States, in order")[0]
    assert set(re.findall(r"\$\{(\w+)\}", MACHINE)) == set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


def test_that_every_state_is_named_in_the_contract() -> None:
    assert [name for name in STATES if f"`{name}`" not in " ".join(README.split())] == []


def test_that_every_way_through_the_machine_ends_with_a_message() -> None:
    def ends(name: str) -> list[tuple[str, ...]]:
        state = STATES[name]
        following = [state.get("Next"), state.get("Default")]
        following += [way["Next"] for way in (*state.get("Choices", ()), *state.get("Catch", ()))]
        ways = [(name, *way) for after in dict.fromkeys(filter(None, following)) for way in ends(after)]
        return ways or [(name,)]

    for way in ends(json.loads(MACHINE)["StartAt"]):
        assert way[-2:] in {("Tell that it is done", "Done"), ("Tell that it failed", "Not published")}, way


def test_that_only_what_may_end_well_later_is_tried_again() -> None:
    for task in TASKS:
        tried = {error for retry in task["Retry"] for error in retry["ErrorEquals"]}
        assert "Glue.ConcurrentRunsExceededException" in tried
        assert not tried & {"States.ALL", "States.TaskFailed"}


LATER = {
    "itertools": {"pairwise", "batched"}, "datetime": {"UTC"}, "enum": {"StrEnum", "verify"}, "bisect": {"key"},
    "contextlib": {"aclosing", "chdir"}, "typing": {"TypeAlias", "ParamSpec", "Self", "assert_never", "override"},
    "types": {"NoneType", "EllipsisType"}, "hashlib": {"file_digest"}, "operator": {"call"},
}  # fmt: skip
"""Module → names that came after Python 3.9 (each module's page in the library reference, "New in version")."""
LATER_MODULES = {"tomllib"}
LATER_WORDS = {"zip": {"strict"}, "dataclass": {"slots", "kw_only"}, "bisect_left": {"key"}, "run": {"process_group"}}
LATER_METHODS = {"bit_count", "add_note", "walk_up"}


def later_than_39(code: str) -> list[str]:
    """What of `code` Python 3.9 has not: syntax, modules, names, arguments, and types joined by `|` at run time."""
    found = []
    for node in ast.walk(ast.parse(code, feature_version=(3, 9))):
        match node:
            case ast.Import(names):
                found += [name.name for name in names if name.name.split(".")[0] in LATER_MODULES]
            case ast.ImportFrom(module=str(module), names=names):
                found += [f"{module}.{one.name}" for one in names if one.name in LATER.get(module, set())]
                found += [module] if module in LATER_MODULES else []
            case ast.Attribute(value=ast.Name(id=module), attr=name) if name in LATER.get(module, set()):
                found.append(f"{module}.{name}")
            case ast.Attribute(attr=name) if name in LATER_METHODS:
                found.append(f".{name}")
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, ast.BinOp(op=ast.BitOr())]):
                found.append("isinstance of types joined by |")
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), keywords=words):
                found += [f"{name}({one.arg}=)" for one in words if one.arg in LATER_WORDS.get(name, set())]
            case _:
                pass
    return found


@pytest.mark.parametrize("file", sorted((SHIPPED / "glue").glob("*.py")), ids=lambda file: str(file.stem))
def test_that_a_module_needs_no_later_python_than_glues(file: Path) -> None:
    code = file.read_text(encoding="utf-8")
    assert later_than_39(code) == []
    assert "from __future__ import annotations" in code


@pytest.mark.parametrize(
    "code",
    [
        "from itertools import pairwise", "zip(a, b, strict=True)", "@dataclass(slots=True)\nclass A: pass",
        "import tomllib", "isinstance(a, int | str)", "datetime.UTC", "(3).bit_count()",
    ],
)  # fmt: skip
def test_that_what_came_later_is_seen(code: str) -> None:
    assert later_than_39(code)


def test_that_a_match_is_no_syntax_of_python_39() -> None:
    with pytest.raises(SyntaxError):
        later_than_39("match a:\n    case 1: pass")


def test_that_it_is_known_which_python_and_pyarrow_ran_the_jobs(record_property: Callable[[str, object], None]) -> None:
    python, version = glue_python()
    code = "import sys, pyarrow; print('%d.%d' % sys.version_info[:2], pyarrow.__version__)"
    ran = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    record_property("Glue's Python and pyarrow", " ".join(ran))
    assert version.startswith(ran[0])
    told = os.environ.get("NOLCAT_GLUE_PYTHON")
    if told:
        assert python == told, f"{told} has no boto3 and pyarrow"
        assert f"pyarrow=={ran[1]}" in README


def test_that_the_code_can_be_read_by_the_python_that_glue_has() -> None:
    python = bare_python39()
    if python is None:
        pytest.skip("there is no Python 3.9 here")
    files = [str(file) for file in (SHIPPED / "glue").glob("*.py")]
    code = "import sys; [compile(open(f, encoding='utf-8').read(), f, 'exec') for f in sys.argv[1:]]"
    ran = subprocess.run([python, "-c", code, *files], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
