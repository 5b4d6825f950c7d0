-- Annual statistics for ACRL and ARL. Write the first and the last day of your year into `asked`.
-- Every term is a metric of a standard view; Release 4 is not in them.
WITH asked AS (
  SELECT DATE '2023-07-01' AS first_day, DATE '2024-06-30' AS last_day
),
dr_d1 AS (
  SELECT statistics_source_id, release, report_type AS taken_from,
    resource_name, publisher, publisher_id, platform, proprietary_id,
    metric_type, usage_date, sum(usage_count) AS usage_count
  FROM (
    SELECT *, dense_rank() OVER (
        PARTITION BY statistics_source_id, usage_date
        ORDER BY CASE WHEN report_type = 'DR_D1' THEN 0 ELSE 1 END, release DESC
      ) AS place
    FROM usage
    WHERE ((family = 'DR' AND release = '5' AND metric_type IN ('Searches_Automated', 'Searches_Federated', 'Searches_Regular', 'Total_Item_Investigations', 'Total_Item_Requests')
        AND (report_type = 'DR_D1' OR (report_type = 'DR' AND access_method IN ('Regular'))))
      OR (family = 'DR' AND release = '5.1' AND metric_type IN ('Searches_Automated', 'Searches_Federated', 'Searches_Regular', 'Total_Item_Investigations', 'Total_Item_Requests', 'Unique_Item_Investigations', 'Unique_Item_Requests')
        AND (report_type = 'DR_D1' OR (report_type = 'DR' AND access_method IN ('Regular')))))
      AND usage_date BETWEEN (SELECT first_day FROM asked) AND (SELECT last_day FROM asked)
  ) AS candidates
  WHERE place = 1
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
),
ir_m1 AS (
  SELECT statistics_source_id, release, report_type AS taken_from,
    resource_name, publisher, publisher_id, platform, doi, proprietary_id, uri, CASE WHEN release = '5.1' THEN data_type END AS data_type,
    metric_type, usage_date, sum(usage_count) AS usage_count
  FROM (
    SELECT *, dense_rank() OVER (
        PARTITION BY statistics_source_id, usage_date
        ORDER BY CASE WHEN report_type = 'IR_M1' THEN 0 ELSE 1 END, release DESC
      ) AS place
    FROM usage
    WHERE ((family = 'IR' AND release = '5' AND metric_type IN ('Total_Item_Requests')
        AND (report_type = 'IR_M1' OR (report_type = 'IR' AND access_method IN ('Regular') AND data_type IN ('Multimedia'))))
      OR (family = 'IR' AND release = '5.1' AND metric_type IN ('Total_Item_Requests', 'Unique_Item_Requests')
        AND (report_type = 'IR_M1' OR (report_type = 'IR' AND access_method IN ('Regular') AND data_type IN ('Audiovisual', 'Image', 'Interactive_Resource', 'Multimedia', 'Sound')))))
      AND usage_date BETWEEN (SELECT first_day FROM asked) AND (SELECT last_day FROM asked)
  ) AS candidates
  WHERE place = 1
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
),
tr_b1 AS (
  SELECT statistics_source_id, release, report_type AS taken_from,
    resource_name, publisher, publisher_id, platform, doi, proprietary_id, isbn, print_issn, online_issn, uri, CASE WHEN release = '5.1' THEN data_type END AS data_type, yop,
    metric_type, usage_date, sum(usage_count) AS usage_count
  FROM (
    SELECT *, dense_rank() OVER (
        PARTITION BY statistics_source_id, usage_date
        ORDER BY CASE WHEN report_type = 'TR_B1' THEN 0 ELSE 1 END, release DESC
      ) AS place
    FROM usage
    WHERE ((family = 'TR' AND release = '5' AND metric_type IN ('Total_Item_Requests', 'Unique_Title_Requests')
        AND (report_type = 'TR_B1' OR (report_type = 'TR' AND access_method IN ('Regular') AND access_type IN ('Controlled') AND data_type IN ('Book'))))
      OR (family = 'TR' AND release = '5.1' AND metric_type IN ('Total_Item_Requests', 'Unique_Title_Requests')
        AND (report_type = 'TR_B1' OR (report_type = 'TR' AND access_method IN ('Regular') AND access_type IN ('Controlled') AND data_type IN ('Book', 'Reference_Work')))))
      AND usage_date BETWEEN (SELECT first_day FROM asked) AND (SELECT last_day FROM asked)
  ) AS candidates
  WHERE place = 1
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
),
tr_j1 AS (
  SELECT statistics_source_id, release, report_type AS taken_from,
    resource_name, publisher, publisher_id, platform, doi, proprietary_id, print_issn, online_issn, uri,
    metric_type, usage_date, sum(usage_count) AS usage_count
  FROM (
    SELECT *, dense_rank() OVER (
        PARTITION BY statistics_source_id, usage_date
        ORDER BY CASE WHEN report_type = 'TR_J1' THEN 0 ELSE 1 END, release DESC
      ) AS place
    FROM usage
    WHERE ((family = 'TR' AND release = '5' AND metric_type IN ('Total_Item_Requests', 'Unique_Item_Requests')
        AND (report_type = 'TR_J1' OR (report_type = 'TR' AND access_method IN ('Regular') AND access_type IN ('Controlled') AND data_type IN ('Journal'))))
      OR (family = 'TR' AND release = '5.1' AND metric_type IN ('Total_Item_Requests', 'Unique_Item_Requests')
        AND (report_type = 'TR_J1' OR (report_type = 'TR' AND access_method IN ('Regular') AND access_type IN ('Controlled') AND data_type IN ('Journal')))))
      AND usage_date BETWEEN (SELECT first_day FROM asked) AND (SELECT last_day FROM asked)
  ) AS candidates
  WHERE place = 1
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
),
tr_j3 AS (
  SELECT statistics_source_id, release, report_type AS taken_from,
    resource_name, publisher, publisher_id, platform, doi, proprietary_id, print_issn, online_issn, uri, access_type,
    metric_type, usage_date, sum(usage_count) AS usage_count
  FROM (
    SELECT *, dense_rank() OVER (
        PARTITION BY statistics_source_id, usage_date
        ORDER BY CASE WHEN report_type = 'TR_J3' THEN 0 ELSE 1 END, release DESC
      ) AS place
    FROM usage
    WHERE ((family = 'TR' AND release = '5' AND metric_type IN ('Total_Item_Investigations', 'Total_Item_Requests', 'Unique_Item_Investigations', 'Unique_Item_Requests')
        AND (report_type = 'TR_J3' OR (report_type = 'TR' AND access_method IN ('Regular') AND data_type IN ('Journal'))))
      OR (family = 'TR' AND release = '5.1' AND metric_type IN ('Total_Item_Investigations', 'Total_Item_Requests', 'Unique_Item_Investigations', 'Unique_Item_Requests')
        AND (report_type = 'TR_J3' OR (report_type = 'TR' AND access_method IN ('Regular') AND data_type IN ('Journal')))))
      AND usage_date BETWEEN (SELECT first_day FROM asked) AND (SELECT last_day FROM asked)
  ) AS candidates
  WHERE place = 1
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
),
terms AS (
  SELECT 'ACRL 60b' AS statistic, 'Total digital circulation (last asked in 2022)' AS question, 'TR_B1' AS standard_view, 'Unique_Title_Requests' AS metric_type,
    (SELECT coalesce(sum(usage_count), 0) FROM tr_b1 WHERE metric_type = 'Unique_Title_Requests') AS usage_count
  UNION ALL
  SELECT 'ACRL 60b' AS statistic, 'Total digital circulation (last asked in 2022)' AS question, 'IR_M1' AS standard_view, 'Total_Item_Requests' AS metric_type,
    (SELECT coalesce(sum(usage_count), 0) FROM ir_m1 WHERE metric_type = 'Total_Item_Requests') AS usage_count
  UNION ALL
  SELECT 'ACRL 60b' AS statistic, 'Total digital circulation (last asked in 2022)' AS question, 'TR_J1' AS standard_view, 'Unique_Item_Requests' AS metric_type,
    (SELECT coalesce(sum(usage_count), 0) FROM tr_j1 WHERE metric_type = 'Unique_Item_Requests') AS usage_count
  UNION ALL
  SELECT 'ACRL 61a' AS statistic, 'Digital circulation of e-books and e-media' AS question, 'TR_B1' AS standard_view, 'Unique_Title_Requests' AS metric_type,
    (SELECT coalesce(sum(usage_count), 0) FROM tr_b1 WHERE metric_type = 'Unique_Title_Requests') AS usage_count
  UNION ALL
  SELECT 'ACRL 61a' AS statistic, 'Digital circulation of e-books and e-media' AS question, 'IR_M1' AS standard_view, 'Total_Item_Requests' AS metric_type,
    (SELECT coalesce(sum(usage_count), 0) FROM ir_m1 WHERE metric_type = 'Total_Item_Requests') AS usage_count
  UNION ALL
  SELECT 'ACRL 61b' AS statistic, 'E-serials usage, open access included' AS question, 'TR_J3' AS standard_view, 'Unique_Item_Requests' AS metric_type,
    (SELECT coalesce(sum(usage_count), 0) FROM tr_j3 WHERE metric_type = 'Unique_Item_Requests') AS usage_count
  UNION ALL
  SELECT 'ACRL 63' AS statistic, 'E-serials usage without open access (last asked in 2022)' AS question, 'TR_J1' AS standard_view, 'Unique_Item_Requests' AS metric_type,
    (SELECT coalesce(sum(usage_count), 0) FROM tr_j1 WHERE metric_type = 'Unique_Item_Requests') AS usage_count
  UNION ALL
  SELECT 'ARL 18' AS statistic, 'Successful full-text article requests' AS question, 'TR_J3' AS standard_view, 'Unique_Item_Requests' AS metric_type,
    (SELECT coalesce(sum(usage_count), 0) FROM tr_j3 WHERE metric_type = 'Unique_Item_Requests') AS usage_count
  UNION ALL
  SELECT 'ARL 19' AS statistic, 'Regular searches of databases' AS question, 'DR_D1' AS standard_view, 'Searches_Regular' AS metric_type,
    (SELECT coalesce(sum(usage_count), 0) FROM dr_d1 WHERE metric_type = 'Searches_Regular') AS usage_count
  UNION ALL
  SELECT 'ARL 20' AS statistic, 'Federated searches of databases' AS question, 'DR_D1' AS standard_view, 'Searches_Federated' AS metric_type,
    (SELECT coalesce(sum(usage_count), 0) FROM dr_d1 WHERE metric_type = 'Searches_Federated') AS usage_count
)
SELECT statistic, question, standard_view, metric_type, usage_count,
  sum(usage_count) OVER (PARTITION BY statistic) AS total
FROM terms
ORDER BY statistic, standard_view;
