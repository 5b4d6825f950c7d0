"""The store on a real S3 server: conditions, sums, parts, versions, leftovers, and what each refusal means."""

from __future__ import annotations

import base64
import hashlib
import io
import random

import pytest

from nolcat_desktop.aws.border import CloudError
from nolcat_desktop.aws.bucket import Bucket
from nolcat_desktop.objects import Location, Overtaken, StoredObject, Tampered, Unreachable, UploadGone
from nolcat_desktop.sync.store import ObjectStore
from tests.servers.fault_proxy import Answer, http_proxy, tcp_proxy
from tests.servers.seaweed import ADMIN, READER, STRANGER, WRITER, Key, Seaweed

KEY = "nolcat/TR/7_TR_NULL.parquet"
PART = 5 * 1024 * 1024


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def b64(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


@pytest.fixture(scope="module")
def place(s3_server: Seaweed) -> str:
    return s3_server.new_bucket()


def bucket(server: Seaweed, name: str, key: Key = WRITER, url: str | None = None, prefix: str = "nolcat") -> Bucket:
    return Bucket(server.client(key, url), Location(name, prefix), "Ána Ortiz (WS-14)")


@pytest.fixture
def store(s3_server: Seaweed) -> Bucket:
    return bucket(s3_server, s3_server.new_bucket())


def put(store: ObjectStore, content: bytes, key: str = KEY, replaces: str | None = None) -> StoredObject:
    return store.put(key, content, sha256(content), {}, replaces)


def test_that_what_was_written_tells_its_sha256_its_writer_and_its_version(store: Bucket) -> None:
    written = put(store, b"one")
    looked = store.look(KEY)
    assert looked is not None
    assert (looked.sha256, looked.writer, looked.bytes) == (sha256(b"one"), "Ána Ortiz (WS-14)", 3)
    assert looked.version_id == written.version_id is not None
    assert looked.checksum == written.checksum == b64(b"one")
    assert store.read(KEY) == b"one"


def test_that_a_new_key_is_not_written_over_another_file(store: Bucket) -> None:
    put(store, b"theirs")
    with pytest.raises(Overtaken):
        put(store, b"ours")
    assert store.read(KEY) == b"theirs"


def test_that_only_the_version_that_was_looked_at_is_replaced(store: Bucket) -> None:
    first = put(store, b"first")
    second = put(store, b"second", replaces=first.etag)
    with pytest.raises(Overtaken):
        put(store, b"third", replaces=first.etag)
    assert store.read(KEY) == b"second"
    assert store.read(KEY, first.version_id) == b"first"
    assert second.version_id != first.version_id


def test_that_a_wrong_sum_is_refused_and_nothing_kept(store: Bucket) -> None:
    with pytest.raises(Tampered):
        store.put(KEY, b"one", sha256(b"two"), {}, None)
    assert store.look(KEY) is None


def test_that_bytes_changed_on_the_way_are_noticed(s3_server: Seaweed, place: str) -> None:
    with http_proxy(s3_server.url) as proxy:
        proxy.harm = lambda asked: b"X" + asked.body[1:] if asked.method == "PUT" else None
        with pytest.raises((Tampered, CloudError)):
            put(bucket(s3_server, place, url=proxy.url), b"some content", "nolcat/changed")
    assert bucket(s3_server, place).look("nolcat/changed") is None


@pytest.mark.parametrize("replacing", [False, True])
def test_that_parts_become_one_object_over_nothing_or_over_what_was_seen(store: Bucket, replacing: bool) -> None:
    before = put(store, b"old").etag if replacing else None
    parts = [random.Random(1).randbytes(PART), b"the end"]
    whole = b"".join(parts)
    upload = store.begin(KEY, sha256(whole))
    sent = [store.put_part(KEY, upload, number, part, b64(part)) for number, part in enumerate(parts, 1)]
    assert [(one.number, one.etag, one.bytes) for one in store.parts(KEY, upload)] == [
        (one.number, one.etag, one.bytes) for one in sent
    ]
    done = store.complete(KEY, upload, sent, before)
    together = base64.b64encode(hashlib.sha256(b"".join(hashlib.sha256(p).digest() for p in parts)).digest()).decode()
    assert (done.bytes, done.sha256, done.checksum) == (len(whole), sha256(whole), f"{together}-2")
    back = io.BytesIO()
    store.fetch(KEY, done.version_id, back)
    assert back.getvalue() == whole
    assert [one.etag for one in store.listing("TR")] == [done.etag]
    assert store.unfinished() == ()


def test_that_parts_are_not_completed_over_what_was_written_meanwhile(store: Bucket) -> None:
    upload = store.begin(KEY, sha256(b"x"))
    part = store.put_part(KEY, upload, 1, b"x", b64(b"x"))
    put(store, b"theirs")
    with pytest.raises(Overtaken):
        store.complete(KEY, upload, [part], None)
    assert store.read(KEY) == b"theirs"


def test_that_a_part_with_a_wrong_sum_is_refused(store: Bucket) -> None:
    upload = store.begin(KEY, sha256(b"x"))
    with pytest.raises(Tampered):
        store.put_part(KEY, upload, 1, b"x", b64(b"y"))


def test_that_unfinished_uploads_are_listed_and_can_be_ended_twice(store: Bucket) -> None:
    upload = store.begin(KEY, sha256(b"x"))
    (found,) = store.unfinished()
    assert (found.key, found.upload) == (KEY, upload)
    store.abort(KEY, upload)
    store.abort(KEY, upload)
    assert store.unfinished() == ()
    with pytest.raises(UploadGone):
        store.put_part(KEY, upload, 1, b"x", b64(b"x"))


def test_that_one_object_is_found_without_looking_at_what_is_missing(store: Bucket) -> None:
    assert store.listed(KEY) is None
    put(store, b"longer", f"{KEY}.more")
    assert store.listed(KEY) is None
    etag = put(store, b"1").etag
    found = store.listed(KEY)
    assert found is not None
    assert found.etag == etag


def test_that_a_listing_has_its_folder_alone(store: Bucket) -> None:
    for key in ("nolcat/TR/a", "nolcat/TRX/b", "nolcat/PR/c", "other/TR/d"):
        put(store, b"1", key)
    assert [one.key for one in store.listing("TR")] == ["nolcat/TR/a"]


def test_that_a_bucket_without_versions_says_so(s3_server: Seaweed) -> None:
    plain = bucket(s3_server, s3_server.new_bucket(versions=False))
    assert plain.keeps_versions() is False
    assert put(plain, b"1").version_id is None
    assert bucket(s3_server, s3_server.new_bucket()).keeps_versions() is True


@pytest.mark.parametrize(
    ("key", "word"), [(READER, "s3:PutObject"), (STRANGER, "key"), (Key(ADMIN.key_id, "wrong"), "secret")]
)
def test_that_a_refusal_says_what_is_missing_and_no_secret(s3_server: Seaweed, place: str, key: Key, word: str) -> None:
    with pytest.raises(CloudError) as caught:
        put(bucket(s3_server, place, key), b"1", "nolcat/refused")
    told = " ".join(str(value) for value in caught.value.problem.as_dict().values())
    assert word in told
    assert key.secret not in told


def test_that_a_missing_object_is_none_and_a_missing_bucket_is_told(s3_server: Seaweed, store: Bucket) -> None:
    assert store.look("nolcat/none") is None
    with pytest.raises(CloudError):
        list(bucket(s3_server, "no-such-bucket-here").listing("TR"))


@pytest.mark.parametrize("answer", [Answer(500, "InternalError"), Answer(503, "SlowDown")])
def test_that_a_service_that_stays_busy_is_worth_another_try(s3_server: Seaweed, place: str, answer: Answer) -> None:
    with http_proxy(s3_server.url) as proxy:
        proxy.harm = lambda _: answer
        client = s3_server.client(WRITER, proxy.url, retries={"mode": "standard", "max_attempts": 1})
        with pytest.raises(Unreachable):
            put(Bucket(client, Location(place, "nolcat")), b"1", "nolcat/busy")


@pytest.mark.parametrize("mode", ["refuse", "reset", "close"])
def test_that_a_lost_connection_is_worth_another_try(s3_server: Seaweed, place: str, mode: str) -> None:
    with tcp_proxy(s3_server.port) as proxy:
        client = s3_server.client(WRITER, proxy.url, retries={"mode": "standard", "max_attempts": 1})
        proxy.harm(mode)
        with pytest.raises(Unreachable):
            put(Bucket(client, Location(place, "nolcat")), b"1", "nolcat/lost")


def test_that_an_expired_sign_in_is_not_tried_again(s3_server: Seaweed, place: str) -> None:
    with http_proxy(s3_server.url) as proxy:
        proxy.harm = lambda _: Answer(400, "ExpiredToken")
        with pytest.raises(CloudError) as caught:
            put(bucket(s3_server, place, url=proxy.url), b"1", "nolcat/expired")
        assert "run out" in caught.value.problem.title
        assert proxy.calls("PUT") == 1
