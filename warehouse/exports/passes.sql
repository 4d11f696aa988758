-- The rows that are still to be written, in passes of so much text. Bound: characters a pass. Staged: wanted (part).
CREATE OR REPLACE TEMP TABLE passes AS
SELECT key, part, position, (sum(size) OVER (ORDER BY position) // $size)::INTEGER AS pass
FROM planned SEMI JOIN wanted USING (part)
