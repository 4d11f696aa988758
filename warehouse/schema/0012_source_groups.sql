-- No table changes: a new number makes the views anew, which tell the country, media type and collections of a source.
-- What lists brought in before country codes were checked is written as they are now.
UPDATE sources SET country = upper(trim(country)) WHERE country <> upper(trim(country));
