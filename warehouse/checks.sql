-- Each query names what must not be; a row it returns is a fault. One statement a check, its name first.

SELECT 'captures: one row a capture_id' AS broken, capture_id AS key FROM captures GROUP BY capture_id HAVING count(*) > 1;

SELECT 'captures: exactly one known outcome' AS broken, capture_id AS key FROM captures
WHERE outcome IS NULL OR outcome NOT IN ('article', 'skipped', 'failed', 'quarantined');

SELECT 'captures: an outcome other than article has a reason' AS broken, capture_id AS key FROM captures
WHERE outcome <> 'article' AND reason IS NULL;

SELECT 'captures: an article names its version' AS broken, capture_id AS key FROM captures
WHERE (outcome = 'article') <> (version_id IS NOT NULL);

SELECT 'captures: a named version is held' AS broken, capture_id AS key FROM captures
WHERE version_id IS NOT NULL AND version_id NOT IN (SELECT version_id FROM article_versions);

SELECT 'article_versions: one row a version_id' AS broken, version_id AS key FROM article_versions
GROUP BY version_id HAVING count(*) > 1;

SELECT 'article_versions: every version has a capture' AS broken, version_id AS key FROM article_versions
WHERE version_id NOT IN (SELECT version_id FROM captures WHERE version_id IS NOT NULL);

SELECT 'article_state: one row an article_id' AS broken, article_id AS key FROM article_state
GROUP BY article_id HAVING count(*) > 1;

SELECT 'article_state: every article has its state' AS broken, article_id AS key FROM article_versions
WHERE article_id NOT IN (SELECT article_id FROM article_state);

SELECT 'article_state: the current version is held' AS broken, article_id AS key FROM article_state
WHERE version_id NOT IN (SELECT version_id FROM article_versions);

SELECT 'article_state: the number of versions' AS broken, article_id AS key FROM article_state s
WHERE versions <> (SELECT count(*) FROM article_versions v WHERE v.article_id = s.article_id);

SELECT 'photos: one row a version and position' AS broken, version_id AS key FROM photos
GROUP BY version_id, position HAVING count(*) > 1;

SELECT 'photos: of a version that is held' AS broken, version_id AS key FROM photos
WHERE version_id NOT IN (SELECT version_id FROM article_versions);

SELECT 'live_updates: one row a version and position' AS broken, version_id AS key FROM live_updates
GROUP BY version_id, position HAVING count(*) > 1;

SELECT 'live_updates: of a version that is held' AS broken, version_id AS key FROM live_updates
WHERE version_id NOT IN (SELECT version_id FROM article_versions);

SELECT 'removed_text: one row a version and ordinal' AS broken, version_id AS key FROM removed_text
GROUP BY version_id, ordinal HAVING count(*) > 1;

SELECT 'removed_text: of a version that is held' AS broken, version_id AS key FROM removed_text
WHERE version_id NOT IN (SELECT version_id FROM article_versions);

SELECT 'version_changes: one row a pair' AS broken, version_id AS key FROM version_changes
GROUP BY article_id, from_version_id, version_id HAVING count(*) > 1;

SELECT 'version_changes: a known kind' AS broken, version_id AS key FROM version_changes
WHERE kind IS NULL OR len(changed) = 0 OR kind NOT IN (
    'headline', 'body', 'correction', 'cosmetic', 'live', 'photos', 'metadata', 'replaced');

WITH followed AS (
    SELECT DISTINCT article_id, from_version_id, version_id FROM (
        SELECT article_id, version_id,
            lag(version_id) OVER (PARTITION BY article_id ORDER BY captured_at, digest, capture_id) AS from_version_id
        FROM captures WHERE outcome = 'article'
    ) WHERE from_version_id <> version_id
)
SELECT 'version_changes: the versions that followed one another' AS broken, version_id AS key
FROM (SELECT DISTINCT article_id, from_version_id, version_id FROM version_changes) d
FULL JOIN (FROM followed) f USING (article_id, from_version_id, version_id)
WHERE d.article_id IS NULL OR f.article_id IS NULL;

SELECT 'text_copies: one row a pair, the smaller id first' AS broken, text_one AS key FROM text_copies
GROUP BY text_one, text_other HAVING count(*) > 1 OR text_one >= text_other;

SELECT 'text_copies: of texts that are held' AS broken, text_one AS key FROM text_copies
WHERE text_one NOT IN (SELECT text_id FROM article_versions) OR text_other NOT IN (SELECT text_id FROM article_versions);

SELECT 'text_clusters: one row a text' AS broken, text_hash AS key FROM text_clusters
GROUP BY text_hash HAVING count(*) > 1;

SELECT 'text_clusters: named after the smallest text' AS broken, cluster_id AS key FROM text_clusters
GROUP BY cluster_id HAVING min(text_hash) <> cluster_id;

SELECT 'text_clusters: near copies are in one cluster' AS broken, hash_one AS key FROM text_copies p
LEFT JOIN text_clusters a ON a.text_hash = p.hash_one LEFT JOIN text_clusters b ON b.text_hash = p.hash_other
WHERE p.kind <> 'derived' AND p.hash_one <> p.hash_other AND a.cluster_id IS DISTINCT FROM b.cluster_id;

SELECT 'article_state: the cluster of the current text' AS broken, s.article_id AS key
FROM article_state s JOIN article_versions v USING (version_id) LEFT JOIN text_clusters c USING (text_hash)
WHERE s.cluster_id IS DISTINCT FROM coalesce(c.cluster_id, v.text_hash);

SELECT 'article_state: one canonical article a cluster, and its size' AS broken, cluster_id AS key FROM article_state
GROUP BY cluster_id HAVING count(*) FILTER (is_canonical) <> 1 OR any_value(cluster_size) <> count(*)
    OR min(cluster_size) <> max(cluster_size);

SELECT 'clusters: those of more than one article, as they are' AS broken, cluster_id AS key
FROM (
    SELECT cluster_id, any_value(article_id) FILTER (is_canonical) AS article_id, count(*) AS articles
    FROM article_state GROUP BY cluster_id HAVING count(*) > 1
) s
FULL JOIN clusters c USING (cluster_id)
WHERE c.articles IS DISTINCT FROM s.articles OR c.article_id IS DISTINCT FROM s.article_id;

SELECT 'sources: one row a source' AS broken, source AS key FROM sources GROUP BY source HAVING count(*) > 1;

SELECT 'sources: every capture has a source' AS broken, capture_id AS key FROM captures
WHERE source NOT IN (SELECT source FROM sources);

SELECT 'found: one row a source and url' AS broken, url AS key FROM found GROUP BY source, url HAVING count(*) > 1;

SELECT 'feeds: one row a source and url' AS broken, url AS key FROM feeds GROUP BY source, url HAVING count(*) > 1;

SELECT 'quarantine: one row a capture' AS broken, capture_id AS key FROM quarantine GROUP BY capture_id HAVING count(*) > 1;

SELECT 'quarantine: as many as quarantined captures' AS broken, capture_id AS key FROM captures
WHERE outcome = 'quarantined' AND capture_id NOT IN (SELECT capture_id FROM quarantine);

SELECT 'marks: one row a file' AS broken, file AS key FROM marks GROUP BY file HAVING count(*) > 1;
