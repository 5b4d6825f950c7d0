"""One synthetic Title Report in four forms, the same usage in each: what the yardstick is laid on.

Journals only, twelve months, four metrics for each title, year and access type; about a third of the months are
without use. The same number of rows gives the same report, byte for byte but for the workbook.
"""

from __future__ import annotations

import calendar
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import xlsxwriter

FORMS = {"tsv": "tr5.tsv", "xlsx": "tr5.xlsx", "json": "tr5.json", "json51": "tr51.json"}
YEAR = 2024
MONTHS = [f"{calendar.month_abbr[month]}-{YEAR}" for month in range(1, 13)]
METRICS = ("Total_Item_Investigations", "Unique_Item_Investigations", "Total_Item_Requests", "Unique_Item_Requests")
PLATFORM = "Lumen Library"
HEADER = {
    "Report_Name": "Title Master Report",
    "Report_ID": "TR",
    "Release": "5",
    "Institution_Name": "University of Vårby",
    "Institution_ID": "Proprietary:LUMEN:4711",
    "Metric_Types": "",
    "Report_Filters": "",
    "Report_Attributes": "Attributes_To_Show=Data_Type|Section_Type|YOP|Access_Type|Access_Method",
    "Exceptions": "",
    "Reporting_Period": f"Begin_Date={YEAR}-01-01; End_Date={YEAR}-12-31",
    "Created": f"{YEAR + 1}-02-03T04:05:06Z",
    "Created_By": PLATFORM,
}
ELEMENTS = (
    *("Title", "Publisher", "Publisher_ID", "Platform", "DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN"),
    *("URI", "Data_Type", "Section_Type", "YOP", "Access_Type", "Access_Method", "Metric_Type"),
    "Reporting_Period_Total",
)
WORDS = ("Acta", "Beiträge", "Cuadernos", "Études", "Folia", "Journal", "Quarterly", "Värld", "Записки")
FIELDS = ("Botanica", "der Chemie", "de Historia", "littéraires", "of Tides", "& Society", "Mathematica", "наук")


@dataclass(frozen=True, slots=True)
class Usage:
    """The counts of one title in one year of publication and access type."""

    yop: str
    access: str
    """`Controlled` or `OA_Gold`."""
    counts: tuple[tuple[int, ...], ...]
    """One row for each of `METRICS`, one count for each of `MONTHS`."""


@dataclass(frozen=True, slots=True)
class Title:
    """One journal and its usage."""

    name: str
    identifiers: dict[str, str]
    """`DOI`, `Proprietary`, `Print_ISSN`, `Online_ISSN`; those that it has."""
    usage: tuple[Usage, ...]


def write_reports(rows: int, folder: Path, seed: int = 11) -> int:
    """Write the four forms of a report of at least `rows` data rows into `folder`; the sum of all counts comes back."""
    folder.mkdir(parents=True, exist_ok=True)
    titles = list(_titles(rows, random.Random(seed)))
    lines: list[list[str | int]] = [[label, value] for label, value in HEADER.items()]
    lines += [[], [*ELEMENTS, *MONTHS], *_rows(titles)]
    text = "".join("\t".join(map(str, line)) + "\n" for line in lines)
    (folder / FORMS["tsv"]).write_text(text, encoding="utf-8-sig", newline="\n")
    (folder / FORMS["json"]).write_bytes(orjson.dumps(_release_5(titles)))
    (folder / FORMS["json51"]).write_bytes(orjson.dumps(_release_51(titles)))
    with xlsxwriter.Workbook(folder / FORMS["xlsx"], {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("TR")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return sum(sum(map(sum, usage.counts)) for title in titles for usage in title.usage)


def _titles(rows: int, chance: random.Random) -> Iterator[Title]:
    number = done = 0
    while done < rows:
        number += 1
        name = f"{chance.choice(WORDS)} {chance.choice(FIELDS)} {number}"
        identifiers = {"Proprietary": f"LUMEN:{number}", "Online_ISSN": _issn(number)}
        if number % 3:
            identifiers["DOI"] = f"10.5555/lumen.{number}"
        years = sorted(chance.sample(range(1990, YEAR + 1), chance.randint(1, 4)))
        usage = tuple(
            Usage(f"{year}", "OA_Gold" if chance.random() < 1 / 4 else "Controlled", _counts(chance)) for year in years
        )
        yield Title(name, identifiers, usage)
        done += len(METRICS) * len(usage)


def _counts(chance: random.Random) -> tuple[tuple[int, ...], ...]:
    by_month: list[tuple[int, ...]] = []
    for _ in MONTHS:
        looked = chance.choice((0, 1, 2, 5, 40)) and chance.randint(1, 60)
        asked = looked and chance.randint(1, looked)
        by_month.append((looked, (looked + 1) // 2, asked, min((asked + 1) // 2, (looked + 1) // 2)))
    by_month[0] = tuple(count or 1 for count in by_month[0])
    return tuple(zip(*by_month, strict=True))


def _issn(number: int) -> str:
    digits = f"{number:07d}"
    check = -sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11
    return f"{digits[:4]}-{digits[4:]}{'X' if check == 10 else check}"


def _rows(titles: list[Title]) -> Iterator[list[str | int]]:
    for title in titles:
        known = title.identifiers
        named = [title.name, "Lumen Press", "", PLATFORM, known.get("DOI", ""), f"{known['Proprietary']}", ""]
        named += ["", known["Online_ISSN"], ""]
        for usage in title.usage:
            kind = ["Journal", "Article", usage.yop, usage.access, "Regular"]
            for metric, counts in zip(METRICS, usage.counts, strict=True):
                yield [*named, *kind, metric, sum(counts), *counts]


def _days(month: int) -> tuple[str, str]:
    return f"{YEAR}-{month:02d}-01", f"{YEAR}-{month:02d}-{calendar.monthrange(YEAR, month)[1]}"


def _release_5(titles: list[Title]) -> dict[str, Any]:
    header: dict[str, Any] = {key: HEADER[key] for key in ("Report_Name", "Report_ID", "Release", "Institution_Name")}
    header |= {"Created": HEADER["Created"], "Created_By": PLATFORM, "Customer_ID": "4711"}
    header["Institution_ID"] = [{"Type": "Proprietary", "Value": "LUMEN:4711"}]
    header["Report_Filters"] = [
        {"Name": "Begin_Date", "Value": f"{YEAR}-01-01"},
        {"Name": "End_Date", "Value": f"{YEAR}-12-31"},
    ]
    shown = HEADER["Report_Attributes"].partition("=")[2]
    header["Report_Attributes"] = [{"Name": "Attributes_To_Show", "Value": shown}]
    items = [
        {
            "Title": title.name,
            "Item_ID": [{"Type": kind, "Value": value} for kind, value in title.identifiers.items()],
            "Platform": PLATFORM,
            "Publisher": "Lumen Press",
            "Data_Type": "Journal",
            "Section_Type": "Article",
            "YOP": usage.yop,
            "Access_Type": usage.access,
            "Access_Method": "Regular",
            "Performance": [_month(month, usage) for month in range(1, 13) if usage.counts[0][month - 1]],
        }
        for title in titles
        for usage in title.usage
    ]
    return {"Report_Header": header, "Report_Items": items}


def _month(month: int, usage: Usage) -> dict[str, Any]:
    begin, end = _days(month)
    counted = ((metric, counts[month - 1]) for metric, counts in zip(METRICS, usage.counts, strict=True))
    return {
        "Period": {"Begin_Date": begin, "End_Date": end},
        "Instance": [{"Metric_Type": metric, "Count": count} for metric, count in counted if count],
    }


def _release_51(titles: list[Title]) -> dict[str, Any]:
    header = {
        "Report_Name": "Title Report",
        "Report_ID": "TR",
        "Release": "5.1",
        "Created": HEADER["Created"],
        "Created_By": PLATFORM,
        "Institution_Name": HEADER["Institution_Name"],
        "Institution_ID": {"Proprietary": ["LUMEN:4711"]},
        "Report_Filters": {"Begin_Date": f"{YEAR}-01-01", "End_Date": f"{YEAR}-12-31"},
        "Report_Attributes": {"Attributes_To_Show": ["YOP", "Access_Type", "Access_Method"]},
        "Registry_Record": "https://registry.countermetrics.org/platform/00000000-0000-4000-8000-000000000000",
    }
    items = [
        {
            "Title": title.name,
            "Item_ID": title.identifiers,
            "Publisher": "Lumen Press",
            "Platform": PLATFORM,
            "Attribute_Performance": [
                {
                    "Data_Type": "Journal",
                    "YOP": usage.yop,
                    "Access_Method": "Regular",
                    "Access_Type": "Open" if usage.access == "OA_Gold" else usage.access,
                    "Performance": {
                        metric: {f"{YEAR}-{month:02d}": count for month, count in enumerate(counts, 1) if count}
                        for metric, counts in zip(METRICS, usage.counts, strict=True)
                    },
                }
                for usage in title.usage
            ],
        }
        for title in titles
    ]
    return {"Report_Header": header, "Report_Items": items}


if __name__ == "__main__":
    print(write_reports(int(sys.argv[1]), Path(sys.argv[2])))
