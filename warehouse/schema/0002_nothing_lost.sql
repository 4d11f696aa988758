-- How many transactions there were. The mark beside the file says the same, so that an older file is noticed.
CREATE TABLE generation (number BIGINT);
INSERT INTO generation VALUES (0);

-- What the file that a capture was imported from states: the payload's digest, and of a revisit the capture that it
-- repeats. By these a revisit that came without its payload is resolved when the original comes.
ALTER TABLE captures ADD COLUMN stated_digest VARCHAR;
ALTER TABLE captures ADD COLUMN original_url VARCHAR;
ALTER TABLE captures ADD COLUMN original_at TIMESTAMPTZ;
