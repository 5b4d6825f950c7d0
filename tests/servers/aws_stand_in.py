"""Everything of AWS but S3's finer points: state machines, Glue, its catalog, SNS, SQS, IAM; one for a session.

    with aws_stand_in(folder) as aws:
        aws.client("glue").create_job(…)

State machines are really interpreted and Glue runs really execute their script (see `aws_stand_in_server`). S3 here
has versions but believes every checksum: what matters there is tested with `seaweed`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.servers.ports import free_ports

REGION = "us-east-1"
ACCOUNT = "123456789012"
_SECONDS = 90.0
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Aws:
    """The server that runs."""

    port: int
    folder: Path
    """Where it keeps its log, `log.txt`, with what every Glue run printed."""

    @property
    def url(self) -> str:
        """What goes into `--endpoint-url`."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, service: str, **config: Any) -> Any:
        """A boto3 client of `service`, the same at every call; `config` goes into botocore's `Config`."""
        return _client(self.url, service, **config)

    def environment(self) -> dict[str, str]:
        """The variables with which a program of its own signs."""
        return {
            "AWS_ACCESS_KEY_ID": "t",
            "AWS_SECRET_ACCESS_KEY": "t",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def new_bucket(self, versions: bool = True) -> str:
        """An empty bucket, which keeps versions or does not."""
        name = f"test-{uuid.uuid4().hex[:16]}"
        self.client("s3").create_bucket(Bucket=name)
        if versions:
            self.client("s3").put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        return name

    def new_role(self) -> str:
        """ARN of a role that anybody may take on."""
        name = f"role-{uuid.uuid4().hex[:12]}"
        policy = json.dumps({"Version": "2012-10-17", "Statement": []})
        answer = self.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=policy)
        return str(answer["Role"]["Arn"])

    def log(self) -> str:
        """All that was printed."""
        return (self.folder / "log.txt").read_text(encoding="utf-8", errors="replace")


@cache
def _client(url: str, service: str, **config: Any) -> Any:
    """Making one takes seconds on a busy machine, so each is made once."""
    import boto3
    from botocore.config import Config

    said = {"connect_timeout": 5, "read_timeout": 60, "retries": {"mode": "standard", "max_attempts": 3}, **config}
    return boto3.session.Session("t", "t", region_name=REGION).client(service, endpoint_url=url, config=Config(**said))


@contextmanager
def aws_stand_in(folder: Path) -> Iterator[Aws]:
    """Start a server that keeps its log in `folder`, and end it."""
    for left in reversed(range(_TRIES)):
        own = folder / f"aws-{left}"
        own.mkdir(parents=True)
        port = free_ports(1)[0]
        process = _start(port, own)
        try:
            if _answers(process, port):
                yield Aws(port, own)
                return
        finally:
            process.kill()
            process.wait(timeout=30)
    raise RuntimeError(f"the stand-in of AWS did not start: {(folder / 'aws-0' / 'log.txt').read_text()[-2000:]}")


@cache
def glue_python() -> tuple[str, str]:
    """The interpreter for Python shell jobs, and what it is: Python 3.9 as Glue has it, where one is found.

    It must hold boto3 and pyarrow. `NOLCAT_GLUE_PYTHON` names one; else those called python3.9 are tried; else it is
    the Python that runs the tests.
    """
    for found in (os.environ.get("NOLCAT_GLUE_PYTHON"), *_pythons39()):
        if found and (version := _fits(found)):
            return found, version
    return sys.executable, f"{sys.version_info.major}.{sys.version_info.minor} (no Python 3.9 with boto3 and pyarrow)"


def bare_python39() -> str | None:
    """A Python 3.9 with or without packages, to see that the script can be read there."""
    told = os.environ.get("NOLCAT_GLUE_PYTHON")
    return next((found for found in (told, *_pythons39()) if found and _version(found, "sys").startswith("3.9")), None)


def _pythons39() -> list[str]:
    on_path = shutil.which("python3.9")
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return [str(one) for one in (on_path, *sorted(root.glob("versions/3.9.*/bin/python"))) if one]


def _fits(python: str) -> str:
    return _version(python, "sys, boto3, pyarrow.parquet")


def _version(python: str, modules: str) -> str:
    words = [python, "-c", f"import {modules}; print('%d.%d' % sys.version_info[:2])"]
    with suppress(OSError, subprocess.SubprocessError):
        ran = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        return ran.stdout.strip() if ran.returncode == 0 else ""
    return ""


def _start(port: int, folder: Path) -> subprocess.Popen[bytes]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "COVERAGE"))},
        "NOLCAT_GLUE_PYTHON": glue_python()[0],
        "NOLCAT_STAND_IN_FOLDER": str(folder),
    }
    words = [sys.executable, "-m", "tests.servers.aws_stand_in_server", str(port)]
    with (folder / "log.txt").open("wb") as log:
        return subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=Path(__file__).parents[2]
        )


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether it lives; then state machines are told to be interpreted."""
    told = json.dumps({"stepfunctions": {"execute_state_machine": True}}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/moto-api/config", told, {"Content-Type": "application/json"}, method="POST"
    )
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(request, timeout=5).close()  # noqa: S310 - an address of this machine
            return True
        time.sleep(0.1)
    return False
