-- The versions of each article in the order they were first seen; each holds until the next one's first capture.
CREATE OR REPLACE VIEW revisions AS
WITH seen AS (
    SELECT article_id, version_id, min(captured_at) AS first_seen_at, max(captured_at) AS last_seen_at
    FROM captures WHERE version_id IS NOT NULL GROUP BY article_id, version_id
)
SELECT
    seen.article_id, s.url, s.source,
    row_number() OVER (PARTITION BY seen.article_id ORDER BY seen.first_seen_at, seen.version_id) AS number,
    seen.version_id, seen.first_seen_at, seen.last_seen_at, v.title, v.modified_at, v.char_count,
    seen.version_id = s.version_id AS is_current
FROM seen JOIN article_versions v USING (version_id) JOIN article_state s ON s.article_id = seen.article_id;
