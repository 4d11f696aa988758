-- Articles by source and publication day, days without one between the first and the last included: then `looked` says
-- whether a feed or sitemap was read on that day. The day is the one stored, in the paper's zone: never a cast of an
-- instant. `usual`: the median of up to eight of the same weekdays before.
CREATE OR REPLACE VIEW coverage AS
WITH counted AS (
    SELECT s.source, v.published_date, count(*) AS articles, sum(v.word_count) AS words
    FROM article_state s JOIN article_versions v USING (version_id)
    WHERE v.published_date IS NOT NULL GROUP BY ALL
),
days AS (
    SELECT source, CAST(unnest(generate_series(min(published_date), max(published_date), INTERVAL 1 DAY)) AS DATE)
        AS published_date
    FROM counted GROUP BY source
)
SELECT
    d.source, d.published_date, coalesce(c.articles, 0) AS articles, coalesce(c.words, 0)::BIGINT AS words,
    median(coalesce(c.articles, 0)) OVER (
        PARTITION BY d.source, dayofweek(d.published_date) ORDER BY d.published_date
        ROWS BETWEEN 8 PRECEDING AND 1 PRECEDING
    ) AS usual,
    EXISTS (
        SELECT 1 FROM visits l WHERE l.source = d.source AND l.day = d.published_date AND l.visits > l.failed
    ) AS looked,
    o.country, o.media_type, o.collections
FROM days d LEFT JOIN counted c USING (source, published_date) LEFT JOIN sources o USING (source)
UNION ALL
SELECT
    u.source, NULL, u.articles, u.words, NULL, NULL, o.country, o.media_type, o.collections
FROM (
    SELECT s.source, count(*) AS articles, sum(v.word_count)::BIGINT AS words
    FROM article_state s JOIN article_versions v USING (version_id) WHERE v.published_date IS NULL GROUP BY s.source
) u LEFT JOIN sources o USING (source);
