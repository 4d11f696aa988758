-- Captures that were read anew make room for their new rows, which load/captures.sql adds. Staged: new_captures.
DELETE FROM quarantine WHERE capture_id IN (SELECT capture_id FROM new_captures);
DELETE FROM captures WHERE capture_id IN (SELECT capture_id FROM new_captures);
