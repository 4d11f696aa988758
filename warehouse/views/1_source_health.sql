-- When each source last answered and last gave an article, and what its feeds say.
CREATE OR REPLACE VIEW source_health AS
SELECT
    s.source, s.name, s.origin, s.active, f.last_success_at, f.feeds, f.failing_feeds,
    c.last_capture_at, c.last_article_at, coalesce(c.articles, 0) AS articles, coalesce(c.failed, 0) AS failed
FROM sources s
LEFT JOIN (
    SELECT source, max(last_success_at) AS last_success_at, count(*) AS feeds,
        count(*) FILTER (failures > 0) AS failing_feeds
    FROM feeds GROUP BY source
) f USING (source)
LEFT JOIN (
    SELECT source, max(captured_at) AS last_capture_at,
        max(captured_at) FILTER (outcome = 'article') AS last_article_at,
        count(*) FILTER (outcome = 'article') AS articles,
        count(*) FILTER (outcome = 'failed') AS failed
    FROM captures GROUP BY source
) c USING (source);
