"""One run: check everything, publish one dataset, switch the table, and say what was done."""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
import traceback
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import nolcat_words as words
from botocore.exceptions import BotoCoreError, ClientError  # noqa: TID251 - this program runs in AWS
from nolcat_arrived import arrivals, read_units, units_text
from nolcat_catalog import Dataset, Table, current, switch
from nolcat_engines import Cluster, Engine, OneMachine
from nolcat_objects import Entry, Manifest, client, fetch, read_manifest
from nolcat_order import Client, Order, Problem, RefusedError, Services, read_order
from nolcat_parts import loads_of
from nolcat_standing import OLDER, SAME, follower, standing
from nolcat_tidying import tidy
from nolcat_units import Load, Resolved, resolve
from nolcat_writing import Unit, Written, grouped, write_group

_SWITCHES = 5


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    name: str
    rows: int = 0
    location: str | None = None
    arrived: tuple[Mapping[str, Any], ...] = ()
    replaced: tuple[Mapping[str, Any], ...] = ()
    overtaken_by: str = ""


@dataclass(frozen=True)
class Checked:
    """One object that was looked at."""

    problem: Problem | None
    loads: tuple[Load, ...] = ()
    names: tuple[tuple[int, str], ...] = ()


def main(given: list[str], files: Sequence[str]) -> int:
    """Do what the arguments ask; 0 when the outcome is none of failure.

    Args:
        given: The job's arguments.
        files: The modules, for workers that need them.
    """
    order = read_order(given)
    s3 = client("s3")
    manifest: Manifest | None = None
    engine: Engine | None = None
    try:
        manifest = read_manifest(s3, order)
        if order.engine == "shell" and manifest.part_bytes >= order.spark_from_bytes:
            outcome = Outcome("outgrown")
        else:
            engine = Cluster(files) if order.engine == "spark" else OneMachine()
            outcome = publish(order, engine, Services(s3, client("glue")), manifest)
        return _tell(s3, order, manifest, outcome, ())
    except RefusedError as refused:
        return _tell(s3, order, manifest, Outcome("failed"), refused.problems)
    except (ClientError, BotoCoreError) as error:
        traceback.print_exc()
        return _tell(s3, order, manifest, Outcome("failed"), (_service(error),))
    except MemoryError as error:  # Arrow's own is one too
        traceback.print_exc()
        return _tell(s3, order, manifest, Outcome("failed"), (_too_little_memory(error),))
    except Exception as error:  # noqa: BLE001 - whatever it is, the librarian gets a message
        traceback.print_exc()
        return _tell(s3, order, manifest, Outcome("failed"), (_defect(error),))
    finally:
        if engine is not None:
            engine.close()


def publish(order: Order, engine: Engine, services: Services, manifest: Manifest) -> Outcome:
    """Check, write, switch.

    Raises:
        RefusedError: If the set is not what the manifest says, or counts something twice.
    """
    s3 = services.s3
    table = current(services.glue, order)
    how = standing(s3, order, manifest, table)
    before = read_units(s3, table.location)
    if how == OLDER:
        return Outcome("superseded", overtaken_by=table.manifest)
    if how == SAME and before is not None:
        return Outcome("unchanged", sum(rows for rows, _ in before.values()), table.location)
    checked = list(engine.each(partial(check, order), manifest.entries))
    if problems := [one.problem for one in checked if one.problem]:
        by = follower(s3, order, manifest.name)
        if by is not None and all(one.version_id is None for one in manifest.entries):
            # Without versions the next set may have taken the place of this one's objects: that is no damage.
            return Outcome("superseded", overtaken_by=by)
        raise RefusedError(*problems)
    found = resolve(load for one in checked for load in one.loads)
    if found.problems:
        raise RefusedError(*found.problems)
    folder = f"{order.prefix}/curated/{manifest.name}-{uuid.uuid4().hex[:8]}"
    units, years = _write(order, engine, manifest, found, folder)
    s3.put_object(Bucket=order.store_bucket, Key=f"{folder}/_units.json", Body=units_text(units))
    location = f"s3://{order.store_bucket}/{folder}/"
    overtaken = _switch(order, services, manifest, table, Dataset(manifest.name, location, years))
    if overtaken:
        return Outcome("superseded", overtaken_by=overtaken)
    tidy(s3, order, keep=(location, table.location))
    names = dict(pair for one in checked for pair in one.names)
    return Outcome(
        "published",
        sum(rows for rows, _ in units.values()),
        location,
        tuple(arrivals(before or {}, units, names)),
        tuple(
            {
                "key": one.key, "by": one.by, "statistics_source_ID": one.source_id, "report_type": one.report_type,
                "months": list(one.months),
            }
            for one in found.replaced
        ),
    )  # fmt: skip


def check(order: Order, entry: Entry) -> Checked:
    """Read one object in the manifest's version: is it what was sent, and what does it say?"""
    s3 = client("s3")
    with tempfile.TemporaryDirectory() as place:
        if entry.kind == "original":
            return Checked(fetch(s3, order, entry, None))
        file = Path(place) / "object"
        problem = fetch(s3, order, entry, file)
        if problem is not None:
            return Checked(problem)
        try:
            if entry.kind == "sources":
                return Checked(None, names=tuple(_names(file)))
            return Checked(None, () if entry.superseded else tuple(loads_of(entry, file)))
        except RefusedError as refused:
            return Checked(refused.problems[0])


def _write(
    order: Order, engine: Engine, manifest: Manifest, found: Resolved, folder: str
) -> tuple[dict[Unit, tuple[int, dict[str, int]]], list[int]]:
    """Write every group, and prove that what was written is what the footers promise."""
    units: dict[Unit, tuple[int, dict[str, int]]] = {}
    years: set[int] = set()
    groups = grouped(manifest.parts, found.loads, engine.group_bytes)
    for written in engine.heavy(partial(write_group, order, folder), groups):
        if written.problem is not None:
            raise RefusedError(written.problem)
        years.update(written.years)
        _add(units, written)
    promised: dict[Unit, tuple[int, dict[str, int]]] = {}
    for load in found.loads:
        for month in set(load.rows_by_month) - load.lost:
            rows, by = promised.get((load.source_id, load.report_type, load.release, month), (0, {}))
            for metric, of in load.sums.items():
                if month in of:
                    by[metric] = by.get(metric, 0) + of[month]
            promised[load.source_id, load.report_type, load.release, month] = (rows + load.rows_by_month[month], by)
    if differing := sorted(unit for unit in {*units, *promised} if units.get(unit) != promised.get(unit)):
        raise RefusedError(_sums_differ(differing))
    return units, sorted(years)


def _add(units: dict[Unit, tuple[int, dict[str, int]]], written: Written) -> None:
    for unit, (rows, by) in written.units.items():
        before, sums = units.get(unit, (0, {}))
        for metric, count in by.items():
            sums[metric] = sums.get(metric, 0) + count
        units[unit] = (before + rows, sums)


def _switch(order: Order, services: Services, manifest: Manifest, table: Table, dataset: Dataset) -> str:
    """Switch the table unless a newer set did; the name of that set, or ''."""
    for _ in range(_SWITCHES):
        if switch(services.glue, order, table, dataset):
            return ""
        table = current(services.glue, order)
        if standing(services.s3, order, manifest, table) == OLDER:
            return table.manifest
    raise RefusedError(_BUSY)


def _names(file: Path) -> list[tuple[int, str]]:
    reader = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
    return [
        (int(row["statistics_source_ID"]), row.get("statistics_source_name") or "")
        for row in reader
        if (row.get("statistics_source_ID") or "").strip().isdigit()
    ]


def _tell(s3: Client, order: Order, manifest: Manifest | None, outcome: Outcome, problems: Sequence[Problem]) -> int:
    """Write what happened where the state machine and the program read it."""
    told: dict[str, Any] = {
        "format": 1, "outcome": outcome.name, "engine": order.engine, "run": order.run, "test": order.is_test,
        "manifest": {
            "bucket": order.bucket, "key": order.key, "sha256": order.sha256, "name": order.sha256[:12],
        },
        "library": manifest.library if manifest else None, "database": order.database, "table": order.table,
        "location": outcome.location, "objects": len(manifest.entries) if manifest else 0,
        "bytes": sum(one.bytes for one in manifest.entries) if manifest else 0, "rows": outcome.rows,
        "arrived": list(outcome.arrived), "replaced": list(outcome.replaced),
        "problems": [asdict(problem) for problem in problems],
    }  # fmt: skip
    subject, text, cause = _message(order, told, outcome, problems)
    told["message"] = {"subject": subject, "text": text}
    error = problems[0].error if problems else ""
    key = order.result_key("result.json")
    short = {
        "outcome": outcome.name, "subject": subject, "text": text, "error": error, "cause": cause,
        "rows": outcome.rows, "result": key,
    }  # fmt: skip
    _put(s3, order, "result.json", told)
    _put(s3, order, f"message-{order.engine}.json", short)
    sys.stdout.write(f"{subject}\n{text}\n")
    if problems:
        sys.stdout.write(f"{error}: {cause}\n")
    return 1 if problems else 0


def _message(
    order: Order, told: Mapping[str, Any], outcome: Outcome, problems: Sequence[Problem]
) -> tuple[str, str, str]:
    if problems:
        return words.failed(order, told, problems)
    if outcome.name == "published":
        return (*words.published(order, told), "")
    if outcome.name == "unchanged":
        return (*words.unchanged(order, told), "")
    if outcome.name == "superseded":
        return (*words.superseded(order, told, outcome.overtaken_by), "")
    return ("NoLCAT: more than one machine is needed", "The set goes on to Spark.", "")


def _put(s3: Client, order: Order, name: str, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1).encode()
    s3.put_object(Bucket=order.store_bucket, Key=order.result_key(name), Body=text, ContentType="application/json")


def _service(error: Exception) -> Problem:
    return Problem(
        "NoLCAT.Service",
        "A service of AWS refused or did not answer",
        f"{error}. Nothing was published.",
        "If it says AccessDenied, ask the administrator for it (NoLCAT Desktop: Cloud, Set up); else run again.",
    )


def _too_little_memory(error: MemoryError) -> Problem:
    return Problem(
        "NoLCAT.TooLittleMemory",
        "The job had too little memory",
        f"{str(error)[:200] or 'It could take no more memory'}. Nothing was published.",
        "Run again, larger (NoLCAT Desktop: Cloud, or nolcat pipeline start --larger).",
    )


def _defect(error: Exception) -> Problem:
    return Problem(
        "NoLCAT.Defect",
        "The pipeline came upon something that it does not know",
        f"{type(error).__name__}: {str(error)[:500]}. Nothing was published.",
        "Run again; if it comes back, send the log of the Glue run to whoever looks after the pipeline.",
    )


def _sums_differ(units: Sequence[Unit]) -> Problem:
    source, kind, release, month = units[0]
    return Problem(
        "NoLCAT.SumsDiffer",
        "What was written does not add up to what was sent",
        f"{len(units)} sums differ, the first is {kind} of source {source}, Release {release}, {month}. Nothing was"
        " published.",
        "Open the library in NoLCAT Desktop, let it check the library (verify), and send again.",
    )


_BUSY = Problem(
    "NoLCAT.Busy",
    "The table was changed by others again and again",
    f"{_SWITCHES} times another run was faster. Nothing was published by this one.",
    "Wait until no other run is under way, then run again.",
)
