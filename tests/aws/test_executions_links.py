"""Addresses of the AWS console, by partition."""

from __future__ import annotations

import pytest

from nolcat_desktop.aws.executions_links import (
    arn_of,
    execution_arn,
    execution_page,
    glue_run_page,
    log_page,
    machine_of,
    machine_page,
)

RUN = "arn:{}:states:{}:123456789012:execution:pipe:nolcat-a-1"
HOSTS = [
    ("aws", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/"),
    ("aws-us-gov", "us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/"),
    ("aws-cn", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/"),
]


@pytest.mark.parametrize(("partition", "region", "host"), HOSTS)
def test_that_every_page_is_in_the_partition_and_region_of_the_run(partition: str, region: str, host: str) -> None:
    run = RUN.format(partition, region)
    pages = [
        execution_page(run),
        machine_page(machine_of(run) or ""),
        glue_run_page(run, "a job", "jr_1"),
        log_page(run, "/aws-glue/python-jobs/error", "jr_1"),
    ]
    for page in pages:
        assert page is not None
        assert page.startswith(host)
        assert f"region={region}" in page


def test_that_a_partition_without_a_known_console_has_no_page() -> None:
    assert execution_page(RUN.format("aws-iso", "us-iso-east-1")) is None


def test_that_an_execution_and_its_machine_lead_to_each_other() -> None:
    machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:pipe"
    run = execution_arn(machine, "n")
    assert run == "arn:aws:states:eu-west-1:123456789012:execution:pipe:n"
    assert machine_of(run) == machine
    assert execution_arn(f"{machine}:alias", "n") == run


def test_that_a_log_group_is_escaped_as_the_console_wants_it() -> None:
    page = log_page(RUN.format("aws", "eu-west-1"), "/aws-glue/jobs/error")
    assert page is not None
    assert page.endswith("#logsV2:log-groups/log-group/$252Faws-glue$252Fjobs$252Ferror")


@pytest.mark.parametrize("text", ["", "arn", "arn:aws:states", "http://x", "arn::states:r:1:x"])
def test_that_what_is_no_arn_has_no_parts(text: str) -> None:
    assert arn_of(text) is None
    assert execution_page(text) is None
