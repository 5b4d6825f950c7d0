"""NoLCAT's relation out of a real MariaDB, as a whole process: `python -m tests.benchmarks.database --rows 1000000`.

Starts a server of its own, fills it, runs `nolcat take-over` and prints seconds, CPU seconds, peak memory (resident,
MB) and whether the totals by source, report, month and metric are those of the database.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from nolcat_desktop.legacy.relation import KEY, RELATION
from tests.legacy.relation_rows import COUNTER_DATA, SOURCES
from tests.servers.mariadb import READER, READER_PASSWORD, MariaDb, mariadb

TAKE_OVER = "import sys; from nolcat_desktop.cli.main import main; sys.exit(main())"
PORTION = 500_000
"""Rows that are written into one file for the server."""
MB = 1024
"""KiB, as the system counts resident memory."""


def portion(first: int, rows: int) -> pl.DataFrame:
    """Rows of TR of Release 5: 60 sources, 120 months, two metrics, some ten thousand titles."""
    key = pl.int_range(first, first + rows, eager=True).alias(KEY)
    month = (key // 2) % 120
    wanted = {
        KEY: key,
        "statistics_source_ID": key % 60 + 1,
        "report_type": pl.lit("TR"),
        "resource_name": pl.format("Journal of Comparative Studies {}", key // 14_400),
        "platform": pl.lit("Alpha"),
        "data_type": pl.lit("Journal"),
        "section_type": pl.lit("Article"),
        "access_type": pl.lit("Controlled"),
        "metric_type": pl.when(key % 2 == 0)
        .then(pl.lit("Total_Item_Requests"))
        .otherwise(pl.lit("Unique_Item_Requests")),
        "usage_date": pl.format("{}-{}-01", 2014 + month // 12, (month % 12 + 1).cast(pl.String).str.zfill(2)),
        "usage_count": key * 7919 % 1000 + 1,
    }
    return key.to_frame().select(
        (value if isinstance(value := wanted.get(name, pl.lit("\\N")), pl.Expr) else pl.lit(value)).alias(name)
        for name in RELATION
    )


def fill(server: MariaDb, folder: Path, rows: int) -> None:
    """Make the database `nolcat` with `rows` rows."""
    server.run("CREATE DATABASE nolcat CHARACTER SET utf8mb4")
    server.run(COUNTER_DATA, SOURCES, database="nolcat")
    names = ", ".join(f"({number}, 'Source {number}', NULL, NULL)" for number in range(1, 61))
    server.run(f"INSERT INTO statisticsSources VALUES {names}", database="nolcat")  # noqa: S608 - names of ours
    file = folder / "rows.tsv"
    for first in range(1, rows + 1, PORTION):
        portion(first, min(PORTION, rows + 1 - first)).write_csv(
            file, separator="\t", include_header=False, quote_style="never"
        )
        connection = server.connection("nolcat", local_infile=True)
        with connection, connection.cursor() as cursor:
            cursor.execute("SET sql_mode = ''")
            cursor.execute(f"LOAD DATA LOCAL INFILE '{file}' INTO TABLE COUNTERData CHARACTER SET utf8mb4")
            connection.commit()


def main() -> int:
    """Fill, take over, compare, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    rows = asked.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="database") as name, mariadb(Path(name)) as server:
        folder = Path(name)
        fill(server, folder, rows)
        library = folder / "library"
        place = ["--mysql", f"127.0.0.1:{server.port}", "--database", "nolcat", "--user", READER]
        words = [sys.executable, "-c", TAKE_OVER, "take-over", *place, "--library", str(library), "--json"]
        environment = {**os.environ, "NOLCAT_DATABASE_PASSWORD": READER_PASSWORD}
        began = time.perf_counter()
        ran = subprocess.run(words, env=environment, capture_output=True, check=False)
        seconds = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        if ran.returncode != 0:
            sys.stderr.write(ran.stderr.decode())
            return 1
        keys = ["statistics_source_ID", "report_type", "usage_date", "metric_type"]
        held = pl.scan_parquet(library / "TR" / "*.parquet").group_by(keys).agg(pl.sum("usage_count")).collect()
        query = f"SELECT {', '.join(keys)}, SUM(usage_count) FROM COUNTERData GROUP BY {', '.join(keys)}"  # noqa: S608
        there = {tuple(row[:-1]): int(row[-1]) for row in server.run(query, database="nolcat")}
        equal = there == {row[:-1]: row[-1] for row in held.iter_rows()}
        proof = json.loads(ran.stdout.splitlines()[-1])
        cpu = used.ru_utime + used.ru_stime
        sys.stdout.write(
            f"{rows} rows: {seconds:.1f} s, {used.ru_maxrss / MB:.0f} MB; CPU of all children, the server's start "
            f"included: {cpu:.1f} s; sums agree: {proof['sums_agree']}, {len(there)} totals equal: {equal}\n"
        )
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
