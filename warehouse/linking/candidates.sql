-- Pairs of texts that share at least two sampled shingles within 30 days, the new with the new among them; each once.
-- Pairs grow with the square of what holds a shingle. Of many texts each meets its neighbours, in an order that is the same
-- under every shingle; a shingle that very many texts of these weeks have is a phrase, and joins nobody: copies share rarer
-- ones beside it. Of a crowd, which is named with the pair, a text is laid beside those that share the most.
-- Staged: new_shingles, new_texts. Bound: the first and last day of the window, how many texts are many and very many, and
-- beside how many of a crowd a text is laid.
WITH held AS (
    SELECT shingle, text_key, day, false AS is_new FROM shingles.postings
    WHERE day BETWEEN $first AND $last AND shingle IN (SELECT shingle FROM new_shingles)
    UNION ALL
    SELECT shingle, text_key, day, true FROM new_shingles
),
pool AS MATERIALIZED (
    SELECT *, count(*) OVER (PARTITION BY shingle) AS texts,
        row_number() OVER (PARTITION BY shingle ORDER BY text_key, day) AS place
    FROM held QUALIFY texts BETWEEN 2 AND $common
),
meeting AS (
    SELECT n.shingle, n.text_key AS one, n.day AS one_day, p.text_key AS other, p.day AS other_day
    FROM pool n JOIN pool p ON p.shingle = n.shingle WHERE n.is_new AND n.texts <= $many
    UNION ALL
    SELECT n.shingle, n.text_key, n.day, p.text_key, p.day
    FROM (SELECT *, place + unnest([-4, -3, -2, -1, 1, 2, 3, 4]) AS beside FROM pool WHERE is_new AND texts > $many) n
    JOIN pool p ON p.shingle = n.shingle AND p.place = n.beside
),
shared AS (
    -- A text may stand under several days, with the same shingles: to count them by day takes a tenth of the memory that
    -- counting distinct ones does.
    SELECT one, other, max(shingles) AS shingles FROM (
        SELECT one, other, count(*) AS shingles FROM meeting
        WHERE one <> other AND other_day BETWEEN one_day - 30 AND one_day + 30
        GROUP BY one, one_day, other, other_day HAVING shingles > 1
    ) GROUP BY ALL
),
named AS (
    SELECT text_key, text_id FROM shingles.texts
    WHERE day BETWEEN $first AND $last AND text_key IN (SELECT other FROM shared)
    UNION
    SELECT text_key, text_id FROM new_texts
),
crowded AS (
    SELECT DISTINCT v.text_id, c.cluster_id FROM crowds c JOIN article_versions v USING (text_hash)
),
placed AS (
    SELECT a.text_id AS one, b.text_id AS other, s.shingles, c.cluster_id AS crowd,
        row_number() OVER (PARTITION BY a.text_id, c.cluster_id ORDER BY s.shingles DESC, b.text_id) AS place
    FROM shared s JOIN named a ON a.text_key = s.one JOIN named b ON b.text_key = s.other
    LEFT JOIN crowded c ON c.text_id = b.text_id
)
-- Of two new texts the larger id is laid beside the other; a text that is new by another day may be found from one side.
SELECT unnest(arg_min({'one': one, 'other': other, 'shingles': shingles, 'crowd': crowd}, (crowd IS NULL, one < other)))
FROM placed WHERE crowd IS NULL OR place <= $beside GROUP BY least(one, other), greatest(one, other)
