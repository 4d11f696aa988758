-- The newest articles first, by publication, else by when they were first seen.
CREATE OR REPLACE VIEW latest AS
SELECT
    coalesce(published_at, first_seen_at) AS seen_or_published_at, source, title, url, authors, word_count,
    language, published_at, published_date, article_id
FROM articles ORDER BY seen_or_published_at DESC, url;
