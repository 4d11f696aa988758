-- Which texts share shingles, for one part of all shingles. A text meets all others under a shingle that few have.
-- Under one that many have it meets its neighbours, by the first and by the last shingles of its whole sample, so that
-- copies meet and the work grows with the corpus and not with its square. One that very many have is a phrase, and
-- joins nobody: copies share rarer ones beside it. What decides is the texts, not the order they came in.
INSERT INTO shared
WITH
sizes AS (
    SELECT shingle, count(*) AS size
    FROM postings JOIN texts USING (n)
    WHERE (shingle >> 4) % $parts = $part
    GROUP BY shingle HAVING count(*) BETWEEN 2 AND $common
),
part AS (
    SELECT p.shingle, s.size, t.n, t.by_low, t.by_high, t.first_day, t.last_day
    FROM sizes AS s JOIN postings AS p USING (shingle) JOIN texts AS t USING (n)
),
narrow AS (SELECT shingle, n, first_day, last_day FROM part WHERE size <= $wide),
wide AS (
    SELECT shingle, n,
        [lead(n, 1) OVER low, lead(n, 2) OVER low, lead(n, 3) OVER low, lead(n, 4) OVER low,
         lead(n, 1) OVER high, lead(n, 2) OVER high, lead(n, 3) OVER high, lead(n, 4) OVER high] AS near
    FROM part WHERE size > $wide
    WINDOW
        low AS (PARTITION BY shingle ORDER BY by_low),
        high AS (PARTITION BY shingle ORDER BY by_high)
),
neighbours AS (
    SELECT DISTINCT shingle, least(n, m) AS a, greatest(n, m) AS b
    FROM (SELECT shingle, n, unnest(near) AS m FROM wide) WHERE m IS NOT NULL
),
met AS (
    SELECT a.n AS a, b.n AS b
    FROM narrow AS a JOIN narrow AS b ON a.shingle = b.shingle AND a.n < b.n
    WHERE a.first_day <= b.last_day + $days AND b.first_day <= a.last_day + $days
    UNION ALL
    SELECT a.n, b.n
    FROM neighbours AS p JOIN texts AS a ON a.n = p.a JOIN texts AS b ON b.n = p.b
    WHERE a.first_day <= b.last_day + $days AND b.first_day <= a.last_day + $days
)
SELECT a, b, count(*) FROM met GROUP BY a, b;
