"""A library's place in an S3 bucket: the store that `sync` sends to and fetches from.

Writes are conditional (`If-None-Match: *` for what is new, `If-Match` for what is replaced), and the service counts the
SHA-256 again of all that arrives. Sources: PutObject, CompleteMultipartUpload, HeadObject and "Checking object
integrity" in the Amazon S3 API Reference and User Guide. There is no call that deletes an object.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from nolcat_desktop.aws.advice import Fault
from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.bucket_answers import answer_of_write, looked, metadata, stored_in_list
from nolcat_desktop.aws.bucket_pace import FREE, Paced, pacing
from nolcat_desktop.objects import (
    Location,
    Overtaken,
    StoredObject,
    Tampered,
    Unfinished,
    Unreachable,
    UploadedPart,
    UploadGone,
)
from nolcat_desktop.problem import NolcatError, Problem

_KEPT = "What has arrived stays; nothing was overwritten or deleted."
_BLOCK = 256 * 1024
_TRY_LATER = frozenset({"ConditionalRequestConflict", "OperationAborted", "409"})
"""Two writers at the same moment: S3 asks to repeat the request."""


class Sink(Protocol):
    """Whatever takes bytes, block by block."""

    def write(self, block: bytes, /) -> object:
        """Take a block."""
        ...


@dataclass(frozen=True, slots=True)
class Bucket:
    """See `sync.store.ObjectStore`, which says what each call promises."""

    client: Any
    """boto3's S3 client; it is used from several threads."""
    location: Location
    writer: str = ""
    """Who writes, for the objects' metadata: user name and workstation."""
    pace: Paced = FREE
    """Asked before each block that goes out or comes in."""

    def listing(self, folder: str) -> Iterator[StoredObject]:
        """What lies under a folder of the library, by key."""
        begins = self.location.key(f"{folder}/")
        for page in self._pages("list_objects_v2", f"looking at {begins}", Prefix=begins):
            yield from (stored_in_list(one) for one in page.get("Contents", ()))

    def listed(self, key: str) -> StoredObject | None:
        """One object as a listing tells it; None if it is not there."""
        with self._asking(f"looking for {key}"):
            answer = self.client.list_objects_v2(Bucket=self.location.bucket, Prefix=key)
        found = [stored_in_list(one) for one in answer.get("Contents", ())]
        return next((one for one in found if one.key == key), None)

    def look(self, key: str) -> StoredObject | None:
        """Everything about one object; None if it is not there."""
        try:
            with self._asking(f"looking at {key}"):
                answer = self.client.head_object(Bucket=self.location.bucket, Key=key, ChecksumMode="ENABLED")
        except CloudError as error:
            if error.fault is Fault.MISSING and error.code != "NoSuchBucket":
                return None
            raise
        return looked(key, answer)

    def read(self, key: str, version_id: str | None = None) -> bytes:
        """A small object whole."""
        with self._asking(f"reading {key}"):
            answer = self.client.get_object(Bucket=self.location.bucket, Key=key, **_version(version_id))
            content: bytes = answer["Body"].read()
        return content

    def fetch(self, key: str, version_id: str | None, target: Sink) -> None:
        """Write an object's bytes to `target`."""
        with self._asking(f"fetching {key}"):
            answer = self.client.get_object(Bucket=self.location.bucket, Key=key, **_version(version_id))
            with closing(answer["Body"]) as body:
                for block in body.iter_chunks(_BLOCK):
                    self.pace.block(len(block))
                    target.write(block)

    def put(self, key: str, content: bytes, sha256: str, told: Mapping[str, str], replaces: str | None) -> StoredObject:
        """Write a small object over nothing, or over what has the etag `replaces`."""
        checksum = base64.b64encode(bytes.fromhex(sha256)).decode()
        with self._asking(f"sending {key}"):
            answer = self.client.put_object(
                Bucket=self.location.bucket,
                Key=key,
                Body=content,
                ContentLength=len(content),
                ChecksumSHA256=checksum,
                Metadata=metadata(sha256, self.writer, told),
                **_condition(replaces),
            )
        return answer_of_write(key, len(content), sha256, self.writer, answer)

    def begin(self, key: str, sha256: str) -> str:
        """Begin an upload in parts."""
        with self._asking(f"beginning to send {key}"):
            answer = self.client.create_multipart_upload(
                Bucket=self.location.bucket,
                Key=key,
                ChecksumAlgorithm="SHA256",
                Metadata=metadata(sha256, self.writer, {}),
            )
        return str(answer["UploadId"])

    def put_part(self, key: str, upload: str, number: int, content: bytes, sha256: str) -> UploadedPart:
        """Send a part."""
        with self._asking(f"sending part {number} of {key}"):
            answer = self.client.upload_part(
                Bucket=self.location.bucket,
                Key=key,
                UploadId=upload,
                PartNumber=number,
                Body=content,
                ContentLength=len(content),
                ChecksumSHA256=sha256,
            )
        return UploadedPart(number, answer["ETag"], sha256, len(content))

    def parts(self, key: str, upload: str) -> tuple[UploadedPart, ...]:
        """The parts that have arrived."""
        pages = self._pages("list_parts", f"looking at the parts of {key}", Key=key, UploadId=upload)
        return tuple(
            UploadedPart(one["PartNumber"], one["ETag"], one.get("ChecksumSHA256", ""), one["Size"])
            for page in pages
            for one in page.get("Parts", ())
        )

    def complete(self, key: str, upload: str, parts: Sequence[UploadedPart], replaces: str | None) -> StoredObject:
        """Make one object of the parts, and look at it.

        S3 ends the upload when it answers that two wrote at the same moment: it must be begun again.
        """
        listed = [{"PartNumber": one.number, "ETag": one.etag, "ChecksumSHA256": one.sha256} for one in parts]
        try:
            with self._asking(f"completing {key}"):
                self.client.complete_multipart_upload(
                    Bucket=self.location.bucket,
                    Key=key,
                    UploadId=upload,
                    MultipartUpload={"Parts": listed},
                    **_condition(replaces),
                )
        except Unreachable as error:
            if isinstance(error.__cause__, CloudError) and error.__cause__.code in _TRY_LATER:
                raise UploadGone(error.problem) from error
            raise
        found = self.look(key)
        if found is None:
            raise UploadGone(Problem(f"{key} is not there any more", _KEPT, "Send again: it is sent anew."))
        return found

    def abort(self, key: str, upload: str) -> None:
        """End an upload; one that is not there is ended."""
        try:
            with self._asking(f"ending the unfinished sending of {key}", FREE):  # also when all else is stopped
                self.client.abort_multipart_upload(Bucket=self.location.bucket, Key=key, UploadId=upload)
        except UploadGone:
            return

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Every upload under the prefix that was begun and not brought to an end."""
        pages = self._pages("list_multipart_uploads", "looking for unfinished sendings", Prefix=self.location.key(""))
        return tuple(
            Unfinished(one["Key"], one["UploadId"], one["Initiated"].isoformat())
            for page in pages
            for one in page.get("Uploads", ())
        )

    def keeps_versions(self) -> bool | None:
        """Whether what is replaced stays as an earlier version; None if that may not be asked."""
        try:
            with self._asking("asking whether earlier versions are kept"):
                answer = self.client.get_bucket_versioning(Bucket=self.location.bucket)
        except CloudError as error:
            if error.fault in {Fault.PERMISSION, Fault.SETUP}:
                return None
            raise
        return bool(answer.get("Status") == "Enabled")

    def _pages(self, call: str, doing: str, **words: str) -> Iterator[dict[str, Any]]:
        pages = iter(self.client.get_paginator(call).paginate(Bucket=self.location.bucket, **words))
        while True:
            with self._asking(doing):
                page = next(pages, None)
            if page is None:
                return
            yield page

    @contextmanager
    def _asking(self, doing: str, pace: Paced | None = None) -> Iterator[None]:
        """Within it, botocore's errors are raised as those that `sync` knows; `pace` is asked by what goes out."""
        asked = pace or self.pace
        try:
            with pacing(self.client, asked), border(doing, _KEPT):
                yield
        except CloudError as error:
            asked.heed()
            raise _kind(error) from error


def _kind(error: CloudError) -> NolcatError:
    if error.code in _TRY_LATER:
        return Unreachable(error.problem)
    if error.code == "NoSuchUpload":
        return UploadGone(error.problem)
    match error.fault:
        case Fault.CONFLICT:
            return Overtaken(error.problem)
        case Fault.DAMAGED:
            return Tampered(error.problem)
        case fault if fault.is_passing:
            return Unreachable(error.problem)
        case _:
            return error


def _condition(replaces: str | None) -> dict[str, str]:
    return {"IfNoneMatch": "*"} if replaces is None else {"IfMatch": replaces}


def _version(version_id: str | None) -> dict[str, str]:
    return {} if version_id is None else {"VersionId": version_id}
