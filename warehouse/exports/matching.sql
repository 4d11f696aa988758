-- The articles that are asked for, before any is left out. Bound: sources and languages (NULL for all), days; by, the
-- column that a query answered, whose values are staged in `asked` (NULL without a query).
CREATE OR REPLACE TEMP TABLE matching AS
SELECT article_id, source, published_date, published_at, published_conflict, published_precision, char_count,
    ai_optout, cluster_id, is_canonical
FROM articles
WHERE ($sources::VARCHAR[] IS NULL OR list_contains($sources::VARCHAR[], source))
    AND ($languages::VARCHAR[] IS NULL OR list_contains($languages::VARCHAR[], language))
    AND ($first_day::DATE IS NULL OR published_date >= $first_day::DATE)
    AND ($last_day::DATE IS NULL OR published_date <= $last_day::DATE)
    AND (
        $by::VARCHAR IS NULL
        OR ($by::VARCHAR = 'article_id' AND article_id IN (SELECT key FROM asked))
        OR ($by::VARCHAR = 'url' AND url IN (SELECT key FROM asked))
    )
