"""NoLCAT's relation COUNTERData, out of its database, a dump, CSV or Parquet, into usage.

What has to know the database's driver (`database`) is imported by its full name, where it is needed.
"""

from __future__ import annotations

from nolcat_desktop.legacy.cleaning import RAW_GROUP, clean
from nolcat_desktop.legacy.delimited import Delimited
from nolcat_desktop.legacy.dump import Dump
from nolcat_desktop.legacy.parquet import ParquetFiles
from nolcat_desktop.legacy.relation import GROUP, RAW, TOTALS, WHERE, Relation, SourceRow
from nolcat_desktop.legacy.releases import ONLY_R5, ONLY_R51, Evidence, Open, decide
from nolcat_desktop.legacy.rules import FAULT, FAULT_TEXTS, HARMLESS, NOTICE

__all__ = [
    "FAULT",
    "FAULT_TEXTS",
    "GROUP",
    "HARMLESS",
    "NOTICE",
    "ONLY_R5",
    "ONLY_R51",
    "RAW",
    "RAW_GROUP",
    "TOTALS",
    "WHERE",
    "Delimited",
    "Dump",
    "Evidence",
    "Open",
    "ParquetFiles",
    "Relation",
    "SourceRow",
    "clean",
    "decide",
]
