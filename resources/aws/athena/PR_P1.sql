-- PR_P1 (Release 5: Platform Usage; Release 5.1: Platform Usage).
-- Of one source and month it is taken from one report of one release, never from two added up: PR_P1 as
-- delivered before PR, the newer release before the older. taken_from says which it was.
-- Rows of PR without an attribute that the view filters by (not asked for) are not in it.
SELECT statistics_source_id, release, report_type AS taken_from,
  platform, CASE WHEN release = '5.1' THEN data_type END AS data_type,
  metric_type, usage_date, sum(usage_count) AS usage_count
FROM (
  SELECT *, dense_rank() OVER (
      PARTITION BY statistics_source_id, usage_date
      ORDER BY CASE WHEN report_type = 'PR_P1' THEN 0 ELSE 1 END, release DESC
    ) AS place
  FROM usage
  WHERE (family = 'PR' AND release = '5' AND metric_type IN ('Searches_Platform', 'Total_Item_Requests', 'Unique_Item_Requests', 'Unique_Title_Requests')
      AND (report_type = 'PR_P1' OR (report_type = 'PR' AND access_method IN ('Regular'))))
    OR (family = 'PR' AND release = '5.1' AND metric_type IN ('Searches_Platform', 'Total_Item_Requests', 'Unique_Item_Requests', 'Unique_Title_Requests')
      AND (report_type = 'PR_P1' OR (report_type = 'PR' AND access_method IN ('Regular'))))
) AS candidates
WHERE place = 1
GROUP BY 1, 2, 3, 4, 5, 6, 7;
