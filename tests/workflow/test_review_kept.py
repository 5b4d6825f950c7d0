"""What was said of reports that wait comes back as it was said; what another day spoiled is as good as none."""

from __future__ import annotations

import json
from datetime import date

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.report import Told
from nolcat_desktop.workflow.review_kept import as_json, from_json
from nolcat_desktop.workflow.review_source import Proposal, Reason
from nolcat_desktop.workflow.review_told import Answer, known_source

ANSWERS = {
    ("a.tsv", 0): Answer("aa", Told("JR1", date(2017, 1, 1), date(2017, 12, 31), Release.R4)),
    ("b.xlsx", 2): Answer("bb", Told(months=(("K8", date(2017, 2, 1)), ("L8", date(2017, 3, 1))))),
    ("c.zip!/c.csv", 1): Answer("cc", declined=frozenset({"F10", "G2"}), member="北京"),
    ("d.tsv", 0): Answer("dd", proposal=Proposal(7, "Rowan Shelf", Reason.CHOSEN)),
    ("e.tsv", 0): Answer("ee", proposal=Proposal(None, "New", Reason.CHOSEN)),
}


def test_that_every_answer_comes_back_as_it_was_said() -> None:
    assert from_json(json.loads(json.dumps(as_json(ANSWERS)))) == ANSWERS


@pytest.mark.parametrize(
    "spoiled",
    [
        {"sha256": None}, {"begin": "2017-13-01"}, {"release": "6"}, {"months": ["K8"]}, {"months": {"K8": 3}},
        {"source": [1]}, {"declined": 5}, {"number": "two"},
    ],
)  # fmt: skip
def test_that_an_entry_that_cannot_be_read_is_as_good_as_none(spoiled: dict[str, object]) -> None:
    first, *others = as_json(ANSWERS)
    broken = {name: value for name, value in (first | spoiled).items() if value is not None}
    assert from_json([broken, "text", None, *others]) == {key: one for key, one in ANSWERS.items() if key[0] != "a.tsv"}
    assert from_json({"file": "a.tsv"}) == {}


def test_that_a_source_that_is_gone_is_asked_for_again() -> None:
    chosen, new = ANSWERS["d.tsv", 0], ANSWERS["e.tsv", 0]
    assert known_source(chosen, {7, 8}) is chosen
    assert known_source(chosen, {8}) == Answer("dd")
    assert known_source(new, {8}) is new
    assert known_source(None, {8}) is None
