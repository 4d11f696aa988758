-- A story is first published by a time that can be trusted: a bare day is no midnight, a contradictory date is none.
UPDATE clusters SET first_published_at = told.first_published_at
FROM (
    SELECT s.cluster_id, arg_min(v.published_at, CASE WHEN v.published_conflict THEN NULL
        WHEN v.published_precision = 'day' THEN v.published_at + INTERVAL 1 DAY ELSE v.published_at END)
        AS first_published_at
    FROM article_state s JOIN article_versions v USING (version_id)
    WHERE s.cluster_size > 1 GROUP BY s.cluster_id
) told
WHERE clusters.cluster_id = told.cluster_id;
