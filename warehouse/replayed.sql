-- What is known of captures in a web archive. Bound: their addresses there, their URLs and their instants, in order.
-- A capture of the same page and instant counts, wherever it came from; of several the one that holds a page.
WITH asked AS (
    SELECT unnest($addresses) AS address, unnest($urls) AS url, unnest($instants)::TIMESTAMPTZ AS captured_at
),
known AS (
    SELECT a.address, c.captured_at, c.outcome, c.reason, c.detail, c.next_try_at
    FROM asked a JOIN captures c ON c.via = a.address
    UNION ALL
    SELECT a.address, c.captured_at, c.outcome, c.reason, c.detail, c.next_try_at
    FROM asked a JOIN captures c ON c.url = a.address
    UNION ALL
    SELECT a.address, c.captured_at, c.outcome, c.reason, c.detail, c.next_try_at
    FROM asked a JOIN captures c ON c.url = a.url AND c.captured_at = a.captured_at
    UNION ALL
    SELECT a.address, c.captured_at, c.outcome, c.reason, c.detail, c.next_try_at
    FROM asked a JOIN captures c ON c.final_url = a.url AND c.captured_at = a.captured_at
)
SELECT address, captured_at, outcome, reason, detail, next_try_at FROM known
QUALIFY row_number() OVER (
    PARTITION BY address
    ORDER BY outcome = 'article' DESC, coalesce(reason, '') <> 'out-of-range' DESC, captured_at DESC
) = 1
