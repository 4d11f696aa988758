-- Which transaction wrote a row: by it the search index is brought up with what has changed, whatever the clock said.
ALTER TABLE article_state ADD COLUMN generation BIGINT;
UPDATE article_state SET generation = (SELECT number FROM generation);
