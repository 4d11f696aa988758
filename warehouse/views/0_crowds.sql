-- The texts of clusters of more than 20 texts. Here a text was laid beside the cluster's canonical one and the one that it
-- shares most with, and not beside each: pairs would be a cluster's square.
CREATE OR REPLACE VIEW crowds AS
SELECT text_hash, cluster_id FROM text_clusters QUALIFY count(*) OVER (PARTITION BY cluster_id) > 20;
