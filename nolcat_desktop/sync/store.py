"""The object store as this room sees it: what it can be asked, and how it says no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from nolcat_desktop.objects import Location, StoredObject, Unfinished, UploadedPart

MIB = 1024 * 1024


class Sink(Protocol):
    """Whatever takes bytes, block by block."""

    def write(self, block: bytes, /) -> object:
        """Take a block."""
        ...


class ObjectStore(Protocol):
    """A place for objects with conditional writes.

    Every call may raise `Unreachable` when the network or the service is away, and `NolcatError` for whatever will not
    change by trying again: no permission, no bucket, a sign-in that has run out. It may be called from several threads.
    """

    @property
    def location(self) -> Location:
        """The bucket and prefix of the library."""
        ...

    def listing(self, folder: str) -> Iterator[StoredObject]:
        """What lies under `folder` of the library, by key; without what only a look at each tells (SHA-256, writer)."""
        ...

    def listed(self, key: str) -> StoredObject | None:
        """One object as a listing tells it; None if it is not there.

        To `look` at what is not there is refused, instead of answered, to whoever may list under a prefix only
        (HeadObject, "Permissions"); so what may be missing is asked for this way.
        """
        ...

    def look(self, key: str) -> StoredObject | None:
        """Everything about one object; None if it is not there."""
        ...

    def read(self, key: str, version_id: str | None = None) -> bytes:
        """A small object whole.

        Raises:
            NolcatError: If it is not there.
        """
        ...

    def fetch(self, key: str, version_id: str | None, target: Sink) -> None:
        """Write an object's bytes to `target`.

        Raises:
            NolcatError: If it is not there.
        """
        ...

    def put(self, key: str, content: bytes, sha256: str, told: Mapping[str, str], replaces: str | None) -> StoredObject:
        """Write a small object.

        Args:
            key: Where.
            content: What.
            sha256: Its SHA-256, hexadecimal; kept in the object's metadata, and counted again by the service.
            told: More of its metadata.
            replaces: The etag of what is to be replaced; None if nothing may be there.

        Raises:
            Overtaken: If something else is there. Nothing was overwritten.
            Tampered: If other bytes arrived. Nothing was kept.
        """
        ...

    def begin(self, key: str, sha256: str) -> str:
        """Begin an upload in parts of an object with this SHA-256; the id of the upload."""
        ...

    def put_part(self, key: str, upload: str, number: int, content: bytes, sha256: str) -> UploadedPart:
        """Send a part, whose SHA-256 is given in base64.

        Raises:
            UploadGone: If the upload is not there.
            Tampered: If other bytes arrived.
        """
        ...

    def parts(self, key: str, upload: str) -> tuple[UploadedPart, ...]:
        """The parts that have arrived.

        Raises:
            UploadGone: If the upload is not there.
        """
        ...

    def complete(self, key: str, upload: str, parts: Sequence[UploadedPart], replaces: str | None) -> StoredObject:
        """Make one object of the parts; `replaces` as with `put`.

        Raises:
            Overtaken: If something else is there. Nothing was overwritten.
            UploadGone: If the upload is not there: it must be begun again.
        """
        ...

    def abort(self, key: str, upload: str) -> None:
        """End an upload and free what it holds; one that is not there is ended."""
        ...

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Every upload under the library's prefix that was begun and not brought to an end."""
        ...

    def keeps_versions(self) -> bool | None:
        """Whether what is replaced stays there as an earlier version; None if that may not be asked."""
        ...
