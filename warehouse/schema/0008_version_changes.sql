-- What changed from one version of an article to the next, a row for each pair that ever followed one another. When it
-- did follows from captures; the figures are a function of the two versions.
CREATE TABLE version_changes (
    article_id VARCHAR, from_version_id VARCHAR, version_id VARCHAR, kind VARCHAR, changed VARCHAR[],
    chars_added BIGINT, chars_removed BIGINT, load_id VARCHAR, indexed_at TIMESTAMPTZ
);
