-- What lies in quarantine, narrowed by what is bound: the beginning of its id, its source, its reason, its tries.
SELECT q.capture_id, c.segment, c.record_offset, q.attempts
FROM quarantine q JOIN captures c USING (capture_id)
WHERE ($key IS NULL OR starts_with(q.capture_id, $key)) AND ($source IS NULL OR q.source = $source)
    AND ($reason IS NULL OR q.reason = $reason) AND ($under IS NULL OR q.attempts < $under)
ORDER BY q.capture_id
