-- The warehouse hash: one value for all that the archive says, whatever the order, the batches and the repeats
-- by which it came in. Left out are run columns (load_id, indexed_at), clock columns (when a capture was made,
-- and what is named after that) and where bytes stand. Instants count as microseconds, so that no session's
-- time zone can change a row's words. Which pairs of a crowd were compared depends on the order, so those are left out, too;
-- its members are not. Rows are summed by their digests, so that none has to wait for another.
-- Each table is summed by itself: of a query that wants no hash DuckDB then reads none of them.
SELECT md5(concat_ws(
    ' ', list_sum([t[1] FOR t IN sums]), list_sum([t[2] FOR t IN sums]), list_sum([t[3] FOR t IN sums])
)) AS warehouse_hash
FROM (
    SELECT [
        article_state.sums, article_versions.sums, photos.sums, removed_text.sums, live_updates.sums,
        version_changes.sums, text_copies.sums, text_clusters.sums, clusters.sums
    ] AS sums
    FROM
        (SELECT [count(*), sum(md5_number_lower(row)), sum(md5_number_upper(row))] AS sums FROM (
            SELECT json_array(
                'article_state', article_id, url, domain, source, version_id, versions, is_agency, cluster_id,
                cluster_size, is_canonical)::VARCHAR AS row
            FROM article_state
        )) AS article_state,
        (SELECT [count(*), sum(md5_number_lower(row)), sum(md5_number_upper(row))] AS sums FROM (
            SELECT json_array(
                'article_versions', version_id, article_id, version_hash, text_hash, title, description, text, authors,
                agencies, section, tags, language, language_source, epoch_us(published_at), published_date::VARCHAR,
                published_raw, published_precision, published_zone, published_zone_source, published_source,
                published_conflict, epoch_us(modified_at), free_access, text_status, word_count, char_count, image_url,
                canonical_claim, extractor)::VARCHAR AS row
            FROM article_versions
        )) AS article_versions,
        (SELECT [count(*), sum(md5_number_lower(row)), sum(md5_number_upper(row))] AS sums FROM (
            SELECT json_array(
                'photos', version_id, article_id, position, caption, credit, agency, alt, url)::VARCHAR AS row
            FROM photos
        )) AS photos,
        (SELECT [count(*), sum(md5_number_lower(row)), sum(md5_number_upper(row))] AS sums FROM (
            SELECT json_array(
                'removed_text', version_id, article_id, ordinal, position, kind, rule, text)::VARCHAR AS row
            FROM removed_text
        )) AS removed_text,
        (SELECT [count(*), sum(md5_number_lower(row)), sum(md5_number_upper(row))] AS sums FROM (
            SELECT json_array(
                'live_updates', version_id, article_id, position, epoch_us(published_at), published_raw, title,
                text)::VARCHAR AS row
            FROM live_updates
        )) AS live_updates,
        (SELECT [count(*), sum(md5_number_lower(row)), sum(md5_number_upper(row))] AS sums FROM (
            SELECT json_array(
                'version_changes', article_id, from_version_id, version_id, kind, changed, chars_added,
                chars_removed)::VARCHAR AS row
            FROM version_changes
        )) AS version_changes,
        (SELECT [count(*), sum(md5_number_lower(row)), sum(md5_number_upper(row))] AS sums FROM (
            SELECT json_array(
                'text_copies', text_one, text_other, hash_one, hash_other, kind, share_one, share_other, conflicts,
                method)::VARCHAR AS row
            FROM text_copies
            WHERE hash_one NOT IN (SELECT text_hash FROM crowds) AND hash_other NOT IN (SELECT text_hash FROM crowds)
        )) AS text_copies,
        (SELECT [count(*), sum(md5_number_lower(row)), sum(md5_number_upper(row))] AS sums FROM (
            SELECT json_array('text_clusters', text_hash, cluster_id)::VARCHAR AS row
            FROM text_clusters
        )) AS text_clusters,
        (SELECT [count(*), sum(md5_number_lower(row)), sum(md5_number_upper(row))] AS sums FROM (
            SELECT json_array(
                'clusters', cluster_id, article_id, articles, domains, texts, agencies, epoch_us(first_published_at),
                CASE WHEN cluster_id NOT IN (SELECT cluster_id FROM crowds) THEN [pairs::VARCHAR, flags::VARCHAR] END
            )::VARCHAR AS row
            FROM clusters
        )) AS clusters
)
