"""Cells that hold one of a list; the rules are built from the report's definition and its filters."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from nolcat_desktop.counter.levels import Level
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.validation.rule import VALUE, Rule
from nolcat_desktop.validation.subject import Subject, loosened

_NAMESPACED = r"^[A-Za-z0-9]+:\S"


def enumeration_rules(subject: Subject) -> list[Rule]:
    """Rules V-03 and V-19 for this report: misspelled (error), not permitted (critical), provider's own (notice)."""
    rules: list[Rule] = []
    for element, permitted in subject.permitted().items():
        rules += _rules(subject, element, permitted)
    return rules + _platform_rules(subject)


def _rules(subject: Subject, element: str, permitted: tuple[str, ...]) -> Iterator[Rule]:
    """The rules of one element, in whose cells one of `permitted` must stand."""
    release = frozenset({subject.release})
    rule_id, text = "V-19" if element.endswith("Article_Version") else "V-03", VALUE.str.strip_chars()
    known, spellings = text.is_in(list(permitted)), {loose(value): value for value in permitted}
    meant = loosened(text).replace_strict(spellings, default=None, return_dtype=pl.String)
    own = text.str.contains(_NAMESPACED)
    foreign = ~known & meant.is_null()
    yield Rule(
        rule_id,
        Level.ERROR,
        (element,),
        ~known & meant.is_not_null(),
        "{element} '{value}' is misspelled.",
        "It must be spelled '{detail}', and is read so.",
        releases=release,
        detail=meant,
    )
    property_name = subject.is_json and subject.release is Release.R51 and element == "Metric_Type"
    yield Rule(
        rule_id,
        Level.ERROR if property_name and subject.official else Level.CRITICAL,
        (element,),
        foreign if subject.official else foreign & ~own,
        "{element} '{value}' is not permitted in this report.",
        f"Permitted: {', '.join(permitted)}.",
        releases=release,
    )
    yield Rule(
        "N-own-value",
        Level.NOTICE,
        (element,),
        foreign & own,
        "{element} '{value}' is the provider's own.",
        "It is kept as delivered (Code of Practice, section 11).",
        releases=release,
        official=False,
    )


def _platform_rules(subject: Subject) -> list[Rule]:
    """A filter for one platform or database admits no other in the body (L-09)."""
    rules = []
    for element in ("Platform", "Database"):
        values = subject.filter_values(element)
        if subject.official and subject.release is Release.R51 and len(values) > 1:
            values = ("|".join(values),)
        literally = subject.official and subject.release is Release.R51
        if values and (literally or loose(values[0]) != "all"):
            rules.append(
                Rule(
                    "V-01",
                    Level.CRITICAL,
                    (element,),
                    ~VALUE.str.strip_chars().is_in(list(values)),
                    "{element} '{value}' is not the one that the filter names.",
                    f"The filter asks for {'|'.join(values)}.",
                    releases=frozenset({subject.release}),
                )
            )
    return rules
