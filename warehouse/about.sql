-- One row in the published copy: what it is a copy of.
CREATE OR REPLACE TABLE about (
    published_at TIMESTAMPTZ, load_id VARCHAR, schema_version INTEGER, code_version VARCHAR, warehouse_hash VARCHAR
);
