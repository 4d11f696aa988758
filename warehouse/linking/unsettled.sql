-- The current texts of each crowd that an agency signs beside its canonical one, where they were not found to share text:
-- `wire_copy` tells how much of it each article has.
SELECT DISTINCT v.text_id, o.text_id, 0, NULL
FROM clusters c
JOIN article_state canonical ON canonical.article_id = c.article_id
JOIN article_versions o ON o.version_id = canonical.version_id
JOIN article_state s ON s.cluster_id = c.cluster_id
JOIN article_versions v ON v.version_id = s.version_id
WHERE len(c.agencies) > 0 AND c.cluster_id IN (SELECT cluster_id FROM crowds) AND v.text_hash <> o.text_hash
    AND (least(v.text_id, o.text_id), greatest(v.text_id, o.text_id)) NOT IN (SELECT (text_one, text_other) FROM text_copies)
