-- The current versions as the search index takes them: all of them, or those that have changed since a generation.
-- A row without a generation may have changed at any time.
WITH current AS (
    SELECT article_id, version_id, url, source, domain, first_seen_at FROM article_state
    WHERE $since IS NULL OR generation > $since OR generation IS NULL
),
shown AS (
    SELECT version_id,
        list(caption ORDER BY position) FILTER (caption IS NOT NULL) AS captions,
        list(credit ORDER BY position) FILTER (credit IS NOT NULL) AS credits
    FROM photos WHERE version_id IN (SELECT version_id FROM current) GROUP BY version_id
)
SELECT
    c.article_id, c.version_id, c.url, c.source, c.domain, v.language, v.title, v.text, v.section, v.authors, v.tags,
    p.captions, p.credits, strftime(v.published_at AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') AS published_at,
    v.published_date,
    epoch_us(coalesce(v.published_at, v.published_date::TIMESTAMP AT TIME ZONE 'UTC', c.first_seen_at)) // 1000000
        AS seen_at
FROM current c
JOIN (
    -- By row number, which the table has and no view: else the texts of all articles are unpacked for those few.
    FROM hemeroteca.article_versions
    WHERE $since IS NULL
        OR rowid IN (SELECT rowid FROM hemeroteca.article_versions WHERE version_id IN (SELECT version_id FROM current))
) v USING (version_id)
LEFT JOIN shown p USING (version_id)
