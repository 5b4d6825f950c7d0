"""Chapter 1: the bucket, and the settings that make it a safe place. Nothing in it is ever removed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nolcat_desktop.aws.border import CloudError, border
from nolcat_desktop.aws.setup_looking import looked
from nolcat_desktop.aws.setup_wishes import Chapter, Look, SetupClients, State, Wishes

DAYS = 7
"""After so many days the parts of an upload that was never finished are removed."""
RULE = "nolcat-desktop-unfinished-uploads"
_CLOSED = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
_ABSENT = frozenset(
    {
        "NoSuchBucket",
        "404",
        "NoSuchPublicAccessBlockConfiguration",
        "ServerSideEncryptionConfigurationNotFoundError",
        "NoSuchLifecycleConfiguration",
    }
)


@dataclass(frozen=True, slots=True)
class Bucket:
    """The bucket itself."""

    clients: SetupClients
    wishes: Wishes
    chapter: Chapter = Chapter.STORAGE
    kind: str = "s3 bucket"

    @property
    def name(self) -> str:
        """Its name."""
        return self.wishes.bucket

    def look(self) -> Look:
        """Whether it is there, and ours to use."""
        return looked(self._look, _ABSENT)

    def _look(self) -> Look:
        with border("looking at the bucket"):
            self.clients.s3.head_bucket(Bucket=self.name)
        return Look(State.SAME, f"arn:{self.wishes.partition}:s3:::{self.name}")

    def put(self, found: Look) -> str:  # noqa: ARG002 - it can only be missing
        """Make it, in the region of the wishes."""
        where = {} if self.wishes.region == "us-east-1" else {"LocationConstraint": self.wishes.region}
        with border("making the bucket"):
            self.clients.s3.create_bucket(Bucket=self.name, **({"CreateBucketConfiguration": where} if where else {}))
        return f"arn:{self.wishes.partition}:s3:::{self.name}"

    def remove(self) -> bool:
        """Never: it holds what was sent."""
        return False


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the bucket."""

    wishes: Wishes
    kind: str
    ask: Callable[[], str]
    """What is missing from it; empty if it is as it should be."""
    change: Callable[[], None]
    chapter: Chapter = Chapter.STORAGE

    @property
    def name(self) -> str:
        """The bucket's."""
        return self.wishes.bucket

    def look(self) -> Look:
        """How it is set."""
        return looked(self._look, _ABSENT)

    def _look(self) -> Look:
        with border(f"looking at the bucket ({self.kind})"):
            lacking = self.ask()
        return Look(State.DIFFERS if lacking else State.SAME, self._arn, lacking)

    def put(self, found: Look) -> str:  # noqa: ARG002 - it is set whole
        """Set it."""
        with border(f"changing the bucket ({self.kind})"):
            self.change()
        return self._arn

    def remove(self) -> bool:
        """Never: what protects the files stays."""
        return False

    @property
    def _arn(self) -> str:
        return f"arn:{self.wishes.partition}:s3:::{self.name}"


def storage(clients: SetupClients, wishes: Wishes) -> list[Bucket | Setting]:
    """The resources of the chapter, in their order."""
    s3, name = clients.s3, wishes.bucket

    def versions() -> str:
        on = s3.get_bucket_versioning(Bucket=name).get("Status") == "Enabled"
        return "" if on else "earlier versions of files are not kept"

    def keep_versions() -> None:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})

    def encryption() -> str:
        s3.get_bucket_encryption(Bucket=name)  # an answer is a rule; without one it is an error
        return ""

    def encrypt() -> None:
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})

    def access() -> str:
        found = s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
        return "" if all(found.get(key) for key in _CLOSED) else "the bucket could be opened to everybody"

    def close() -> None:
        s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=dict.fromkeys(_CLOSED, True))

    def cleaning() -> str:
        lasting = any(map(_cleans, s3.get_bucket_lifecycle_configuration(Bucket=name).get("Rules", ())))
        return "" if lasting else "parts of unfinished uploads are kept, and paid for, for ever"

    def clean() -> None:
        s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [*_rules(s3, name), _RULE]})

    return [
        Bucket(clients, wishes),
        Setting(wishes, "s3 versioning", versions, keep_versions),
        Setting(wishes, "s3 encryption", encryption, encrypt),
        Setting(wishes, "s3 public access block", access, close),
        Setting(wishes, "s3 clean-up of unfinished uploads", cleaning, clean),
    ]


def key_of(clients: SetupClients, bucket: str) -> str:
    """ARN of the key that the bucket is encrypted with; empty if it is S3's own, or may not be seen."""
    try:
        with border("looking at the bucket (s3 encryption)"):
            found = clients.s3.get_bucket_encryption(Bucket=bucket)
    except CloudError:
        return ""
    rules = found["ServerSideEncryptionConfiguration"].get("Rules", ())
    default = rules[0].get("ApplyServerSideEncryptionByDefault", {}) if rules else {}
    key = str(default.get("KMSMasterKeyID", ""))
    return key if key.startswith("arn:") else ""


_RULE: Mapping[str, Any] = {
    "ID": RULE,
    "Status": "Enabled",
    "Filter": {"Prefix": ""},
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": DAYS},
}


def _cleans(rule: Mapping[str, Any]) -> bool:
    """Whether a rule removes unfinished uploads everywhere in the bucket."""
    kept = {key: value for key, value in rule.get("Filter", {}).items() if value}
    everywhere = not kept and not rule.get("Prefix")
    return rule.get("Status") == "Enabled" and "AbortIncompleteMultipartUpload" in rule and everywhere


def _rules(s3: Any, name: str) -> list[Mapping[str, Any]]:  # noqa: ANN401 - botocore makes clients as it runs
    """The rules that there are: putting replaces all of them."""
    try:
        with border("looking at the bucket (lifecycle)"):
            found = s3.get_bucket_lifecycle_configuration(Bucket=name)
    except CloudError as error:
        if error.code in _ABSENT:
            return []
        raise
    return [rule for rule in found.get("Rules", ()) if rule.get("ID") != RULE]
