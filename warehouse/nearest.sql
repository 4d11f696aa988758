-- The addresses of articles most like one that is none: of its domain, where it has one. Bound: url, domain.
WITH near AS (
    SELECT url FROM article_state
    WHERE domain = $domain OR $domain IS NULL
    ORDER BY jaro_winkler_similarity(url, $url) DESC, url LIMIT 100
)
SELECT url FROM near ORDER BY levenshtein(url, $url), url LIMIT 3
