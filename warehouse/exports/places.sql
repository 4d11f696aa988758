-- The records of the captures that are planned, in order.
SELECT p.part, c.capture_id, c.final_url, c.captured_at, c.status, c.media_type, c.digest, c.record_type,
    c.segment, c.record_offset, c.record_length, c.payload_segment, c.payload_offset, c.payload_length
FROM planned p JOIN captures c ON c.capture_id = p.key
ORDER BY p.position
