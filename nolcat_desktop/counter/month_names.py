"""Names of months: English ones, which count, and those of other languages, which are only recognised."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

LABELS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The short names that a month heading uses, January first."""

_ENGLISH_WORDS = """
january february march april may june july august september october november december
"""

ENGLISH: Mapping[str, int] = MappingProxyType(
    {label.lower(): number for number, label in enumerate(LABELS, 1)}
    | {name: number for number, name in enumerate(_ENGLISH_WORDS.split(), 1)}
    | {"sept": 9}
)
"""English names and short names in lower case, each with its number from 1 to 12."""

_FOREIGN_WORDS = """
januar janner jaenner jan feber februar marz maerz mrz mar april mai juni juli august september oktober okt november
dezember dez
janvier janv jan fevrier fevr fev mars avril avr mai juin juillet juil aout septembre octobre novembre decembre
enero ene febrero marzo abril abr mayo junio julio agosto ago septiembre setiembre set octubre noviembre diciembre dic
gennaio gen febbraio marzo aprile maggio mag giugno giu luglio lug agosto settembre sett ottobre ott novembre dicembre
januari februari maart mrt april mei juni juli augustus september oktober november december
janeiro fevereiro marco abril maio mai junho julho agosto setembro outubro out novembro dezembro
leden led unor uno brezen bre duben dub kveten kve cerven cer cvn cervenec cvc srpen srp zari zar rijen rij listopad lis
prosinec pro
"""
FOREIGN: frozenset[str] = frozenset(_FOREIGN_WORDS.split()) - ENGLISH.keys()
"""German, French, Spanish, Italian, Dutch, Portuguese and Czech names without accents, in lower case."""


def plain(name: str) -> str:
    """Give a name in lower case and without accents: the key of `ENGLISH` and `FOREIGN`."""
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
