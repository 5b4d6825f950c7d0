"""Parts as NoLCAT itself writes them (nanosecond times, few columns, a time in the name), and emptied ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import polars as pl

from nolcat_desktop.usage import USAGE


def write_foreign(folder: Path, when: str, counts: Mapping[str, int], source: int = 1, platform: str = "Alpha") -> Path:
    """A harvest of NoLCAT's: one title, one metric, for each month (yyyy-mm → count)."""
    frame = pd.DataFrame(
        {
            "resource_name": pd.Series(["Journal of Nothing"] * len(counts), dtype="string"),
            "platform": pd.Series([platform] * len(counts), dtype="string"),
            "YOP": pd.Series([2020] * len(counts), dtype="Int16"),
            "metric_type": pd.Series(["Total_Item_Requests"] * len(counts), dtype="string"),
            "usage_date": pd.to_datetime([f"{month}-01" for month in counts]).astype("datetime64[ns]"),
            "usage_count": list(counts.values()),
            "statistics_source_ID": source,
            "report_type": pd.Series(["TR"] * len(counts), dtype="string"),
            "report_creation_date": pd.to_datetime(["2024-05-01"] * len(counts)).astype("datetime64[ns]"),
        }
    )
    file = folder / "TR" / f"{source}_TR_{when}.parquet"
    file.parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(file, index=False)
    return file


def write_superseded(folder: Path, name: str) -> Path:
    """A part that was sent once and is empty now."""
    file = folder / "TR" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    told = {"nolcat.format": "1", "nolcat.loads": "[]", "nolcat.superseded": "true"}
    pl.DataFrame(schema=USAGE).write_parquet(file, metadata=told)
    return file
