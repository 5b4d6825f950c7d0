"""The job alone, in this process: what it refuses, and what happens when two of them meet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.dataset.builders import candidate, library, store
from tests.pipeline.foreign_parts import write_foreign
from tests.pipeline.glue_code import module, run_here
from tests.pipeline.installed import STORE, Pipeline, store_only
from tests.pipeline.sets import PREFIX, Sent, send, send_manifest, sums_of
from tests.servers.aws_stand_in import Aws


@pytest.fixture
def pipeline(aws: Aws) -> Pipeline:
    """Where a job finds and leaves what it needs; no machine starts it here."""
    return store_only(aws)


def one_report(pipeline: Pipeline, folder: Path, previous: Sent | None = None, **counts: int) -> Sent:
    """A library with a report of these months (`m01=3`), added to what is there, sent."""
    months = {f"2024-{name[1:]}": count for name, count in counts.items()}
    store(library(folder), candidate(months, name=f"{sorted(months)}.tsv"))
    return send(pipeline.aws, pipeline.bucket, folder, previous)


def errors(result: dict[str, Any]) -> list[str]:
    """What it was refused for."""
    assert result["outcome"] == "failed"
    return [one["error"] for one in result["problems"]]


def rewrite(file: Path, table: pa.Table | None = None, **metadata: str | None) -> None:
    """Write a part again with other rows or another footer."""
    old = pq.ParquetFile(file)
    kept = {key.decode(): value.decode() for key, value in old.metadata.metadata.items() if key != b"ARROW:schema"}
    said = {key: value for key, value in {**kept, **metadata}.items() if value is not None}
    rows = pl.from_arrow(old.read() if table is None else table)
    assert isinstance(rows, pl.DataFrame)
    rows.write_parquet(file, metadata=said)


def with_lies(file: Path) -> None:
    """Another count than the control sums say."""
    table = pq.read_table(file)
    place = table.schema.get_field_index("usage_count")
    more = pa.array([count + 1 for count in table["usage_count"].to_pylist()])
    rewrite(file, table.set_column(place, "usage_count", more))


def with_fewer_rows(file: Path) -> None:
    """A row less than the footer says."""
    rewrite(file, pq.read_table(file).slice(1))


def renamed(file: Path) -> None:
    """Under another source's name."""
    file.rename(file.with_name("9_TR_NULL.parquet"))


def of_the_future(file: Path) -> None:
    """Of a format that nobody knows yet."""
    rewrite(file, **{"nolcat.format": "2"})


def torn(file: Path) -> None:
    """Its end is missing; it was sent so."""
    file.write_bytes(file.read_bytes()[:-20])


def without_a_metric(file: Path) -> None:
    """A row that says nothing of what it counts."""
    table = pq.read_table(file)
    place = table.schema.get_field_index("metric_type")
    none = pa.array([None, *table["metric_type"].to_pylist()[1:]], pa.string())
    rewrite(file, table.set_column(place, "metric_type", none))


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (with_lies, "NoLCAT.SumsDiffer"),
        (with_fewer_rows, "NoLCAT.PartUnreadable"),
        (renamed, "NoLCAT.PartUnreadable"),
        (of_the_future, "NoLCAT.PartUnreadable"),
        (torn, "NoLCAT.PartUnreadable"),
        (without_a_metric, "NoLCAT.PartUnreadable"),
    ],
)
def test_that_a_part_that_contradicts_itself_is_not_published(
    pipeline: Pipeline, folder: Path, damage: Callable[[Path], None], error: str
) -> None:
    store(library(folder), candidate({"2024-01": 3}))
    damage(folder / "TR" / "1_TR_NULL.parquet")
    assert errors(run_here(pipeline, send(pipeline.aws, pipeline.bucket, folder))) == [error]
    assert pipeline.table() is None


def test_that_counts_that_are_no_numbers_are_refused(pipeline: Pipeline, folder: Path) -> None:
    file = write_foreign(folder, "2024-05-01", {"2024-01": 10})
    table = pq.read_table(file)
    place = table.schema.get_field_index("usage_count")
    pq.write_table(table.set_column(place, "usage_count", pa.array(["1,234"])), file)
    result = run_here(pipeline, send(pipeline.aws, pipeline.bucket, folder))
    assert errors(result) == ["NoLCAT.PartUnreadable"]
    assert "1_TR_2024-05-01.parquet: usage_count" in result["message"]["text"]


def test_that_another_manifest_than_the_one_sent_is_refused(pipeline: Pipeline, folder: Path) -> None:
    sent = one_report(pipeline, folder, m01=3)
    pipeline.aws.client("s3").put_object(
        Bucket=sent.bucket, Key=sent.order["key"], Body=sent.manifest.to_bytes() + b" "
    )
    assert errors(run_here(pipeline, sent)) == ["NoLCAT.ManifestDiffers"]
    pipeline.aws.client("s3").delete_object(Bucket=sent.bucket, Key=sent.order["key"])
    assert errors(run_here(pipeline, sent, "again")) == ["NoLCAT.ObjectMissing"]


def test_that_a_manifest_of_another_format_is_refused() -> None:
    objects, order = module("nolcat_objects"), module("nolcat_order")
    for text in (b"no json", b"[]", json.dumps({"format": 2, "objects": []}).encode()):
        with pytest.raises(order.RefusedError) as refused:
            objects.parse_manifest(text)
        assert refused.value.problems[0].error == "NoLCAT.ManifestUnreadable"


def test_that_the_rows_of_our_own_parts_are_the_librarys(pipeline: Pipeline, folder: Path) -> None:
    first = one_report(pipeline, folder, m01=3, m02=4)
    store(library(folder), candidate({"2024-02": 9}, name="b"), if_loaded="replace")
    store(library(folder), candidate({"2024-03": 9}, name="c", platform="Béta"))
    sent = send(pipeline.aws, pipeline.bucket, folder, first)
    assert run_here(pipeline, sent)["outcome"] == "published"
    assert pipeline.sums() == sums_of(folder)
    part = pq.ParquetFile(folder / "TR" / "1_TR_NULL.parquet")
    entry = module("nolcat_objects").Entry("TR/1_TR_NULL.parquet", "part", "", None, 0, part.metadata.num_rows, False)
    loads = module("nolcat_parts").loads_of(entry, folder / "TR" / "1_TR_NULL.parquet")
    assert [load.foreign for load in loads] == [False] * 3
    kept = pl.read_parquet(folder / "TR" / "1_TR_NULL.parquet")
    assert pipeline.rows().drop("family", "year").sort(pl.all()).equals(kept.sort(pl.all()))


class Meeting:
    """An engine during whose work something else happens."""

    name, group_bytes = "shell", 1 << 30

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        """Happen `meanwhile` before the first group is written."""
        self._inner, self._meanwhile = module("nolcat_engines").OneMachine(), meanwhile

    def each(self, work: Callable[[Any], Any], over: Sequence[Any]) -> Iterator[Any]:
        """As usual."""
        yield from self._inner.each(work, over)

    def heavy(self, work: Callable[[Any], Any], over: Sequence[Any]) -> Iterator[Any]:
        """After what happens meanwhile."""
        self._meanwhile()
        yield from self._inner.heavy(work, over)

    def close(self) -> None:
        """Nothing is held."""


@pytest.mark.parametrize(("late", "outcome"), [(0, "superseded"), (1, "published")])
def test_that_two_runs_that_meet_leave_the_newer_set(
    pipeline: Pipeline, folder: Path, monkeypatch: pytest.MonkeyPatch, late: int, outcome: str
) -> None:
    run = module("nolcat_run")
    plain = run.OneMachine
    base = one_report(pipeline, folder, m01=3)
    run_here(pipeline, base, "base")
    sets = [first := one_report(pipeline, folder, base, m02=4), one_report(pipeline, folder, first, m03=5)]

    def meanwhile() -> None:
        monkeypatch.setattr(run, "OneMachine", plain)
        run_here(pipeline, sets[1 - late], "other")

    monkeypatch.setattr(run, "OneMachine", lambda: Meeting(meanwhile))
    assert run_here(pipeline, sets[late])["outcome"] == outcome
    assert pipeline.sums() == sums_of(folder)


def test_that_two_sets_that_do_not_follow_each_other_are_refused(pipeline: Pipeline, folder: Path) -> None:
    base = one_report(pipeline, folder, m01=3)
    entries = [one for one in base.manifest.objects if not one.key.endswith(".tsv")]
    run_here(pipeline, base, "base")
    one = send_manifest(pipeline.aws, base.bucket, entries[:1], base)
    other = send_manifest(pipeline.aws, base.bucket, entries, base)
    assert run_here(pipeline, other, "other")["outcome"] == "published"
    assert one.manifest.name != other.manifest.name
    assert errors(run_here(pipeline, one, "one")) == ["NoLCAT.TwoSets"]


def test_that_old_datasets_are_removed_and_the_two_last_stay(pipeline: Pipeline) -> None:
    tidying, order = module("nolcat_tidying"), module("nolcat_order")
    s3 = pipeline.aws.client("s3")
    for name in ("a", "b", "c"):
        s3.put_object(Bucket=pipeline.bucket, Key=f"{STORE}/curated/{name}/family=TR/year=2024/0.parquet", Body=b"x")
    s3.put_object(Bucket=pipeline.bucket, Key=f"{PREFIX}/TR/1_TR_NULL.parquet", Body=b"x")
    asked = order.Order(pipeline.bucket, "k", "s", pipeline.bucket, STORE, "d", False, "r", "shell", 0)
    keep = [f"s3://{pipeline.bucket}/{STORE}/curated/{name}/" for name in ("b", "c")]
    assert tidying.tidy(s3, asked, keep) == []
    before = tidying.AGE
    tidying.AGE = timedelta(0)
    try:
        assert tidying.tidy(s3, asked, keep) == ["curated/a"]
    finally:
        tidying.AGE = before
    left = [one["Key"] for one in s3.list_objects_v2(Bucket=pipeline.bucket)["Contents"] if "parquet" in one["Key"]]
    assert [key.removeprefix(f"{STORE}/curated/")[0] for key in left if "curated" in key] == ["b", "c"]
    assert f"{PREFIX}/TR/1_TR_NULL.parquet" in left


def test_that_usage_before_1970_and_many_years_are_laid_out_by_year(pipeline: Pipeline, folder: Path) -> None:
    months = {f"{year}-12": year for year in (1969, 1999, 2031)}
    write_foreign(folder, "2024-05-01", months)
    result = run_here(pipeline, send(pipeline.aws, pipeline.bucket, folder))
    assert result["rows"] == 3
    assert {(day[3], day[3].year) for day in pipeline.sums()} == {
        (date(year, 12, 1), year) for year in (1969, 1999, 2031)
    }
    table = pipeline.table()
    assert table is not None
    assert table["Parameters"]["projection.year.range"] == "1969,2031"
    assert (
        table["Parameters"]["nolcat.manifest"]
        == hashlib.sha256(
            pipeline.aws.client("s3").get_object(Bucket=pipeline.bucket, Key=result["manifest"]["key"])["Body"].read()
        ).hexdigest()[:12]
    )
