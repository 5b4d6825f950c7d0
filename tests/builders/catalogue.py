"""An invented publishing world: titles that are awkward on purpose, publishers, platforms, authors."""

from __future__ import annotations

from dataclasses import dataclass

from tests.builders.identifiers import doi, isbn, isni, issn, orcid

JOURNALS = (
    "Журнал торфоведения",
    "Total Eclipse Letters",
    "4096",
    'Zeitschrift für "stille" Maschinen, Neue Folge; Reihe B',
    "Annals of Peat Science",
    "All Things Lichen",
)
BOOKS = (
    'Harbours, Bridges; and "Other" Crossings',
    "潮の図書館",
    "1729",
    "Total Silence: a Field Guide",
    "A Field Guide to Paper Birds",
    "كتاب الرمال المتحركة",
)
OTHERS = ("The Nebelheim Evening Post", "Encyclopaedia of Minor Weather", "On Slow Glaciers, a Thesis")
DATABASES = ("Moorland Abstracts", "Tidal Index", "Всё о мхах", "Index of Unbuilt Houses; Complete")
ARTICLES = ("How Peat Remembers", "Über das Schweigen der Geräte, Teil 2", "100", "Total Eclipses, Counted")
SEGMENTS = ("Chapter 1: The First Bridge", '"Fog"', "第三章 潮汐")
MEDIA = ("Bird Song of the North (Recording 12)", "Lantern Slides, Box 4")
DATASETS = ("Rainfall at Nebelheim 1901-1950", "Paper Bird Census")
AUTHORS = ("Vera Lindqvist", "Tomás O'Hara", "李 明", "Amara N. Bright-Owusu")
YEARS = ("2019", "0001", "9999", "2015", "1998", "2021")
"""Years of publication: 0001 is unknown, 9999 is in press (Code of Practice, section 3.3.7 of R5)."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher and its number, from which its identifiers come."""

    name: str
    number: int

    def identifiers(self, prefix: str) -> str:
        """Publisher_ID as the tabular form writes it."""
        return f"ISNI:{isni(self.number)}; {prefix}:pub{self.number}"


PUBLISHERS = (
    Publisher("Larch & Finch Press", 11),
    Publisher("Société des Lacs imaginaires", 12),
    Publisher("Sorrel Society", 13),
)


def name_of(names: tuple[str, ...], index: int) -> str:
    """The name number `index`; beyond the list it is made distinct by a volume number."""
    return names[index] if index < len(names) else f"{names[index % len(names)]}, vol. {index // len(names) + 1}"


def prefix_of(platform: str) -> str:
    """The platform's namespace for proprietary identifiers: lower-case letters of its name."""
    return "".join(letter for letter in platform.lower() if letter.isascii() and letter.isalpha())[:17]


def publisher_of(index: int) -> Publisher:
    """Two publishers in three are the first, so that reports of a few titles have more than one."""
    return PUBLISHERS[(0, 1, 0, 2)[index % 4]]


def journal(index: int, prefix: str) -> dict[str, str]:
    """Title and identifiers of a journal."""
    key = f"{prefix}.j{index}"
    return {
        "Title": name_of(JOURNALS, index),
        "DOI": doi(key),
        "Proprietary_ID": f"{prefix}:J{index:04}",
        "Print_ISSN": issn(2 * index) if index % 3 else "",
        "Online_ISSN": issn(2 * index + 1),
        "URI": f"https://{prefix}.example.org/journal/{index}",
    }


def book(index: int, prefix: str) -> dict[str, str]:
    """Title and identifiers of a book."""
    return {
        "Title": name_of(BOOKS, index),
        "DOI": doi(f"{prefix}.b{index}") if index % 4 != 2 else "",
        "Proprietary_ID": f"{prefix}:B{index:04}",
        "ISBN": isbn(7 * index + 3),
        "Online_ISSN": issn(50_000 + index) if index % 5 == 1 else "",
        "URI": f"https://{prefix}.example.org/book/{index}",
    }


def other(index: int, prefix: str) -> dict[str, str]:
    """Title and identifiers of what is neither book nor journal."""
    return {
        "Title": name_of(OTHERS, index),
        "Proprietary_ID": f"{prefix}:X{index:04}",
        "URI": f"https://{prefix}.example.org/other/{index}",
    }


def authors(index: int) -> str:
    """One author with an ORCID, or two of whom the second has none."""
    first = f"{AUTHORS[index % len(AUTHORS)]} (ORCID:{orcid(index)})"
    return first if index % 2 else f"{first}; {AUTHORS[(index + 1) % len(AUTHORS)]}"


def parent(elements: dict[str, str]) -> dict[str, str]:
    """The same elements, of a parent."""
    return {f"Parent_{name}": text for name, text in elements.items()}
