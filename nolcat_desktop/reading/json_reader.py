"""One JSON report: its header, then its items batch by batch, into one wide frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from nolcat_desktop.counter import reports
from nolcat_desktop.counter.definition import Definition
from nolcat_desktop.counter.release import Release
from nolcat_desktop.counter.text import loose
from nolcat_desktop.progress import Progress
from nolcat_desktop.reading.identify import identify5, release_of
from nolcat_desktop.reading.json_header import canonical_name, read_header
from nolcat_desktop.reading.json_items5 import Walk5
from nolcat_desktop.reading.json_items51 import Walk51
from nolcat_desktop.reading.json_kinds import ORDER, element_columns
from nolcat_desktop.reading.json_months import Months
from nolcat_desktop.reading.json_nameless import named_by_items, not_denied
from nolcat_desktop.reading.json_plan import Columns
from nolcat_desktop.reading.json_positions import JsonPositions
from nolcat_desktop.reading.json_repeats import may_repeat, quotes, repeats
from nolcat_desktop.reading.json_sheet import Sheet
from nolcat_desktop.reading.json_tally import Json, Tally, as_json
from nolcat_desktop.reading.json_walk import Walk
from nolcat_desktop.reading.unread_numbers import UNREAD, counts_below, numbers_below, tell
from nolcat_desktop.report import Header, Irregularity, Origin, Report

BATCH = 8 << 20
"""Bytes of items that are parsed and laid out at a time."""
_LOOK = 20
_COUNTED = b"erformance"
"""In the name of every property that holds counts."""
_COUNTED_BY = {"performance", "attributeperformance", "items"}
_ROOT = {loose(name): name for name in ("Report_Header", "Report_Items")}


@dataclass(frozen=True, slots=True)
class Root:
    """The root object of a report, its members not yet parsed."""

    raw: bytes
    members: dict[str, msgspec.Raw]
    wraps: tuple[str, ...]
    """What lies around it, outermost first."""


def canonical_root(name: str) -> str | None:
    """The member of the root that `name` means, misspelled or not; None when it is none."""
    return _ROOT.get(loose(name))


def read_report(root: Root, origin: Origin, before: tuple[Irregularity, ...], progress: Progress) -> Report:
    """Read the report at `root`.

    Args:
        root: Its members.
        origin: Where it comes from.
        before: What was noticed about the file as a whole.
        progress: Told once a batch.

    Returns:
        The report, with `before` among its irregularities.
    """
    return _Reader(root, origin, progress).read(before)


class _Reader:
    """Reads one report."""

    def __init__(self, root: Root, origin: Origin, progress: Progress) -> None:
        self.root, self.origin, self.progress = root, origin, progress
        self.tally = Tally()
        self.marks = 0

    def read(self, before: tuple[Irregularity, ...]) -> Report:
        if self.root.wraps:
            self.tally.add("J-wrapped", None, None, None, " in ".join(reversed(self.root.wraps)))
        names = self._members()
        tree, base = self._tree(names)
        said = _said_release(tree)
        raws = self._raws(names)
        layout = self._layout(raws, said)
        header = read_header(tree, base, said if said in (Release.R5, Release.R51) else layout, self.tally)
        release, definition, found = self._identify(header, said, layout)
        if definition is None and release is layout and not {"Report_ID", "Report_Name"} & header.texts.keys():
            definition, more = named_by_items(raws, layout, self.origin)
            found = (*found, *more)
        if said in (Release.R5, Release.R51) and layout is not said:
            self.tally.add("J-layout", ".Report_Items", "Release", said, layout)
            proved = reports.definition(layout, definition.report_id) if definition is not None else None
            release, definition = (layout, proved) if proved is not None else (release, definition)
        if definition is not None:
            definition, more = not_denied(definition, header.texts.get("Report_Name", ""), raws)
            found = (*found, *more)
        report = self._report(raws, (release, definition), header, layout)
        self._root_repeats(names, self.marks)
        tell(self.tally, counts_below(tree, base))
        if report.items.is_empty() and not self.tally.has(UNREAD):
            self._look_again(names)
        return replace(report, irregularities=(*before, *found, *self.tally.irregularities()))

    def _look_again(self, names: dict[str, str]) -> None:
        """Tell all numbers beside the header of a report that would be empty."""
        for name, raw in self.root.members.items():
            if name != names.get("Report_Header") and canonical_name(name) is None:
                tell(self.tally, numbers_below(msgspec.json.decode(raw), f".{name}"))

    def _members(self) -> dict[str, str]:
        """Canonical name → name as delivered of the root's members; the unknown ones are told."""
        names: dict[str, str] = {}
        flat = not any(canonical_root(name) == "Report_Header" for name in self.root.members)
        for name in sorted(self.root.members, key=lambda one: canonical_root(one) != one):
            canonical = canonical_root(name)
            if canonical is not None and canonical not in names:
                names[canonical] = name
                if name != canonical:
                    self.tally.add("J-misspelled", f".{name}", canonical, name)
            elif not (flat and canonical_name(name)):
                value = msgspec.json.decode(self.root.members[name])
                self.tally.add("J-unknown-property", f".{name}", name, value)
                tell(self.tally, counts_below(value, f".{name}", name))
        return names

    def _root_repeats(self, names: dict[str, str], marks: int) -> None:
        """Tell members of the root that are repeated; `marks` are the quotation marks in its items."""
        items = names.get("Report_Items") if marks else None
        others = sum(quotes(bytes(one)) for name, one in self.root.members.items() if name != items)
        if marks + others + 2 * len(self.root.members) != quotes(self.root.raw):
            for repeat in repeats(self.root.raw):
                for lost in () if repeat.path else repeat.lost:
                    self.tally.add("J-repeated-name", f".{repeat.name}", repeat.name, lost)
                    tell(self.tally, counts_below(msgspec.json.decode(lost), f".{repeat.name}", repeat.name))

    def _tree(self, names: dict[str, str]) -> tuple[dict[str, Json], str]:
        """Report_Header and its position; the header's properties may stand in the root instead."""
        name = names.get("Report_Header")
        if name is None:
            found = {key: msgspec.json.decode(raw) for key, raw in self.root.members.items() if canonical_name(key)}
            self.tally.add("J-flat-header" if found else "J-no-header", "." if found else None, "Report_Header")
            return found, ""
        raw = bytes(self.root.members[name])
        tree = msgspec.json.decode(raw)
        if may_repeat(raw, tree):
            self._tell_repeats(raw, f".{name}")
        if not isinstance(tree, dict):
            self.tally.add("J-required-null" if tree is None else "J-type", f".{name}", "Report_Header", tree)
            tree = {}
        strays = {key: raw for key, raw in self.root.members.items() if canonical_name(key) == "Exceptions"}
        if strays and not any(canonical_name(key) == "Exceptions" for key in tree):
            return {**tree, **{key: msgspec.json.decode(raw) for key, raw in strays.items()}}, f".{name}"
        return tree, f".{name}"

    def _tell_repeats(self, raw: bytes, base: str) -> None:
        for repeat in repeats(raw):
            for lost in repeat.lost:
                self.tally.add("J-repeated-name", f"{base}{repeat.path}.{repeat.name}", repeat.name, lost)
                place = f"{base}{repeat.path}.{repeat.name}"
                tell(self.tally, counts_below(msgspec.json.decode(lost), place, repeat.name))

    def _raws(self, names: dict[str, str]) -> Sequence[msgspec.Raw]:
        name = names.get("Report_Items")
        if name is None:
            self.tally.add("J-required-missing", ".", "Report_Items")
            known = set(names.values())
            strays = [one for one, raw in self.root.members.items() if one not in known and _COUNTED in bytes(raw)]
            for stray in strays:
                self.tally.add("J-items-not-list", f".{stray}", "Report_Items", stray)
            return ()
        raw = self.root.members[name]
        if bytes(memoryview(raw)[:1]) == b"[":
            return msgspec.json.decode(raw, type=list[msgspec.Raw])
        value = msgspec.json.decode(raw)
        self.tally.add("J-required-null" if value is None else "J-items-not-list", f".{name}", "Report_Items", value)
        if not isinstance(value, dict):
            return ()
        if _COUNTED_BY & set(map(loose, value)):
            return (raw,)
        lists = [one for one in value.values() if isinstance(one, list)]
        return [msgspec.Raw(msgspec.json.encode(one)) for one in lists[0]] if len(lists) == len(value) == 1 else ()

    def _layout(self, raws: Sequence[msgspec.Raw], said: Release | None) -> Release:
        """The release whose layout the first items have; what the header says when they tell nothing."""
        for raw in raws[:_LOOK]:
            item = msgspec.json.decode(raw)
            keys = {loose(name) for name in item} if isinstance(item, dict) else set()
            if keys & {"attributeperformance", "items"}:
                return Release.R51
            if "performance" in keys:
                return Release.R5
        return said if said is Release.R5 else Release.R51

    def _identify(
        self, header: Header, said: Release | None, layout: Release
    ) -> tuple[Release | None, Definition | None, tuple[Irregularity, ...]]:
        if "Release" in header.texts and said not in (Release.R5, Release.R51):
            return None, None, ()
        identity = identify5(header, ())
        if said is None:
            code = header.texts.get("Report_ID", "")
            definition = reports.definition(layout, code) if code else None
            return layout, definition, identity.irregularities
        return identity.release, identity.definition, identity.irregularities

    def _report(
        self,
        raws: Sequence[msgspec.Raw],
        identity: tuple[Release | None, Definition | None],
        header: Header,
        layout: Release,
    ) -> Report:
        """Walk through the items and put the report together."""
        release, definition = identity
        own = definition
        if definition is not None and definition.release is not layout:
            own = reports.definition(layout, definition.report_id)
        shown = _shown(header)
        totals = _totals(header, layout)
        months = Months(header.begin, header.end, totals)
        expected = tuple(months.names)
        sheet = Sheet(Columns(element_columns(own, shown)), months, traced=layout is Release.R5)
        walk = Walk5(sheet, self.tally, own, shown) if layout is Release.R5 else Walk51(sheet, self.tally, own, shown)
        self._walk(walk, raws)
        items = sheet.frame(_order(own), element_columns(own, shown), expected)
        dated = [name for name in items.columns if name[:1].isdigit()]
        counted = [name for name in dated if items[name].null_count() < items.height]
        totals_only = months.has_totals and (totals or not counted)
        keys = walk.keys if isinstance(walk, Walk51) else {}
        first_month = f"{header.begin:%Y-%m}" if header.begin else None
        return Report(
            origin=self.origin,
            header=header,
            release=release,
            definition=definition,
            items=items.drop(name for name in dated if name not in counted) if totals_only else items,
            months=() if totals_only else tuple(date(int(name[:4]), int(name[5:]), 1) for name in dated),
            positions=JsonPositions(*sheet.places(), walk.shapes.known, items["Metric_Type"], keys, first_month),
            totals_only=totals_only,
        )

    def _walk(self, walk: Walk, raws: Sequence[msgspec.Raw]) -> None:
        """Parse and lay out the items, batch by batch; look for repeated names where there may be one."""
        for first, batch in _batches(raws):
            self.progress.tell("Reading", first, len(raws), self.origin.file)
            text = b"[" + b",".join(batch) + b"]"
            items = walk.parse(text)
            marks = quotes(text)
            self.marks += marks
            if may_repeat(text, items, marks):
                for number, (raw, item) in enumerate(zip(batch, items, strict=True), first):
                    if may_repeat(bytes(raw), item):
                        self._tell_repeats(bytes(raw), f".Report_Items[{number}]")
            walk.batch(items, first, batch)


def _batches(raws: Sequence[msgspec.Raw]) -> Iterator[tuple[int, list[msgspec.Raw]]]:
    """The items in batches of about `BATCH` bytes, each with the number of its first item."""
    first, batch, size = 0, [], 0
    for number, raw in enumerate(raws):
        batch.append(raw)
        size += memoryview(raw).nbytes
        if size >= BATCH:
            yield first, batch
            first, batch, size = number + 1, [], 0
    if batch or not raws:
        yield first, batch


def _said_release(tree: dict[str, Json]) -> Release | None:
    value = next((below for name, below in tree.items() if canonical_name(name) == "Release"), None)
    return None if value is None else release_of(as_json(value))


def _shown(header: Header) -> frozenset[str]:
    """The optional elements that the header's attributes ask for."""
    values = {one.name: one.values for one in header.attributes}
    shown = set(values.get("Attributes_To_Show", ()))
    for flag, prefix in (("Include_Parent_Details", "Parent_"), ("Include_Component_Details", "Component_")):
        if any(loose(value) == "true" for value in values.get(flag, ())):
            shown |= {name for name in ORDER if name.startswith(prefix)}
    return frozenset(shown)


def _totals(header: Header, layout: Release) -> bool:
    """Whether counts are of the whole period (Code of Practice, Report_Attributes)."""
    values = {one.name: {loose(value) for value in one.values} for one in header.attributes}
    if "totals" in values.get("Granularity", set()):
        return True
    return layout is Release.R51 and "true" in values.get("Exclude_Monthly_Details", set())


def _order(definition: Definition | None) -> tuple[str, ...]:
    """All element columns: those of the definition in its order, further ones behind them."""
    first = () if definition is None else definition.columns
    own = tuple(name for name in first if name in ORDER)
    return (*own, *(name for name in ORDER if name not in own))
