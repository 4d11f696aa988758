-- Which copy this is.
SELECT published_at, load_id, (SELECT number FROM generation) AS generation, warehouse_hash, schema_version, code_version
FROM about
