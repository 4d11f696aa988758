-- The content of a version, as load/compared.sql gives it; one constant is looked up without reading other texts.
-- Bound: version_id.
SELECT
    title, description, text, authors,
    coalesce((SELECT list([caption, credit] ORDER BY position) FROM photos WHERE version_id = $version_id), []) AS photos,
    (SELECT count(*) FROM live_updates WHERE version_id = $version_id) AS updates
FROM article_versions WHERE version_id = $version_id
