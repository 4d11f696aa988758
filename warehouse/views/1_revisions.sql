-- What stood under the address of each article, period by period: a version holds from its first capture to the first of
-- another version, or to the first 404 or 410 at an address of the article, which is a row of its own. A version that
-- comes back is a period of its own.
CREATE OR REPLACE VIEW revisions AS
WITH shown AS (
    SELECT article_id, captured_at, version_id, digest, capture_id
    FROM captures WHERE outcome = 'article'
),
missing AS (
    SELECT DISTINCT own.article_id, c.captured_at
    FROM (SELECT captured_at, unnest([url, final_url]) AS url FROM captures WHERE status IN (404, 410)) c
    JOIN (
        SELECT DISTINCT article_id, unnest([url, final_url]) AS url FROM captures WHERE outcome = 'article'
    ) own USING (url)
    ANTI JOIN shown ON shown.article_id = own.article_id AND shown.captured_at = c.captured_at
),
-- The order is that by which a load finds the latest capture; at one instant what was found outweighs what was not.
events AS (
    SELECT article_id, captured_at, version_id,
        row_number() OVER (PARTITION BY article_id ORDER BY captured_at, digest, capture_id) AS place
    FROM (FROM shown UNION ALL BY NAME FROM missing)
),
-- What went before anybody saw it is not this article's story.
seen AS (
    SELECT *, version_id IS DISTINCT FROM lag(version_id) OVER turn AS begins,
        max(version_id IS NOT NULL) OVER turn AS known
    FROM events WINDOW turn AS (PARTITION BY article_id ORDER BY place)
),
counted AS (
    SELECT *, count(*) FILTER (begins) OVER (PARTITION BY article_id ORDER BY place) AS number
    FROM seen WHERE known
),
periods AS (
    SELECT article_id, number, any_value(version_id) AS version_id,
        min(captured_at) AS held_from, max(captured_at) AS last_seen_at
    FROM counted GROUP BY article_id, number
),
followed AS (
    SELECT *,
        lead(held_from) OVER turn AS held_until,
        last_value(version_id IGNORE NULLS) OVER (turn ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            AS from_version_id,
        number = max(number) FILTER (version_id IS NOT NULL) OVER (PARTITION BY article_id) AS is_current
    FROM periods WINDOW turn AS (PARTITION BY article_id ORDER BY number)
)
SELECT
    f.article_id, s.url, s.source, f.number, f.version_id, f.from_version_id, f.held_from, f.held_until, f.last_seen_at,
    CASE WHEN f.version_id IS NULL THEN 'gone' ELSE d.kind END AS kind,
    coalesce(d.changed, []) AS changed, d.chars_added, d.chars_removed,
    v.title, v.modified_at, v.char_count, f.is_current
FROM followed f
JOIN article_state s ON s.article_id = f.article_id
LEFT JOIN article_versions v ON v.version_id = f.version_id
LEFT JOIN version_changes d
    ON d.article_id = f.article_id AND d.from_version_id = f.from_version_id AND d.version_id = f.version_id;
