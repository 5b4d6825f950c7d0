"""What is shipped fits together: names, arguments, substitutions, and the Python that Glue has."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import permutations

import pytest

from tests.pipeline.glue_code import module
from tests.pipeline.installed import SHIPPED
from tests.servers.aws_stand_in import bare_python39

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


def test_that_the_code_can_be_read_by_the_python_that_glue_has() -> None:
    python = bare_python39()
    if python is None:
        pytest.skip("there is no Python 3.9 here")
    files = [str(file) for file in (SHIPPED / "glue").glob("*.py")]
    code = "import sys; [compile(open(f, encoding='utf-8').read(), f, 'exec') for f in sys.argv[1:]]"
    ran = subprocess.run([python, "-c", code, *files], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
