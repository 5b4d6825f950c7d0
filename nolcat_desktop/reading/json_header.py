"""Report_Header of JSON reports, R5 and R5.1, as the header that tabular reports have."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from nolcat_desktop.counter.dates import read_date, read_period
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.reading.json_plan import Columns, Property
from nolcat_desktop.reading.json_settings import Found, Settings
from nolcat_desktop.reading.json_tally import Json, Tally, as_json
from nolcat_desktop.reading.json_texts import Texts
from nolcat_desktop.report import Header, HeaderCell, ReportException, Setting

_TEXTS = (
    "Release",
    "Report_ID",
    "Report_Name",
    "Created",
    "Created_By",
    "Institution_Name",
    "Customer_ID",
    "Registry_Record",
)
_NESTED = ("Institution_ID", "Report_Filters", "Report_Attributes", "Exceptions")
HEADER_NAMES = (*_TEXTS, *_NESTED)
"""Every property that a header may have, of either release."""
_REQUIRED = ("Release", "Report_ID", "Report_Name", "Created", "Created_By", "Institution_Name", "Report_Filters")
_REQUIRED_IN: dict[Release | None, tuple[str, ...]] = {
    Release.R5: ("Customer_ID",),
    Release.R51: ("Institution_ID", "Registry_Record"),
}
_NOT_IN = {Release.R5: ("Registry_Record",), Release.R51: ("Customer_ID",)}
_KNOWN = {loose(name): name for name in HEADER_NAMES} | {"exception": "Exceptions"}
_DATES = ("Begin_Date", "End_Date")


class _Reader:
    """Collects what a header says, property by property."""

    def __init__(self, base: str, release: Release | None, tally: Tally) -> None:
        self.base, self.release, self.tally = base, release, tally
        self.texts_of = Texts(Columns(()), tally)
        self.texts_of.as_objects = None if release is None else release is Release.R51
        self.settings = Settings(self.texts_of, tally, release)
        self.cells: list[HeaderCell] = []
        self.texts: dict[str, str] = {}
        self.positions: dict[str, str] = {}
        self.filters: list[Found] = []
        self.attributes: list[Found] = []
        self.identifiers: list[Setting] = []
        self.exceptions: list[ReportException] = []

    def property(self, canonical: str, name: str, value: Json) -> None:
        position = f"{self.base}.{name}"
        self.positions[canonical] = position
        match canonical:
            case "Institution_ID":
                self._institution(name, value)
            case "Report_Filters":
                self.filters = self.settings.read(value, self.base, name)
                self._settings_text(
                    canonical, [one for one in self.filters if one.name not in (*_DATES, "Metric_Type")]
                )
                self._cells_of(name, self.filters)
                self._period_and_metrics(position)
            case "Report_Attributes":
                self.attributes = self.settings.read(value, self.base, name)
                self._settings_text(canonical, self.attributes)
                self._cells_of(name, self.attributes)
            case "Exceptions":
                self._exceptions(name, value)
            case _:
                required = canonical in _REQUIRED or canonical in _REQUIRED_IN.get(self.release, ())
                text = self.texts_of.text(value, self.base, name, Property(canonical, required=required))
                self.texts[canonical] = text or ""
                self.cells.append(HeaderCell(name, text or "", position, position))

    def _institution(self, name: str, value: Json) -> None:
        found = self.texts_of.namespaces(value, self.base, name)
        self.texts["Institution_ID"] = "; ".join(text for _, text, _ in found)
        for namespace, text, position in found:
            bare = text.partition(":")[2] or text
            self.identifiers.append(Setting(namespace, (bare,), position, (position,)))
            self.cells.append(HeaderCell(name, text, position, position))
        if not found:
            self._blank(name)

    def _blank(self, name: str) -> None:
        self.cells.append(HeaderCell(name, "", f"{self.base}.{name}", f"{self.base}.{name}"))

    def _settings_text(self, canonical: str, found: list[Found]) -> None:
        self.texts[canonical] = "; ".join(f"{one.name}={'|'.join(one.values)}" for one in found)

    def _cells_of(self, name: str, found: list[Found]) -> None:
        for one in found:
            self.cells.append(
                HeaderCell(name, f"{one.delivered}={'|'.join(one.values)}", one.name_position, one.position)
            )
        if not found:
            self._blank(name)

    def _period_and_metrics(self, position: str) -> None:
        dates = [one for one in self.filters if one.name in _DATES]
        for one in reversed(dates):
            self.positions[one.name] = one.position
        self.texts["Reporting_Period"] = "; ".join(
            f"{one.name}={'|'.join(one.values)}" for one in sorted(dates, key=lambda d: d.name)
        )
        self.positions["Reporting_Period"] = position
        metrics = [one for one in self.filters if one.name == "Metric_Type"]
        if metrics:
            self.texts["Metric_Types"] = "; ".join(value for one in metrics for value in one.values)
            self.positions["Metric_Types"] = metrics[0].position

    def _exceptions(self, name: str, value: Json) -> None:
        found = list(self.settings.exceptions(value, f"{self.base}.{name}"))
        self.exceptions += found
        shown = [exception_text(one) for one in found]
        self.texts["Exceptions"] = "; ".join(shown)
        self.cells += [
            HeaderCell(name, text, one.position, one.position) for text, one in zip(shown, found, strict=True)
        ]
        if not found:
            self._blank(name)

    def header(self, tree: Json) -> Header:
        dates = {one.name: one.values[0] for one in reversed(self.filters) if one.name in _DATES and one.values}
        period = read_period("; ".join(f"{name}={dates[name]}" for name in _DATES if name in dates))
        settings = tuple(one.setting() for one in self.filters if one.name not in _DATES)
        return Header(
            cells=tuple(self.cells),
            texts=MappingProxyType(self.texts),
            positions=MappingProxyType(self.positions),
            filters=settings,
            attributes=tuple(one.setting() for one in self.attributes),
            identifiers=tuple(self.identifiers),
            exceptions=tuple(self.exceptions),
            begin=period.begin,
            end=period.end,
            created=read_date(self.texts.get("Created", ""))[0],
            tree=tree,
        )


def exception_text(exception: ReportException) -> str:
    """An exception as the tabular form writes it: `Code: Message (Data)`."""
    code = "" if exception.code is None else f"{exception.code}: "
    return f"{code}{exception.message}" + (f" ({exception.data})" if exception.data else "")


def read_header(tree: dict[str, Json], base: str, release: Release | None, tally: Tally) -> Header:
    """Read a header leniently; what only reading can see is told to `tally`.

    Args:
        tree: Report_Header as parsed, or the root of the report when the header's properties stand there.
        base: Position of `tree`: `.Report_Header`, or '' for the root.
        release: The release by which to judge it.
        tally: Where irregularities go.

    Returns:
        The header. `positions` has, beside the labels, `Begin_Date` and `End_Date`.
    """
    reader = _Reader(base, release, tally)
    for canonical, name, value in _properties(tree, base, release, tally):
        if canonical is None:
            reader.cells.append(HeaderCell(name, as_json(value), f"{base}.{name}", f"{base}.{name}"))
        else:
            reader.property(canonical, name, value)
    required = (*_REQUIRED, *_REQUIRED_IN.get(release, ()))
    for name in required:
        if tree and name not in reader.positions:
            tally.add("J-required-missing", base or ".", name)
    return reader.header(tree)


def canonical_name(name: str) -> str | None:
    """The header property that `name` means, misspelled or not; None when it is none."""
    return _KNOWN.get(loose(name))


def _properties(
    tree: dict[str, Json], base: str, release: Release | None, tally: Tally
) -> Iterator[tuple[str | None, str, Json]]:
    taken: set[str] = set()
    for name, value in tree.items():
        canonical = canonical_name(name)
        if canonical is None or canonical in taken or (canonical != name and canonical in tree):
            tally.add("J-unknown-property", f"{base}.{name}", name, value, "kept")
            yield None, name, value
            continue
        taken.add(canonical)
        if canonical != name:
            tally.add("J-misspelled", f"{base}.{name}", canonical, name)
        elif release in _NOT_IN and name in _NOT_IN[release]:
            tally.add("J-unknown-property", f"{base}.{name}", name, value, "kept")
        yield canonical, name, value
