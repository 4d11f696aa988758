-- Every address found for the given sources, with the last capture of it: what a backfill is planned from.
-- Bound: the list of sources, and this moment. What failed in a way that passes, and may be tried again, is missing yet.
WITH taken AS (
    SELECT url, captured_at, outcome, digest, payload_segment, payload_offset, payload_length, reason,
        next_try_at <= $now AND coalesce(status NOT IN (401, 402, 403, 404, 410, 451), true) AS passing
    FROM captures
    UNION ALL
    SELECT final_url, captured_at, outcome, digest, payload_segment, payload_offset, payload_length, reason,
        next_try_at <= $now AND coalesce(status NOT IN (401, 402, 403, 404, 410, 451), true)
    FROM captures WHERE final_url <> url
),
last_taken AS (
    SELECT * FROM taken WHERE coalesce(reason NOT IN ('foreign', 'out-of-range'), true)
    QUALIFY row_number() OVER (PARTITION BY url ORDER BY captured_at DESC, digest DESC) = 1
)
SELECT
    f.source, f.url, f.via, f.published_raw, f.modified_raw, f.modified_at, t.captured_at, t.outcome, t.digest,
    t.payload_segment, t.payload_offset, t.payload_length, t.reason, 'backfill' AS why,
    coalesce(t.passing, false) AS passing
FROM found f LEFT JOIN last_taken t USING (url)
WHERE f.source IN (SELECT unnest($sources))
ORDER BY coalesce(f.modified_at, f.last_found_at) DESC, f.url
