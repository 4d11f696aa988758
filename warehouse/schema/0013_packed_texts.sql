-- Texts are packed with ZSTD: the file is half as large. DuckDB chooses it for no column by itself; a column has it from
-- the start or not at all, so the table is made anew.
ALTER TABLE article_versions RENAME TO unpacked;

CREATE TABLE article_versions (
    version_id VARCHAR, article_id VARCHAR, version_hash VARCHAR, text_hash VARCHAR, text_id VARCHAR,
    title VARCHAR, description VARCHAR, text VARCHAR USING COMPRESSION zstd, authors VARCHAR[], agencies VARCHAR[],
    section VARCHAR, tags VARCHAR[], language VARCHAR, language_source VARCHAR,
    published_at TIMESTAMPTZ, published_date DATE, published_raw VARCHAR, published_precision VARCHAR,
    published_zone VARCHAR, published_zone_source VARCHAR, published_source VARCHAR, published_conflict BOOLEAN,
    modified_at TIMESTAMPTZ, free_access BOOLEAN, text_status VARCHAR, word_count INTEGER, char_count INTEGER,
    image_url VARCHAR, canonical_claim VARCHAR, extractor VARCHAR,
    capture_id VARCHAR, captured_at TIMESTAMPTZ, load_id VARCHAR, indexed_at TIMESTAMPTZ
);

INSERT INTO article_versions BY NAME FROM unpacked;

DROP TABLE unpacked;
