-- The files of a layout by source and month of publication, and the place of each article in them. Bound: rows a file. `size`
-- is how much of it has to be sorted.
CREATE OR REPLACE TEMP TABLE planned AS
WITH dated AS (
    SELECT article_id, source, strftime(published_date, '%Y-%m') AS month, published_at, char_count FROM chosen
),
placed AS (
    SELECT *,
        row_number() OVER (ORDER BY source, month NULLS LAST, published_at NULLS LAST, article_id) AS position,
        (row_number() OVER (PARTITION BY source, month ORDER BY published_at NULLS LAST, article_id) - 1) // $size
            AS number
    FROM dated
)
SELECT article_id AS key, char_count AS size, position, source, month, number,
    dense_rank() OVER (ORDER BY source, month NULLS LAST, number) - 1 AS part
FROM placed
