-- What a source gave on each day (UTC) from the first on: whether anybody looked, what was found, what became of what was
-- taken up, each reason for not, and how many articles are usual on that weekday (median of up to eight weeks before).
CREATE OR REPLACE VIEW collection_log AS
WITH looked AS (
    SELECT source, day, sum(visits) AS visits, sum(failed) AS failed_visits FROM visits GROUP BY source, day
),
shown AS (
    SELECT source, first_found_date AS day, count(*) AS found FROM found GROUP BY ALL
),
taken AS (
    SELECT source, captured_date AS day,
        count(*) FILTER (status IS NOT NULL) AS fetched,
        count(*) FILTER (outcome = 'article') AS captures,
        count(DISTINCT article_id) FILTER (outcome = 'article') AS articles,
        count(*) FILTER (outcome = 'skipped') AS skipped,
        count(*) FILTER (outcome = 'failed') AS failed,
        count(*) FILTER (outcome = 'quarantined') AS quarantined
    FROM captures GROUP BY ALL
),
refused AS (
    SELECT source, day, map(list(reason ORDER BY reason), list(number ORDER BY reason)) AS reasons FROM (
        SELECT source, captured_date AS day, reason, count(*) AS number
        FROM captures WHERE outcome <> 'article' GROUP BY ALL
    ) GROUP BY source, day
),
span AS (
    SELECT source, min(day) AS first_day, (SELECT max(day) FROM (
        -- A file may tell of captures that are still to come: they would make empty days for every source.
        SELECT max(day) AS day FROM looked
        UNION ALL SELECT max(captured_date) FROM captures WHERE captured_at < indexed_at + INTERVAL 24 HOURS)) AS last_day
    FROM (SELECT source, day FROM looked UNION ALL SELECT source, day FROM taken WHERE day >= DATE '1990-01-01')
    GROUP BY source
),
days AS (
    SELECT source, CAST(unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS DATE) AS day FROM span
)
SELECT
    d.source, d.day, coalesce(l.visits, 0) > coalesce(l.failed_visits, 0) AS looked,
    coalesce(l.visits, 0)::BIGINT AS visits, coalesce(l.failed_visits, 0)::BIGINT AS failed_visits,
    coalesce(s.found, 0) AS found, coalesce(t.fetched, 0) AS fetched, coalesce(t.articles, 0) AS articles,
    coalesce(t.skipped, 0) AS skipped, coalesce(t.failed, 0) AS failed, coalesce(t.quarantined, 0) AS quarantined,
    coalesce(r.reasons, map()) AS reasons,
    median(coalesce(t.articles, 0)) OVER (
        PARTITION BY d.source, dayofweek(d.day) ORDER BY d.day ROWS BETWEEN 8 PRECEDING AND 1 PRECEDING
    ) AS usual,
    o.country, o.media_type, o.collections
FROM days d LEFT JOIN sources o USING (source)
LEFT JOIN looked l USING (source, day) LEFT JOIN shown s USING (source, day)
LEFT JOIN taken t USING (source, day) LEFT JOIN refused r USING (source, day);
