-- What became of an address that shows no article. Bound: url.
SELECT outcome, reason FROM captures WHERE url = $url OR final_url = $url
ORDER BY captured_at DESC, capture_id LIMIT 1
