-- The periods of an article, with the parts of its history that a person is told. Bound: article_id.
SELECT number, version_id, held_from, held_until, kind, url, source
FROM revisions WHERE article_id = $article_id ORDER BY number
