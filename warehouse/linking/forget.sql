-- What an older method found: every text is a cluster of its own again.
DELETE FROM text_copies;

DELETE FROM text_clusters;

CREATE OR REPLACE TEMP TABLE stirred AS SELECT cluster_id FROM clusters;

CREATE OR REPLACE TEMP TABLE alone AS
SELECT s.* REPLACE (v.text_hash AS cluster_id, $load_id AS load_id, $indexed_at AS indexed_at)
FROM article_state s JOIN article_versions v USING (version_id) WHERE s.cluster_id <> v.text_hash;

DELETE FROM article_state WHERE article_id IN (SELECT article_id FROM alone);

INSERT INTO article_state BY NAME FROM alone;

INSERT INTO stirred SELECT DISTINCT cluster_id FROM alone;
