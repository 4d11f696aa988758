-- Revisits that came without their payload, each with the payload of a capture that it repeats: the one with the
-- digest that both state, else the one it names by address and time.
WITH waiting AS (
    SELECT capture_id, segment, record_offset, digest, original_url, original_at
    FROM captures WHERE outcome = 'failed' AND reason = 'payload not held'
),
held AS (
    SELECT digest, stated_digest, final_url, captured_at, payload_segment, payload_offset, payload_length, media_type
    FROM captures WHERE payload_segment IS NOT NULL
),
pairs AS (
    SELECT w.capture_id, w.segment, w.record_offset, h.*, 1 AS rank FROM waiting w JOIN held h ON h.stated_digest = w.digest
    UNION ALL
    SELECT w.capture_id, w.segment, w.record_offset, h.*, 2 AS rank
    FROM waiting w JOIN held h ON h.final_url = w.original_url AND h.captured_at = w.original_at
)
SELECT capture_id, segment, record_offset, digest, payload_segment, payload_offset, payload_length, media_type
FROM pairs
QUALIFY row_number() OVER (PARTITION BY capture_id ORDER BY rank, digest, payload_segment, payload_offset) = 1
ORDER BY capture_id
