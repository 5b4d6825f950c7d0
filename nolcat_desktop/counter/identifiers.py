r"""The forms of identifiers and coded values, as regular expressions, and their check digits.

Every expression is anchored and means the same to Python's `re` and to Polars (Rust's `regex`): no look-around, no
backreferences, no `\d` (which takes digits of all scripts). In Python use `re.fullmatch`, because `$` there lets a
final line break through. Sources: Code of Practice 5.1, section 3.2 and 3.3; ISO 2108, 3297, 15511, 27729; RFC 3339.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DOI = r"^10\.[1-9][0-9]{2,}(?:\.[0-9]+)*/\S+$"
"""Prefix `10.` and a registrant of at least three digits, a slash, a suffix without blanks."""

PROPRIETARY_ID = r"^[A-Za-z0-9_./]{1,17}:\S(?:.*\S)?$"
"""`platform ID:value`; the platform ID has 1 to 17 of the characters A-Z a-z 0-9 _ . /"""

_ISBN_GROUPS = "|".join(
    f"[0-9]{{{group}}}-[0-9]{{{publisher}}}-[0-9]{{{9 - group - publisher}}}"
    for group in range(1, 6)
    for publisher in range(1, 9 - group)
)
ISBN13 = rf"^97[89]-(?:{_ISBN_GROUPS})-[0-9]$"
"""ISBN-13 with its four hyphens, 17 characters; whether they stand at the right places is not known here."""

ISBN_LOOSE = r"^(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx]$"
"""ISBN-13 or ISBN-10 with hyphens or blanks anywhere, or without."""

ISSN = r"^[0-9]{4}-[0-9]{3}[0-9X]$"
"""`nnnn-nnnX` as the Code of Practice wants it."""

ISSN_LOOSE = r"^[0-9]{4}[-‐‑– ]?[0-9]{3}[0-9Xx]$"
"""ISSN without its hyphen, with another dash or with a small x."""

URI = (
    r"^(?:(?i:https?|ftp)://(?:[^\s/?#@]+@)?(?:[^\s/?#@:.\[\]]+\.)+[^\s/?#@:.\[\]0-9]{2,}[.]?(?::[0-9]+)?(?:[/?#]\S*)?"
    r"|(?i:urn):[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:\S+)$"
)
"""http, https or ftp with a host that has a dot and a top-level domain of two or more letters, or `urn:NID:...`."""

ISNI = r"^[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9X]$"
"""15 digits and a digit or X, with or without a blank or hyphen between blocks of four."""

ISIL = r"^(?:[A-Z]{2}|[A-Za-z]|[A-Za-z]{3,4})-[A-Za-z0-9/:-]{1,11}$"
"""Country code in capitals, or another prefix of one, three or four letters; hyphen; 1 to 11 characters (ISO 15511)."""

OCLC = r"^[0-9]+$"
"""OCLC registry number: digits only."""

ROR = r"^0[a-hjkmnp-tv-z0-9]{6}[0-9]{2}$"
"""ROR without its web address: 0, six characters without i, l, o, u, two digits."""

ORCID = r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"
"""ORCID without its web address."""

YOP = r"^(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])$"
"""Four digits, not 0000; 0001 is unknown, 9999 is an article in press."""

YOP_LOOSE = r"^(?:[1-9][0-9]{0,3}|0[1-9][0-9]{0,2}|00[1-9][0-9]?|000[1-9])$"
"""One to four digits, not all 0."""

ARTICLE_VERSION_VALUES = ("AO", "SMUR", "AM", "P", "VoR", "CVoR", "EVoR")
"""Permitted Article_Version (NISO JAV): R5.1 keeps AM, VoR, CVoR and EVoR in use."""
ARTICLE_VERSIONS = rf"^(?:{'|'.join(ARTICLE_VERSION_VALUES)})$"
"""One of `ARTICLE_VERSION_VALUES`, exactly."""

COUNTRY_CODE = r"^[A-Z]{2}$"
"""ISO 3166-1 alpha-2, by its form only."""

SUBDIVISION_CODE = r"^[A-Z]{2}-[A-Z0-9]{1,3}$"
"""ISO 3166-2, by its form only."""

REGISTRY_RECORD = (
    r"^https://registry\.(?:countermetrics|projectcounter)\.org/(?:platform|usage-data-host)"
    r"/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
)
"""A record of the COUNTER Registry (R5.1 header), without a slash at its end."""

CREATED = (
    r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$"
)
"""RFC 3339 as Created wants it, without fractions of a second; `dates.read_date` knows how many days a month has."""

INSTITUTION_NAMESPACES: Mapping[str, str] = MappingProxyType({"ISNI": ISNI, "ISIL": ISIL, "OCLC": OCLC, "ROR": ROR})
"""Namespaces of Institution_ID with the form of their values; any other namespace is a platform ID."""
PUBLISHER_NAMESPACES: Mapping[str, str] = MappingProxyType({"ISNI": ISNI, "ROR": ROR})
"""Namespaces of Publisher_ID with the form of their values; any other namespace is a platform ID."""
AUTHOR_NAMESPACES: Mapping[str, str] = MappingProxyType({"ISNI": ISNI, "ORCID": ORCID})
"""Namespaces that may follow an author's name in parentheses."""
ITEM_IDENTIFIERS: Mapping[str, str] = MappingProxyType(
    {
        "DOI": DOI,
        "Proprietary": PROPRIETARY_ID,
        "ISBN": ISBN13,
        "Print_ISSN": ISSN,
        "Online_ISSN": ISSN,
        "Linking_ISSN": ISSN,
        "URI": URI,
    }
)
"""Keys of an item's identifiers in JSON with the form of their values."""


_ISSN_LENGTH = 8
_ISBN10_LENGTH = 10
_ISBN13_LENGTH = 13
_ISNI_LENGTH = 16


def issn_check(text: str) -> bool:
    """Tell whether the last digit of an ISSN fits the others (ISO 3297: modulus 11).

    Args:
        text: an ISSN with or without hyphen or blanks; a small x counts as X.

    Returns:
        False also when the text has not eight characters of an ISSN.
    """
    return _is_modulus_11(_bare(text), _ISSN_LENGTH)


def isbn_check(text: str) -> bool:
    """Tell whether the last digit of an ISBN-13 or ISBN-10 fits the others (ISO 2108).

    Args:
        text: an ISBN with or without hyphens or blanks.

    Returns:
        False also when the text is no ISBN; thirteen digits must begin with 978 or 979.
    """
    bare = _bare(text)
    if len(bare) == _ISBN10_LENGTH:
        return _is_modulus_11(bare, _ISBN10_LENGTH)
    if len(bare) != _ISBN13_LENGTH or not _are_digits(bare) or bare[:3] not in ("978", "979"):
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(bare)) % 10 == 0


def isni_check(text: str) -> bool:
    """Tell whether the last character of an ISNI fits the others (ISO 27729: ISO 7064, modulus 11-2).

    Args:
        text: an ISNI with or without blanks or hyphens.

    Returns:
        False also when the text has not sixteen characters of an ISNI.
    """
    bare = _bare(text)
    if len(bare) != _ISNI_LENGTH or not _are_digits(bare[:-1]):
        return False
    total = 0
    for digit in bare[:-1]:
        total = (total + int(digit)) * 2
    return bare[-1] == "0123456789X"[(12 - total % 11) % 11]


def orcid_check(text: str) -> bool:
    """Tell whether the last character of an ORCID fits the others; an ORCID is built as an ISNI is.

    Args:
        text: an ORCID with or without hyphens.

    Returns:
        False also when the text has not sixteen characters of an ORCID.
    """
    return isni_check(text)


def _bare(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper()


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_modulus_11(bare: str, length: int) -> bool:
    if len(bare) != length or not _are_digits(bare[:-1]) or bare[-1] not in "0123456789X":
        return False
    last = 10 if bare[-1] == "X" else int(bare[-1])
    return (sum(int(digit) * (length - place) for place, digit in enumerate(bare[:-1])) + last) % 11 == 0
