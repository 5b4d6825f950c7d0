"""The order of imports that the system's trust store needs, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.running import ROOT, environment

_CLIENT = """
import botocore.session
client = botocore.session.Session().create_client(
    "s3", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
context = client._endpoint.http_session._manager.connection_pool_kw["ssl_context"]
print(type(context).__module__)
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in environment().items() if name != "AWS_CA_BUNDLE"}
    words = [sys.executable, "-c", program]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=env, timeout=60, check=False)


@pytest.mark.parametrize("first", ["nolcat_desktop.aws.border", "nolcat_desktop.cli.cloud_commands"])
def test_that_every_way_into_the_room_trusts_as_the_system_does(first: str) -> None:
    ran = run(f"import {first}{_CLIENT}")
    assert ran.stdout.strip() == "truststore._api", ran.stderr


def test_that_certificates_are_checked_also_where_botocore_came_first() -> None:
    told = "import botocore.httpsession, nolcat_desktop.aws.trust as t; assert not t.trust_the_system()"
    ran = run(f"{told}{_CLIENT}print(context.verify_mode.name)")
    assert ran.stdout.split() == ["ssl", "CERT_REQUIRED"], ran.stderr


def test_that_the_order_matters_still() -> None:
    ran = run(f"import botocore.httpsession, truststore; truststore.inject_into_ssl(){_CLIENT}")
    assert "RecursionError" in ran.stderr


def test_that_what_has_nothing_to_do_with_the_cloud_does_not_load_it() -> None:
    slow = "('boto3', 'botocore', 'keyring', 'truststore')"
    ran = run(f"import sys, nolcat_desktop.cli.session; print([name for name in {slow} if name in sys.modules])")
    assert ran.stdout.strip() == "[]", ran.stderr
