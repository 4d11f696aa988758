-- Pairs of versions, of two articles, that share text. `exact`: the same words; `near`: one text in two forms; `derived`:
-- passages in common. The shares are of each version's own text. A pair stands once, the smaller version id first.
CREATE OR REPLACE VIEW copies AS
WITH versions AS (SELECT version_id, article_id, text_id, text_hash FROM article_versions),
pairs AS (
    SELECT a.version_id AS one, b.version_id AS other, a.article_id AS article_one, b.article_id AS article_other,
        c.kind, c.share_one, c.share_other, c.conflicts, c.method
    FROM text_copies c JOIN versions a ON a.text_id = c.text_one JOIN versions b ON b.text_id = c.text_other
    WHERE c.hash_one <> c.hash_other
    UNION ALL
    SELECT a.version_id, b.version_id, a.article_id, b.article_id, 'exact', 1.0, 1.0, [], NULL
    FROM versions a JOIN versions b ON a.text_hash = b.text_hash AND a.version_id < b.version_id
)
SELECT
    least(one, other) AS version_one, greatest(one, other) AS version_other,
    CASE WHEN one < other THEN article_one ELSE article_other END AS article_one,
    CASE WHEN one < other THEN article_other ELSE article_one END AS article_other,
    kind,
    CASE WHEN one < other THEN share_one ELSE share_other END AS share_one,
    CASE WHEN one < other THEN share_other ELSE share_one END AS share_other,
    conflicts, method
FROM pairs WHERE article_one <> article_other;
