-- What changed in pairs of versions. Staged: new_changes.
INSERT INTO version_changes BY NAME SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM new_changes;
