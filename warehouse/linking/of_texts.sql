-- The articles whose current text is one of these, or has the words of one text. Staged: asked (text_id). Bound: text_hash.
SELECT article_id, url, source, title, published_at, text, text_hash
FROM articles WHERE text_id IN (SELECT text_id FROM asked) OR text_hash = $text_hash
ORDER BY published_at, article_id
