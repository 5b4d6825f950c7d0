"""`floor.py FORM FILE OUT.parquet`: read, lay out, write, and nothing else that an honest program must do.

No checks, no positions, no receipts: the least time in which such a file can become Parquet with the packages at
hand. That of the workbook is the reader that Polars itself uses, which loses what cells mean but not their text.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl


def _long(wide: pl.DataFrame) -> pl.DataFrame:
    months = wide.columns[wide.columns.index("Reporting_Period_Total") + 1 :]
    numbered = wide.drop("Reporting_Period_Total").with_row_index("n")
    counts = numbered.unpivot(on=months, index="n", variable_name="usage_date", value_name="usage_count")
    used = counts.cast({"usage_count": pl.Int64}).filter(pl.col("usage_count") > 0).sort("n", maintain_order=True)
    dated = used.with_columns(pl.format("1-{}", "usage_date").str.to_date("%d-%b-%Y").alias("usage_date"))
    return dated.join(numbered.drop(months), on="n", how="left", maintain_order="left").drop("n")


def _tsv(file: Path) -> pl.DataFrame:
    return _long(pl.read_csv(file, separator="\t", skip_lines=13, infer_schema=False, quote_char=None))


def _xlsx(file: Path) -> pl.DataFrame:
    import fastexcel

    return _long(fastexcel.read_excel(file).load_sheet(0, header_row=13, dtypes="string").to_polars())


def _facts(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if isinstance(value, str)}


def _gathered(facts: list[dict[str, Any]], counts: Iterator[tuple[int, str, str, int]]) -> pl.DataFrame:
    schema = {"n": pl.UInt32, "Metric_Type": pl.String, "usage_date": pl.String, "usage_count": pl.Int64}
    long = pl.DataFrame(list(counts), schema=schema, orient="row")
    dated = long.with_columns(pl.col("usage_date").str.head(7).str.to_date("%Y-%m").alias("usage_date"))
    return pl.concat([pl.DataFrame(facts)[dated["n"]], dated.drop("n")], how="horizontal")


def _json(file: Path) -> pl.DataFrame:
    import orjson

    items = orjson.loads(file.read_bytes())["Report_Items"]
    facts = [_facts(item) | {each["Type"]: each["Value"] for each in item["Item_ID"]} for item in items]
    counts = (
        (n, instance["Metric_Type"], month["Period"]["Begin_Date"], instance["Count"])
        for n, item in enumerate(items)
        for month in item["Performance"]
        for instance in month["Instance"]
    )
    return _gathered(facts, counts)


def _json51(file: Path) -> pl.DataFrame:
    import orjson

    items = orjson.loads(file.read_bytes())["Report_Items"]
    blocks = [(item, block) for item in items for block in item["Attribute_Performance"]]
    facts = [_facts(item) | item["Item_ID"] | _facts(block) for item, block in blocks]
    counts = (
        (n, metric, month, count)
        for n, (_, block) in enumerate(blocks)
        for metric, months in block["Performance"].items()
        for month, count in months.items()
    )
    return _gathered(facts, counts)


READERS = {"tsv": _tsv, "xlsx": _xlsx, "json5": _json, "json51": _json51}

if __name__ == "__main__":
    form, source, target = itertools.islice(sys.argv, 1, 4)
    READERS[form](Path(source)).write_parquet(target)
