"""The objects of a set in S3: the manifest that names them, and the proof that they are what it says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import boto3  # noqa: TID251 - this program runs in AWS, it is no part of the package
from botocore.config import Config  # noqa: TID251 - the same
from botocore.exceptions import ClientError  # noqa: TID251 - the same
from nolcat_order import Client, Order, Problem, RefusedError

FORMAT = 1
_PIECE = 1 << 20
_GONE = ("NoSuchKey", "NoSuchVersion", "404", "NotFound")
_DELETED = "MethodNotAllowed"


@dataclass(frozen=True)
class Entry:
    """One object as the manifest names it (`nolcat_desktop.objects`, the contract's other side)."""

    key: str
    kind: str
    sha256: str
    version_id: str | None
    bytes: int
    rows: int
    superseded: bool


@dataclass(frozen=True)
class Manifest:
    """A complete set."""

    name: str
    library: str
    previous: str | None
    entries: tuple[Entry, ...]

    @property
    def parts(self) -> tuple[Entry, ...]:
        """The Parquet files, those without rows apart."""
        return tuple(one for one in self.entries if one.kind == "part" and not one.superseded)

    @property
    def part_bytes(self) -> int:
        """What there is to read."""
        return sum(one.bytes for one in self.parts)


@cache
def client(service: str) -> Client:
    """A client of `service` that tries again; one for the process, for making one takes long."""
    return boto3.client(service, config=Config(retries={"mode": "standard", "max_attempts": 8}))


def read_manifest(s3: Client, order: Order) -> Manifest:
    """The manifest that the run was started with.

    Raises:
        RefusedError: If it is missing, or not the one that was sent.
    """
    text = read(s3, order.bucket, order.key)
    if text is None:
        raise RefusedError(_missing(order.key))
    found = hashlib.sha256(text).hexdigest()
    if found != order.sha256:
        raise RefusedError(
            Problem(
                "NoLCAT.ManifestDiffers",
                "The list of what was sent is not the one that this run was started with",
                f"{order.key} has the SHA-256 {found}, the run expects {order.sha256}. Nothing was published.",
                "Send the library again from NoLCAT Desktop and start the pipeline there.",
                order.key,
            )
        )
    return parse_manifest(text)


def parse_manifest(text: bytes) -> Manifest:
    """The manifest in `text`.

    Raises:
        RefusedError: If it is none of a known format.
    """
    try:
        found = json.loads(text)
        if found["format"] != FORMAT:
            raise ValueError(f"format {found['format']}, not {FORMAT}")
        entries = tuple(
            Entry(
                one["key"], one["kind"], one["sha256"], one["version_id"], one["bytes"], one["rows"], one["superseded"]
            )
            for one in found["objects"]
        )
        return Manifest(hashlib.sha256(text).hexdigest()[:12], found["library"], found["previous"], entries)
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedError(
            Problem(
                "NoLCAT.ManifestUnreadable",
                "The list of what was sent cannot be read",
                f"It is no manifest that this pipeline knows ({error}). Nothing was published.",
                "If NoLCAT Desktop is newer than the pipeline, set the pipeline up again from it.",
            )
        ) from error


def read(s3: Client, bucket: str, key: str) -> bytes | None:
    """The bytes of an object, or None when there is none."""
    try:
        return bytes(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
    except ClientError as error:
        if error.response["Error"]["Code"] in _GONE:
            return None
        raise


def fetch(s3: Client, order: Order, entry: Entry, to: Path | None) -> Problem | None:
    """Read an object in the manifest's version, into the file `to` when one is given; what is wrong with it."""
    version = {"VersionId": entry.version_id} if entry.version_id else {}
    try:
        body = s3.get_object(Bucket=order.bucket, Key=entry.key, **version)["Body"]
    except ClientError as error:
        if error.response["Error"]["Code"] in (*_GONE, _DELETED):
            return _missing(entry.key)
        raise
    digest, size = hashlib.sha256(), 0
    with to.open("wb") if to else open("/dev/null", "wb") as file:  # noqa: PTH123 - a sink
        for piece in body.iter_chunks(_PIECE):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
    if size == entry.bytes and digest.hexdigest() == entry.sha256:
        return None
    return Problem(
        "NoLCAT.ObjectDiffers",
        "A file in the cloud is not the one that was sent",
        f"{entry.key} has {size} bytes and the SHA-256 {digest.hexdigest()}; {entry.bytes} bytes and {entry.sha256}"
        " were sent. Its numbers cannot be trusted.",
        "Send the library again from NoLCAT Desktop; it finds the file that differs.",
        entry.key,
    )


def _missing(key: str) -> Problem:
    return Problem(
        "NoLCAT.ObjectMissing",
        "A file that was sent is not in the cloud any more",
        f"{key} is missing, so the set is not complete and its numbers would be too low.",
        "Send the library again from NoLCAT Desktop; it uploads what is missing.",
        key,
    )
