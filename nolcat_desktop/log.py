"""One log for the whole program: a rotating file without secrets, whatever is written into it.

A secret is kept out in two ways: those that the program was given are registered with `hide`, and what looks like one
(keys of AWS, tokens, passwords in addresses, fields with telling names) is taken out by its shape. Both happen when
the line is made into text, so that arguments, exception texts and tracebacks go through it too.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.parse import quote

import platformdirs

HIDDEN = "‹hidden›"
"""What stands where a secret stood."""
NAME = "nolcat.log"
LARGEST = 1_000_000
"""Bytes of one file."""
EARLIER = 4
"""How many earlier files are kept beside it."""
_SHORTEST = 4
"""A known secret of fewer characters would take ordinary words with it."""

_FIELD = (
    r"(?:aws[_-]?)?(?:secret(?:[_-]?(?:access)?[_-]?key)?|session[_-]?token|security[_-]?token|password|passwd|pwd"
    r"|passphrase|client[_-]?secret|access[_-]?token|refresh[_-]?token|id[_-]?token|auth[_-]?token|device[_-]?code"
    r"|token[_-]?code|api[_-]?key|x-amz-(?:security-token|signature|credential)|signature|authorization|credential)"
)
_VALUE = r"""(?:b?"[^"]{0,5000}"|b?'[^']{0,5000}'|[^\s,;&'"})\]]+)"""
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # what is sent for the sake of signing
    (re.compile(r"(?i)\b(AWS4-HMAC-SHA256)(\s+)[^\r\n'\"]+"), rf"\1\2{HIDDEN}"),
    (re.compile(r"(?i)\b(Bearer|Basic)(\s+)[\w.~+/-]{8,}=*"), rf"\1\2{HIDDEN}"),
    # user:password@ in an address
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]{0,20}://)[^/\s@'\"]{0,200}:[^/\s'\"]{0,500}@"), rf"\1{HIDDEN}@"),
    # "password": "…", password=…, X-Amz-Signature=…
    (re.compile(rf"(?i)(['\"]?(?<![a-z]){_FIELD}['\"]?\s*[:=]\s*){_VALUE}"), rf"\1{HIDDEN}"),
    # token=…, "token": "…"; but “Token: none”
    (re.compile(rf"(?i)((?<![a-z])token\s*=\s*|['\"]token['\"]\s*:\s*){_VALUE}"), rf"\1{HIDDEN}"),
    # ids of keys of AWS: the first four letters say of what kind, the last four tell two apart
    (re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{8,}([A-Z0-9]{4})\b"), r"\1…\2"),
    # tokens of GitHub
    (re.compile(r"\b(?:gh[pousr]_|github_pat_)\w{10,}"), HIDDEN),
    # signed tokens (JWT)
    (re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}"), HIDDEN),
    # secret access keys: 40 characters in both cases with digits; a hash in hexadecimal has one case
    (
        re.compile(r"(?<![\w/+=-])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*\d)[A-Za-z0-9/+]{40}(?![\w/+=-])"),
        HIDDEN,
    ),
    # session tokens: long, and in base 64
    (re.compile(r"(?<![\w/+=-])(?=[\w/+]*[A-Z])[A-Za-z0-9/+]{100,}={0,2}"), HIDDEN),
)  # fmt: skip

_known: set[str] = set()


def hide(*secrets: str) -> None:
    """Never write any of `secrets` again, in whatever text they turn up, also written as in an address."""
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            _known.update({secret, quote(secret), quote(secret, safe="")})


def redact(text: str) -> str:
    """`text` without the secrets that are known, and without what looks like one."""
    for secret in sorted(_known, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def log_file() -> Path:
    """Where the log is: the folder that the system keeps for logs of programs."""
    return Path(platformdirs.user_log_dir("NoLCAT", appauthor=False)) / NAME


def start_log(file: Path | None = None, level: int = logging.INFO) -> Path:
    """Write what is logged into `file` from now on; again on the same file: nothing changes.

    That the file cannot be written is no reason not to start: then nothing is kept.

    Args:
        file: By default `log_file()`.
        level: Of our own lines; those of other packages are kept from warnings on, unless this is stricter.

    Returns:
        The file.
    """
    target = (file or log_file()).absolute()
    root = logging.getLogger()
    if any(isinstance(one, _Keeper) and one.baseFilename == str(target) for one in root.handlers):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        keeper = _Keeper(target, maxBytes=LARGEST, backupCount=EARLIER, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return target
    keeper.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for old in [one for one in root.handlers if isinstance(one, _Keeper)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(keeper)
    root.setLevel(max(root.level, logging.WARNING))
    logging.getLogger("nolcat_desktop").setLevel(level)
    return target


def log_text(file: Path | None = None, bytes_: int = 200_000) -> str:
    """The end of the log, to be shown and copied; empty if there is none."""
    with suppress(OSError):
        return (file or log_file()).read_bytes()[-bytes_:].decode("utf-8", "replace")
    return ""


class _Redacting(logging.Formatter):
    """The whole line, traceback included, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class _Keeper(RotatingFileHandler):
    """A disk that is full, or a file that another process holds, costs lines of the log and nothing else."""

    def doRollover(self) -> None:  # noqa: N802 - the name of the standard library
        try:
            super().doRollover()
        except OSError:
            if self.stream is None:
                self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of the standard library
        del record
