-- One row a text: documents of the same words are one, and the one of the smallest id stands for them.
-- Days are counted since 1970; a text without a date, or with one printing without, is near every day.
CREATE TABLE texts AS
WITH grouped AS (
    SELECT
        arg_min(n, id) AS n,
        min(id) AS id,
        key,
        count(*) AS documents,
        bool_or(published IS NULL) AS undated,
        min(date_diff('day', DATE '1970-01-01', CAST(published AS DATE))) AS first_day,
        max(date_diff('day', DATE '1970-01-01', CAST(published AS DATE))) AS last_day,
        arg_min(low, id) AS low,
        arg_min(high, id) AS high,
        arg_min(place, id) AS place,
        arg_min(size, id) AS size
    FROM documents
    WHERE key IS NOT NULL
    GROUP BY key
)
SELECT n, id, key, documents, place, size, undated,
    CASE WHEN undated THEN -1000000000 ELSE first_day END AS first_day,
    CASE WHEN undated THEN 1000000000 ELSE last_day END AS last_day,
    row_number() OVER (ORDER BY low, key) AS by_low,
    row_number() OVER (ORDER BY high, key) AS by_high
FROM grouped;

-- The days of texts that were published on several.
CREATE TABLE days AS
SELECT DISTINCT t.n, date_diff('day', DATE '1970-01-01', CAST(d.published AS DATE)) AS day
FROM texts AS t JOIN documents AS d USING (key)
WHERE NOT t.undated;
