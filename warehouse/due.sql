-- The pages that a visit has a reason to fetch now, most urgent first, and which reason. Bound: the list of sources, and
-- this moment. Of each page the last capture counts, whichever way it was reached; what comes from files counts too. That a
-- page is not another newspaper's, whose feed shows it, says nothing of it.
WITH asked AS (
    SELECT f.*, s.revisit_hours, coalesce(f.published_at, f.modified_at, f.first_found_at) AS dated_at
    FROM found f JOIN sources s USING (source)
    WHERE f.source IN (SELECT unnest($sources)) AND NOT f.backfill
),
taken AS (
    SELECT url, captured_at, coalesce(last_at, captured_at) AS last_at, outcome, reason, status, next_try_at, version_id, digest,
        payload_segment, payload_offset, payload_length
    FROM captures WHERE url IN (SELECT url FROM asked)
    UNION ALL
    SELECT final_url, captured_at, coalesce(last_at, captured_at), outcome, reason, status, next_try_at, version_id, digest,
        payload_segment, payload_offset, payload_length
    FROM captures WHERE final_url <> url AND final_url IN (SELECT url FROM asked)
),
in_turn AS (
    SELECT *,
        outcome = 'article' AND version_id IS DISTINCT FROM lag(version_id) OVER (
            PARTITION BY url, outcome = 'article' ORDER BY captured_at, digest
        ) AS changed,
        row_number() OVER (PARTITION BY url ORDER BY captured_at DESC, digest DESC) AS back
    FROM taken WHERE coalesce(reason NOT IN ('foreign', 'out-of-range'), true)
),
-- An article is as old as it says, or as long known to us.
known AS (
    SELECT url,
        min(least(captured_at, coalesce(published_at, captured_at))) FILTER (outcome = 'article') AS first_at,
        max(captured_at) FILTER (changed) AS since,
        count(*) FILTER (outcome = 'failed' AND back < coalesce(last_good, 1000000)) AS failures
    FROM in_turn LEFT JOIN (
        SELECT url, min(back) AS last_good FROM in_turn WHERE outcome <> 'failed' GROUP BY url
    ) good USING (url) LEFT JOIN (SELECT version_id, published_at FROM article_versions) dated USING (version_id)
    GROUP BY url
),
-- Dates of change that were followed lately and led to the same text: a source of such is believed no more, but for
-- one page in twenty.
followed AS (
    SELECT source, url, captured_at, version_id FROM captures
    WHERE why = 'changed' AND outcome = 'article' AND source IN (SELECT unnest($sources))
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY captured_at DESC, url) <= 50
),
untrue AS (
    SELECT source FROM (
        SELECT f.source, f.version_id IS DISTINCT FROM arg_max(p.version_id, p.captured_at) AS changed
        FROM followed f JOIN captures p ON p.url = f.url AND p.captured_at < f.captured_at AND p.outcome = 'article'
        GROUP BY f.source, f.url, f.captured_at, f.version_id
    ) GROUP BY source HAVING count(*) >= 20 AND count(*) FILTER (changed) * 20 < count(*)
),
judged AS (
    SELECT a.*, t.captured_at, t.outcome, t.reason, t.digest, t.payload_segment, t.payload_offset, t.payload_length,
        CASE
            WHEN t.url IS NULL THEN 'new'
            WHEN (a.changed_at > t.last_at OR (a.modified_at > t.last_at AND a.modified_at <= $now))
                AND t.reason IS DISTINCT FROM 'robots'
                AND (a.source NOT IN (SELECT source FROM untrue) OR hash(a.url) % 20 = 0) THEN 'changed'
            WHEN t.reason IN ('robots', 'guard') AND t.last_at + INTERVAL 7 DAY <= $now
                AND a.last_found_at + INTERVAL 30 DAY > $now THEN 'retry'
            -- A passing failure is tried six times, at four times the distance each; a page that is not there three times.
            WHEN t.outcome = 'failed' AND t.next_try_at IS NOT NULL
                AND NOT (t.status IN (404, 410) AND k.first_at IS NOT NULL)
                AND k.failures <= CASE WHEN t.status IN (404, 410) THEN 3 ELSE 6 END
                AND t.captured_at + (t.next_try_at - t.captured_at) * pow(4, k.failures - 1)::BIGINT <= $now THEN 'retry'
            -- An article is seen again so long after each change of it, in longer steps the older it is, for a month.
            WHEN k.first_at IS NOT NULL AND (t.outcome = 'article' OR t.status IN (404, 410))
                AND len(list_filter(a.revisit_hours, lambda hours:
                    hours * 8 >= epoch(k.since - k.first_at) / 3600
                    AND t.captured_at < k.since + to_seconds(hours * 3600)
                    AND k.since + to_seconds(hours * 3600) <= least($now, k.first_at + INTERVAL 30 DAY))) > 0
            THEN 'revisit'
        END AS why
    FROM asked a LEFT JOIN in_turn t ON t.url = a.url AND t.back = 1 LEFT JOIN known k ON k.url = a.url
)
SELECT
    source, url, via, published_raw, modified_raw, modified_at, captured_at, outcome, digest,
    payload_segment, payload_offset, payload_length, reason, why
FROM judged WHERE why IS NOT NULL
ORDER BY
    CASE WHEN why = 'new' AND dated_at + INTERVAL 2 DAY > $now THEN 0 WHEN why = 'changed' THEN 1
        WHEN why = 'revisit' THEN 2 WHEN why = 'retry' THEN 3 ELSE 4 END,
    dated_at DESC, url
