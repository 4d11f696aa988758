-- Pairs of texts that share at least two sampled shingles within 30 days, the new with the new among them; each once.
-- A shingle that very many texts of these weeks have is a phrase: copies share rarer ones beside it, and templates would
-- make pairs in their square.
-- Staged: new_shingles, new_texts. Bound: the first and last day of the window, and how many texts are very many.
WITH held AS (
    SELECT shingle, text_key, day FROM shingles.postings
    WHERE day BETWEEN $first AND $last AND shingle IN (SELECT shingle FROM new_shingles)
    UNION ALL
    FROM new_shingles
),
pool AS (
    FROM held WHERE shingle IN (SELECT shingle FROM held GROUP BY shingle HAVING count(*) BETWEEN 2 AND $common)
),
shared AS (
    SELECT n.text_key AS one, p.text_key AS other
    FROM new_shingles n JOIN pool p ON p.shingle = n.shingle AND p.text_key <> n.text_key
        AND p.day BETWEEN n.day - 30 AND n.day + 30
    GROUP BY ALL HAVING count(DISTINCT n.shingle) > 1
),
named AS (
    SELECT text_key, text_id FROM shingles.texts
    WHERE day BETWEEN $first AND $last AND text_key IN (SELECT other FROM shared)
    UNION
    SELECT text_key, text_id FROM new_texts
)
SELECT DISTINCT least(a.text_id, b.text_id) AS one, greatest(a.text_id, b.text_id) AS other
FROM shared JOIN named a ON a.text_key = shared.one JOIN named b ON b.text_key = shared.other
ORDER BY one, other
