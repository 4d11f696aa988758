-- The settings in force of every source, in the order in which flows/sources.py states them.
SELECT source, name, url, domain, country, languages, media_type, collections, zone, origin, active, delay,
    revisit_hours
FROM sources
