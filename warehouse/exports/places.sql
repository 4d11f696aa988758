-- The records of the captures that are still to be written, in any order.
SELECT p.part, p.pass, p.position, c.capture_id, c.final_url, c.captured_at, c.status, c.media_type, c.digest, c.record_type,
    c.segment, c.record_offset, c.record_length, c.payload_segment, c.payload_offset, c.payload_length
FROM passes p JOIN captures c ON c.capture_id = p.key
