"""Libraries sent to a bucket as `nolcat sync` leaves them: parts, sources, originals, and last the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from nolcat_desktop.dataset import Library
from nolcat_desktop.objects import Kind, Location, Manifest, ManifestEntry
from tests.dataset.builders import NOON
from tests.servers.aws_stand_in import Aws

PREFIX = "nolcat/usage"


@dataclass(frozen=True, slots=True)
class Sent:
    """A set as it lies in the bucket."""

    bucket: str
    manifest: Manifest

    @property
    def order(self) -> dict[str, str]:
        """What an execution is started with."""
        key = self.manifest.key(Location(self.bucket, PREFIX))
        return {"bucket": self.bucket, "key": key, "sha256": self.manifest.sha256}

    @property
    def parts(self) -> tuple[ManifestEntry, ...]:
        """The Parquet files."""
        return tuple(one for one in self.manifest.objects if one.kind is Kind.PART)


def send(aws: Aws, bucket: str, folder: Path, previous: Sent | None = None) -> Sent:
    """Send every file of the library in `folder`, whatever wrote it."""
    s3 = aws.client("s3")
    entries = []
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and not path.startswith(".nolcat") and file.name != "README.txt":
            key = Location(bucket, PREFIX).key(path)
            answer = s3.put_object(Bucket=bucket, Key=key, Body=file.read_bytes())
            entries.append(entry(file, path, key, answer.get("VersionId")))
    return send_manifest(aws, bucket, entries, previous)


def send_manifest(aws: Aws, bucket: str, entries: Sequence[ManifestEntry], previous: Sent | None = None) -> Sent:
    """Send the list of objects that are there."""
    manifest = Manifest("test-library", previous.manifest.name if previous else None, tuple(entries))
    sent = Sent(bucket, manifest)
    aws.client("s3").put_object(Bucket=bucket, Key=sent.order["key"], Body=manifest.to_bytes())
    return sent


def entry(file: Path, path: str, key: str, version: str | None) -> ManifestEntry:
    """What the manifest says of a file of the library."""
    content = file.read_bytes()
    plain = ManifestEntry(key, Kind.ORIGINAL, hashlib.sha256(content).hexdigest(), version, len(content))
    if path == "statistics_sources.csv":
        return replace(plain, kind=Kind.SOURCES)
    if file.suffix != ".parquet":
        return plain
    try:
        superseded = "nolcat.superseded" in pl.read_parquet_metadata(file)
        rows = pl.scan_parquet(file).select(pl.len()).collect().item()
    except pl.exceptions.ComputeError:
        return replace(plain, kind=Kind.PART)  # torn on purpose
    return replace(plain, kind=Kind.PART, rows=rows, superseded=superseded)


def change(sent: Sent, part: str, **fields: Any) -> tuple[ManifestEntry, ...]:
    """The objects of a set with one of them said otherwise."""
    return tuple(replace(one, **fields) if one.key.endswith(part) else one for one in sent.manifest.objects)


def sums_of(folder: Path) -> Mapping[tuple[Any, ...], int]:
    """What the library holds: (source, report type, release, month, metric) → sum."""
    keys = ["statistics_source_ID", "report_type", "release", "usage_date", "metric_type"]
    found = Library.open(folder, lambda: NOON, "1.0").scan().group_by(keys).agg(pl.col("usage_count").sum()).collect()
    return {tuple(row[:-1]): row[-1] for row in found.iter_rows()}
