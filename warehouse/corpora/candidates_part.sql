-- Which texts share shingles, for one part of all shingles. A text meets all others under a shingle that few have;
-- under one that many have it meets its neighbours, by the first and by the last shingles of all its sample, so that
-- copies meet and the work grows with the corpus and not with its square. What decides is the texts, not their order.
INSERT INTO shared
WITH
part AS (
    SELECT p.shingle, t.n, t.low, t.high, t.key, t.undated,
        date_diff('day', DATE '1970-01-01', t.first_day) AS first_day,
        date_diff('day', DATE '1970-01-01', t.last_day) AS last_day
    FROM postings AS p JOIN texts AS t USING (n)
    WHERE (p.shingle >> 4) % $parts = $part
),
sizes AS (SELECT shingle, count(*) AS size FROM part GROUP BY shingle HAVING count(*) > 1),
narrow AS (SELECT part.* FROM part JOIN sizes USING (shingle) WHERE size <= $wide),
wide AS (SELECT part.* FROM part JOIN sizes USING (shingle) WHERE size > $wide),
neighbours AS (
    SELECT shingle, n, undated, first_day, last_day, unnest(near) AS m
    FROM (
        SELECT shingle, n, undated, first_day, last_day,
            array_agg(n) OVER (
                PARTITION BY shingle ORDER BY low, key ROWS BETWEEN 1 FOLLOWING AND $neighbours FOLLOWING
            ) AS near
        FROM wide
        UNION ALL
        SELECT shingle, n, undated, first_day, last_day,
            array_agg(n) OVER (
                PARTITION BY shingle ORDER BY high, key ROWS BETWEEN 1 FOLLOWING AND $neighbours FOLLOWING
            )
        FROM wide
    )
),
met AS (
    SELECT a.n AS a, b.n AS b, a.shingle
    FROM narrow AS a JOIN narrow AS b ON a.shingle = b.shingle AND a.n < b.n
    WHERE a.undated OR b.undated
        OR (a.first_day <= b.last_day + $days AND b.first_day <= a.last_day + $days)
    UNION
    SELECT least(a.n, b.n), greatest(a.n, b.n), a.shingle
    FROM neighbours AS a JOIN texts AS b ON a.m = b.n
    WHERE a.undated OR b.undated
        OR (a.first_day <= date_diff('day', DATE '1970-01-01', b.last_day) + $days
            AND date_diff('day', DATE '1970-01-01', b.first_day) <= a.last_day + $days)
)
SELECT a, b, count(*) FROM met GROUP BY a, b;
