"""The modules of the Glue jobs, imported into the tests' own Python."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.pipeline.installed import SHIPPED, STORE, Pipeline
from tests.pipeline.sets import Sent


def module(name: str) -> Any:
    """The module `name` of the shipped folder."""
    folder = str(SHIPPED / "glue")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(name)


@contextmanager
def signed_in(environment: Mapping[str, str]) -> Iterator[None]:
    """Set variables of the environment for a while; boto3's default session is made anew before and after."""
    import boto3

    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    boto3.DEFAULT_SESSION = None
    try:
        yield
    finally:
        boto3.DEFAULT_SESSION = None
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def words(pipeline: Pipeline, sent: Sent, run: str) -> list[str]:
    """The arguments of a run of the shell job."""
    given = {
        "manifest_bucket": sent.order["bucket"],
        "manifest_key": sent.order["key"],
        "manifest_sha256": sent.order["sha256"],
        "store_bucket": pipeline.bucket,
        "store_prefix": STORE,
        "database": pipeline.name,
        "is_test": "false",
        "run_name": run,
        "engine": "shell",
        "spark_from_bytes": "9007199254740991",
    }
    return [word for name, value in given.items() for word in (f"--{name}", value)]


def run_here(pipeline: Pipeline, sent: Sent, run: str = "here") -> dict[str, Any]:
    """Run the job in this very process, and give its result."""
    environment = {**pipeline.aws.environment(), "AWS_ENDPOINT_URL": pipeline.aws.url}
    with signed_in(environment):
        module("nolcat_objects").client.cache_clear()
        code = module("nolcat_run").main(words(pipeline, sent, run), [])
    result = pipeline.result(f":{run}")
    assert code == (1 if result["outcome"] == "failed" else 0)
    return result
