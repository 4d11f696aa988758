-- What is exported of `matching`. Of each cluster the canonical article, where it is among them; else the one that would
-- be it without those that are not: by a time that can be trusted (a bare day counts as its end), length and id.
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT article_id, source, published_date, published_at, char_count
FROM matching
WHERE NOT ($respect_optout AND ai_optout)
QUALIFY NOT $unique OR row_number() OVER (
    PARTITION BY coalesce(cluster_id, article_id)
    ORDER BY is_canonical DESC,
        CASE WHEN published_conflict THEN NULL WHEN published_precision = 'day'
            THEN published_at + INTERVAL 1 DAY ELSE published_at END NULLS LAST,
        char_count DESC, article_id
) = 1
