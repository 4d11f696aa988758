-- How many articles matched, how many were left out for which reason, and how many keys of a query are of no article.
WITH counts AS (
    SELECT (SELECT count(*) FROM matching) AS matched,
        CASE WHEN $respect_optout THEN (SELECT count(*) FROM matching WHERE ai_optout) ELSE 0 END AS opted_out,
        (SELECT count(*) FROM chosen) AS articles
)
SELECT articles, opted_out, matched - opted_out - articles AS copies,
    CASE $by WHEN 'article_id' THEN (SELECT count(*) FROM asked WHERE key NOT IN (SELECT article_id FROM articles))
        WHEN 'url' THEN (SELECT count(*) FROM asked WHERE key NOT IN (SELECT url FROM articles))
        ELSE 0 END AS not_held
FROM counts
