"""Old encodings told by the words that come out; the usual one in doubt, and always said to be a guess."""

from __future__ import annotations

import pytest

from nolcat_desktop.counter.release import Release
from nolcat_desktop.reading.encoding import decode
from nolcat_desktop.reading.encoding_guess import guess
from tests.builders import a_report, delimited, grid
from tests.reading.found import report

WORDS = {
    "cp1252": (
        "Société française, bibliothèque",
        "für Maschinen, große Straße",
        "España, año, niño",
        "São Paulo, ação",
        "Tidsskrift for fødsel på ny",
        "l’art – “quoted” €5",
        "Müller",
    ),
    "cp1250": ("Český časopis pro vědu; Příbram", "Żółta łódź, Wrocław", "Magyar Könyvtár: fő szerző, időszerű"),
    "cp1251": ("Журнал торфоведения", "Всё о мхах"),
    "cp1253": ("Ελληνικά περιοδικά",),
    "cp1254": ("Boğaziçi Üniversitesi",),
    "cp1257": ("Latvijas Universitātes žurnāls, ķīmija",),
    "mac_roman": ("Société française, bibliothèque", "für große Straßen über"),
    "cp850": ("Société française, bibliothèque", "für große Straßen über"),
}


@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in WORDS.items() for text in texts])
def test_that_the_words_tell_the_encoding(encoding: str, text: str) -> None:
    assert guess(text.encode(encoding)) == encoding
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert (decoded.utf8.decode(), decoded.encoding, decoded.guessed) == (text, encoding, True)


@pytest.mark.parametrize("content", [b"\xe9", b"caf\xe9", b"\x81\x8d", b"\xff" * 100])
def test_that_the_usual_one_is_taken_in_doubt(content: bytes) -> None:
    assert guess(content) == "cp1252"


@pytest.mark.parametrize("encoding", ["cp1250", "mac_roman"])
def test_that_a_guess_is_said_to_be_one_and_moves_no_number(encoding: str) -> None:
    cells = grid(a_report(Release.R4, "JR1"))
    titles = {"cp1250": "Český časopis pro vědu, Příbram", "mac_roman": "Société française"}
    plain = [[text.encode("ascii", "replace").decode() for text in row] for row in cells]
    plain[-1][0] = titles[encoding]
    found = report(delimited(plain, "\t", encoding=encoding))
    assert found.items["Title"].to_list()[-1] == titles[encoding]
    told = [one.detail for one in found.irregularities if one.rule == "F-encoding"]
    assert told == [f"{encoding}, by its look"]
    assert found.items["2017-01"].to_list() == report(delimited(cells, "\t")).items["2017-01"].to_list()
