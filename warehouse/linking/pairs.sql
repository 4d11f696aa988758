-- Pairs of texts as they were judged. Staged: judged.
DELETE FROM text_copies USING judged
WHERE text_copies.text_one = judged.text_one AND text_copies.text_other = judged.text_other;

INSERT INTO text_copies BY NAME SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM judged;
