"""What to say to somebody whose search finds nothing."""

from dataclasses import replace

from warehouse.search.fields import FIELDS, PLAIN, STEMMED
from warehouse.search.hits import Asked, Search
from warehouse.search.parsing import parse
from warehouse.search.query import DEFAULT, leaves

LANGUAGES = "SELECT DISTINCT language FROM articles WHERE language IS NOT NULL ORDER BY ALL"


def advice(search: Search, asked: Asked) -> str | None:
    """Why nothing may have been found: a language that no article is in, or words that stand in other fields."""
    sought = list(leaves(parse(asked.words, FIELDS)))
    named = [*asked.languages, *(leaf.text for leaf in sought if leaf.field == "language")]
    held = [row[0] for row in search.connection.cursor().execute(LANGUAGES).fetchall()] if named else []
    if missing := [language for language in named if language not in held]:
        return f"no article is in {missing[0]!r}; languages: {', '.join(held) or 'none'}"
    if all(leaf.field for leaf in sought):
        return None
    asked_in = tuple(asked.fields) or DEFAULT
    counts = {
        field: search.find(replace(asked, fields=(field,), limit=1)).articles
        for field in (*STEMMED, *PLAIN)
        if field not in asked_in
    }
    elsewhere = [f"--field {field}: {count}" for field, count in counts.items() if count]
    return f"not in {' and '.join(asked_in)}, but in other fields: {', '.join(elsewhere)}" if elsewhere else None
