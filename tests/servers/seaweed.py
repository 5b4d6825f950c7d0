"""A real S3 server (SeaweedFS): signatures, conditions, checksums and versions as the service has them.

One for a whole session, in a folder of its own, with buckets for each test. Its identities: `ADMIN` may do anything,
`READER` may list and read, `WRITER` may list, read and write but not delete a bucket.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.servers.ports import free_ports

REGION = "eu-west-1"
_SECONDS = 60.0
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Key:
    """An access key of the server's; worthless anywhere else."""

    key_id: str
    secret: str


ADMIN = Key("AKIATESTADMIN0000001", "admin-secret-of-the-test-server")
WRITER = Key("AKIATESTWRITER000001", "writer-secret-of-the-test-server")
READER = Key("AKIATESTREADER000001", "reader-secret-of-the-test-server")
STRANGER = Key("AKIATESTSTRANGER0001", "stranger-secret-nobody-knows")
"""A key that the server does not know."""

_IDENTITIES = {
    "identities": [
        {"name": name, "credentials": [{"accessKey": key.key_id, "secretKey": key.secret}], "actions": actions}
        for name, key, actions in (
            ("admin", ADMIN, ["Admin", "Read", "Write", "List", "Tagging"]),
            ("writer", WRITER, ["Read", "Write", "List", "Tagging"]),
            ("reader", READER, ["Read", "List"]),
        )
    ]
}


@dataclass(frozen=True, slots=True)
class Seaweed:
    """The server that runs."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """What goes into `--endpoint-url`."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, key: Key = ADMIN, url: str | None = None, **config: Any) -> Any:
        """A boto3 S3 client of `key`; `url` leads through a proxy, `config` goes into botocore's `Config`."""
        from botocore.config import Config

        said = {"connect_timeout": 5, "read_timeout": 10, "retries": {"mode": "standard", "max_attempts": 3}, **config}
        return _session().client(
            "s3",
            aws_access_key_id=key.key_id,
            aws_secret_access_key=key.secret,
            endpoint_url=url or self.url,
            config=Config(s3={"addressing_style": "path"}, **said),
        )

    def environment(self, key: Key = ADMIN) -> dict[str, str]:
        """The variables with which a program of its own signs as `key`."""
        return {
            "AWS_ACCESS_KEY_ID": key.key_id,
            "AWS_SECRET_ACCESS_KEY": key.secret,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def new_bucket(self, versions: bool = True) -> str:
        """An empty bucket, which keeps versions or does not."""
        name = f"test-{uuid.uuid4().hex[:16]}"
        client = self.client()
        client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        if versions:
            client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        client.close()
        return name


@cache
def _session() -> Any:
    """One for all clients: reading the description of S3 takes its time. It has no credentials of its own."""
    import boto3

    return boto3.session.Session(region_name=REGION)


@contextmanager
def seaweed(folder: Path) -> Iterator[Seaweed]:
    """Start a server that keeps its files in `folder`, and end it."""
    for left in reversed(range(_TRIES)):
        process, port = _start(folder / str(left))
        try:
            if _answers(process, port):
                yield Seaweed(port, process.pid)
                return
        finally:
            _end(process)
    raise RuntimeError(f"the S3 server did not start: {(folder / '0' / 'log.txt').read_text()[-2000:]}")


def _start(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    folder.mkdir(parents=True)
    (folder / "data").mkdir()
    keys = folder / "identities.json"
    keys.write_text(json.dumps(_IDENTITIES))
    names = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc")
    ports = dict(zip((*names, "s3.port", "s3.port.grpc"), free_ports(8), strict=True))
    words = [
        str(Path(sys.executable).with_name("weed")), "-logtostderr", "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        f"-dir={folder / 'data'}", "-filer", "-s3", f"-s3.config={keys}", "-s3.port.iceberg=0", "-s3.port.lance=0",
        f"-s3.localSocket={folder / 's'}", f"-filer.localSocket={folder / 'f'}",
        "-master.volumeSizeLimitMB=1024", "-master.volumePreallocate=false", "-volume.max=100000",
        "-master.telemetry=false", *(f"-{name}={port}" for name, port in ports.items()),
    ]  # fmt: skip
    with (folder / "log.txt").open("wb") as log:
        # each bucket has volumes of its own: one at a time, or hundreds of buckets do not fit
        growth = {f"WEED_MASTER_VOLUME_GROWTH_COPY_{copies}": "1" for copies in ("1", "2", "3", "OTHER")}
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, env={**os.environ, **growth}
        )
    return process, ports["s3.port"]


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether the server lives and takes a first bucket; its parts come up one after the other."""
    client = Seaweed(port, process.pid).client(retries={"max_attempts": 1, "mode": "standard"})
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(Exception):
            if not _listens(port):
                time.sleep(0.1)
                continue
            name = f"first-{uuid.uuid4().hex[:8]}"
            client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
            client.put_object(Bucket=name, Key="first", Body=b"x")
            client.close()
            return True
        time.sleep(0.1)
    return False


def _listens(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
    except urllib.error.HTTPError as answered:
        answered.close()
        return True
    except OSError:
        return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """Its data are thrown away, so it need not be asked politely."""
    process.kill()
    process.wait(timeout=30)
