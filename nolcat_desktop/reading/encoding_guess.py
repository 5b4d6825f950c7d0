"""Which old encoding a text has, when nothing in it proves one: that in which its words are words of some language.

The old encodings of Windows, DOS and the Macintosh give the same bytes different letters, and every byte is a letter in
one of them. So each word with such a byte is read in each encoding: it counts for those in which all its letters belong
to the alphabet of one language. Windows-1252 is taken unless another explains clearly more. Counts are plain digits in
all of them: only names are at stake, and the reader is told that it was a guess.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

USUAL: Final = "cp1252"
_ALPHABETS: Final = {
    USUAL: (
        "àâäæçéèêëîïôœùûüÿ",  # French
        "äöüßé",  # German
        "áéíñóúü",  # Spanish
        "áàâãçéêíóôõú",  # Portuguese
        "àèéìòóù",  # Italian
        "àçèéíïòóúü",  # Catalan
        "åäöéü",  # Swedish, Finnish
        "æøåéèòôäö",  # Danish, Norwegian
        "áðéíóúýþæö",  # Icelandic
        "áéëèïíóöúü",  # Dutch
        "äöõüšž",  # Estonian
    ),
    "cp1250": (
        "áčďéěíňóřšťúůýžö",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "ąćęłńóśźż",  # Polish
        "áéíóöőúüű",  # Hungarian
        "ăâîşţ",  # Romanian
        "čćđšž",  # Croatian, Slovene
    ),
    "cp1254": ("çğıöşüâîû",),  # Turkish
    "cp1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äöõüšž"),  # Latvian, Lithuanian, Estonian
    "cp1251": ("абвгдежзийклмнопрстуфхцчшщъыьэюяё", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),  # Russian, Ukrainian
    "cp1253": ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",),  # Greek
}
_LETTERS: Final = {name: tuple(map(frozenset, alphabets)) for name, alphabets in _ALPHABETS.items()}
_LIKE_USUAL: Final = ("mac_roman", "cp850")
"""Encodings of the same languages as the usual one, on other systems."""
_MARKS: Final = frozenset("“”‘’‚„‹›«»–—…•€£™®©°§·¿¡½¼¾²³¹ªº×±µ\xa0")
_WORD: Final = re.compile(rb"[A-Za-z'\x80-\xff]*[\x80-\xff][A-Za-z'\x80-\xff]*")
_BEYOND_ASCII: Final = bytes(range(0x80, 0x100))
_MOST_WORDS: Final = 5000
_CLEARLY: Final = 1.15
"""How many times more another encoding must explain."""
_LEAST: Final = 2
"""Letters that speak for another encoding, at least."""


def guess(content: bytes) -> str:
    """The encoding that `content` most likely has.

    Args:
        content: Text that is not UTF-8.

    Returns:
        `cp1252`, `cp1250`, `cp1251`, `cp1253`, `cp1254`, `cp1257`, `mac_roman` or `cp850`.
    """
    words: dict[bytes, None] = {}
    for found in _WORD.finditer(content):
        words[found[0]] = None
        if len(words) >= _MOST_WORDS:
            break
    usual = sum(_explained(word, USUAL) for word in words)
    wanted = max(usual * _CLEARLY, usual + _LEAST)
    if sum(len(word) - len(word.translate(None, _BEYOND_ASCII)) for word in words) < wanted:
        return USUAL  # whatever another explained, it were not enough
    others = [name for name in (*_ALPHABETS, *_LIKE_USUAL) if name != USUAL]
    scores = {name: sum(_explained(word, name) for word in words) for name in others}
    best = max(others, key=lambda name: scores[name])
    return best if scores[best] >= wanted else USUAL


def _explained(word: bytes, encoding: str) -> int:
    """How many letters of a word beyond ASCII the encoding explains: all of them, or none."""
    try:
        text = word.decode(encoding)
    except UnicodeDecodeError:
        return 0
    if not text.islower() and any(upper.isupper() and lower.islower() for lower, upper in pairwise(text)):
        return 0
    letters = {letter.lower() for letter in text if letter > "\x7f" and letter not in _MARKS}
    if not letters:
        return 1 if text.strip("".join(_MARKS)).isascii() else 0
    known = _LETTERS.get(encoding, _LETTERS[USUAL])
    return sum(letter > "\x7f" for letter in text) if any(letters <= one for one in known) else 0
