from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from nolcat_desktop.log import EARLIER, HIDDEN, hide, log_text, redact, start_log

SECRETS = {
    "an AWS secret": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYplantedLOG1"[:40],
    "a session token": "IQoJb3JpZ2luX2VjEPlanted" + "A1b2C3d4" * 20 + "==",
    "a GitHub token": "github_pat_11PLANTED0abcdefghijk_LMNOP",
    "an old GitHub token": "ghp_plantedplanted1234567890",
    "a signed token": "eyJhbGciOiJQUzI1NiJ9.eyJwbGFudGVkIjoxfQ.c2lnbmF0dXJl",
}
KNOWN = "correct horse battery staple"
FIELDS = [
    "password={}", "Password: {}", '{{"accessToken": "{}"}}', "{{'refreshToken': '{}'}}", "aws_secret_access_key = {}",
    "AWS_SECRET_ACCESS_KEY={}", "x-amz-security-token: {}", "?X-Amz-Signature={}&x=1", "Authorization: Bearer {}",
    "https://ana:{}@proxy.test:3128/path", "mysql://nolcat:{}@db/usage", "token={}", "clientSecret={}",
    "SecretAccessKey: {}", "'TokenCode': '{}'",
]  # fmt: skip
HARMLESS = [
    "a3f5c2d1e0b9a8f7c6d5e4f3a2b1c0d9e8f7a6b5",  # a commit, SHA-1
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",  # SHA-256
    "TR/7_TR_2024-02-11.parquet",
    "arn:aws:states:eu-west-1:123456789012:stateMachine:nolcat-prod",
    "https://s3.eu-west-1.amazonaws.com/riverside-usage/nolcat/",
    "Error loading SSO Token: Token for https://riverside.test/start does not exist",
    "Basic usage of the Title Report: 12:30",
    "SignatureDoesNotMatch: the request signature we calculated does not match",
]


@pytest.fixture(autouse=True)
def _own_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests made known as secrets is none here."""
    monkeypatch.setattr("nolcat_desktop.log._known", set())


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log of the test's own; the program's is as before afterwards."""
    root, own = logging.getLogger(), logging.getLogger("nolcat_desktop")
    before = (list(root.handlers), root.level, own.level)
    yield start_log(tmp_path / "deep" / "nolcat.log")
    for handler in [one for one in root.handlers if one not in before[0]]:
        root.removeHandler(handler)
        handler.close()
    for handler in before[0]:
        if handler not in root.handlers:
            root.addHandler(handler)
    root.setLevel(before[1])
    own.setLevel(before[2])


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_that_what_looks_like_a_secret_is_taken_out_wherever_it_stands(secret: str) -> None:
    for around in ("{}", "<{}>", "key {} refused", '"{}"', "({})."):
        assert secret not in redact(around.format(secret))
        assert HIDDEN in redact(around.format(secret))


@pytest.mark.parametrize("field", FIELDS)
def test_that_what_stands_under_a_telling_name_is_taken_out(field: str) -> None:
    assert "hunter2222" not in redact(field.format("hunter2222"))
    assert redact(field.format("hunter2222")) != HIDDEN


@pytest.mark.parametrize("text", HARMLESS)
def test_that_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


def test_that_a_known_secret_is_taken_out_also_as_it_stands_in_an_address() -> None:
    hide(KNOWN, "ab")
    assert KNOWN not in redact(f"said {KNOWN} aloud")
    assert "correct%20horse" not in redact("https://x/?q=correct%20horse%20battery%20staple")
    assert redact("about") == "about"


def test_that_an_id_of_a_key_can_be_told_from_another_and_not_used() -> None:
    assert redact("AKIAIOSFODNN7EXAMPLE") == "AKIA…MPLE"


def test_that_the_log_holds_lines_and_no_secret_however_it_came(log: Path) -> None:
    hide(KNOWN)
    logger = logging.getLogger("nolcat_desktop.test")
    logger.info("sent %s as %s", 12, KNOWN)
    try:
        raise ValueError(f"{KNOWN} at https://ana:hunter2222@proxy")
    except ValueError:
        logger.exception("with %s", {"password": "hunter3333"})
    logging.getLogger("botocore.auth").warning("Authorization: AWS4-HMAC-SHA256 Credential=x, Signature=abcdef0123")
    told = log.read_text(encoding="utf-8")
    assert "sent 12 as" in told
    assert "ValueError" in told
    assert "Traceback" in told
    assert [word for word in (KNOWN, "hunter2222", "hunter3333", "abcdef0123") if word in told] == []
    assert log_text(log) == told


def test_that_chatter_of_other_packages_is_not_kept(log: Path) -> None:
    logging.getLogger("botocore.endpoint").info("chatter")
    logging.getLogger("nolcat_desktop.test").info("ours")
    assert "chatter" not in log.read_text(encoding="utf-8")
    assert "ours" in log.read_text(encoding="utf-8")


def test_that_there_is_one_log_however_often_it_is_started(log: Path) -> None:
    start_log(log)
    logging.getLogger("nolcat_desktop.test").info("once")
    assert log.read_text(encoding="utf-8").count("once") == 1


def test_that_the_log_turns_over_and_does_not_grow_for_ever(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nolcat_desktop.log.LARGEST", 10_000)
    file = start_log(tmp_path / "small" / "nolcat.log")
    assert file != log
    for _ in range((EARLIER + 2) * 11):
        logging.getLogger("nolcat_desktop.test").info("x" * 1_000)
    files = list(file.parent.iterdir())
    assert len(files) == EARLIER + 1
    assert all(file.stat().st_size <= 10_000 for file in files)


@pytest.mark.parametrize("piece", ["a", "a.", "A1b2", "x://y:", 'password="', "eyJ.", "token = ", "/+", "AKIA"])
def test_that_long_text_costs_no_more_than_its_length(piece: str) -> None:
    redact(piece * (200_000 // len(piece)))  # what grows with the square would take minutes


def test_that_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    handlers = list(logging.getLogger().handlers)
    start_log(tmp_path / "file" / "nolcat.log")
    logging.getLogger("nolcat_desktop.test").info("nowhere")
    assert logging.getLogger().handlers == handlers
    assert log_text(tmp_path / "none.log") == ""
