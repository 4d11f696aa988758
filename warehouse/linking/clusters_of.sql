SELECT text_hash, cluster_id FROM text_clusters WHERE text_hash IN (FROM asked)
