-- When feeds and sitemaps are visited next, and how far they are to be believed; why a page was fetched, and when an
-- article was gone. Intervals are in seconds.
ALTER TABLE feeds ADD COLUMN interval_s INTEGER DEFAULT 1200;
ALTER TABLE feeds ADD COLUMN next_due_at TIMESTAMPTZ;
ALTER TABLE feeds ADD COLUMN last_new_at TIMESTAMPTZ;
ALTER TABLE feeds ADD COLUMN last_full_at TIMESTAMPTZ;
ALTER TABLE feeds ADD COLUMN untrue BOOLEAN DEFAULT false;
ALTER TABLE feeds ADD COLUMN overruns INTEGER DEFAULT 0;
ALTER TABLE feeds ADD COLUMN parent VARCHAR;

ALTER TABLE found ADD COLUMN published_at TIMESTAMPTZ;
ALTER TABLE captures ADD COLUMN why VARCHAR;
ALTER TABLE article_state ADD COLUMN gone_at TIMESTAMPTZ;
ALTER TABLE sources ADD COLUMN revisit_hours DOUBLE[];
