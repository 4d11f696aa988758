-- Addresses that only backfills were shown: the schedule leaves them alone.
ALTER TABLE found ADD COLUMN backfill BOOLEAN DEFAULT false;
