"""Sound reports of R5 and R5.1: masters are made up, standard views are drawn from them by their filters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from nolcat_desktop.counter.release import Release
from tests.builders import catalogue as world
from tests.builders.abstract import Row
from tests.builders.counts import Counts, denials, events, searches, uses
from tests.builders.identifiers import doi
from tests.builders.layouts import LAYOUTS


@dataclass(frozen=True, slots=True)
class Scale:
    """How much a report holds."""

    months: list[str]
    titles: int
    platform: str


_Set = tuple[dict[str, str], Counts]


def master_rows(release: Release, master: str, scale: Scale, random: Random) -> list[Row]:
    """Rows of a full report with all of its default attributes shown."""
    made = {"PR": _platform, "DR": _databases, "TR": _titles, "IR": _items}[master]
    order = LAYOUTS[release][master].metrics
    rows = []
    for elements, counts in made(release, scale, random):
        for metric in sorted(counts, key=order.index):
            if counts[metric]:
                texts = {name: text for name, text in elements.items() if text}
                if metric.startswith("Unique_Title"):
                    texts.pop("Section_Type", None)
                rows.append(Row(texts | {"Platform": scale.platform, "Metric_Type": metric}, counts[metric]))
    return rows


def view_rows(release: Release, view: str, rows: list[Row]) -> list[Row]:
    """Rows of a standard view: those that pass its filters, in its columns, like ones added up."""
    layout = LAYOUTS[release][view]
    sums: dict[tuple[str, ...], dict[str, int]] = {}
    columns = (*layout.columns, "Metric_Type")
    for row in rows:
        passes = all(row.elements.get(name, "") in values for name, values in layout.filters.items())
        if passes and row.elements["Metric_Type"] in layout.metrics:
            months = sums.setdefault(tuple(row.elements.get(name, "") for name in columns), {})
            for month, count in row.counts.items():
                months[month] = months.get(month, 0) + count
    return [
        Row({n: t for n, t in zip(columns, key, strict=True) if t}, dict(sorted(c.items()))) for key, c in sums.items()
    ]


def _platform(release: Release, scale: Scale, random: Random) -> Iterator[_Set]:
    months = scale.months
    types = ["Journal", "Book", "Multimedia", "Newspaper_or_Newsletter"]
    types.append("Reference_Work" if release is Release.R51 else "Database")
    yield {"Data_Type": "Platform", "Access_Method": "Regular"}, events(random, months, ("Searches_Platform",), 900)
    for kind in types[: max(2, scale.titles)]:
        of_titles = kind in ("Book", "Reference_Work")
        yield {"Data_Type": kind, "Access_Method": "Regular"}, uses(random, months, titles=of_titles, scale=60)
    yield {"Data_Type": "Journal", "Access_Method": "TDM"}, uses(random, months, titles=False, scale=20)


def _databases(release: Release, scale: Scale, random: Random) -> Iterator[_Set]:
    months = scale.months
    prefix = world.prefix_of(scale.platform)
    for index in range(scale.titles):
        publisher = world.publisher_of(index)
        item = {
            "Database": world.name_of(world.DATABASES, index),
            "Publisher": publisher.name,
            "Publisher_ID": publisher.identifiers(prefix),
            "Proprietary_ID": f"{prefix}:D{index:04}",
            "Access_Method": "Regular",
        }
        kind, companion = [
            ("Database_Aggregated", "Book"),
            ("Database_AI", "Journal"),
            ("Database_Full", "Multimedia"),
        ][index % 3]
        if release is Release.R5:
            kind, companion = "Database", ("Book", "Journal")[index % 2]
        own = searches(random, months) | denials(random, months)
        if release is Release.R5:
            own |= uses(random, months, titles=False, scale=20)
        yield item | {"Data_Type": kind}, own
        asked = kind != "Database_AI"
        yield (
            item | {"Data_Type": companion},
            uses(random, months, titles=companion == "Book", requests=asked, scale=30),
        )
        if index == 0:
            tdm = {"Data_Type": companion, "Access_Method": "TDM"}
            yield item | tdm, uses(random, months, titles=companion == "Book", scale=4)


def _titles(release: Release, scale: Scale, random: Random) -> Iterator[_Set]:
    months = scale.months
    prefix = world.prefix_of(scale.platform)
    for index in range(scale.titles):
        publisher = world.publisher_of(index)
        named = _title(release, index, prefix)
        kind = named["Data_Type"]
        item = named | {"Publisher": publisher.name, "Publisher_ID": publisher.identifiers(prefix) if index % 3 else ""}
        of_titles = kind in ("Book", "Reference_Work")
        first = {"YOP": world.YEARS[index % 6], "Access_Type": "Controlled", "Access_Method": "Regular"}
        yield item | first, uses(random, months, titles=of_titles) | denials(random, months)
        if index % 2 == 0 or kind == "Book":
            free = "OA_Gold" if release is Release.R5 else ("Open", "Free_To_Read")[index // 2 % 2]
            second = {"YOP": world.YEARS[(index + 1) % 6], "Access_Type": free, "Access_Method": "Regular"}
            yield item | second, uses(random, months, titles=of_titles)
        if index % 3 == 0:
            yield item | first | {"Access_Method": "TDM"}, uses(random, months, titles=of_titles, scale=3)


def _title(release: Release, index: int, prefix: str) -> dict[str, str]:
    """Journals and books in turn; each seventh is a newspaper, each eighth something else."""
    if index % 8 == 6:
        named = {
            **world.other(3 * (index // 8), prefix),
            "Data_Type": "Newspaper_or_Newsletter",
            "Section_Type": "Article",
        }
    elif index % 8 == 7:
        r51 = release is Release.R51
        named = world.other(3 * (index // 8) + (1 if r51 else 2), prefix)
        named |= {"Data_Type": "Reference_Work" if r51 else "Thesis_or_Dissertation", "Section_Type": "Other"}
    elif index % 2:
        named = world.book(index // 2, prefix) | {
            "Data_Type": "Book",
            "Section_Type": ("Chapter", "Book")[index // 2 % 2],
        }
    else:
        named = world.journal(index // 2, prefix) | {"Data_Type": "Journal", "Section_Type": "Article"}
    if release is Release.R51:
        del named["Section_Type"]
    return named


def _items(release: Release, scale: Scale, random: Random) -> Iterator[_Set]:
    months = scale.months
    prefix = world.prefix_of(scale.platform)
    for index in range(scale.titles):
        publisher = world.publisher_of(index)
        item = _item(index, prefix) | {
            "Publisher": publisher.name,
            "Publisher_ID": publisher.identifiers(prefix) if index % 3 else "",
            "Proprietary_ID": f"{prefix}:I{index:05}",
            "URI": f"https://{prefix}.example.org/item/{index}",
            "YOP": world.YEARS[index % 6],
            "Access_Method": "Regular",
        }
        free = ("Other_Free_To_Read", "OA_Gold") if release is Release.R5 else ("Free_To_Read", "Open")
        yield item | {"Access_Type": "Controlled"}, uses(random, months, titles=False) | denials(random, months)
        if index % 2 == 0:
            yield item | {"Access_Type": free[index // 2 % 2]}, uses(random, months, titles=False)
        if index % 4 == 0:
            yield (
                item | {"Access_Type": "Controlled", "Access_Method": "TDM"},
                uses(random, months, titles=False, scale=3),
            )


def _item(index: int, prefix: str) -> dict[str, str]:
    """Articles (two to a journal), recordings, chapters, data sets in turn."""
    turn, kind = divmod(index, 4)
    if kind == 0:
        within = world.parent(world.journal(turn // 2, prefix) | {"Data_Type": "Journal"})
        date, doi_ = f"2019-0{turn % 9 + 1}-1{turn % 10}", doi(prefix, f"a{index}")
        return within | {
            "Item": world.name_of(world.ARTICLES, turn),
            "Authors": world.authors(index),
            "Publication_Date": date,
            "Article_Version": ("VoR", "AM")[turn % 2],
            "DOI": doi_,
            "Data_Type": "Article",
        }
    if kind == 1:
        return {"Item": world.name_of(world.MEDIA, turn), "DOI": doi(prefix, f"m{index}"), "Data_Type": "Multimedia"}
    if kind == 2:
        within = world.parent(world.book(turn, prefix) | {"Data_Type": "Book", "Authors": world.authors(turn + 1)})
        within["Parent_Publication_Date"] = f"2015-1{turn % 3}-28"
        return within | {
            "Item": world.name_of(world.SEGMENTS, turn),
            "Authors": world.authors(index),
            "Data_Type": "Book_Segment",
        }
    dataset = {"Item": world.name_of(world.DATASETS, turn), "Publication_Date": f"20{turn % 20:02}-02-28"}
    return dataset | {"DOI": doi(prefix, f"d{index}"), "Data_Type": "Dataset"}
