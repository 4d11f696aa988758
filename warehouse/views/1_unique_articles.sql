-- One article a text: of those whose current text is the same to the word, the earliest published, then the smallest id.
CREATE OR REPLACE VIEW unique_articles AS
SELECT * EXCLUDE (place) FROM (
    SELECT *,
        count(*) OVER (PARTITION BY text_hash) AS copies,
        row_number() OVER (PARTITION BY text_hash ORDER BY published_at ASC NULLS LAST, article_id) AS place
    FROM articles
) WHERE place = 1;
