-- The texts of clusters of more than 20 texts. Here a text was laid beside those that it shares most with, and where an agency
-- signs one beside the canonical one, but not beside each: pairs would be a cluster's square.
CREATE OR REPLACE VIEW crowds AS
SELECT text_hash, cluster_id FROM text_clusters QUALIFY count(*) OVER (PARTITION BY cluster_id) > 20;
