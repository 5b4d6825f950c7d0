"""What travels to and from a bucket: places, stored objects, and the manifest that names a complete set.

The manifest is the contract between whoever sends (this program, NoLCAT) and whoever reads (the Glue job, a second
workstation). Its JSON is UTF-8 without blanks, its keys in the order of the fields below, `objects` in the order of
their keys; so one set has one text, one SHA-256 and one name. There is no time in it: names come from content.

```
{"format": 1, "library": str, "previous": str | null, "merges": [str],
 "objects": [{"key": str, "kind": "part" | "sources" | "original", "sha256": str, "version_id": str | null,
              "bytes": int, "rows": int, "statistics_source_ID": int | null, "report_type": str | null,
              "releases": [str], "months": ["yyyy-mm"], "superseded": bool}]}
```

`key` is the whole key in the bucket of the manifest, prefix included. `previous` is the name (the first 12 of the
SHA-256) of the manifest that this one follows, null for the first: the set with the longest chain is the newest.
`merges` names manifests of other workstations, written at the same moment, whose objects this one has as well; it is
nearly always empty, and may be left out by other writers. `superseded` parts stay in the bucket with no rows.
`version_id` is null where the bucket keeps no versions.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from enum import StrEnum

from nolcat_desktop.problem import NolcatError

FORMAT = 1
MANIFESTS = "manifests"
"""The folder of manifests under the prefix."""


class Kind(StrEnum):
    """What an object of a library is."""

    PART = "part"
    SOURCES = "sources"
    ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Location:
    """A library's place in the cloud."""

    bucket: str
    prefix: str = ""
    """Without a slash at either end; empty for the root of the bucket."""

    def key(self, path: str) -> str:
        """The key of `path`, a path inside the library with `/`."""
        return f"{self.prefix}/{path}" if self.prefix else path

    def path(self, key: str) -> str | None:
        """The path inside the library of `key`; None if it lies elsewhere."""
        if not self.prefix:
            return key
        return key[len(self.prefix) + 1 :] if key.startswith(f"{self.prefix}/") else None


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object as the bucket has it."""

    key: str
    bytes: int
    etag: str
    """As the service gave it, quotes included: what `If-Match` wants."""
    sha256: str | None = None
    """Our own, from the object's metadata; None if who wrote it gave none."""
    version_id: str | None = None
    modified: str = ""
    """When it was written, ISO 8601 in UTC."""
    writer: str = ""
    """Who wrote it (user name and workstation), from the object's metadata; empty if not told."""
    checksum: str = ""
    """What the service itself counted: the SHA-256 in base64 of the whole object, or of its parts' sums and their
    number (`…-3`) when it came in parts; empty if the service keeps none."""
    follows: str | None = None
    """Of a manifest: the names of those that it follows (empty for the first) and merges, with commas between, from its
    metadata; None if who wrote it did not tell."""


@dataclass(frozen=True, slots=True)
class UploadedPart:
    """A part of an upload that has arrived."""

    number: int
    """From 1."""
    etag: str
    sha256: str
    """As the service counted it, in base64; empty if it does not tell."""
    bytes: int


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An upload in parts that was begun and neither completed nor ended. It costs money and is seen by nobody."""

    key: str
    upload: str
    """The service's id of it."""
    begun: str
    """ISO 8601 in UTC."""


class Overtaken(NolcatError):  # noqa: N818 - what happened, not an error of the program's
    """What lies there is not what the writer had seen: someone else wrote in between. Nothing was overwritten."""


class Unreachable(NolcatError):  # noqa: N818 - what happened, not an error of the program's
    """The network or the service is away for the moment; the same may work later."""


class UploadGone(NolcatError):  # noqa: N818 - what happened, not an error of the program's
    """An upload in parts that was begun is not there any more: it was ended or cleaned up."""


class Tampered(NolcatError):  # noqa: N818 - what happened, not an error of the program's
    """The service received other bytes than were sent; it has kept none of them."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One object of a complete set; see the head of the module."""

    key: str
    kind: Kind
    sha256: str
    version_id: str | None
    bytes: int
    rows: int = 0
    statistics_source_ID: int | None = None  # noqa: N815 - NoLCAT's own name
    report_type: str | None = None
    releases: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    superseded: bool = False


_FIELDS = tuple(one.name for one in fields(ManifestEntry))


@dataclass(frozen=True, slots=True)
class Manifest:
    """A complete set of objects."""

    library: str
    """The library's own id."""
    previous: str | None
    objects: tuple[ManifestEntry, ...]
    merges: tuple[str, ...] = ()
    """Names of manifests written at the same moment elsewhere, whose objects are in this one as well."""

    def to_bytes(self) -> bytes:
        """The one text of this set."""
        objects = [
            {name: getattr(entry, name) for name in _FIELDS}
            for entry in sorted(self.objects, key=lambda entry: entry.key)
        ]
        whole = {
            "format": FORMAT,
            "library": self.library,
            "previous": self.previous,
            "merges": sorted(self.merges),
            "objects": objects,
        }
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def sha256(self) -> str:
        """Hexadecimal, 64 characters."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    @property
    def name(self) -> str:
        """The first 12 of the SHA-256."""
        return self.sha256[:12]

    def key(self, location: Location) -> str:
        """Where it lies."""
        return location.key(f"{MANIFESTS}/{self.name}.json")


def manifest_of(text: bytes) -> Manifest:
    """The manifest in `text`.

    Raises:
        ValueError: If it is none, or of a format that this program does not know.
    """
    try:
        found = json.loads(text)
        if found["format"] != FORMAT:
            raise ValueError(f"format {found['format']}, not {FORMAT}")
        entries = tuple(
            ManifestEntry(
                **{
                    **one,
                    "kind": Kind(one["kind"]),
                    "releases": tuple(one["releases"]),
                    "months": tuple(one["months"]),
                }
            )
            for one in found["objects"]
        )
        return Manifest(found["library"], found["previous"], entries, tuple(found.get("merges", ())))
    except (KeyError, TypeError, AttributeError) as missing:
        raise ValueError(f"no manifest: {missing}") from missing
