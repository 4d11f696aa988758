-- The articles as they were known at a moment: of each the version of its latest capture until then, in the columns of
-- `articles`. Those first seen later are not there.
CREATE OR REPLACE MACRO articles_as_of(ts) AS TABLE
WITH until AS (
    SELECT article_id, url, final_url, source, version_id, capture_id, captured_at, digest, rights, licence,
        load_id, indexed_at
    FROM captures WHERE outcome = 'article' AND captured_at <= ts::TIMESTAMPTZ
),
state AS (
    SELECT *,
        min(captured_at) OVER article AS first_seen_at,
        max(captured_at) OVER article AS last_seen_at,
        count(DISTINCT version_id) OVER article AS versions
    FROM until
    WINDOW article AS (PARTITION BY article_id)
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY captured_at DESC, digest DESC, capture_id DESC) = 1
),
gone AS (
    SELECT own.article_id, min(c.captured_at) AS gone_at
    FROM (SELECT DISTINCT article_id, unnest([url, final_url]) AS url FROM until) own
    JOIN state s ON s.article_id = own.article_id
    JOIN (
        SELECT captured_at, unnest([url, final_url]) AS url
        FROM captures WHERE status IN (404, 410) AND captured_at <= ts::TIMESTAMPTZ
    ) c ON c.url = own.url AND c.captured_at > s.last_seen_at
    GROUP BY own.article_id
),
clustered AS (
    SELECT s.article_id, coalesce(c.cluster_id, v.text_hash) AS cluster_id, a.is_agency, v.char_count,
        -- As load/clusters.sql orders them.
        CASE WHEN v.published_conflict THEN NULL WHEN v.published_precision = 'day'
            THEN v.published_at + INTERVAL 24 HOURS ELSE v.published_at END AS trusted_at
    FROM state s JOIN article_versions v USING (version_id) JOIN article_state a ON a.article_id = s.article_id
    LEFT JOIN text_clusters c ON c.text_hash = v.text_hash
),
copied AS (
    SELECT article_id, cluster_id, count(*) OVER (PARTITION BY cluster_id) AS cluster_size,
        row_number() OVER (
            PARTITION BY cluster_id ORDER BY is_agency DESC, trusted_at NULLS LAST, char_count DESC, article_id
        ) = 1 AS is_canonical
    FROM clustered
)
SELECT
    s.article_id, s.final_url AS url, s.source, a.domain, v.title, v.description, v.text, v.authors, v.agencies,
    v.section, v.tags, v.language, v.language_source, v.published_at, v.published_date, v.published_raw,
    v.published_precision, v.published_zone, v.published_zone_source, v.published_source, v.published_conflict,
    v.modified_at, v.free_access, v.text_status, v.word_count, v.char_count, v.image_url, v.canonical_claim,
    o.country, o.media_type, o.collections,
    s.rights, s.licence, coalesce(list_has_any(s.rights, ['noai', 'tdm-reservation', 'ai-train']), false) AS ai_optout,
    s.first_seen_at, s.last_seen_at, g.gone_at, s.versions::INTEGER AS versions, v.version_id, v.text_hash, v.text_id,
    k.cluster_id, k.cluster_size, k.is_canonical, v.extractor,
    greatest(s.indexed_at, v.indexed_at) AS indexed_at, s.load_id
FROM state s
JOIN article_versions v USING (version_id)
JOIN article_state a ON a.article_id = s.article_id
JOIN copied k ON k.article_id = s.article_id
LEFT JOIN gone g ON g.article_id = s.article_id
LEFT JOIN sources o ON o.source = s.source;
