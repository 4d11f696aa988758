SELECT text_hash, cluster_id FROM text_clusters WHERE cluster_id IN (FROM asked)
