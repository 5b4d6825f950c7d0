"""What S3 answers, in the words of this program; and what the metadata of its objects say."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote

from nolcat_desktop.objects import StoredObject

SHA256, WRITER, FOLLOWS = "nolcat-sha256", "nolcat-writer", "nolcat-follows"
"""Names in the metadata (`x-amz-meta-…`). Values are percent-encoded: S3 takes ASCII only."""
_SAFE = " ,@()"


def metadata(sha256: str, writer: str, told: Mapping[str, str]) -> dict[str, str]:
    """What is kept with an object."""
    return {name: quote(value, safe=_SAFE) for name, value in {SHA256: sha256, WRITER: writer, **told}.items()}


def stored_in_list(one: Mapping[str, Any]) -> StoredObject:
    """An object as a listing tells it."""
    return StoredObject(one["Key"], one["Size"], one["ETag"], modified=_moment(one.get("LastModified")))


def looked(key: str, answer: Mapping[str, Any]) -> StoredObject:
    """An object as a look at it tells it; what the service counted itself is believed before the metadata."""
    told = {name.lower(): unquote(value) for name, value in answer.get("Metadata", {}).items()}
    return StoredObject(
        key,
        answer["ContentLength"],
        answer["ETag"],
        _counted(answer.get("ChecksumSHA256", "")) or told.get(SHA256),
        _version(answer),
        _moment(answer.get("LastModified")),
        told.get(WRITER, ""),
        answer.get("ChecksumSHA256", ""),
        told.get(FOLLOWS),
    )


def answer_of_write(key: str, size: int, sha256: str, writer: str, answer: Mapping[str, Any]) -> StoredObject:
    """An object that was just written in one piece; when is not told."""
    return StoredObject(
        key, size, answer["ETag"], sha256, _version(answer), "", writer, answer.get("ChecksumSHA256", "")
    )


def _counted(checksum: str) -> str | None:
    """The SHA-256 in a checksum of a whole object; that of parts (`…-3`) is another number."""
    try:
        return base64.b64decode(checksum, validate=True).hex() or None
    except ValueError:
        return None


def _version(answer: Mapping[str, Any]) -> str | None:
    """The version's id; `null` is the one that is overwritten where no versions are kept."""
    found = answer.get("VersionId")
    return None if found in (None, "", "null") else str(found)


def _moment(when: datetime | None) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds") if when else ""
