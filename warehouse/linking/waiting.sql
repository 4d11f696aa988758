-- The texts and days that are compared next, the earliest first. Bound: how many.
SELECT text_id, day FROM unlinked GROUP BY ALL ORDER BY day, text_id LIMIT $most
