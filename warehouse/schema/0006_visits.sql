-- Visits to feeds and sitemaps by day (UTC): whether anybody looked, and how much was new.
CREATE TABLE visits (
    source VARCHAR, url VARCHAR, day DATE, visits INTEGER, failed INTEGER, new_entries INTEGER,
    load_id VARCHAR, indexed_at TIMESTAMPTZ
);
ALTER TABLE found ADD COLUMN first_found_date DATE;
UPDATE found SET first_found_date = CAST(first_found_at AT TIME ZONE 'UTC' AS DATE);
