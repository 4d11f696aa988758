-- Numbered files of articles in the order of source, month and time of publication. Bound: rows a file.
CREATE OR REPLACE TEMP TABLE planned AS
WITH placed AS (
    SELECT article_id AS key, char_count AS size,
        row_number() OVER (
            ORDER BY source, strftime(published_date, '%Y-%m') NULLS LAST, published_at NULLS LAST, article_id
        ) AS position
    FROM chosen
)
SELECT key, size, position, NULL::VARCHAR AS source, NULL::VARCHAR AS month, (position - 1) // $size AS number,
    (position - 1) // $size AS part
FROM placed
