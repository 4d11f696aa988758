-- Events of the journal. Staged: new_tries, new_found, new_feeds, new_visits, new_settings, new_marks. Counting events
-- makes a repeat count, so the caller reads each file from its mark inside this transaction.

-- A try that gave no page is a row of its own; a refusal is one row an URL and reason.
CREATE OR REPLACE TEMP TABLE tries AS
SELECT
    n.capture_id, any_value(n.url) AS url, any_value(n.final_url) AS final_url, any_value(n.source) AS source,
    arg_min(n.via, n.captured_at) AS via, min(n.captured_at) AS captured_at, max(n.last_at) AS last_at,
    sum(n.attempts)::INTEGER AS attempts, any_value(n.robots) AS robots, any_value(n.outcome) AS outcome,
    any_value(n.reason) AS reason, arg_max(n.detail, n.last_at) AS detail, max(n.next_try_at) AS next_try_at
FROM new_tries n GROUP BY n.capture_id;

UPDATE tries SET
    captured_at = least(tries.captured_at, held.captured_at),
    last_at = greatest(tries.last_at, held.last_at),
    attempts = tries.attempts + held.attempts
FROM captures held WHERE held.capture_id = tries.capture_id;

DELETE FROM captures WHERE capture_id IN (SELECT capture_id FROM tries);

INSERT INTO captures BY NAME
SELECT *, CAST(captured_at AT TIME ZONE 'UTC' AS DATE) AS captured_date, false AS time_inferred,
    $load_id AS load_id, $indexed_at AS indexed_at
FROM tries;

-- An address keeps the first and the last time it was shown, and the last of its dates; a later modification than
-- the one known makes it changed.
CREATE OR REPLACE TEMP TABLE seen AS
SELECT
    n.url, n.source, coalesce(any_value(h.via), arg_min(n.via, n.found_at)) AS via,
    coalesce(arg_max(n.published_raw, n.found_at), any_value(h.published_raw)) AS published_raw,
    coalesce(arg_max(n.modified_raw, n.found_at), any_value(h.modified_raw)) AS modified_raw,
    greatest(max(n.modified_at), any_value(h.modified_at)) AS modified_at,
    coalesce(arg_max(n.published_at, n.found_at), any_value(h.published_at)) AS published_at,
    least(min(n.found_at), any_value(h.first_found_at)) AS first_found_at,
    greatest(max(n.found_at), any_value(h.last_found_at)) AS last_found_at,
    coalesce(max(n.found_at) FILTER (n.later), any_value(h.changed_at), min(n.found_at)) AS changed_at,
    bool_and(n.backfill) AND coalesce(any_value(h.backfill), true) AS backfill
FROM (
    -- A modification later than all before it, in this load or another.
    SELECT n.*, n.modified_at > greatest(h.modified_at, max(n.modified_at) OVER (
        PARTITION BY n.url, n.source ORDER BY n.found_at, n.modified_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )) AS later
    FROM new_found n LEFT JOIN found h ON h.url = n.url AND h.source = n.source
) n LEFT JOIN found h ON h.url = n.url AND h.source = n.source
GROUP BY n.url, n.source;

DELETE FROM found USING seen WHERE found.url = seen.url AND found.source = seen.source;
INSERT INTO found BY NAME
SELECT *, CAST(first_found_at AT TIME ZONE 'UTC' AS DATE) AS first_found_date,
    $load_id AS load_id, $indexed_at AS indexed_at
FROM seen;

-- A feed's state is what its visits made of it (`polling.py`).
DELETE FROM feeds USING new_feeds n WHERE feeds.url = n.url AND feeds.source = n.source;
INSERT INTO feeds BY NAME SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM new_feeds;

-- Its visits count by day.
CREATE OR REPLACE TEMP TABLE visited AS
SELECT source, url, day, sum(visits)::INTEGER AS visits, sum(failed)::INTEGER AS failed,
    sum(new_entries)::INTEGER AS new_entries
FROM (
    SELECT source, url, day, visits, failed, new_entries FROM new_visits
    UNION ALL
    SELECT source, url, day, visits, failed, new_entries FROM visits SEMI JOIN new_visits USING (source, url, day)
) GROUP BY source, url, day;

DELETE FROM visits USING visited n WHERE visits.source = n.source AND visits.url = n.url AND visits.day = n.day;
INSERT INTO visits BY NAME SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM visited;

-- The settings in force are the last ones stated.
CREATE OR REPLACE TEMP TABLE stated AS
SELECT * FROM new_settings QUALIFY row_number() OVER (PARTITION BY source ORDER BY in_force_since DESC, ordinal DESC) = 1;

DELETE FROM stated USING sources held WHERE held.source = stated.source AND held.in_force_since > stated.in_force_since;
DELETE FROM sources WHERE source IN (SELECT source FROM stated);
INSERT INTO sources BY NAME
SELECT * EXCLUDE (ordinal), $load_id AS load_id, $indexed_at AS indexed_at FROM stated;

DELETE FROM marks WHERE file IN (SELECT file FROM new_marks);
INSERT INTO marks BY NAME SELECT *, $load_id AS load_id, $indexed_at AS indexed_at FROM new_marks;
