-- DR_D1 (Release 5: Database Search and Item Usage; Release 5.1: Database Search and Item Usage).
-- Of one source and month it is taken from one report of one release, never from two added up: DR_D1 as
-- delivered before DR, the newer release before the older. taken_from says which it was.
-- Rows of DR without an attribute that the view filters by (not asked for) are not in it.
SELECT statistics_source_id, release, report_type AS taken_from,
  resource_name, publisher, publisher_id, platform, proprietary_id,
  metric_type, usage_date, sum(usage_count) AS usage_count
FROM (
  SELECT *, dense_rank() OVER (
      PARTITION BY statistics_source_id, usage_date
      ORDER BY CASE WHEN report_type = 'DR_D1' THEN 0 ELSE 1 END, release DESC
    ) AS place
  FROM usage
  WHERE (family = 'DR' AND release = '5' AND metric_type IN ('Searches_Automated', 'Searches_Federated', 'Searches_Regular', 'Total_Item_Investigations', 'Total_Item_Requests')
      AND (report_type = 'DR_D1' OR (report_type = 'DR' AND access_method IN ('Regular'))))
    OR (family = 'DR' AND release = '5.1' AND metric_type IN ('Searches_Automated', 'Searches_Federated', 'Searches_Regular', 'Total_Item_Investigations', 'Total_Item_Requests', 'Unique_Item_Investigations', 'Unique_Item_Requests')
      AND (report_type = 'DR_D1' OR (report_type = 'DR' AND access_method IN ('Regular'))))
) AS candidates
WHERE place = 1
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
