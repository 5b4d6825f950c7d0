"""Both Glue jobs on a set of many rows: CPU seconds, seconds, peak memory (1/16 DPU has 1 GiB), and the same result.

    python tests/benchmarks/glue_jobs.py --rows 1000000 [--engine shell|spark|both] [--profile]

The set is made here: one part of `--part` rows for each source, in the library's own form. S3 and the catalog are the
stand-in of the tests; `NOLCAT_GLUE_PYTHON` names the Python of the shell job (Glue's own is 3.9 with pyarrow 20).
CPU seconds are those of the shell job's process; Spark's JVM and workers are not seen by the system call that counts.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

import polars as pl  # noqa: E402 - found only after the line above

from nolcat_desktop.usage import USAGE  # noqa: E402
from tests.pipeline.glue_code import words  # noqa: E402
from tests.pipeline.installed import SHIPPED, Pipeline, shipped_code, store_only  # noqa: E402
from tests.pipeline.sets import Sent, send  # noqa: E402
from tests.servers.aws_stand_in import aws_stand_in, glue_python  # noqa: E402

METRICS = ("Total_Item_Investigations", "Unique_Item_Investigations", "Total_Item_Requests", "Unique_Item_Requests")
MONTHS = 24
_MIB = 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of a job."""

    engine: str
    cpu: float
    seconds: float
    mebibytes: float
    """The largest of its processes; of Spark the Python ones."""
    rows: int


def make_library(folder: Path, rows: int, part: int) -> int:
    """Write parts as the library does; how many rows there are in all."""
    (folder / "TR").mkdir(parents=True)
    whole = 0
    for source in range(1, max(1, rows // part) + 1):
        frame = usage(source, min(part, rows))
        frame.write_parquet(
            folder / "TR" / f"{source}_TR_NULL.parquet",
            compression="zstd",
            row_group_size=131_072,
            metadata={"nolcat.format": "1", "nolcat.loads": json.dumps([told(source, frame)])},
        )
        whole += frame.height
    names = "".join(f"{source},Source {source},false\n" for source in range(1, max(1, rows // part) + 1))
    head = "statistics_source_ID,statistics_source_name,local\n"
    (folder / "statistics_sources.csv").write_text(head + names, encoding="utf-8")
    return whole


def usage(source: int, rows: int) -> pl.DataFrame:
    """Titles x metrics x months, with texts as long as they usually are."""
    at = pl.int_range(0, rows, eager=True)
    title = at // (len(METRICS) * MONTHS)
    month = at % MONTHS
    frame = pl.DataFrame(
        {
            "statistics_source_ID": pl.repeat(source, rows, eager=True),
            "resource_name": "Journal of Measured Things, volume " + title.cast(pl.String),
            "publisher": pl.repeat("A Publisher of Some Size", rows, eager=True),
            "platform": pl.repeat("Alpha", rows, eager=True),
            "DOI": "10.9999/" + title.cast(pl.String),
            "proprietary_ID": "Alpha:" + title.cast(pl.String),
            "YOP": (2000 + title % 24).cast(pl.Int16),
            "metric_type": pl.Series(METRICS).gather((at // MONTHS) % len(METRICS)),
            "usage_date": pl.Series([date(2022 + one // 12, one % 12 + 1, 1) for one in range(MONTHS)]).gather(month),
            "usage_count": at % 97 + 1,
        }
    )
    return frame.with_columns(
        report_type=pl.lit("TR"), release=pl.lit("5.1"), data_type=pl.lit("Journal"), access_type=pl.lit("Controlled"),
        access_method=pl.lit("Regular"), report_creation_date=date(2024, 2, 1),
        **{name: pl.lit(None, kind) for name, kind in USAGE.items() if name not in {
            *frame.columns, "report_type", "release", "data_type", "access_type", "access_method",
            "report_creation_date"}},
    ).select(pl.col(name).cast(kind) for name, kind in USAGE.items())  # fmt: skip


def told(source: int, frame: pl.DataFrame) -> Mapping[str, object]:
    """What the footer says of it."""
    by = frame.with_columns(month=pl.col("usage_date").dt.strftime("%Y-%m"))
    rows = dict(by.group_by("month").len().sort("month").iter_rows())
    sums: dict[str, dict[str, int]] = {}
    for metric, month, total in by.group_by("metric_type", "month").agg(pl.col("usage_count").sum()).iter_rows():
        sums.setdefault(metric, {})[month] = total
    return {
        "statistics_source_ID": source, "report_id": "TR", "release": "5.1", "harvested": None,
        "scope": {"filters": {}, "member": None, "platforms": ["Alpha"]}, "months": list(rows),
        "states": dict.fromkeys(rows, "usage"), "rows": frame.height, "rows_by_month": rows, "sums": sums,
    }  # fmt: skip


def run(pipeline: Pipeline, sent: Sent, engine: str, profile: Path | None) -> Measured:
    """Run a job as Glue does, in a process of its own."""
    python = glue_python()[0] if engine == "shell" else sys.executable
    given = [word if word != "shell" else engine for word in words(pipeline, sent, engine)]
    code = ["--code_location", shipped_code(pipeline.aws)]
    profiled = ["-m", "cProfile", "-o", str(profile)] if profile is not None else []
    environment = {
        **os.environ, **pipeline.aws.environment(), "AWS_ENDPOINT_URL": pipeline.aws.url,
        "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_SUBMIT_ARGS": "--master local[2] --driver-memory 1g --conf spark.ui.enabled=false pyspark-shell",
    }  # fmt: skip
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ran = subprocess.run(
        ["/usr/bin/env", python, *profiled, str(SHIPPED / "glue" / "nolcat_publish.py"), *code, *given],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if ran.returncode:
        raise SystemExit(f"{engine} ended with {ran.returncode}\n{ran.stdout[-3000:]}{ran.stderr[-3000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    result = pipeline.result(f":{engine}")
    return Measured(engine, cpu, seconds, after.ru_maxrss / _MIB, result["rows"])


def published(pipeline: Pipeline) -> pl.DataFrame:
    """Rows and sums of what the table shows, in an order that both engines have."""
    keys = ["statistics_source_ID", "report_type", "metric_type", "usage_date"]
    parts = [
        pl.read_parquet(io.BytesIO(content)).group_by(keys).agg(
            rows=pl.len(), total=pl.col("usage_count").sum(), mark=pl.struct(pl.all()).hash().sum()
        )
        for name, content in pipeline.files().items()
        if name.endswith(".parquet")
    ]  # fmt: skip
    return pl.concat(parts).group_by(keys).agg(pl.all().sum()).sort(keys)


def main() -> None:
    """Measure, print, compare."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--part", type=int, default=1_000_000, help="rows of one part")
    asked.add_argument("--engine", choices=("shell", "spark", "both"), default="both")
    asked.add_argument("--profile", type=Path, help="write cProfile's numbers of the shell job here")
    given = asked.parse_args()
    shown = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rows = make_library(folder / "library", given.rows, given.part)
        with aws_stand_in(folder) as aws:
            for engine in ("shell", "spark") if given.engine == "both" else (given.engine,):
                pipeline = store_only(aws)
                sent = send(aws, pipeline.bucket, folder / "library")
                one = run(pipeline, sent, engine, given.profile if engine == "shell" else None)
                print(
                    f"{engine:6}{one.rows:12,} rows{one.cpu if engine == 'shell' else 0:9.1f} s CPU{one.seconds:9.1f} s"
                    f"{one.mebibytes:8.0f} MiB  ({glue_python()[1] if engine == 'shell' else 'local[2]'})",
                    flush=True,
                )
                if one.rows != rows:
                    raise SystemExit(f"{rows:,} were sent")
                shown.append(published(pipeline))
    if len(shown) > 1:
        print("same result" if shown[0].equals(shown[1]) else "ANOTHER RESULT")


if __name__ == "__main__":
    main()
