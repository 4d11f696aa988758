-- The current version of each article: what people query.
CREATE OR REPLACE VIEW articles AS
SELECT
    s.article_id, s.url, s.source, s.domain, v.title, v.description, v.text, v.authors, v.agencies, v.section, v.tags,
    v.language, v.language_source, v.published_at, v.published_date, v.published_raw, v.published_precision,
    v.published_zone, v.published_zone_source, v.published_source, v.published_conflict, v.modified_at,
    v.free_access, v.text_status, v.word_count, v.char_count, v.image_url, v.canonical_claim,
    o.country, o.media_type, o.collections,
    s.rights, s.licence, coalesce(list_has_any(s.rights, ['noai', 'tdm-reservation', 'ai-train']), false) AS ai_optout,
    s.first_seen_at, s.last_seen_at, s.gone_at, s.versions, v.version_id, v.text_hash, v.text_id,
    s.cluster_id, s.cluster_size, s.is_canonical, v.extractor,
    greatest(s.indexed_at, v.indexed_at) AS indexed_at, s.load_id
FROM article_state s JOIN article_versions v USING (version_id) LEFT JOIN sources o ON o.source = s.source;
