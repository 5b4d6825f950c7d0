-- TR_B2 (Release 5: Book Access Denied; Release 5.1: Book Access Denied).
-- Of one source and month it is taken from one report of one release, never from two added up: TR_B2 as
-- delivered before TR, the newer release before the older. taken_from says which it was.
-- Rows of TR without an attribute that the view filters by (not asked for) are not in it.
SELECT statistics_source_id, release, report_type AS taken_from,
  resource_name, publisher, publisher_id, platform, doi, proprietary_id, isbn, print_issn, online_issn, uri, CASE WHEN release = '5.1' THEN data_type END AS data_type, yop,
  metric_type, usage_date, sum(usage_count) AS usage_count
FROM (
  SELECT *, dense_rank() OVER (
      PARTITION BY statistics_source_id, usage_date
      ORDER BY CASE WHEN report_type = 'TR_B2' THEN 0 ELSE 1 END, release DESC
    ) AS place
  FROM usage
  WHERE (family = 'TR' AND release = '5' AND metric_type IN ('Limit_Exceeded', 'No_License')
      AND (report_type = 'TR_B2' OR (report_type = 'TR' AND access_method IN ('Regular') AND data_type IN ('Book'))))
    OR (family = 'TR' AND release = '5.1' AND metric_type IN ('Limit_Exceeded', 'No_License')
      AND (report_type = 'TR_B2' OR (report_type = 'TR' AND access_method IN ('Regular') AND data_type IN ('Book', 'Reference_Work'))))
) AS candidates
WHERE place = 1
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17;
