-- Pairs of texts that share at least two sampled shingles within 30 days, the new with the new among them; each once.
-- A shingle that very many texts of these weeks have is a phrase: copies share rarer ones beside it, and templates would
-- make pairs in their square. Nor is a text laid beside each of a crowd, but beside the canonical text and those that share
-- the most; the crowd is named with the pair.
-- Staged: new_shingles, new_texts. Bound: the first and last day of the window, how many texts are very many, and beside
-- how many of a crowd a text is laid.
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
    SELECT n.text_key AS one, p.text_key AS other, count(DISTINCT n.shingle) AS shingles
    FROM new_shingles n JOIN pool p ON p.shingle = n.shingle AND p.text_key <> n.text_key
        AND p.day BETWEEN n.day - 30 AND n.day + 30
    GROUP BY ALL HAVING shingles > 1
),
named AS (
    SELECT text_key, text_id FROM shingles.texts
    WHERE day BETWEEN $first AND $last AND text_key IN (SELECT other FROM shared)
    UNION
    SELECT text_key, text_id FROM new_texts
),
canonical AS (
    SELECT v.text_id FROM clusters c JOIN article_state s USING (article_id) JOIN article_versions v USING (version_id)
    WHERE c.cluster_id IN (SELECT cluster_id FROM crowds)
),
crowded AS (
    SELECT DISTINCT v.text_id, c.cluster_id, v.text_id IN (FROM canonical) AS leads
    FROM crowds c JOIN article_versions v USING (text_hash)
),
placed AS (
    SELECT a.text_id AS one, b.text_id AS other, s.shingles, c.cluster_id AS crowd,
        row_number() OVER (PARTITION BY a.text_id, c.cluster_id ORDER BY c.leads DESC, s.shingles DESC, b.text_id) AS place
    FROM shared s JOIN named a ON a.text_key = s.one JOIN named b ON b.text_key = s.other
    LEFT JOIN crowded c ON c.text_id = b.text_id
)
-- Of two new texts the larger id is laid beside the other; a text that is new by another day may be found from one side.
SELECT unnest(arg_min({'one': one, 'other': other, 'shingles': shingles, 'crowd': crowd}, (crowd IS NULL, one < other)))
FROM placed WHERE crowd IS NULL OR place <= $beside GROUP BY least(one, other), greatest(one, other)
