-- The texts that share the most sampled shingles with one. Staged: asked (shingle). Bound: how many.
SELECT t.text_id
FROM (
    SELECT text_key, count(DISTINCT shingle) AS shared FROM postings
    WHERE shingle IN (SELECT shingle FROM asked) GROUP BY text_key
) p
JOIN (SELECT DISTINCT text_id, text_key FROM texts) t USING (text_key)
ORDER BY p.shared DESC, t.text_id LIMIT $most
