-- Who copied whom. Texts are compared, not versions: a story that forty papers print word for word is one text.
-- `text_id` names a text as it stands, `text_hash` its words; texts of the same words are always in one cluster.
ALTER TABLE article_versions ADD COLUMN text_id VARCHAR;
UPDATE article_versions SET text_id = md5(text);

-- The day that a capture gives its text: of publication as read from it, else its own. Two texts are compared where some
-- day of each lies within 30 days, so that a further capture only ever adds pairs.
ALTER TABLE captures ADD COLUMN text_date DATE;
UPDATE captures SET text_date = coalesce(v.published_date, captures.captured_date)
FROM article_versions v WHERE v.version_id = captures.version_id;

-- Texts and days that wait to be compared with the archive; the step after a load takes them out.
CREATE TABLE unlinked (text_id VARCHAR, day DATE, load_id VARCHAR, indexed_at TIMESTAMPTZ);
INSERT INTO unlinked
SELECT DISTINCT v.text_id, c.text_date, v.load_id, v.indexed_at FROM captures c JOIN article_versions v USING (version_id);

-- What the file of shingles beside the warehouse must hold: an older or foreign one is made anew.
CREATE TABLE link_state (token VARCHAR, rows BIGINT);
INSERT INTO link_state VALUES ('', 0);

-- Two texts that share some, the smaller id first. `near` are forms of one text, `derived` share passages.
CREATE TABLE text_copies (
    text_one VARCHAR, text_other VARCHAR, hash_one VARCHAR, hash_other VARCHAR, kind VARCHAR,
    share_one DOUBLE, share_other DOUBLE, conflicts STRUCT(one VARCHAR, other VARCHAR)[], method VARCHAR,
    load_id VARCHAR, indexed_at TIMESTAMPTZ
);

-- The cluster of each text that has a near copy, named after its smallest text_hash; any other text is its own.
CREATE TABLE text_clusters (text_hash VARCHAR, cluster_id VARCHAR, load_id VARCHAR, indexed_at TIMESTAMPTZ);

CREATE TABLE clusters (
    cluster_id VARCHAR, article_id VARCHAR, articles BIGINT, domains BIGINT, texts BIGINT, pairs BIGINT,
    agencies VARCHAR[], first_published_at TIMESTAMPTZ, flags VARCHAR[], load_id VARCHAR, indexed_at TIMESTAMPTZ
);

ALTER TABLE article_state ADD COLUMN is_agency BOOLEAN DEFAULT false;
ALTER TABLE article_state ADD COLUMN cluster_id VARCHAR;
ALTER TABLE article_state ADD COLUMN cluster_size BIGINT DEFAULT 1;
ALTER TABLE article_state ADD COLUMN is_canonical BOOLEAN DEFAULT true;
UPDATE article_state SET cluster_id = v.text_hash FROM article_versions v WHERE v.version_id = article_state.version_id;
