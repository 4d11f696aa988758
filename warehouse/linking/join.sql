-- Clusters that were joined. Staged: moves (text_hash, cluster_id), renamed (old, new).
DELETE FROM text_clusters WHERE text_hash IN (SELECT text_hash FROM moves);

INSERT INTO text_clusters BY NAME SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM moves;

CREATE OR REPLACE TEMP TABLE renaming AS
SELECT s.* REPLACE (r.new AS cluster_id, $load_id AS load_id, $indexed_at AS indexed_at)
FROM article_state s JOIN renamed r ON s.cluster_id = r.old AND r.old <> r.new;

DELETE FROM article_state WHERE article_id IN (SELECT article_id FROM renaming);

INSERT INTO article_state BY NAME FROM renaming;

CREATE OR REPLACE TEMP TABLE stirred AS SELECT old AS cluster_id FROM renamed UNION SELECT new FROM renamed;
