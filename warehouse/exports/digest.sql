-- One value for what goes into which file, in which order: a query that gives other articles each time is noticed by it.
SELECT md5(concat_ws(' ', count(*), sum(md5_number_lower(row)), sum(md5_number_upper(row)))) AS digest
FROM (SELECT concat_ws(' ', key, position, part) AS row FROM planned)
