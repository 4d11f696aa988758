-- What became of every address taken up, by source, day taken up (UTC) and reason.
CREATE OR REPLACE VIEW collection_log AS
SELECT source, captured_date, outcome, reason, count(*) AS captures
FROM captures GROUP BY ALL;
