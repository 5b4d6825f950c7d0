"""Who issued a certificate that is not trusted: read from its bytes, to be named and for nothing else.

Only the issuer's name is read (X.509, RFC 5280, section 4.1). Python's own decoder takes trusted certificates alone.
"""

from __future__ import annotations

from collections.abc import Iterator

_SEQUENCE, _SET, _OID, _VERSION = 0x30, 0x31, 0x06, 0xA0
_NAMES = (b"\x55\x04\x03", b"\x55\x04\x0a")
"""Common name and organization, in the order in which they are looked for."""
_LONG = 0x80


def issuer_of(der: bytes) -> str:
    """The issuer's common name, or organization; empty if it cannot be read."""
    try:
        certificate = next(_parts(der))[1]
        fields = [value for tag, value in _parts(next(_parts(certificate))[1]) if tag != _VERSION]
        found = dict(_attributes(fields[2]))  # serial number, algorithm, issuer
    except (IndexError, StopIteration, ValueError):
        return ""
    return next((found[name] for name in _NAMES if name in found), "")


def _attributes(name: bytes) -> Iterator[tuple[bytes, str]]:
    for _set, members in _parts(name):
        for _sequence, attribute in _parts(members):
            (tag, kind), (_text, value) = list(_parts(attribute))[:2]
            if tag == _OID:
                yield kind, value.decode("utf-8", "replace")


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each element in `data` (X.690, definite lengths)."""
    at = 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length >= _LONG:
            more = length - _LONG
            length = int.from_bytes(data[at : at + more], "big")
            at += more
        if at + length > len(data):
            raise ValueError("it ends too early")
        yield tag, data[at : at + length]
        at += length
