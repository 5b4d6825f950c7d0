-- IR_M1 (Release 5: Multimedia Item Requests; Release 5.1: Multimedia Item Requests).
-- Of one source and month it is taken from one report of one release, never from two added up: IR_M1 as
-- delivered before IR, the newer release before the older. taken_from says which it was.
-- Rows of IR without an attribute that the view filters by (not asked for) are not in it.
SELECT statistics_source_id, release, report_type AS taken_from,
  resource_name, publisher, publisher_id, platform, doi, proprietary_id, uri, CASE WHEN release = '5.1' THEN data_type END AS data_type,
  metric_type, usage_date, sum(usage_count) AS usage_count
FROM (
  SELECT *, dense_rank() OVER (
      PARTITION BY statistics_source_id, usage_date
      ORDER BY CASE WHEN report_type = 'IR_M1' THEN 0 ELSE 1 END, release DESC
    ) AS place
  FROM usage
  WHERE (family = 'IR' AND release = '5' AND metric_type IN ('Total_Item_Requests')
      AND (report_type = 'IR_M1' OR (report_type = 'IR' AND access_method IN ('Regular') AND data_type IN ('Multimedia'))))
    OR (family = 'IR' AND release = '5.1' AND metric_type IN ('Total_Item_Requests', 'Unique_Item_Requests')
      AND (report_type = 'IR_M1' OR (report_type = 'IR' AND access_method IN ('Regular') AND data_type IN ('Audiovisual', 'Image', 'Interactive_Resource', 'Multimedia', 'Sound'))))
) AS candidates
WHERE place = 1
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13;
