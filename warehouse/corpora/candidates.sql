-- The texts to be compared: enough shared shingles, and published near enough to each other where both have a day.
CREATE TABLE candidates AS
WITH
enough AS (SELECT a, b FROM shared GROUP BY a, b HAVING sum(shingles) >= $shared),
pairs AS (
    SELECT e.a, e.b, least(a.low, b.low) AS low, a.undated OR b.undated AS undated,
        a.first_day <> a.last_day OR b.first_day <> b.last_day AS several,
        a.place AS place_a, a.size AS size_a, b.place AS place_b, b.size AS size_b
    FROM enough AS e JOIN texts AS a ON e.a = a.n JOIN texts AS b ON e.b = b.n
)
SELECT * EXCLUDE (undated, several)
FROM pairs
WHERE undated OR NOT several OR EXISTS (
    SELECT 1 FROM days AS x JOIN days AS y ON x.n = pairs.a AND y.n = pairs.b
    WHERE abs(date_diff('day', x.day, y.day)) <= $days
);
