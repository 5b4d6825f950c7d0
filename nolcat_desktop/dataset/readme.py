"""README.txt in the library's folder: what it is, for whoever opens it in ten years with other programs."""

from __future__ import annotations

README_TEXT = """\
A library of COUNTER usage statistics
=====================================

This folder was written by NoLCAT Desktop. It needs no program of its own: the numbers are in Apache Parquet files.

PR, DR, TR, IR            usage, one file for each statistics source, report type and harvest date:
                          {statistics_source_ID}_{report_type}_{yyyy-mm-dd or NULL}.parquet
originals                 every file that was loaded, byte for byte, named by its SHA-256
statistics_sources.csv    the names of the statistics sources
.nolcat                   history and earlier versions; do not change anything in there

One row is one item, metric and month with usage. usage_date is the first day of the month, usage_count the count.
The column release says by which release of the COUNTER Code of Practice it was counted (3, 4, 5 or 5.1).
A month that is not there may be zero, missing or not delivered: the coverage view of the program tells which.

Please mind
* Never add different metrics, and never a standard view (TR_J1 ...) to its master report (TR): they count the same use.
* Releases count differently; compare across a change of release with care.
* Copy files out of here as you like, but do not change, rename or remove any in here.

How a file came about stands in its footer, key nolcat.loads (JSON): the original's name and SHA-256, the header as it
was delivered, control sums by metric and month, findings and repairs.

Three questions, asked of this folder (start the program in it)

1. Uses of one metric, month by month
2. The ten titles of a report that were used most in a year
3. Uses of each source by its name, year by year

DuckDB
    SELECT usage_date, sum(usage_count) AS uses
    FROM read_parquet('TR/*.parquet', union_by_name = true)
    WHERE report_type = 'TR' AND metric_type = 'Unique_Item_Requests'
    GROUP BY usage_date ORDER BY usage_date;

    SELECT resource_name, sum(usage_count) AS uses
    FROM read_parquet('TR/*.parquet', union_by_name = true)
    WHERE report_type = 'TR' AND metric_type = 'Total_Item_Requests' AND year(usage_date) = 2024
    GROUP BY resource_name ORDER BY uses DESC, resource_name LIMIT 10;

    SELECT statistics_source_name, year(usage_date) AS year, sum(usage_count) AS uses
    FROM read_parquet('TR/*.parquet', union_by_name = true)
    JOIN read_csv('statistics_sources.csv') USING (statistics_source_ID)
    WHERE report_type = 'TR' AND metric_type = 'Unique_Item_Requests'
    GROUP BY ALL ORDER BY ALL;

Python with pandas
    import glob, pandas
    usage = pandas.concat([pandas.read_parquet(path) for path in glob.glob("TR/*.parquet")])
    usage = usage[usage.report_type == "TR"].assign(usage_date=lambda rows: pandas.to_datetime(rows.usage_date))
    unique = usage[usage.metric_type == "Unique_Item_Requests"]

    months = unique.groupby("usage_date").usage_count.sum()

    of_2024 = usage[(usage.metric_type == "Total_Item_Requests") & (usage.usage_date.dt.year == 2024)]
    titles = of_2024.groupby("resource_name").usage_count.sum().nlargest(10)

    named = unique.merge(pandas.read_csv("statistics_sources.csv"), on="statistics_source_ID")
    sources = named.groupby(["statistics_source_name", named.usage_date.dt.year]).usage_count.sum()

R with arrow
    library(arrow); library(dplyr)
    open_dataset("TR", unify_schemas = TRUE) |> filter(report_type == "TR") |>
      group_by(metric_type, usage_date) |> summarise(usage = sum(usage_count)) |> collect()
"""
