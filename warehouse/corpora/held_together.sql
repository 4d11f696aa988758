-- Larger clusters with the edges that hold them together; of documents of the same words each but one counts as one.
WITH
near AS (
    SELECT coalesce(r.root, e.a) AS root, count(*) AS edges
    FROM edges AS e LEFT JOIN roots AS r ON r.n = e.a WHERE e.kind = 'near' GROUP BY 1
),
same AS (SELECT root, count(*) - count(DISTINCT text) AS edges FROM placed WHERE text IS NOT NULL GROUP BY root)
SELECT k.id, k.members, coalesce(n.edges, 0) + coalesce(s.edges, 0)
FROM kept AS k LEFT JOIN near AS n USING (root) LEFT JOIN same AS s USING (root)
WHERE k.members >= 10
ORDER BY k.members DESC, k.id;
