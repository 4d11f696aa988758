-- The entries of live blogs, each with its own time.
CREATE TABLE live_updates (
    version_id VARCHAR, article_id VARCHAR, position INTEGER, published_at TIMESTAMPTZ, published_raw VARCHAR,
    title VARCHAR, text VARCHAR, load_id VARCHAR, indexed_at TIMESTAMPTZ
);
