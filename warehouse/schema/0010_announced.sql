-- How often a feed's ETag or Last-Modified changed along with what it shows: only then is its "not modified" trusted.
ALTER TABLE feeds ADD COLUMN announced INTEGER DEFAULT 0;
