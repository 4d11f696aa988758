-- The article at an address, else the one that this address once led to. Bound: url.
SELECT article_id FROM (
    SELECT article_id, true AS its_own, NULL::TIMESTAMPTZ AS captured_at FROM article_state WHERE url = $url
    UNION ALL
    SELECT article_id, false, captured_at FROM captures WHERE outcome = 'article' AND (url = $url OR final_url = $url)
) ORDER BY its_own DESC, captured_at DESC, article_id LIMIT 1
