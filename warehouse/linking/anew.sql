-- Every text waits to be compared. Bound: the token of the new file of shingles.
DELETE FROM unlinked;

INSERT INTO unlinked BY NAME
SELECT DISTINCT v.text_id, c.text_date AS day, $load_id AS load_id, $indexed_at AS indexed_at
FROM captures c JOIN article_versions v USING (version_id);

UPDATE link_state SET token = $token, rows = 0;
