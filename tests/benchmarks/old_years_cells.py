"""Damages to columns, headings of months, and cells."""

from __future__ import annotations

from datetime import date

from nolcat_desktop.counter.release import Release
from tests.benchmarks.old_years_tables import Damage, Line, Table
from tests.builders import Row
from tests.builders.damage import MONTH_FORMS
from tests.builders.grid import MONTHS, month_heading

_GERMAN = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
_FRENCH = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_UNREADABLE = ("n/a", "-", "#####", "-3", "2.5", "1.234", "1e5", "#REF!", "12 uses", "1,23", "12,34", "?", "1/2",
               "0x1F", "１２", "NULL", "TRUE", "3 4", "1,2345", "--")  # fmt: skip


def _insert(table: Table, at: int, heading: str, texts: list[str]) -> None:
    table.heads.insert(at, heading)
    for number, line in enumerate(table.body):
        if len(line.cells) > 1:
            line.cells[at:at] = [
                heading if line.cells == table.heads[:at] + table.heads[at + 1 :] else texts[number % len(texts)]
            ]


def column_in_front(table: Table) -> bool:
    """A column that the reader added."""
    _insert(table, len(table.report.columns), "Shelf mark", ["QK 2", "", "QL 568"])
    return True


def column_behind(table: Table) -> bool:
    """Remarks behind the months."""
    _insert(table, len(table.heads), "Notes", ["", "", "to be cancelled"])
    return True


def ytd_behind(table: Table) -> bool:
    """A further total behind the months."""
    first = table.place(table.months[0])
    sums = [str(sum(int(text or 0) for text in line.cells[first:])) for line in table.body]
    table.heads.append("YTD Total")
    for line, text in zip(table.body, sums, strict=True):
        line.cells.append(text)
    return True


def columns_moved(table: Table) -> bool:
    """All columns but the first in another order."""
    if "" in table.heads:
        return False
    order = list(range(1, len(table.heads)))
    table.dice.shuffle(order)
    order = [0, *order]
    table.heads[:] = [table.heads[n] for n in order]
    for line in table.body:
        line.cells[:] = [line.cells[n] for n in order]
    return True


def column_missing(table: Table) -> bool:
    """Attributes that nobody asked for."""
    places = [
        n for n, head in enumerate(table.heads) if head in {"YOP", "Access_Type", "Access_Method", "Publisher_ID"}
    ]
    if table.report.release is Release.R4 or not places or len(table.report.report_id) > 2:
        return False
    place = table.dice.choice(places)
    for cells in (table.heads, *(line.cells for line in table.body)):
        del cells[place]
    return True


def headings_spelled(table: Table) -> bool:
    """Capitals, blanks for underscores and the other way round."""
    last = table.place(table.months[0])
    way = table.dice.choice((str.upper, str.lower, lambda text: text.replace("_", " "), lambda text: f" {text} "))
    table.heads[:last] = [way(text) for text in table.heads[:last]]
    return True


COLUMNS: dict[str, Damage] = {
    "column in front": column_in_front, "column behind": column_behind, "ytd behind": ytd_behind,
    "columns moved": columns_moved, "column missing": column_missing, "headings spelled": headings_spelled,
}  # fmt: skip


def _renamed(table: Table, form: object) -> None:
    assert callable(form)
    other = {month_heading(month): form(month) for month in table.report.months}
    for cells in (*(line.cells for line in table.body if line.cells == table.heads), table.heads):
        cells[:] = [other.get(text, text) for text in cells]


def _form(form: object, *, in_order: bool = False) -> Damage:
    """Another form of month; `in_order`: only their order tells days from months."""

    def damage(table: Table) -> bool:
        if in_order and "columns moved" in table.done:
            return False
        _renamed(table, form)
        return True

    return damage


def months_two_rows(table: Table) -> bool:
    """The year in the row above, over its first month only."""
    if "" in table.heads:
        return False
    years = [""] * len(table.heads)
    seen = set()
    for month in table.report.months:
        if month.year not in seen:
            years[table.place(f"{month:%Y-%m}")] = str(month.year)
            seen.add(month.year)
    places = [table.place(month) for month in table.months]
    if places != sorted(places):
        return False
    _renamed(table, lambda month: MONTHS[month.month - 1])
    table.above = [years]
    return True


def months_bare(table: Table) -> bool:
    """No year at all: the period has it."""
    _renamed(table, lambda month: MONTHS[month.month - 1])
    return True


def month_twice(table: Table) -> bool:
    """One month's heading stands on two columns."""
    places = [table.place(month) for month in table.months]
    if len(places) < 2 or not _filled(table, places[1]):
        return False
    _rename(table, places[1], table.heads[places[0]])
    table.refused = "a month twice"
    return True


def month_unreadable(table: Table) -> bool:
    """One heading that is no month."""
    place = table.place(table.dice.choice(table.months))
    if not _filled(table, place):
        return False
    _rename(table, place, table.dice.choice(("lip-2017", "2017-13", "Xyz-2017", "?-2017", "#####")))
    table.refused = "a heading that is no month"
    return True


def month_blank(table: Table) -> bool:
    """A heading in the middle is gone."""
    places = sorted(table.place(month) for month in table.months)
    if len(places) < 3 or places[-1] - places[0] != len(places) - 1 or not _filled(table, places[1]):
        return False
    _rename(table, places[1], "")
    table.refused = "a heading that is missing"
    return True


def _rename(table: Table, place: int, text: str) -> None:
    for cells in (*(line.cells for line in table.body if line.cells == table.heads), table.heads):
        cells[place] = text


def _filled(table: Table, place: int) -> bool:
    return any(line.cells[place] not in {"", "0"} for line in table.items if line not in table.lost)


def year_column(table: Table) -> bool:
    """A column with the year, and headings that are bare names."""
    years = {month.year for month in table.report.months}
    if len(years) > 1 or len(table.months) == 1 or "" in table.heads or table.lost or "columns moved" in table.done:
        return False
    _insert(table, table.place(table.months[0]), "Year", [str(table.report.begin.year)])
    _renamed(table, lambda month: MONTHS[month.month - 1])
    return True


MONTH_DAMAGES: dict[str, Damage] = {
    **{f"months {name}": _form(form, in_order=name == "yy-Mmm") for name, form in MONTH_FORMS.items()},
    "months German": _form(lambda month: f"{_GERMAN[month.month - 1]}-{month.year}"),
    "months German short": _form(lambda month: f"{_GERMAN[month.month - 1]}. {month.year % 100:02}"),
    "months French": _form(lambda month: f"{_FRENCH[month.month - 1]} {month.year}"),
    "months US dates": _form(lambda month: f"{month.month}/1/{month.year}", in_order=True),
    "months EU dates": _form(lambda month: f"01/{month.month:02}/{month.year}", in_order=True),
    "months EU points": _form(lambda month: f"01.{month.month:02}.{month.year}", in_order=True),
    "months points": _form(lambda month: f"{month.month:02}.{month.year}"),
    "months digits": _form(lambda month: f"{month.year}{month.month:02}"),
    "months serials": _form(lambda month: str((month - date(1899, 12, 30)).days), in_order=True),
    "months long": _form(lambda month: f"{month:%Y}-{MONTHS[month.month - 1]}"),
    "months last days": _form(lambda month: f"{month.month:02}/{month.year}"),
    "months two rows": months_two_rows, "months bare": months_bare, "year column": year_column,
    "month twice": month_twice, "month unreadable": month_unreadable, "month blank": month_blank,
}  # fmt: skip


def _some(table: Table, number: int = 3) -> list[tuple[Line, str]]:
    cells = [(line, month) for line in table.items for month in table.months]
    return table.dice.sample(cells, min(number, len(cells)))


def _written(way: object, least: int = 0) -> Damage:
    """Counts in another form that can mean nothing else."""

    def damage(table: Table) -> bool:
        assert callable(way)
        changed = False
        for line in table.items:
            for month in table.months:
                assert line.row is not None
                count = line.row.counts.get(month, 0)
                if count >= least and table.dice.random() < 0.7:
                    line.cells[table.place(month)] = way(count)
                    changed = True
        return changed

    return damage


def unreadable(table: Table) -> bool:
    """Cells that cannot be repaired."""
    for line, month in _some(table, table.dice.choice((1, 2, 5))):
        table.change(line, month, table.dice.choice(_UNREADABLE), None)
    return bool(table.damaged)


def zeros_blank(table: Table) -> bool:
    """Nothing, or blanks, for 0."""
    for line in table.items:
        for month in table.months:
            if line.cells[table.place(month)] == "0":
                line.cells[table.place(month)] = table.dice.choice(("", "", " ", "\u00a0"))
    return True


def titles_odd(table: Table) -> bool:
    """Titles that read like totals, numbers, dates, formulas or labels; they are data."""
    place = next((n for n, name in enumerate(table.report.columns) if name in {"Title", "Item", "Database"}), None)
    if place is None or len(table.items) < 3:
        return False
    column = table.heads[place]
    for line in table.items:
        if line.row is not None and table.dice.random() < 0.6:
            text = table.dice.choice(_TITLES)
            line.cells[table.heads.index(column)] = text
            line.row = Row({**line.row.elements, table.report.columns[place]: text}, line.row.counts)
    return True


_TITLES = (
    "Total Recall", "All Quiet on the Western Front", "1984", "2017-01-01", "20071.0", "Total for all seasons and us",
    "Jan-2017", "Report_Name", "Journal Report 1 revisited", "a;b|c", "a, b", "Tea \"for\" two", "Zeile eins\nzwei",
    "Totally spies", "All", "=1+1", "#BlackLivesMatter", "N/A", "Überall &amp; nirgends",
)  # fmt: skip


def identifiers_spoiled(table: Table) -> bool:
    """ISSN and ISBN as a spreadsheet leaves them."""
    places = [n for n, name in enumerate(table.report.columns) if name.endswith(("ISSN", "ISBN"))]
    if not places or "columns moved" in table.done or "column in front" in table.done or "column missing" in table.done:
        return False
    for line in table.items:
        for place in places:
            bare = line.cells[place].replace("-", "")
            if len(bare) == 8:
                line.cells[place] = bare.lstrip("0")
            elif len(bare) == 13 and bare.isdigit():
                line.cells[place] = f"{int(bare):.12E}".replace("E+12", "E+12")
    return True


def totals_wrong(table: Table) -> bool:
    """Reporting period totals that are not the sums: told, never used."""
    place = next(n for n, head in enumerate(table.heads) if "total" in head.lower())
    for line in table.items[::2]:
        line.cells[place] = str(int(line.cells[place] or 0) + 7)
    return True


CELLS: dict[str, Damage] = {
    "separators": _written(lambda count: f"{count:,}", 1000),
    "separators blank": _written(lambda count: f"{count:,}".replace(",", "\u00a0"), 1000),
    "separators apostrophe": _written(lambda count: f"{count:,}".replace(",", "'"), 1000),
    "floats": _written(lambda count: f"{count}.0"), "plus": _written(lambda count: f"+{count}"),
    "padded": _written(lambda count: f" {count} "), "apostrophe": _written(lambda count: f"'{count}"),
    "leading zeros": _written(lambda count: f"{count:04}"), "equals": _written(lambda count: f'="{count}"'),
    "unreadable": unreadable, "zeros blank": zeros_blank, "titles odd": titles_odd,
    "identifiers spoiled": identifiers_spoiled, "totals wrong": totals_wrong,
}  # fmt: skip
