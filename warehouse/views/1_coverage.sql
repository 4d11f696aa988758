-- Articles by source and publication day. The day is the one stored, in the paper's zone: never a cast of an instant.
CREATE OR REPLACE VIEW coverage AS
SELECT source, published_date, count(*) AS articles, sum(word_count) AS words
FROM articles GROUP BY source, published_date;
