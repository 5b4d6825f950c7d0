"""Sound reports of R4."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.builders import catalogue as world
from tests.builders.abstract import Row
from tests.builders.identifiers import isbn
from tests.builders.layouts4 import RELEASE_4


def rows4(report_id: str, months: list[str], titles: int, platform: str, random: Random) -> list[Row]:
    """Rows of an R4 report without its total rows; the last title of three or more has no use at all."""
    layout = RELEASE_4[report_id]
    rows = []
    for index, item in enumerate(_items(report_id, titles, platform)):
        for metric in layout.metrics or ("",):
            counts = {month: random.randint(0, 40) for month in months}
            counts[months[0]] += 1
            if 2 <= titles - 1 == index:
                counts = {}
            texts = {name: text for name, text in item.items() if text}
            rows.append(
                Row(texts | ({"Metric_Type": metric} if metric else {}), {m: c for m, c in counts.items() if c})
            )
    return rows


def _items(report_id: str, titles: int, platform: str) -> Iterator[dict[str, str]]:
    prefix = world.prefix_of(platform)
    for index in range(1 if report_id == "PR1" else titles):
        publisher = {"Publisher": world.publisher_of(index).name, "Platform": platform}
        if report_id == "PR1":
            yield publisher
        elif report_id.startswith("DB"):
            yield publisher | {"Database": world.name_of(world.DATABASES, index)}
        elif report_id.startswith("MR"):
            yield publisher | {"Title": world.name_of(world.MEDIA, index)}
        elif report_id.startswith("BR"):
            yield publisher | _plain(world.book(index, prefix))
        elif report_id.startswith("TR"):
            yield publisher | _either(index, prefix)
        else:
            yield publisher | _plain(world.journal(index, prefix))


def _plain(named: dict[str, str]) -> dict[str, str]:
    """Without what R4 does not have: URI, and the platform's prefix before a proprietary identifier."""
    named = {name: text for name, text in named.items() if name != "URI"}
    return named | {"Proprietary_ID": named["Proprietary_ID"].split(":")[1]}


def _either(index: int, prefix: str) -> dict[str, str]:
    if index % 2:
        named = _plain(world.book(index // 2, prefix))
        del named["Online_ISSN"]
        online = isbn(70_000 + index)
        return named | {"Data_Type": "Book", "Print_ID": named.pop("ISBN"), "Online_ID": online}
    named = _plain(world.journal(index // 2, prefix))
    return named | {"Data_Type": "Journal", "Print_ID": named.pop("Print_ISSN"), "Online_ID": named.pop("Online_ISSN")}
