"""Invented identifiers with right check digits; the hyphens of ISBN stand where the range table of group 978-0 says."""

from __future__ import annotations


def issn(number: int) -> str:
    """An ISSN of seven digits and its check digit (ISO 3297: weights 8 to 2, modulo 11); one in four begins with 0."""
    digits = f"{(990_000 if number % 4 == 1 else 9_900_000) + number % 100_000:07}"
    rest = -sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11
    return f"{digits[:4]}-{digits[4:]}{'X' if rest == 10 else rest}"


def isbn(number: int) -> str:
    """An ISBN-13 whose registrant has seven digits (978-0-9500000 to 978-0-9999999) and whose title has one."""
    registrant, title = 9_500_000 + number // 10 % 500_000, number % 10
    digits = f"9780{registrant}{title}"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return f"978-0-{registrant}-{title}-{check}"


def _mod_11_2(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def isni(number: int) -> str:
    """An ISNI: fifteen digits and a check character (ISO 7064, MOD 11-2)."""
    digits = f"{100_000_000 + number:015}"
    return digits + _mod_11_2(digits)


def orcid(number: int) -> str:
    """An ORCID in its four blocks, of the same arithmetic as ISNI."""
    digits = f"{200_000_000 + number:015}"
    whole = digits + _mod_11_2(digits)
    return "-".join(whole[start : start + 4] for start in range(0, 16, 4))


def doi(*parts: str) -> str:
    """A DOI under the prefix that is kept free for tests."""
    return "10.5555/" + ".".join(parts)
