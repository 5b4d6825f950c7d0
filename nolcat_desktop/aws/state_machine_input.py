"""What a run is told: our contract, or a template for a library's own state machine. Never rows of usage.

The contract, which any sender can use (NoLCAT's server too):

```
{"manifest": {"bucket": str, "key": str, "sha256": str}, "test": bool}
```

A run that is to have the larger size says `"larger": true` beside them; where it is missing it is false.

A library's own state machine has keys of its own. Its template is JSON with our values in braces, for instance
`{"source": "s3://{manifest_bucket}/{manifest_key}", "dry": "{test}"}`. A text that is a placeholder and nothing else
takes the value with its type: `"{test}"` becomes true or false.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nolcat_desktop.problem import NolcatError, Problem

LARGEST = 262_144
"""Bytes of UTF-8 that StartExecution takes as input (its API reference)."""
_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_NAMING = frozenset({"manifest_key", "manifest_name", "manifest_sha256"})
"""Without one of these a run would not know what was sent."""

PLACEHOLDERS = {
    "manifest_bucket": "the bucket",
    "manifest_key": "the key of the manifest, prefix included",
    "manifest_sha256": "its SHA-256, 64 hexadecimal digits",
    "manifest_name": "the first 12 of them",
    "prefix": "the library's folder in the bucket, without a slash at either end",
    "library": "the library's own id",
    "test": "true for a test run, false otherwise",
    "larger": "true for a run with the larger size, false otherwise",
}
"""What a template may name, and what each stands for."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, as far as a run is told about it."""

    bucket: str
    prefix: str
    library: str
    manifest_key: str
    manifest_sha256: str
    test: bool = False
    larger: bool = False
    """Whether the run is to have the larger size; said only where it is true, so that it changes no other run."""

    @property
    def manifest_name(self) -> str:
        """The first 12 of the SHA-256."""
        return self.manifest_sha256[:12]


def run_input(sent: Sent, template: str = "") -> str:
    """The input of a run: JSON by the contract, or by `template` where one is given.

    Raises:
        NolcatError: If the template is no JSON object, names what is unknown, says nothing of the manifest, or is
            too long.
    """
    if not template.strip():
        manifest = {"bucket": sent.bucket, "key": sent.manifest_key, "sha256": sent.manifest_sha256}
        return _text({"manifest": manifest, "test": sent.test} | ({"larger": True} if sent.larger else {}))
    filled = _text(_filled(_read(template), _values(sent)))
    if len(filled.encode()) > LARGEST:
        raise _refused(f"Filled in it has {len(filled.encode()):,} bytes; {LARGEST:,} are allowed.")
    return filled


def check_template(template: str) -> None:
    """Look over a template as it is typed in the settings.

    Raises:
        NolcatError: As `run_input`.
    """
    run_input(Sent("bucket", "prefix", "library", "key", "0" * 64), template)


def _read(template: str) -> dict[str, object]:
    try:
        found = json.loads(template)
    except ValueError as error:
        raise _refused(f"It is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise _refused("It must be a JSON object: { … }.")
    named = {name for text in _texts(found) for name in _PLACE.findall(text)}
    if unknown := sorted(named - set(PLACEHOLDERS)):
        raise _refused(f"Nothing is known of {', '.join('{' + name + '}' for name in unknown)}.")
    if not named & _NAMING:
        raise _refused("It does not name the manifest, so the run would not know what was sent.")
    return found


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)
        case _:
            pass


def _values(sent: Sent) -> dict[str, str | bool]:
    return {
        "manifest_bucket": sent.bucket,
        "manifest_key": sent.manifest_key,
        "manifest_sha256": sent.manifest_sha256,
        "manifest_name": sent.manifest_name,
        "prefix": sent.prefix,
        "library": sent.library,
        "test": sent.test,
        "larger": sent.larger,
    }


def _filled(value: object, values: dict[str, str | bool]) -> object:
    match value:
        case str() if (whole := _PLACE.fullmatch(value)) is not None:
            return values[whole[1]]
        case str():
            return _PLACE.sub(lambda found: _plain(values[found[1]]), value)
        case dict():
            return {key: _filled(inner, values) for key, inner in value.items()}
        case list():
            return [_filled(inner, values) for inner in value]
        case _:
            return value


def _plain(value: str | bool) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _text(value: object) -> str:
    """One text for one value, so that asking again sends the same bytes: StartExecution compares them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _refused(why: str) -> NolcatError:
    known = ", ".join("{" + name + "}" for name in PLACEHOLDERS)
    return NolcatError(
        Problem(
            "The input for your state machine cannot be used",
            f"{why} Nothing was started; what was sent is in the bucket.",
            f"Correct the template in the settings of the account. It is a JSON object that may hold {known}.",
        )
    )
