-- Makes clusters anew, with their articles' columns, from the current versions. Staged: stirred (cluster_id), a temporary
-- table of those that a transaction touched.
CREATE OR REPLACE TEMP TABLE mates AS
SELECT rowid AS number, article_id, version_id, domain, is_agency, cluster_id, cluster_size, is_canonical,
    count(*) OVER (PARTITION BY cluster_id) AS size
FROM article_state WHERE cluster_id IN (SELECT cluster_id FROM stirred);

-- Few articles have copies: of the others no version is read, and of these by row number.
CREATE OR REPLACE TEMP TABLE current AS
SELECT rowid AS number FROM article_versions WHERE version_id IN (SELECT version_id FROM mates WHERE size > 1);

CREATE OR REPLACE TEMP TABLE members AS
SELECT *,
    -- The agency's own, then the earliest, the longest, and the smallest id.
    row_number() OVER (
        PARTITION BY cluster_id ORDER BY is_agency DESC, trusted_at NULLS LAST, char_count DESC, article_id
    ) AS place
FROM (
    SELECT m.*, v.agencies, v.text_hash, v.published_at, v.char_count,
        -- A time that can be trusted: a bare day counts as its end.
        CASE WHEN v.published_conflict THEN NULL WHEN v.published_precision = 'day'
            THEN v.published_at + INTERVAL 1 DAY ELSE v.published_at END AS trusted_at
    FROM (FROM mates WHERE size > 1) m
    JOIN (FROM article_versions WHERE rowid IN (SELECT number FROM current)) v USING (version_id)
);

CREATE OR REPLACE TEMP TABLE moved AS
SELECT number, article_id, size, place = 1 AS canonical
FROM (
    SELECT number, article_id, size, cluster_size, is_canonical, place FROM members
    UNION ALL
    SELECT number, article_id, size, cluster_size, is_canonical, 1 FROM mates WHERE size = 1
)
WHERE cluster_size IS DISTINCT FROM size OR is_canonical IS DISTINCT FROM (place = 1);

CREATE OR REPLACE TEMP TABLE rewritten AS
SELECT s.* REPLACE (
    m.size AS cluster_size, m.canonical AS is_canonical, $load_id AS load_id, $indexed_at AS indexed_at
)
FROM (FROM article_state WHERE rowid IN (SELECT number FROM moved)) s JOIN moved m USING (article_id);

DELETE FROM article_state WHERE rowid IN (SELECT number FROM moved);
INSERT INTO article_state BY NAME FROM rewritten;

DELETE FROM clusters WHERE cluster_id IN (SELECT cluster_id FROM stirred);

INSERT INTO clusters BY NAME
WITH joined AS (
    SELECT coalesce(c.cluster_id, p.hash_one) AS cluster_id, count(*) AS pairs
    FROM text_copies p LEFT JOIN text_clusters c ON c.text_hash = p.hash_one
    WHERE p.kind <> 'derived' AND p.hash_one <> p.hash_other AND coalesce(c.cluster_id, p.hash_one) IN (SELECT cluster_id FROM stirred)
    GROUP BY ALL
),
counted AS (
    SELECT cluster_id, any_value(article_id) FILTER (place = 1) AS article_id, count(*) AS articles,
        count(DISTINCT domain) AS domains, count(DISTINCT text_hash) AS texts,
        list_sort(list_distinct(flatten(list(agencies)))) AS agencies, arg_min(published_at, trusted_at) AS first_published_at
    FROM members GROUP BY cluster_id
)
SELECT c.*, coalesce(j.pairs, 0) AS pairs,
    list_filter([
        CASE WHEN c.articles >= $huge THEN 'huge' END,
        CASE WHEN c.texts >= $thin_from AND coalesce(j.pairs, 0) < $thin * c.texts THEN 'thin' END
    ], lambda flag: flag IS NOT NULL) AS flags,
    $load_id AS load_id, $indexed_at AS indexed_at
FROM counted c LEFT JOIN joined j USING (cluster_id);
