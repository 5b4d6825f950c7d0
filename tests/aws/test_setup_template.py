"""The template of CloudFormation says what the set-up does, and cfn-lint has nothing to say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from nolcat_desktop.aws.setup_template import template_of
from nolcat_desktop.workflow.setting_up import pipeline_files

SHIPPED = Path(__file__).parents[2] / "resources" / "aws" / "cloudformation.json"
TYPES = {
    "AWS::S3::Bucket",
    "AWS::Glue::Database",
    "AWS::Glue::Job",
    "AWS::IAM::Role",
    "AWS::SNS::Topic",
    "AWS::SNS::Subscription",
    "AWS::StepFunctions::StateMachine",
}


def test_that_the_template_that_is_shipped_is_the_set_up_of_now() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text == template_of(pipeline_files()), "make it anew: nolcat cloud setup --template"


def test_that_it_makes_what_the_set_up_makes_and_keeps_what_holds_numbers() -> None:
    made = json.loads(SHIPPED.read_text(encoding="utf-8"))
    assert {one["Type"] for one in made["Resources"].values()} == TYPES
    for name in ("Bucket", "Catalog"):
        assert made["Resources"][name]["DeletionPolicy"] == "Retain"
    assert "unproven against AWS" in made["Description"]
    assert made["Resources"]["ShellJob"]["Properties"]["DefaultArguments"]["library-set"] == "none"


def test_that_cfn_lint_finds_nothing() -> None:
    lint = Path(sys.executable).with_name("cfn-lint")
    ran = subprocess.run([str(lint), str(SHIPPED)], capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")
