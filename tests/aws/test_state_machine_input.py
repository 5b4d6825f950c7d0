"""What a run is told: our contract, or a library's own template."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from nolcat_desktop.aws.state_machine_input import LARGEST, PLACEHOLDERS, Sent, check_template, run_input
from nolcat_desktop.problem import NolcatError

SHA = "9f3c21ab77e0" + "5" * 52
SENT = Sent("bucket-1", "nolcat", "riverside", "nolcat/manifests/9f3c21ab77e0.json", SHA)


def test_that_the_input_by_the_contract_is_the_manifest_and_whether_it_is_a_test() -> None:
    told = {"manifest": {"bucket": "bucket-1", "key": SENT.manifest_key, "sha256": SHA}, "test": False}
    assert json.loads(run_input(SENT)) == told


def test_that_the_larger_size_is_said_only_where_it_is_wanted() -> None:
    assert json.loads(run_input(replace(SENT, larger=True))) == {**json.loads(run_input(SENT)), "larger": True}
    assert "larger" not in run_input(SENT)
    template = '{"k": "{manifest_key}", "big": "{larger}"}'
    assert json.loads(run_input(replace(SENT, larger=True), template))["big"] is True


def test_that_the_same_set_has_the_same_text() -> None:
    assert run_input(SENT) == run_input(SENT)


def test_that_a_template_has_their_keys_and_our_values() -> None:
    template = '{"src": "s3://{manifest_bucket}/{manifest_key}", "dry": "{test}", "n": [1, {"h": "{manifest_sha256}"}]}'
    told = json.loads(run_input(SENT, template))
    assert told == {"src": f"s3://bucket-1/{SENT.manifest_key}", "dry": False, "n": [1, {"h": SHA}]}


def test_that_a_value_with_quotes_cannot_break_out_of_its_place() -> None:
    sent = Sent("b", "", 'a", "test": true, "x": "', "k", SHA)
    assert json.loads(run_input(sent, '{"l": "{library}", "k": "{manifest_key}"}')) == {"l": sent.library, "k": "k"}


def test_that_every_placeholder_that_is_told_of_is_filled_in() -> None:
    template = json.dumps({name: "{" + name + "}" for name in PLACEHOLDERS})
    filled = json.loads(run_input(SENT, template))
    assert set(filled) == set(PLACEHOLDERS)
    assert not any("{" in str(value) for value in filled.values())


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{", "not JSON"),
        ("[]", "JSON object"),
        ('{"a": "{manifest_kei}"}', "{manifest_kei}"),
        ('{"a": 1}', "manifest"),
        ('{"a": "{library}"}', "manifest"),
        (json.dumps({"a": "{manifest_key}", "b": "x" * LARGEST}), "bytes"),
    ],
)
def test_that_a_template_that_cannot_work_is_refused_with_the_reason(template: str, why: str) -> None:
    with pytest.raises(NolcatError) as refused:
        check_template(template)
    assert why in refused.value.problem.meaning
    assert "Nothing was started" in refused.value.problem.meaning
