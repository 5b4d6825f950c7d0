"""NoLCAT's two relations as SQL, and rows for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nolcat_desktop.legacy.relation import KEY, RELATION
from nolcat_desktop.usage import NOLCAT_LENGTHS
from tests.servers.mariadb import MariaDb

SQL_TYPES = {
    KEY: "INT NOT NULL PRIMARY KEY",
    "statistics_source_ID": "INT NOT NULL",
    "YOP": "SMALLINT NULL",
    "usage_count": "INT NULL",
    **dict.fromkeys(("publication_date", "parent_publication_date", "report_creation_date"), "DATE NULL"),
    "usage_date": "DATE NULL",
}
COUNTER_DATA = "CREATE TABLE `COUNTERData` (\n  {}\n) DEFAULT CHARSET=utf8mb4".format(
    ",\n  ".join(
        f"`{name}` {SQL_TYPES.get(name, f'VARCHAR({min(NOLCAT_LENGTHS.get(name, 255), 400)}) NULL')}"
        for name in RELATION
    )
)
"""The relation; lengths are cut to what one row of InnoDB holds."""
SOURCES = (
    "CREATE TABLE `statisticsSources` (`statistics_source_ID` INT PRIMARY KEY, `statistics_source_name` VARCHAR(100),"
    " `statistics_source_retrieval_code` VARCHAR(36) NULL, `vendor_ID` INT NULL) DEFAULT CHARSET=utf8mb4"
)
NAMES = {1: "Ännals of “Everything”", 2: "O'Reilly; DROP TABLE"}

STRANGE = "It's \\ \"quoted\",\n\ttab; (1,2),(3 'x' -- /* % \\"


def row(key: int, **cells: Any) -> dict[str, Any]:
    """One row of TR of Release 5; `cells` hold instead."""
    plain = {
        KEY: key,
        "statistics_source_ID": 1,
        "report_type": "TR",
        "resource_name": f"Title {key}",
        "platform": "Alpha",
        "data_type": "Journal",
        "section_type": "Article",
        "access_type": "OA_Gold",
        "metric_type": "Total_Item_Requests",
        "usage_date": "2022-01-01",
        "usage_count": key,
    }
    return {**dict.fromkeys(RELATION), **plain, **cells}


ROWS: tuple[dict[str, Any], ...] = (
    row(1),
    row(2, metric_type="Unique_Item_Requests", YOP=2019, resource_name=STRANGE),
    row(3, usage_date="2022-02-01", resource_name="日本文学 🎓 Č", publication_date="2019-05-02"),
    row(4, statistics_source_ID=2, report_type="JR1", section_type="Article", access_type=None, usage_date="2014-07-01",
        metric_type="Successful Full-text Article Requests"),
    row(5, statistics_source_ID=2, report_type="DR", data_type="Database_Full", section_type=None, access_type=None,
        usage_date="2025-01-01", metric_type="Searches_Regular"),
    row(6, statistics_source_ID=2, report_type="DR", data_type="Database", section_type=None, access_type=None,
        usage_date="2023-01-01", metric_type="Searches_Regular", publisher="NULL", authors=""),
)  # fmt: skip
TOTAL = sum(one["usage_count"] for one in ROWS)


def fill(
    server: MariaDb, database: str, rows: Iterable[Mapping[str, Any]] = ROWS, names: Mapping[int, str] | None = None
) -> None:
    """Make a database with both relations."""
    server.run(f"CREATE DATABASE `{database}` CHARACTER SET utf8mb4")
    server.run(COUNTER_DATA, SOURCES, database=database)
    listed = ", ".join(f"`{name}`" for name in RELATION)
    marks = ", ".join(["%s"] * len(RELATION))
    connection = server.connection(database)
    with connection, connection.cursor() as cursor:
        cursor.execute("SET sql_mode = ''")
        values: Sequence[Sequence[Any]] = [[one[name] for name in RELATION] for one in rows]
        if values:
            cursor.executemany(f"INSERT INTO COUNTERData ({listed}) VALUES ({marks})", values)  # noqa: S608 - names of ours
        for number, name in (NAMES if names is None else names).items():
            cursor.execute("INSERT INTO statisticsSources VALUES (%s, %s, 'placeholder1', NULL)", [number, name])
