"""Counts that keep the relations of the Code of Practice: totals at least uniques, investigations at least requests."""

from __future__ import annotations

from random import Random

from tests.builders.layouts import DENIALS, ITEMS, SEARCHES, TII, TIR, TITLES, UII, UIR, UTI, UTR

Counts = dict[str, dict[str, int]]
"""Metric_Type → month → count."""


def uses(random: Random, months: list[str], *, titles: bool, requests: bool = True, scale: int = 9) -> Counts:
    """Investigations and requests of one item: in each month UTI ≥ UTR, UII ≥ UIR ≥ UTR, UII ≥ UTI, totals ≥ uniques.

    About one month in five has no use at all, and one in four no requests; the first month always has both.
    """
    counts: Counts = {metric: {} for metric in (*ITEMS, *(TITLES if titles else ()))}
    for number, month in enumerate(months):
        if number and random.random() < 0.2:
            continue
        asked = random.randint(1, scale) if requests and (not number or random.random() > 0.25) else 0
        looked = asked + random.randint(1, scale)
        unique_items = asked + random.randint(0, scale) if asked else 0
        seen = max(unique_items, looked) + random.randint(0, scale)
        month_counts = {UTR: asked, UTI: looked, UIR: unique_items, UII: seen}
        month_counts[TIR] = unique_items + random.randint(0, 3 * scale) if asked else 0
        month_counts[TII] = max(month_counts[TIR], seen) + random.randint(0, scale)
        for metric, count in month_counts.items():
            if metric in counts and count:
                counts[metric][month] = count
    return counts


def events(random: Random, months: list[str], metrics: tuple[str, ...], scale: int = 6) -> Counts:
    """Searches or denials: independent of each other, never all zero."""
    counts: Counts = {}
    for metric in metrics:
        found = {month: random.randint(0, scale) for month in months}
        found[months[random.randrange(len(months))]] += 1
        counts[metric] = {month: count for month, count in found.items() if count}
    return counts


def searches(random: Random, months: list[str]) -> Counts:
    """Searches of a database; federated ones run to thousands."""
    return events(random, months, SEARCHES, 1400)


def denials(random: Random, months: list[str]) -> Counts:
    """Limit_Exceeded and No_License."""
    return events(random, months, DENIALS)
