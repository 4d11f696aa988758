-- Texts by id, each once. Staged: asked.
SELECT text_id, any_value(text_hash), any_value(text) FROM article_versions WHERE text_id IN (FROM asked) GROUP BY text_id
