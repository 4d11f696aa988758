-- Which versions of the touched articles followed one another; runs after load/captures.sql in its transaction, and
-- leaves in `uncompared` the pairs that are to be compared.

-- A warehouse made before there was this table has all its articles to compare.
INSERT INTO touched
SELECT article_id FROM article_state WHERE versions > 1 AND NOT EXISTS (FROM version_changes);

CREATE OR REPLACE TEMP TABLE several AS
SELECT article_id FROM article_state WHERE versions > 1 AND article_id IN (SELECT article_id FROM touched);

-- The order of captures is that by which captures.sql finds the latest.
CREATE OR REPLACE TEMP TABLE followed AS
SELECT DISTINCT article_id, from_version_id, version_id FROM (
    SELECT article_id, version_id,
        lag(version_id) OVER (PARTITION BY article_id ORDER BY captured_at, digest, capture_id) AS from_version_id
    FROM captures WHERE outcome = 'article' AND article_id IN (SELECT article_id FROM several)
) WHERE from_version_id <> version_id;

-- What is held of these articles, found in one look at the table.
CREATE OR REPLACE TEMP TABLE told AS
SELECT article_id, from_version_id, version_id FROM version_changes
WHERE article_id IN (SELECT article_id FROM touched);

-- A capture between two others parts a pair. A version that is now read from an earlier capture may have other entries
-- of a live blog.
CREATE OR REPLACE TEMP TABLE outdated AS
SELECT * FROM told WHERE
    (from_version_id, version_id) NOT IN (SELECT (from_version_id, version_id) FROM followed)
    OR version_id IN (SELECT version_id FROM first_seen)
    OR from_version_id IN (SELECT version_id FROM first_seen);

DELETE FROM version_changes USING outdated o
WHERE version_changes.article_id = o.article_id AND version_changes.from_version_id = o.from_version_id
    AND version_changes.version_id = o.version_id;

CREATE OR REPLACE TEMP TABLE uncompared AS
SELECT article_id, from_version_id, version_id FROM followed
ANTI JOIN (FROM told ANTI JOIN outdated USING (article_id, from_version_id, version_id)) kept
    USING (article_id, from_version_id, version_id);
