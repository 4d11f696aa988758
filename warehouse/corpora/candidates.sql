-- The texts to be compared: enough shared shingles, and published near enough to each other where both have a day.
CREATE TABLE candidates AS
WITH
enough AS (SELECT a, b FROM shared GROUP BY a, b HAVING sum(shingles) >= $shared),
pairs AS (
    SELECT e.a, e.b, least(a.by_low, b.by_low) AS by_low,
        NOT (a.undated OR b.undated) AND (a.first_day <> a.last_day OR b.first_day <> b.last_day) AS several,
        a.place AS place_a, a.size AS size_a, b.place AS place_b, b.size AS size_b
    FROM enough AS e JOIN texts AS a ON e.a = a.n JOIN texts AS b ON e.b = b.n
)
SELECT * EXCLUDE (several) FROM pairs WHERE NOT several
UNION ALL
SELECT * EXCLUDE (several) FROM pairs
WHERE several AND EXISTS (
    SELECT 1 FROM days AS x JOIN days AS y ON x.n = pairs.a AND y.n = pairs.b
    WHERE abs(x.day - y.day) <= $days
);
