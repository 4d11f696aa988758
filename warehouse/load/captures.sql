-- A batch of captures and the versions they show. Staged: new_captures, new_versions, new_photos,
-- new_removed, new_updates.
-- What the warehouse holds after this is a function of the set of captures alone, so every statement either
-- adds what is missing or makes anew, from all captures, what the batch touched.

INSERT INTO captures BY NAME
SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM new_captures;

-- What the batch touches: articles that it shows, and those at whose addresses it found nothing.
CREATE OR REPLACE TEMP TABLE missing AS
SELECT DISTINCT unnest([url, final_url]) AS url FROM new_captures WHERE status IN (404, 410);

CREATE OR REPLACE TEMP TABLE touched AS
SELECT article_id FROM new_captures WHERE article_id IS NOT NULL
UNION
SELECT article_id FROM captures JOIN missing USING (url) WHERE outcome = 'article'
UNION
SELECT article_id FROM captures JOIN missing ON missing.url = captures.final_url WHERE outcome = 'article';

-- What was known of them. Of an article that is new nothing is looked for: in an archive of millions each column read
-- for a key costs more than all else.
CREATE OR REPLACE TEMP TABLE before AS
SELECT article_id, domain, is_agency, cluster_id FROM article_state WHERE article_id IN (SELECT article_id FROM touched);

CREATE OR REPLACE TEMP TABLE held AS
SELECT version_id, captured_at, capture_id, text_hash FROM article_versions
WHERE article_id IN (SELECT article_id FROM before);

-- A version's row is read from its earliest capture: a version that is new, or seen earlier than we knew.
CREATE OR REPLACE TEMP TABLE first_seen AS
SELECT * FROM new_versions
QUALIFY row_number() OVER (PARTITION BY version_id ORDER BY captured_at, capture_id) = 1;

DELETE FROM first_seen USING held
WHERE held.version_id = first_seen.version_id
    AND (held.captured_at, held.capture_id) <= (first_seen.captured_at, first_seen.capture_id);

-- Empty as a rule: then none of the tables is read.
CREATE OR REPLACE TEMP TABLE superseded AS SELECT version_id FROM held SEMI JOIN first_seen USING (version_id);

DELETE FROM article_versions WHERE version_id IN (SELECT version_id FROM superseded);
DELETE FROM photos WHERE version_id IN (SELECT version_id FROM superseded);
DELETE FROM removed_text WHERE version_id IN (SELECT version_id FROM superseded);
DELETE FROM live_updates WHERE version_id IN (SELECT version_id FROM superseded);

INSERT INTO article_versions BY NAME
SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM first_seen;

INSERT INTO photos BY NAME
SELECT p.* EXCLUDE (capture_id), $load_id AS load_id, $indexed_at AS indexed_at
FROM new_photos p JOIN first_seen USING (version_id, capture_id);

INSERT INTO removed_text BY NAME
SELECT r.* EXCLUDE (capture_id), $load_id AS load_id, $indexed_at AS indexed_at
FROM new_removed r JOIN first_seen USING (version_id, capture_id);

INSERT INTO live_updates BY NAME
SELECT u.* EXCLUDE (capture_id), $load_id AS load_id, $indexed_at AS indexed_at
FROM new_updates u JOIN first_seen USING (version_id, capture_id);

-- The state of an article follows from its captures: the latest one that shows it decides, a tie goes by digest. It is
-- gone from the first capture after that one which finds nothing under an address of its own.
CREATE OR REPLACE TEMP TABLE site AS
SELECT article_id, any_value(domain) AS domain, any_value(is_agency) AS is_agency FROM (
    SELECT article_id, domain, is_agency FROM new_domains
    UNION ALL
    SELECT article_id, domain, is_agency FROM before
) GROUP BY article_id;

-- By row number: else all columns are read of all captures.
CREATE OR REPLACE TEMP TABLE places AS
SELECT rowid AS number FROM captures WHERE outcome = 'article' AND article_id IN (SELECT article_id FROM before);

CREATE OR REPLACE TEMP TABLE shown AS
SELECT
    article_id, version_id, capture_id, url, final_url, source, rights, licence,
    min(captured_at) OVER article AS first_seen_at,
    max(captured_at) OVER article AS last_seen_at,
    count(DISTINCT version_id) OVER article AS versions,
    row_number() OVER (PARTITION BY article_id ORDER BY captured_at DESC, digest DESC, capture_id DESC) AS place
FROM (
    SELECT article_id, version_id, capture_id, url, final_url, source, rights, licence, captured_at, digest
    FROM captures WHERE rowid IN (SELECT number FROM places)
    UNION ALL
    SELECT article_id, version_id, capture_id, url, final_url, source, rights, licence, captured_at, digest
    FROM new_captures ANTI JOIN before USING (article_id) WHERE article_id IS NOT NULL
)
WINDOW article AS (PARTITION BY article_id);

CREATE OR REPLACE TEMP TABLE gone AS
SELECT own.article_id, min(found_none.captured_at) AS gone_at
FROM (SELECT DISTINCT article_id, last_seen_at, unnest([url, final_url]) AS url FROM shown) own
JOIN (
    SELECT captured_at, unnest([url, final_url]) AS url FROM captures
    WHERE status IN (404, 410) AND captured_at > (SELECT min(last_seen_at) FROM shown)
) found_none ON found_none.url = own.url AND found_none.captured_at > own.last_seen_at
GROUP BY own.article_id;

CREATE OR REPLACE TEMP TABLE state AS
SELECT
    article_id, final_url AS url, site.domain, source, version_id, capture_id,
    first_seen_at, last_seen_at, versions, gone_at, rights, licence, site.is_agency,
    coalesce(text_clusters.cluster_id, texts.text_hash) AS cluster_id,
    (SELECT number + 1 FROM generation) AS generation, $load_id AS load_id, $indexed_at AS indexed_at
FROM shown JOIN site USING (article_id) LEFT JOIN gone USING (article_id)
JOIN (
    SELECT version_id, text_hash FROM first_seen
    UNION ALL
    SELECT version_id, text_hash FROM held WHERE version_id NOT IN (SELECT version_id FROM first_seen)
) texts USING (version_id)
LEFT JOIN text_clusters USING (text_hash)
WHERE place = 1;

DELETE FROM article_state WHERE article_id IN (SELECT article_id FROM before);
INSERT INTO article_state BY NAME FROM state;

-- The clusters that articles leave and join are made anew by load/clusters.sql.
CREATE OR REPLACE TEMP TABLE stirred AS SELECT cluster_id FROM before UNION SELECT cluster_id FROM state;

-- What the batch shows waits to be compared with the archive.
INSERT INTO unlinked BY NAME
SELECT DISTINCT v.text_id, f.text_date AS day, $load_id AS load_id, $indexed_at AS indexed_at
FROM new_captures f JOIN new_versions v USING (capture_id, version_id);

INSERT INTO quarantine BY NAME
SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM new_quarantine;

DELETE FROM marks WHERE file IN (SELECT file FROM new_marks);
INSERT INTO marks BY NAME SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM new_marks;
