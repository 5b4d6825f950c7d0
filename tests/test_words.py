"""What a librarian reads: no word of programmers, no text of a foreign exception, in any sentence of the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "nolcat_desktop"
SAYS = frozenset({"tr", "translate", "Problem", "Notice", "Choice", "Heading", "row", "own", "Rule"})
"""Calls whose texts a person reads; the last three are rules of validation."""
FORBIDDEN = re.compile(
    r"\b(invalid|illegal|exceptions?|error codes?|pars(e|ed|ing|er)|schemas?|null|NaN|dtypes?|records?|entit(y|ies)|"
    r"payloads?|sync failed|abort\w*|kill\w*|fatal|unexpected\w*|oops|sorry|traceback)\b",
    re.IGNORECASE,
)
COUNTERS_OWN = re.compile(
    r"\b(exceptions?|Registry_Record|a record in the COUNTER Registry|platform's record)\b", re.IGNORECASE
)
"""Nouns of the Code of Practice: findings name the header rows of a report as they stand in the file."""
BUTTONS = re.compile(r"^&?(OK|Yes|No)$|!|^Are you sure")


def texts(node: ast.expr) -> Iterator[str]:
    """The texts in an argument: of a constant, an f-string without its values, both sides of a choice or a sum."""
    match node:
        case ast.Constant(value=str(said)):
            yield said
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from texts(one)
            yield from texts(other)
        case _:
            return


def name_of(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(word.value for word in call.keywords)]


def said_badly(tree: ast.AST) -> Iterator[str]:
    """The sentences of `tree` that use a word nobody says in a library."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and (name := name_of(call)) in SAYS:
            of_rules = name in {"row", "own", "Rule"}
            for said in (text for given in arguments(call) for text in texts(given)):
                if of_rules and " " not in said:
                    continue  # names of columns and of rules
                left = COUNTERS_OWN.sub("", said) if of_rules else said
                if FORBIDDEN.search(left) or (not of_rules and BUTTONS.search(said)):
                    yield f"{call.lineno}: {said}"


def foreign(tree: ast.AST) -> Iterator[str]:
    """The places in `tree` where a Problem is made of the bare text of an exception that was caught.

    The system's own words for what the disk said (`strerror`) are no such text, nor is what stands behind them when
    there are none.
    """
    for handler in (one for one in ast.walk(tree) if isinstance(one, ast.ExceptHandler) and one.name):
        calls = (one for one in ast.walk(handler) if isinstance(one, ast.Call) and name_of(one) == "Problem")
        for part in (inner for call in calls for given in arguments(call) for inner in ast.walk(given)):
            match part:
                case ast.FormattedValue(value=ast.Name(id=caught)) if caught == handler.name:
                    yield f"{part.lineno}: {{{caught}}}"
                case ast.Call(func=ast.Name(id="str" | "repr"), args=[ast.Name(id=caught)]) if caught == handler.name:
                    yield f"{part.lineno}: str({caught})"
                case _:
                    continue


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    files = sorted(HOUSE.rglob("*.py"))
    return {file.relative_to(HOUSE).as_posix(): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def test_that_no_sentence_speaks_as_programmers_do(trees: dict[str, ast.Module]) -> None:
    assert [f"{file}:{said}" for file, tree in trees.items() for said in said_badly(tree)] == []


def test_that_no_problem_is_told_in_the_words_of_a_foreign_exception(trees: dict[str, ast.Module]) -> None:
    assert [f"{file}:{said}" for file, tree in trees.items() for said in foreign(tree)] == []


def test_that_bad_words_are_found_where_they_are_planted() -> None:
    planted = "Problem('Oops', f'{where}: invalid', tr('OK') if x else 'Try again')\nrow('X1', E, 'It is null.')"
    assert len(list(said_badly(ast.parse(planted)))) == 4
    assert not list(said_badly(ast.parse("row('X1', E, 'An exception has no Code.')\nProblem('A', 'b', 'c')")))
    caught = "try:\n  f()\nexcept ValueError as e:\n  raise NolcatError(Problem('A', f'{e}', str(e)))"
    assert len(list(foreign(ast.parse(caught)))) == 2
