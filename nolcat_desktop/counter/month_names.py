"""Names of months: English ones, which count, and those of other languages, read where they mean one month only."""

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

_LANGUAGES = (
    "januar jan|februar feb|marz maerz mrz mar|april apr|mai|juni jun|juli jul|august aug|september sep sept|"
    "oktober okt|november nov|dezember dez",
    "janner jaenner jan|feber feb|marz maerz mrz|april apr|mai|juni jun|juli jul|august aug|september sep|oktober okt|"
    "november nov|dezember dez",
    "janvier janv jan|fevrier fevr fev|mars mar|avril avr|mai|juin|juillet juil jul|aout aou|septembre sept sep|"
    "octobre oct|novembre nov|decembre dec",
    "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|"
    "septiembre setiembre sept sep set|octubre oct|noviembre nov|diciembre dic",
    "gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago|settembre sett set|"
    "ottobre ott|novembre nov|dicembre dic",
    "janeiro jan|fevereiro fev|marco mar|abril abr|maio mai|junho jun|julho jul|agosto ago|setembro set|outubro out|"
    "novembro nov|dezembro dez",
    "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|september sep|oktober okt|"
    "november nov|december dec",
    "januari januar jan|februari februar feb|mars marts mar|april apr|maj mai|juni jun|juli jul|augusti august aug|"
    "september sep|oktober okt|november nov|december desember dec des",
    "leden led|unor uno|brezen bre|duben dub|kveten kve|cerven cer cvn|cervenec cer cvc|srpen srp|zari zar|rijen rij|"
    "listopad lis|prosinec pro",
    "styczen sty|luty lut|marzec mar|kwiecien kwi|maj|czerwiec cze|lipiec lip|sierpien sie|wrzesien wrz|"
    "pazdziernik paz|listopad lis|grudzien gru",
    "sijecanj sij|veljaca velj vel|ozujak ozu|travanj tra|svibanj svi|lipanj lip|srpanj srp|kolovoz kol|rujan ruj|"
    "listopad lis|studeni stu|prosinac pro",
)
"""German, Austrian, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Czech, Polish, Croatian; January first,
without accents, in lower case."""


def _meanings() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for number, names in enumerate(language.split("|"), 1):
            for name in names.split():
                found.setdefault(name, set()).add(number)
    return found


_MEANINGS = {name: numbers for name, numbers in _meanings().items() if name not in ENGLISH}
FOREIGN: Mapping[str, int] = MappingProxyType(
    {name: next(iter(numbers)) for name, numbers in _MEANINGS.items() if len(numbers) == 1}
)
"""Names of other languages that mean one month whatever the language, each with its number from 1 to 12."""
UNCLEAR: frozenset[str] = frozenset(_MEANINGS.keys() - FOREIGN.keys())
"""Names that mean one month in one language and another in another: `listopad`, November or October."""


def plain(name: str) -> str:
    """Give a name in lower case and without accents: the key of `ENGLISH`, `FOREIGN` and `UNCLEAR`."""
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
