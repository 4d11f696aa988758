-- Who printed which agency's story: the articles of clusters that an agency signs, and what shares passages with them.
-- `share` is how much of the article runs along with the cluster's canonical text; `delay` is from the first publication, counted in
-- UTC: between two instants DuckDB counts days of the session's zone, one of which may have 23 hours.
CREATE OR REPLACE VIEW wire_copy AS
WITH signed AS (
    SELECT cluster_id, article_id, agencies, first_published_at FROM clusters WHERE len(agencies) > 0
    UNION ALL
    SELECT cluster_id, article_id, agencies, published_at FROM articles WHERE cluster_size = 1 AND len(agencies) > 0
),
source_text AS (
    SELECT g.*, a.text_id AS origin_text, a.text_hash AS origin_hash FROM signed g JOIN articles a USING (article_id)
),
near AS (
    SELECT g.cluster_id, g.article_id AS origin_id, g.agencies, g.first_published_at, g.origin_text, g.origin_hash,
        a.article_id, a.text_id, a.text_hash, 'near' AS kind
    FROM source_text g JOIN articles a USING (cluster_id)
),
shared AS (
    SELECT text_one AS one, text_other AS other, share_other AS share, kind FROM text_copies
    UNION ALL
    SELECT text_other, text_one, share_one, kind FROM text_copies
),
derived AS (
    SELECT g.cluster_id, g.article_id AS origin_id, g.agencies, g.first_published_at, g.origin_text, g.origin_hash,
        a.article_id, a.text_id, a.text_hash, 'derived' AS kind
    FROM source_text g JOIN shared p ON p.one = g.origin_text AND p.kind = 'derived'
    JOIN articles a ON a.text_id = p.other AND a.cluster_id <> g.cluster_id
)
SELECT
    n.cluster_id, unnest(n.agencies) AS agency, n.origin_id, n.article_id, a.source, a.domain, a.url, a.title,
    n.kind, CASE WHEN n.text_hash = n.origin_hash THEN 1.0 ELSE p.share END AS share,
    a.published_at,
    (a.published_at AT TIME ZONE 'UTC') - (n.first_published_at AT TIME ZONE 'UTC') AS delay
FROM (FROM near UNION ALL FROM derived) n
JOIN articles a USING (article_id)
LEFT JOIN shared p ON p.one = n.origin_text AND p.other = n.text_id;
