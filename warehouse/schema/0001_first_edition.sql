-- The tables of the first edition. No primary keys: DuckLake refuses them; checks.sql asserts one row a key.
-- Instants are TIMESTAMPTZ. load_id and indexed_at say which load wrote a row, and when.

CREATE TABLE schema_versions (version INTEGER, applied_at TIMESTAMPTZ);

-- How far each writer's manifest and journal has been loaded; written in the batch's own transaction.
CREATE TABLE marks (file VARCHAR, bytes BIGINT, load_id VARCHAR, indexed_at TIMESTAMPTZ);

CREATE TABLE loads (
    load_id VARCHAR, started_at TIMESTAMPTZ, finished_at TIMESTAMPTZ, status VARCHAR, command VARCHAR,
    parameters VARCHAR, flow_run_id VARCHAR, code_version VARCHAR, schema_version INTEGER,
    captures BIGINT, articles BIGINT, skipped BIGINT, failed BIGINT, quarantined BIGINT,
    new BIGINT, changed BIGINT, unchanged BIGINT
);

CREATE TABLE sources (
    source VARCHAR, name VARCHAR, url VARCHAR, domain VARCHAR, country VARCHAR, languages VARCHAR[],
    media_type VARCHAR, collections VARCHAR[], zone VARCHAR, origin VARCHAR, active BOOLEAN, delay DOUBLE,
    in_force_since TIMESTAMPTZ, load_id VARCHAR, indexed_at TIMESTAMPTZ
);

CREATE TABLE feeds (
    url VARCHAR, source VARCHAR, kind VARCHAR, last_attempt_at TIMESTAMPTZ, last_success_at TIMESTAMPTZ,
    failures INTEGER, entries INTEGER, etag VARCHAR, last_modified VARCHAR, status VARCHAR,
    load_id VARCHAR, indexed_at TIMESTAMPTZ
);

-- What feeds and sitemaps showed: the frontier is this less what captures holds.
CREATE TABLE found (
    url VARCHAR, source VARCHAR, via VARCHAR, published_raw VARCHAR, modified_raw VARCHAR, modified_at TIMESTAMPTZ,
    first_found_at TIMESTAMPTZ, last_found_at TIMESTAMPTZ, changed_at TIMESTAMPTZ, load_id VARCHAR, indexed_at TIMESTAMPTZ
);

CREATE TABLE captures (
    capture_id VARCHAR, url VARCHAR, final_url VARCHAR, source VARCHAR, via VARCHAR,
    captured_at TIMESTAMPTZ, captured_date DATE, time_inferred BOOLEAN, last_at TIMESTAMPTZ, attempts INTEGER,
    status INTEGER, media_type VARCHAR, digest VARCHAR, size BIGINT, record_type VARCHAR,
    segment VARCHAR, record_offset BIGINT, record_length BIGINT,
    payload_segment VARCHAR, payload_offset BIGINT, payload_length BIGINT,
    robots VARCHAR, rights VARCHAR[],
    outcome VARCHAR, reason VARCHAR, detail VARCHAR, next_try_at TIMESTAMPTZ,
    article_id VARCHAR, version_id VARCHAR, extractor VARCHAR,
    load_id VARCHAR, indexed_at TIMESTAMPTZ
);

CREATE TABLE article_versions (
    version_id VARCHAR, article_id VARCHAR, version_hash VARCHAR, text_hash VARCHAR,
    title VARCHAR, description VARCHAR, text VARCHAR, authors VARCHAR[], agencies VARCHAR[],
    section VARCHAR, tags VARCHAR[], language VARCHAR, language_source VARCHAR,
    published_at TIMESTAMPTZ, published_date DATE, published_raw VARCHAR, published_precision VARCHAR,
    published_zone VARCHAR, published_zone_source VARCHAR, published_source VARCHAR, published_conflict BOOLEAN,
    modified_at TIMESTAMPTZ, free_access BOOLEAN, text_status VARCHAR, word_count INTEGER, char_count INTEGER,
    image_url VARCHAR, canonical_claim VARCHAR, extractor VARCHAR,
    capture_id VARCHAR, captured_at TIMESTAMPTZ, load_id VARCHAR, indexed_at TIMESTAMPTZ
);

CREATE TABLE article_state (
    article_id VARCHAR, url VARCHAR, domain VARCHAR, source VARCHAR, version_id VARCHAR, capture_id VARCHAR,
    first_seen_at TIMESTAMPTZ, last_seen_at TIMESTAMPTZ, versions INTEGER,
    load_id VARCHAR, indexed_at TIMESTAMPTZ
);

CREATE TABLE photos (
    version_id VARCHAR, article_id VARCHAR, position INTEGER, caption VARCHAR, credit VARCHAR, agency VARCHAR,
    alt VARCHAR, url VARCHAR, load_id VARCHAR, indexed_at TIMESTAMPTZ
);

CREATE TABLE removed_text (
    version_id VARCHAR, article_id VARCHAR, ordinal INTEGER, position INTEGER, kind VARCHAR, rule VARCHAR,
    text VARCHAR, load_id VARCHAR, indexed_at TIMESTAMPTZ
);

CREATE TABLE quarantine (
    capture_id VARCHAR, url VARCHAR, source VARCHAR, stage VARCHAR, reason VARCHAR, detail VARCHAR,
    attempts INTEGER, extractor VARCHAR, load_id VARCHAR, indexed_at TIMESTAMPTZ
);
