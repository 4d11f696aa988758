-- What the published copy is a copy of: which warehouse, how many of its transactions, the load that published it.
SELECT
    epoch_us((SELECT applied_at FROM schema_versions WHERE version = 1)), (SELECT number FROM generation),
    load_id, schema_version
FROM about
