-- One article a cluster of copies: the agency's own, else the earliest, the longest, the smallest id. `copies` counts all.
CREATE OR REPLACE VIEW unique_articles AS
SELECT *, cluster_size AS copies FROM articles WHERE is_canonical;
