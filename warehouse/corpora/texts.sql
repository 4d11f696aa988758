-- One row a text: documents of the same words are one, and the one of the smallest id stands for them.
CREATE TABLE texts AS
SELECT
    arg_min(n, id) AS n,
    min(id) AS id,
    key,
    count(*) AS documents,
    min(CAST(published AS DATE)) AS first_day,
    max(CAST(published AS DATE)) AS last_day,
    bool_or(published IS NULL) AS undated,
    arg_min(low, id) AS low,
    arg_min(high, id) AS high,
    arg_min(place, id) AS place,
    arg_min(size, id) AS size
FROM documents
WHERE key IS NOT NULL
GROUP BY key;

-- The days on which each dated text was published.
CREATE TABLE days AS
SELECT DISTINCT t.n, CAST(d.published AS DATE) AS day
FROM texts AS t JOIN documents AS d USING (key)
WHERE t.first_day <> t.last_day AND NOT t.undated
UNION ALL
SELECT n, first_day FROM texts WHERE first_day = last_day AND NOT undated;
