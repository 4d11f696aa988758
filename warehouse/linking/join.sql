-- Clusters that were joined. Staged: moves (text_hash, cluster_id), renamed (old, new).
DELETE FROM text_clusters WHERE text_hash IN (SELECT text_hash FROM moves);

INSERT INTO text_clusters BY NAME SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM moves;

-- By row number: else all columns are read of all articles.
CREATE OR REPLACE TEMP TABLE places AS
SELECT rowid AS number FROM article_state WHERE cluster_id IN (SELECT old FROM renamed WHERE old <> new);

CREATE OR REPLACE TEMP TABLE renaming AS
SELECT s.* REPLACE (r.new AS cluster_id, $load_id AS load_id, $indexed_at AS indexed_at)
FROM (FROM article_state WHERE rowid IN (SELECT number FROM places)) s JOIN renamed r ON s.cluster_id = r.old;

DELETE FROM article_state WHERE rowid IN (SELECT number FROM places);

INSERT INTO article_state BY NAME FROM renaming;

CREATE OR REPLACE TEMP TABLE stirred AS SELECT old AS cluster_id FROM renamed UNION SELECT new FROM renamed;
