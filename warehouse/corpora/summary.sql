-- What the command tells at its end.
SELECT
    (SELECT count(*) FROM documents) AS documents,
    (SELECT count(*) FROM documents WHERE published IS NULL) AS without_date,
    (SELECT count(*) FROM documents WHERE key IS NULL) AS without_text,
    (SELECT count(*) FROM texts WHERE size = 0) AS too_short_for_more_than_exact,
    (SELECT count(*) FROM candidates) AS pairs_compared,
    count(*) FILTER (keep) AS kept,
    count(DISTINCT cluster) FILTER (members > 1) AS clusters,
    count(*) FILTER (members > 1) AS in_clusters,
    count(*) FILTER (kind = 'exact') AS exact,
    count(*) FILTER (kind = 'near') AS near,
    count(*) FILTER (kind = 'derived') AS derived,
    (SELECT count(*) FROM (
        SELECT cluster FROM results WHERE domain IS NOT NULL GROUP BY cluster HAVING count(DISTINCT domain) > 1
    )) AS clusters_over_domains
FROM results;
