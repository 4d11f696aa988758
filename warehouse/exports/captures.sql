-- Numbered files of the captures that show the chosen articles, in the order of their time. Bound: bytes a file, as they
-- stand in the archive; whether a capture that itself said so is left out.
CREATE OR REPLACE TEMP TABLE planned AS
WITH showing AS (
    SELECT capture_id, captured_at, payload_length
    FROM captures SEMI JOIN chosen USING (article_id)
    WHERE outcome = 'article' AND payload_segment IS NOT NULL
        AND NOT ($respect_optout AND coalesce(list_has_any(rights, ['noai', 'tdm-reservation', 'ai-train']), false))
),
placed AS (
    SELECT capture_id, row_number() OVER (ORDER BY captured_at, capture_id) AS position,
        (sum(payload_length) OVER (ORDER BY captured_at, capture_id) - payload_length)::BIGINT // $size AS filled
    FROM showing
)
SELECT capture_id AS key, 300 AS size, position, NULL::VARCHAR AS source, NULL::VARCHAR AS month,
    dense_rank() OVER (ORDER BY filled) - 1 AS number, number AS part
FROM placed
