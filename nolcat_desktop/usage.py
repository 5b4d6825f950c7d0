"""Usage: one row for each item, metric and month with use; the Parquet schema that NoLCAT and others rely on.

The 35 columns of NoLCAT's relation COUNTERData and, last, `release`: always all of them, in this order and with
these types. Text is plain text on disk.
"""

from __future__ import annotations

from types import MappingProxyType

import polars as pl

USAGE = pl.Schema(
    {
        "statistics_source_ID": pl.Int64(),
        "report_type": pl.String(),
        "resource_name": pl.String(),
        "publisher": pl.String(),
        "publisher_ID": pl.String(),
        "platform": pl.String(),
        "authors": pl.String(),
        "publication_date": pl.Date(),
        "article_version": pl.String(),
        "DOI": pl.String(),
        "proprietary_ID": pl.String(),
        "ISBN": pl.String(),
        "print_ISSN": pl.String(),
        "online_ISSN": pl.String(),
        "URI": pl.String(),
        "data_type": pl.String(),
        "section_type": pl.String(),
        "YOP": pl.Int16(),
        "access_type": pl.String(),
        "access_method": pl.String(),
        "parent_title": pl.String(),
        "parent_authors": pl.String(),
        "parent_publication_date": pl.Date(),
        "parent_article_version": pl.String(),
        "parent_data_type": pl.String(),
        "parent_DOI": pl.String(),
        "parent_proprietary_ID": pl.String(),
        "parent_ISBN": pl.String(),
        "parent_print_ISSN": pl.String(),
        "parent_online_ISSN": pl.String(),
        "parent_URI": pl.String(),
        "metric_type": pl.String(),
        "usage_date": pl.Date(),
        "usage_count": pl.Int64(),
        "report_creation_date": pl.Date(),
        "release": pl.String(),
    }
)
"""Columns and types of usage, in order. `usage_date` is the first day of the month; `usage_count` a number of events,
above 0."""

NEVER_NULL = ("statistics_source_ID", "report_type", "metric_type", "usage_date", "usage_count", "release")
"""Columns that hold a value in every row."""

NOLCAT_LENGTHS = MappingProxyType(
    {
        "report_type": 5,
        "resource_name": 3600,
        "publisher": 425,
        "publisher_ID": 150,
        "platform": 135,
        "authors": 4400,
        "article_version": 50,
        "DOI": 110,
        "proprietary_ID": 100,
        "ISBN": 20,
        "print_ISSN": 10,
        "online_ISSN": 20,
        "URI": 450,
        "data_type": 25,
        "section_type": 25,
        "access_type": 20,
        "access_method": 10,
        "parent_title": 3600,
        "parent_authors": 4400,
        "parent_article_version": 50,
        "parent_data_type": 25,
        "parent_DOI": 110,
        "parent_proprietary_ID": 100,
        "parent_ISBN": 20,
        "parent_print_ISSN": 10,
        "parent_online_ISSN": 10,
        "parent_URI": 450,
        "metric_type": 75,
    }
)
"""Longest text, in characters, that NoLCAT's own relation holds; a longer one is kept whole here, with a notice."""

USAGE_COLUMNS = MappingProxyType(
    {
        "Publisher": "publisher",
        "Publisher_ID": "publisher_ID",
        "Platform": "platform",
        "Authors": "authors",
        "Publication_Date": "publication_date",
        "Article_Version": "article_version",
        "DOI": "DOI",
        "Proprietary_ID": "proprietary_ID",
        "ISBN": "ISBN",
        "Print_ISSN": "print_ISSN",
        "Online_ISSN": "online_ISSN",
        "URI": "URI",
        "Data_Type": "data_type",
        "Section_Type": "section_type",
        "YOP": "YOP",
        "Access_Type": "access_type",
        "Access_Method": "access_method",
        "Parent_Title": "parent_title",
        "Parent_Authors": "parent_authors",
        "Parent_Publication_Date": "parent_publication_date",
        "Parent_Article_Version": "parent_article_version",
        "Parent_Data_Type": "parent_data_type",
        "Parent_DOI": "parent_DOI",
        "Parent_Proprietary_ID": "parent_proprietary_ID",
        "Parent_ISBN": "parent_ISBN",
        "Parent_Print_ISSN": "parent_print_ISSN",
        "Parent_Online_ISSN": "parent_online_ISSN",
        "Parent_URI": "parent_URI",
        "Metric_Type": "metric_type",
    }
)
"""COUNTER's element → the column of usage that holds it; Title, Database and Item become `resource_name` (see
`conversion`)."""
