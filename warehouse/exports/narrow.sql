-- What is still to be written, but for the texts.
CREATE OR REPLACE TEMP TABLE narrow AS
SELECT p.part, p.pass, p.position, a.* EXCLUDE (text, description)
FROM passes p JOIN articles a ON a.article_id = p.key
