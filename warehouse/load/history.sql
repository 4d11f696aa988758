-- The runs that an older warehouse knew. Staged: history.
INSERT INTO loads BY NAME SELECT * FROM history WHERE load_id NOT IN (SELECT load_id FROM loads)
