-- Which texts hold which shingles, by day; ordered by day as they come, so that a window of days reads few blocks.
CREATE TABLE shingles.about (token VARCHAR, method VARCHAR);
CREATE TABLE shingles.texts (text_id VARCHAR, text_key BIGINT, day DATE);
CREATE TABLE shingles.postings (shingle BIGINT, text_key BIGINT, day DATE);
