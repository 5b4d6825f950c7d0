"""The table of the Glue Data Catalog: what it shows, and the one update that makes it show something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from botocore.exceptions import ClientError  # noqa: TID251 - this program runs in AWS
from nolcat_order import Client, Order
from nolcat_parts import USAGE

_TYPES = {pa.int64(): "bigint", pa.int16(): "smallint", pa.string(): "string", pa.date32(): "date"}
_PARQUET = "org.apache.hadoop.hive.ql.io.parquet"


@dataclass(frozen=True)
class Dataset:
    """What the table is to show."""

    manifest: str
    location: str
    """`s3://…/`."""
    years: Sequence[int]


@dataclass(frozen=True)
class Table:
    """What the table shows now."""

    version: str | None
    """None when there is no table."""
    manifest: str = ""
    manifest_key: str = ""
    location: str = ""
    previous: str = ""


def current(glue: Client, order: Order) -> Table:
    """The table as it is."""
    try:
        found = glue.get_table(DatabaseName=order.database, Name=order.table)["Table"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "EntityNotFoundException" and "atabase" not in str(error):
            return Table(None)
        raise
    told = found.get("Parameters", {})
    return Table(
        str(found["VersionId"]) if "VersionId" in found else "",
        told.get("nolcat.manifest", ""),
        told.get("nolcat.manifest_key", ""),
        found.get("StorageDescriptor", {}).get("Location", ""),
        told.get("nolcat.previous_location", ""),
    )


def switch(glue: Client, order: Order, before: Table, dataset: Dataset) -> bool:
    """Make the table show `dataset`, in one update.

    Returns:
        False when somebody else changed the table since `before` was read; then nothing is done.
    """
    given = table_input(order, before, dataset)
    try:
        if before.version is None:
            glue.create_table(DatabaseName=order.database, TableInput=given)
        elif before.version:
            glue.update_table(DatabaseName=order.database, TableInput=given, VersionId=before.version, SkipArchive=True)
        else:
            glue.update_table(DatabaseName=order.database, TableInput=given, SkipArchive=True)
    except ClientError as error:
        if error.response["Error"]["Code"] in ("ConcurrentModificationException", "AlreadyExistsException"):
            return False
        raise
    return True


def table_input(order: Order, before: Table, dataset: Dataset) -> dict[str, Any]:
    """The definition of the table, with partitions that Athena works out by itself (partition projection)."""
    first, last = (min(dataset.years), max(dataset.years)) if dataset.years else (2000, 2000)
    return {
        "Name": order.table,
        "Description": "COUNTER usage: one row for each item, metric and month with use, as NoLCAT Desktop sent it.",
        "TableType": "EXTERNAL_TABLE",
        "PartitionKeys": [{"Name": "family", "Type": "string"}, {"Name": "year", "Type": "int"}],
        "StorageDescriptor": {
            "Columns": [{"Name": field.name.lower(), "Type": _TYPES[field.type]} for field in USAGE],
            "Location": dataset.location,
            "InputFormat": f"{_PARQUET}.MapredParquetInputFormat",
            "OutputFormat": f"{_PARQUET}.MapredParquetOutputFormat",
            "SerdeInfo": {"SerializationLibrary": f"{_PARQUET}.serde.ParquetHiveSerDe"},
        },
        "Parameters": {
            "EXTERNAL": "TRUE",
            "classification": "parquet",
            "projection.enabled": "true",
            "projection.family.type": "enum",
            "projection.family.values": "PR,DR,TR,IR",
            "projection.year.type": "integer",
            "projection.year.range": f"{first},{last}",
            "storage.location.template": dataset.location + "family=${family}/year=${year}/",
            "nolcat.manifest": dataset.manifest,
            "nolcat.manifest_key": order.key,
            "nolcat.previous_location": before.location,
        },
    }
