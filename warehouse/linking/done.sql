-- What has been compared waits no more. Staged: waited (text_id, day).
DELETE FROM unlinked USING waited WHERE unlinked.text_id = waited.text_id AND unlinked.day = waited.day;

UPDATE link_state SET rows = (SELECT count(*) FROM shingles.texts);
