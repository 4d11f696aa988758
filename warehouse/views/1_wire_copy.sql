-- Who printed which agency's story: the articles of clusters that an agency signs, and what shares passages with them.
-- `share` is how much of the article runs along with the cluster's canonical text; `delay` is from the first publication,
-- counted in UTC: between two instants DuckDB counts days of the session's zone, one of which may have 23 hours. Where
-- either of the two is a bare day or a contradictory date, there is none.
CREATE OR REPLACE VIEW wire_copy AS
WITH shared AS (
    SELECT text_one AS one, text_other AS other, share_other AS share, kind FROM text_copies
    UNION ALL
    SELECT text_other, text_one, share_one, kind FROM text_copies
),
-- All that may be signed by an agency, or share text with what is: so a million articles are joined once (2.3 s of CPU
-- where each step asked them anew, 0.8 s so).
current AS MATERIALIZED (
    SELECT article_id, cluster_id, cluster_size, agencies, text_id, text_hash, source, domain, url, title, published_at,
        published_precision <> 'day' AND NOT published_conflict AS timed
    FROM articles WHERE cluster_size > 1 OR len(agencies) > 0 OR text_id IN (SELECT one FROM shared)
),
timed_first AS (
    SELECT cluster_id, first_published_at AS began FROM clusters c
    SEMI JOIN (FROM current WHERE timed) m ON m.cluster_id = c.cluster_id AND m.published_at = c.first_published_at
),
signed AS (
    SELECT g.cluster_id, g.agencies, t.began, a.article_id AS origin_id, a.text_id AS origin_text,
        a.text_hash AS origin_hash
    FROM clusters g JOIN current a USING (article_id) LEFT JOIN timed_first t ON t.cluster_id = g.cluster_id
    WHERE len(g.agencies) > 0
    UNION ALL
    SELECT cluster_id, agencies, CASE WHEN timed THEN published_at END, article_id, text_id, text_hash
    FROM current WHERE cluster_size = 1 AND len(agencies) > 0
),
printed AS (
    SELECT g.*, 'near' AS kind, a.article_id, a.text_id, a.text_hash, a.source, a.domain, a.url, a.title, a.published_at, a.timed
    FROM signed g JOIN current a USING (cluster_id)
    UNION ALL
    SELECT g.*, 'derived', a.article_id, a.text_id, a.text_hash, a.source, a.domain, a.url, a.title, a.published_at, a.timed
    FROM signed g JOIN shared p ON p.one = g.origin_text AND p.kind = 'derived'
    JOIN current a ON a.text_id = p.other AND a.cluster_id <> g.cluster_id
)
SELECT
    n.cluster_id, unnest(n.agencies) AS agency, n.origin_id, n.article_id, n.source, n.domain, n.url, n.title,
    CASE WHEN n.text_hash = n.origin_hash THEN 'exact' WHEN n.kind = 'near' AND p.kind = 'exact' THEN 'exact' ELSE n.kind END
        AS kind,
    CASE WHEN n.text_hash = n.origin_hash THEN 1.0 ELSE p.share END AS share, n.published_at,
    CASE WHEN n.timed THEN (n.published_at AT TIME ZONE 'UTC') - (n.began AT TIME ZONE 'UTC') END AS delay
FROM printed n LEFT JOIN shared p ON p.one = n.origin_text AND p.other = n.text_id;
