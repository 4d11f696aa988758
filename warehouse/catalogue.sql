-- What can be asked, a row a column: of views, tables and macros, the archive's own and those made in this session.
-- A macro's columns are not known before it is called; its parameters stand in their place.
WITH described AS (
    SELECT view_name AS relation, 'view' AS kind, comment FROM duckdb_views()
    WHERE database_name = 'hemeroteca' AND NOT internal
    UNION ALL
    SELECT table_name, 'table', comment FROM duckdb_tables() WHERE database_name = 'hemeroteca'
),
told AS (
    SELECT table_name AS relation, column_name, comment FROM duckdb_columns()
    WHERE database_name = 'hemeroteca' AND NOT internal
)
SELECT * EXCLUDE (position) FROM (
    SELECT
        c.table_name AS relation,
        coalesce(d.kind, 'own') AS kind,
        d.comment AS about,
        c.column_name AS name,
        c.data_type AS type,
        t.comment AS meaning,
        c.column_index AS position
    FROM duckdb_columns() AS c
    LEFT JOIN described AS d ON d.relation = c.table_name
    LEFT JOIN told AS t ON t.relation = c.table_name AND t.column_name = c.column_name
    WHERE c.database_name = 'temp' OR (c.database_name = 'memory' AND NOT c.internal)
    UNION ALL BY NAME
    SELECT
        function_name AS relation,
        'macro' AS kind,
        comment AS about,
        unnest(parameters) AS name,
        'parameter' AS type,
        generate_subscripts(parameters, 1) AS position
    FROM duckdb_functions()
    WHERE database_name = 'hemeroteca' AND function_type = 'table_macro' AND NOT internal
)
ORDER BY relation, position
