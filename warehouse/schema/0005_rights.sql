-- What a publisher reserves, and the licence that a page states: with each capture, and of the current one with the article.
ALTER TABLE captures ADD COLUMN licence VARCHAR;
ALTER TABLE article_state ADD COLUMN rights VARCHAR[];
ALTER TABLE article_state ADD COLUMN licence VARCHAR;
