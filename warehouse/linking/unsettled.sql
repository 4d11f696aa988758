-- The current texts of each crowd beside its canonical one, where they were not found to share text.
SELECT DISTINCT v.text_id, o.text_id, 0, NULL
FROM clusters c
JOIN article_state canonical ON canonical.article_id = c.article_id
JOIN article_versions o ON o.version_id = canonical.version_id
JOIN article_state s ON s.cluster_id = c.cluster_id
JOIN article_versions v ON v.version_id = s.version_id
WHERE c.cluster_id IN (SELECT cluster_id FROM crowds) AND v.text_hash <> o.text_hash
    AND (least(v.text_id, o.text_id), greatest(v.text_id, o.text_id)) NOT IN (SELECT (text_one, text_other) FROM text_copies)
