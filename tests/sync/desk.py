"""A bucket on a real server, and libraries that are sent to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nolcat_desktop.aws.bucket import Bucket
from nolcat_desktop.dataset import Library
from nolcat_desktop.objects import Location, Manifest, manifest_of
from nolcat_desktop.progress import Progress
from nolcat_desktop.sync.arrival import Means
from nolcat_desktop.sync.catalog import catalog_file, opened
from nolcat_desktop.sync.pace import Pace
from nolcat_desktop.workflow.sending import Sent, Wanted, send_library
from tests.dataset.builders import NOON, candidate, content
from tests.servers.seaweed import WRITER, Key, Seaweed

PREFIX = "nolcat"
MAY = date(2024, 5, 1)


@dataclass(frozen=True, slots=True)
class Desk:
    """A bucket, and the workstations around it."""

    server: Seaweed
    bucket: str
    folder: Path

    def store(
        self,
        key: Key = WRITER,
        url: str | None = None,
        pace: Pace | None = None,
        writer: str = "ana (WS-1)",
        **config: Any,
    ) -> Bucket:
        """The bucket as one of the workstations sees it; without a second try of botocore's own."""
        said = {"retries": {"mode": "standard", "max_attempts": 1}, "read_timeout": 5, **config}
        return Bucket(self.server.client(key, url, **said), Location(self.bucket, PREFIX), writer, pace or Pace())

    @contextmanager
    def means(
        self,
        library: Library,
        url: str | None = None,
        key: Key = WRITER,
        progress: Progress | None = None,
        limit: int = 0,
        patience: float = 0.0,
        writer: str = "ana (WS-1)",
        hands: int = 4,
    ) -> Iterator[Means]:
        """What sending `library` needs."""
        pace = Pace(limit)
        store = self.store(key, url, pace, writer)
        with opened(catalog_file(library.layout.hidden, self.bucket)) as catalog:
            yield Means(store, catalog, pace, progress or Progress(), patience, hands)
        store.client.close()

    def send(
        self, library: Library, wanted: Wanted | None = None, told: Callable[[Sent], None] | None = None, **how: Any
    ) -> Sent:
        """Send, and what became of it."""
        with self.means(library, **how) as means:
            return send_library(library, means, wanted or Wanted(), told)

    def manifests(self) -> dict[str, Manifest]:
        """Every manifest in the bucket, by name."""
        store = self.store()
        found = {one.key: store.read(one.key) for one in store.listing("manifests")}
        return {Path(key).stem: manifest_of(text) for key, text in found.items()}

    def versions(self, key: str) -> list[bytes]:
        """Every version of an object, the oldest first."""
        client = self.server.client()
        listed = client.list_object_versions(Bucket=self.bucket, Prefix=key).get("Versions", [])
        listed.sort(key=lambda one: (one["LastModified"], one["IsLatest"]))
        return [
            client.get_object(Bucket=self.bucket, Key=key, VersionId=one["VersionId"])["Body"].read() for one in listed
        ]


def library(folder: Path) -> Library:
    """The library in `folder`."""
    return Library.open(folder, lambda: NOON, "1.0")


def add(
    held: Library,
    counts: Mapping[str, int],
    name: str = "report.tsv",
    source: int = 1,
    harvested: date | None = MAY,
    **how: Any,
) -> str:
    """Add a report, replacing what is there; the path of its part."""
    with held.run("add") as run:
        run.sources = run.sources.with_id(source, f"Source {source}")
        offered = candidate(counts, source=source, name=name, harvested=harvested, **how)
        stored = run.add(run.plan(offered, "replace"), content(name))
        run.commit()
    return str(stored.part)


def bytes_of(held: Library, path: str) -> bytes:
    """A file of the library."""
    return held.layout.at(path).read_bytes()


def key(path: str) -> str:
    """Where a file of a library lies in the bucket."""
    return f"{PREFIX}/{path}"
