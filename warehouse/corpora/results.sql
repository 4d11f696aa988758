-- A row a document: its cluster, which of it is kept, and the document that it is most like.
CREATE TABLE placed AS
SELECT d.n, d.id, d.published, d.length, d.domain, t.n AS text, t.documents AS same,
    coalesce(r.root, t.n, d.n) AS root
FROM documents AS d LEFT JOIN texts AS t USING (key) LEFT JOIN roots AS r ON r.n = t.n;

-- The order of articles.clusters.rank.
CREATE TABLE kept AS
SELECT root, n, text, id, count(*) OVER (PARTITION BY root) AS members
FROM placed
QUALIFY row_number() OVER (PARTITION BY root ORDER BY published IS NULL, published, length DESC, id) = 1;

CREATE TABLE likest AS
WITH sides AS (
    SELECT a AS here, b AS there, kind, share_a AS share, share_b AS share_there,
        conflicts_a AS conflicts, conflicts_b AS conflicts_there FROM edges
    UNION ALL
    SELECT b, a, kind, share_b, share_a, conflicts_b, conflicts_a FROM edges
)
SELECT sides.*, t.id AS match
FROM sides JOIN texts AS t ON t.n = sides.there
    JOIN texts AS h ON h.n = sides.here
    LEFT JOIN roots AS r ON r.n = sides.here
    LEFT JOIN kept AS k ON k.root = coalesce(r.root, sides.here)
QUALIFY row_number() OVER (
    PARTITION BY here
    ORDER BY kind = 'near' DESC, there = k.text DESC NULLS LAST, share + share_there DESC, t.id
) = 1;

-- Another document of the same words: the smallest id, and for that one the next.
CREATE TABLE twins AS
SELECT key, min(id) AS first, min(id) FILTER (id <> smallest) AS second
FROM (SELECT key, id, min(id) OVER (PARTITION BY key) AS smallest FROM documents WHERE key IS NOT NULL)
GROUP BY key HAVING count(*) > 1;

CREATE TABLE results AS
SELECT p.n, p.id, k.id AS cluster, k.members,
    CASE WHEN p.same > 1 THEN 'exact' ELSE l.kind END AS kind,
    CASE WHEN p.same > 1 THEN 1.0 ELSE coalesce(greatest(l.share, l.share_there), 0.0) END AS similarity,
    p.n = k.n AS keep,
    CASE WHEN p.same = 1 OR p.same IS NULL THEN l.match WHEN p.id = w.first THEN w.second ELSE w.first END AS match,
    CASE WHEN p.same > 1 THEN 1.0 ELSE l.share END AS share,
    CASE WHEN p.same > 1 THEN 1.0 ELSE l.share_there END AS share_of_match,
    CASE WHEN p.same > 1 THEN [] ELSE coalesce(l.conflicts, []) END AS conflicts,
    CASE WHEN p.same > 1 THEN [] ELSE coalesce(l.conflicts_there, []) END AS conflicts_of_match,
    p.published, p.domain
FROM placed AS p
    JOIN kept AS k USING (root)
    LEFT JOIN likest AS l ON l.here = p.text
    LEFT JOIN documents AS d ON d.n = p.n
    LEFT JOIN twins AS w ON w.key = d.key;
