-- How each source fares: when its feeds last answered, when something new and when an article came last, what is wrong.
-- What has not been asked for a month while its newspaper was, the settings name no more.
CREATE OR REPLACE VIEW source_health AS
WITH in_use AS (
    SELECT * FROM feeds
    QUALIFY last_attempt_at > max(last_attempt_at) OVER (PARTITION BY source) - INTERVAL 720 HOURS
)
SELECT
    s.source, s.name, s.country, s.media_type, s.collections, s.origin, s.active,
    f.last_attempt_at, f.last_success_at, f.last_new_at, f.next_due_at, f.feeds, f.failing_feeds, f.faults, coalesce(f.overruns, 0)::BIGINT AS overruns, c.last_capture_at, c.last_article_at,
    coalesce(c.articles, 0) AS articles, coalesce(c.failed, 0) AS failed
FROM sources s
LEFT JOIN (
    SELECT source, max(last_attempt_at) AS last_attempt_at, max(last_success_at) AS last_success_at,
        max(last_new_at) AS last_new_at, min(next_due_at) AS next_due_at,
        count(*) AS feeds, count(*) FILTER (failures > 0) AS failing_feeds,
        list(url || ': ' || status ORDER BY url) FILTER (status <> 'ok') AS faults, sum(overruns) AS overruns
    FROM in_use GROUP BY source
) f USING (source)
LEFT JOIN (
    SELECT source, max(captured_at) AS last_capture_at,
        max(captured_at) FILTER (outcome = 'article') AS last_article_at,
        count(DISTINCT article_id) FILTER (outcome = 'article') AS articles,
        count(*) FILTER (outcome = 'failed') AS failed
    FROM captures GROUP BY source
) c USING (source);
