-- An archive as years of loads leave it, from texts in `made` (number, language, title, text): 1,000 articles a day of
-- fifty newspapers. One in twenty changed its headline, one in thirty is a near copy of the one before, one in ten is
-- signed by an agency. Bound: first, the day of article 0.
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT
    number AS i, language, title, text, 'paper' || (number % 50) AS source,
    'https://paper' || (number % 50) || '.example/' || number AS url,
    $first::TIMESTAMPTZ + to_microseconds(number * 86400000) AS moment,
    CAST(($first::TIMESTAMPTZ + to_microseconds(number * 86400000)) AT TIME ZONE 'UTC' AS DATE) AS day,
    number % 20 = 3 AS revised, number % 30 = 1 AS copies,
    number % 30 = 0 AND number + 1 <= (SELECT max(number) FROM made) AS copied,
    md5('a' || number) AS article_id, md5('v' || number) AS version_id, md5('t' || number) AS text_hash,
    md5('x' || number) AS text_id, md5('c' || number) AS capture_id,
    'bench' AS load_id, $first::TIMESTAMPTZ + to_microseconds(number * 86400000) AS indexed_at
FROM made;

INSERT INTO article_versions BY NAME
WITH shown AS (
    SELECT *, title AS headline FROM numbered
    UNION ALL
    SELECT * REPLACE (md5('w' || i) AS version_id, moment + INTERVAL 2 HOUR AS moment, md5('d' || i) AS capture_id),
    'Updated: ' || title
    FROM numbered WHERE revised
)
SELECT
    version_id, article_id, md5(version_id) AS version_hash, text_hash, text_id, headline AS title,
    'What became of ' || title AS description, text, ['Author ' || (i % 997)] AS authors,
    CASE WHEN i % 10 = 0 OR copies THEN ['AP'] ELSE [] END AS agencies,
    ['Politics', 'Sport', 'Culture', 'Economy'][1 + i % 4] AS section, ['tag' || (i % 300),
    'tag' || (i % 71)] AS tags,
    language, 'markup' AS language_source, moment AS published_at, day AS published_date,
    moment::VARCHAR AS published_raw,
    'second' AS published_precision, 'UTC' AS published_zone, 'page' AS published_zone_source,
    'json-ld' AS published_source, false AS published_conflict, i % 7 <> 0 AS free_access,
    CASE WHEN i % 7 = 0 THEN 'teaser' ELSE 'full' END AS text_status, length(text) // 6 AS word_count,
    length(text) AS char_count, url || '/image.jpg' AS image_url, 'bench' AS extractor, capture_id,
    moment AS captured_at,
    load_id, indexed_at
FROM shown;

INSERT INTO captures BY NAME
WITH taken AS (
    SELECT *, version_id AS shown, 'new' AS why FROM numbered
    UNION ALL
    SELECT * REPLACE (md5('d' || i) AS capture_id, moment + INTERVAL 2 HOUR AS moment), md5('w' || i), 'revisit'
    FROM numbered WHERE revised
)
SELECT
    capture_id, url, url AS final_url, source, moment AS captured_at, day AS captured_date, day AS text_date,
    1 AS attempts,
    200 AS status, 'text/html' AS media_type, 'sha256:' || md5(capture_id) || md5(url) AS digest, 20000 AS size,
    'response' AS record_type, 's' || day AS segment, i * 1000 AS record_offset, 1000 AS record_length,
    segment AS payload_segment,
    i * 1000 AS payload_offset, 900 AS payload_length, 'article' AS outcome, article_id, shown AS version_id,
    'bench' AS extractor, why,
    load_id, indexed_at
FROM taken;

INSERT INTO captures BY NAME
SELECT
    md5('e' || i) AS capture_id, url || '/lost' AS url, url || '/lost' AS final_url, source, moment AS captured_at,
    day AS captured_date,
    day AS text_date, 1 AS attempts, CASE WHEN i % 2 = 0 THEN 404 END AS status, 'failed' AS outcome,
    CASE WHEN i % 2 = 0 THEN 'http 404' ELSE 'timeout' END AS reason, load_id, indexed_at
FROM numbered WHERE i % 25 < 2;

INSERT INTO article_state BY NAME
SELECT
    article_id, url, source || '.example' AS domain, source,
    CASE WHEN revised THEN md5('w' || i) ELSE version_id END AS version_id,
    CASE WHEN revised THEN md5('d' || i) ELSE capture_id END AS capture_id, moment AS first_seen_at,
    CASE WHEN revised THEN moment + INTERVAL 2 HOUR ELSE moment END AS last_seen_at, 1 + revised::INTEGER AS versions,
    CASE WHEN i % 200 = 5 THEN moment + INTERVAL 9 DAY END AS gone_at,
    CASE WHEN i % 50 = 4 THEN ['noai'] END AS rights,
    CASE WHEN copies THEN least(text_hash, md5('t' || (i - 1))) WHEN copied THEN least(text_hash, md5('t' || (i + 1)))
        ELSE text_hash END AS cluster_id,
    CASE WHEN copies OR copied THEN 2 ELSE 1 END AS cluster_size, NOT copies AS is_canonical,
    (SELECT number + 1 FROM generation) AS generation,
    load_id, indexed_at
FROM numbered;

INSERT INTO version_changes BY NAME
SELECT article_id, version_id AS from_version_id, md5('w' || i) AS version_id, 'headline' AS kind,
    ['title'] AS changed,
    9 AS chars_added, 0 AS chars_removed, load_id, indexed_at
FROM numbered WHERE revised;

INSERT INTO text_copies BY NAME
SELECT
    least(text_id, other) AS text_one, greatest(text_id, other) AS text_other,
    CASE WHEN text_id < other THEN text_hash ELSE hash END AS hash_one,
    CASE WHEN text_id < other THEN hash ELSE text_hash END AS hash_other,
    'near' AS kind, 0.9 AS share_one, 0.8 AS share_other, [] AS conflicts, 'bench' AS method, load_id, indexed_at
FROM (SELECT *, md5('x' || (i - 1)) AS other, md5('t' || (i - 1)) AS hash FROM numbered WHERE copies);

INSERT INTO text_clusters BY NAME
SELECT unnest([text_hash, hash]) AS text_hash, least(text_hash, hash) AS cluster_id, load_id, indexed_at
FROM (SELECT *, md5('t' || (i - 1)) AS hash FROM numbered WHERE copies);

INSERT INTO clusters BY NAME
SELECT
    least(text_hash, md5('t' || (i - 1))) AS cluster_id, md5('a' || (i - 1)) AS article_id, 2 AS articles,
    2 AS domains,
    2 AS texts, 1 AS pairs, ['AP'] AS agencies, moment - INTERVAL 86400 MILLISECOND AS first_published_at,
    [] AS flags, load_id, indexed_at
FROM numbered WHERE copies;

INSERT INTO photos BY NAME
SELECT version_id, article_id, 0 AS position, 'The hall of ' || title AS caption,
    'Photographer ' || (i % 1500) || '/AFP' AS credit,
    'AFP' AS agency, url || '/image.jpg' AS url, load_id, indexed_at
FROM numbered;

INSERT INTO removed_text BY NAME
SELECT version_id, article_id, n AS ordinal, 40 * n AS position, ['credit', 'related'][1 + n] AS kind,
    ['credit-markup', 'related-line'][1 + n] AS rule, 'Read more: ' || title AS text, load_id, indexed_at
FROM numbered, range(2) AS lines(n);

INSERT INTO live_updates BY NAME
SELECT version_id, article_id, n AS position, moment + to_minutes(n) AS published_at, 'Update ' || n AS title,
    title AS text, load_id, indexed_at
FROM numbered, range(6) AS entries(n) WHERE i % 500 = 2;

INSERT INTO found BY NAME
SELECT url, source, 'https://' || source || '.example/feed' AS via, moment AS first_found_at,
    moment + INTERVAL 1 DAY AS last_found_at,
    day AS first_found_date, moment AS published_at, load_id, indexed_at
FROM numbered;

INSERT INTO visits BY NAME
SELECT source, 'https://' || source || '.example/feed' AS url, day, 48 AS visits, 0 AS failed,
    count(*) AS new_entries,
    any_value(load_id) AS load_id, any_value(indexed_at) AS indexed_at
FROM numbered GROUP BY source, day;

INSERT INTO sources BY NAME
SELECT
    source, source AS name, 'https://' || source || '.example/' AS url, source || '.example' AS domain,
    ['DE', 'FR', 'US', 'BR'][1 + min(i) % 4] AS country, ['en'] AS languages, 'newspaper' AS media_type,
    ['national'] AS collections, 'UTC' AS zone, 'settings' AS origin, true AS active, any_value(load_id) AS load_id,
    min(indexed_at) AS indexed_at
FROM numbered WHERE source NOT IN (SELECT source FROM sources) GROUP BY source;

INSERT INTO feeds BY NAME
SELECT DISTINCT 'https://' || source || '.example/feed' AS url, source, 'feed' AS kind, 'ok' AS status, load_id
FROM numbered WHERE source NOT IN (SELECT source FROM feeds);

INSERT INTO loads BY NAME
SELECT 'bench-' || day AS load_id, min(moment) AS started_at, max(moment) AS finished_at, 'completed' AS status,
    'ingest' AS command,
    count(*) AS captures, count(*) AS articles, count(*) AS new
FROM numbered GROUP BY day;

INSERT INTO loads BY NAME
SELECT 'bench' AS load_id, 'completed' AS status WHERE 'bench' NOT IN (SELECT load_id FROM loads);
