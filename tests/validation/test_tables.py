"""The rule tables as a whole: nothing unworded, nothing without a meaning, agreed differences with their reasons."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import nolcat_desktop.validation as room
from nolcat_desktop.validation import AGREED, MEANINGS
from nolcat_desktop.validation.faults import Fault
from nolcat_desktop.validation.reading_rules import COVERED, READING_RULES
from nolcat_desktop.validation.reading_table import AS_RELEASE_4, Reading
from nolcat_desktop.validation.rule import Rule

READING = Path(room.__file__).parents[1] / "reading"
MENTIONED = re.compile(r'"((?:F|R|H|K|J|X|T|R4)-[A-Za-z0-9][A-Za-z0-9-]*)"')


def rule_ids() -> set[str]:
    """Ids of every fault, rule and row of reading that a module of the room holds."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(room.__path__):
        for value in vars(importlib.import_module(f"{room.__name__}.{module.name}")).values():
            rows = value if isinstance(value, tuple) else (value,)
            found |= {row.rule for row in rows if isinstance(row, Fault)}
            found |= {row.id for row in rows if isinstance(row, Rule)}
            found |= {row.fault.rule for row in rows if isinstance(row, Reading)}
    return found


def test_that_every_rule_that_reading_can_tell_is_worded() -> None:
    told = {rule for path in READING.glob("*.py") for rule in MENTIONED.findall(path.read_text(encoding="utf-8"))}
    assert len(told) > 50
    assert told - READING_RULES.keys() - COVERED == set()
    assert {AS_RELEASE_4[rule] for rule in told if rule in AS_RELEASE_4} <= READING_RULES.keys()


def test_that_every_rule_says_what_it_means_for_the_numbers() -> None:
    ids = rule_ids()
    assert len(ids) > 150
    assert sorted(ids - MEANINGS.keys()) == []
    assert all(meaning.meaning.strip() for meaning in MEANINGS.values())


def test_that_every_message_has_its_gaps_filled() -> None:
    for row in READING_RULES.values():
        said = row.fault.at("A1", "YOP", "x", "7")
        assert "{" not in said.message + said.hint, row.fault.rule
        assert said.message.strip()


def test_that_every_agreed_difference_names_rules_and_a_reason() -> None:
    assert len({one.id for one in AGREED}) == len(AGREED)
    known = rule_ids() | {"Z-03", "Z-06", "V-03"}
    for one in AGREED:
        assert set(one.rules) <= known, one.id
        assert len(one.reason) > 40
