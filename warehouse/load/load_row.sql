INSERT INTO loads BY NAME SELECT
    $load_id AS load_id, $started_at::TIMESTAMPTZ AS started_at, $finished_at::TIMESTAMPTZ AS finished_at,
    $status AS status, $command AS command, $parameters AS parameters, $flow_run_id AS flow_run_id,
    $code_version AS code_version, $schema_version AS schema_version, $captures AS captures, $articles AS articles,
    $skipped AS skipped, $failed AS failed, $quarantined AS quarantined, $new AS new, $changed AS changed,
    $unchanged AS unchanged
