"""A tree of what is sought as a query of the index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tantivy import FieldType, Occur, Query, Token

from articles.errors import BadInput
from warehouse.search.analysis import ANY, CODES, asked, is_single
from warehouse.search.fields import DAY, EXACT, KEY, MARK, STEMMED, days, named, schema
from warehouse.search.parsing import Days, Either, Every, Everything, Node, Sought, Without

DEFAULT = ("title", "text")
"""Where a word is sought that names no field; captions and authors are asked for by name, as in the tables."""

BOOSTS = {"title": 3.0}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is sought: fields for words that name none, and the analyses of which the index has articles."""

    fields: Sequence[str] = DEFAULT
    codes: Sequence[str] = CODES


def articles_of(node: Node, scope: Scope, filters: Sequence[Query]) -> Query:
    """The whole query: articles that a tree describes, and that pass the filters."""
    query = compiled(node, scope)
    if query is None:
        raise BadInput("there is no word in what is sought, only signs")
    if not filters:
        return query
    return Query.boolean_query([(Occur.Must, query), *((Occur.Must, unscored(one)) for one in filters)])


def compiled(node: Node, scope: Scope) -> Query | None:
    """A node's query; None where there is nothing to be found, as in a sign between two words."""
    match node:
        case Sought():
            return sought(node, scope)
        case Days():
            return unscored(between(node.first, node.last))
        case Everything():
            return everything()
        case Without():
            return every([node], scope)
        case Every():
            return every(node.parts, scope)
        case Either():
            found = [query for part in node.parts if (query := compiled(part, scope)) is not None]
            return Query.boolean_query([(Occur.Should, query) for query in found]) if found else None


def every(parts: Sequence[Node], scope: Scope) -> Query | None:
    """All parts; where each of them only says what must not be found, all other articles."""
    clauses: list[tuple[Occur, Query]] = []
    for part in parts:
        occur, inner = (Occur.MustNot, part.part) if isinstance(part, Without) else (Occur.Must, part)
        query = compiled(inner, scope)
        if query is not None:
            clauses.append((occur, query))
    if not clauses:
        return None
    if all(occur == Occur.MustNot for occur, _ in clauses):
        clauses.append((Occur.Must, everything()))
    return Query.boolean_query(clauses)


def sought(leaf: Sought, scope: Scope) -> Query | None:
    """A word or phrase in each field and language in which it may stand."""
    if leaf.field in EXACT:
        value = leaf.text.strip()
        if leaf.prefix:
            return unscored(beginning_with(leaf.field, value))
        return unscored(exact(leaf.field, value))
    found: list[tuple[Occur, Query]] = []
    for field in [leaf.field] if leaf.field else scope.fields:
        for code in scope.codes if field in STEMMED else (ANY,):
            query = in_field(named(field, code), leaf, code)
            if query is not None:
                boost = BOOSTS.get(field)
                found.append((Occur.Should, Query.boost_query(query, boost) if boost else query))
    return Query.boolean_query(found) if found else None


def in_field(field: str, leaf: Sought, code: str) -> Query | None:
    """A word or phrase as one language has it."""
    found = sequence(leaf, code)
    if not found:
        return None
    if len(found) > 1:
        forms = [(word.position - found[0].position, word.text) for word in found]
        if leaf.prefix:
            # Not as a phrase prefix, of which tantivy takes the first fifty words that begin so.
            place, last = forms.pop()
            return Query.regex_phrase_query(schema(), field, [*forms, (place, f"{last}.*")], leaf.slop)
        return Query.phrase_query(schema(), field, list(forms), leaf.slop)
    (word,) = found
    if leaf.prefix or is_single(word):
        return beginning_with(field, beginning(leaf, word))
    return Query.term_query(schema(), field, word.text)


def sequence(leaf: Sought, code: str) -> Sequence[Token]:
    """The words that must follow each other; a single character of a script without spaces counts only by itself."""
    found = asked(leaf.text, code)
    if len(found) > 1:
        return [word for word in found if not is_single(word)] or found[:1]
    return found


def beginning(leaf: Sought, word: Token) -> str:
    """What the forms of words that begin so begin with: a stem is shorter than the word, and may end otherwise."""
    as_it_stands = asked(leaf.text, ANY)
    if len(as_it_stands) != 1:
        return word.text
    whole = as_it_stands[0].text
    common = next((n for n, (a, b) in enumerate(zip(whole, word.text, strict=False)) if a != b), len(word.text))
    return whole[: min(common, len(whole))] or whole


def between(first: date | None, last: date | None) -> Query:
    """Articles published on a range of days; those without a day are in none."""
    lower = days(first) if first else None
    upper = days(last) if last else days(date.max)
    return Query.range_query(schema(), DAY, FieldType.Integer, lower, upper)


def one_of(field: str, values: Sequence[str]) -> Query:
    """Articles with one of some values in an exact field."""
    return Query.term_set_query(schema(), field, list(values))


def exact(field: str, value: str) -> Query:
    """Articles with a value in an exact field."""
    return Query.term_query(schema(), field, value, "basic")


def beginning_with(field: str, start: str) -> Query:
    """Articles with a form in a field that begins so."""
    # No letter may differ: that is ten times as soon made as a regular expression, which each field would compile.
    return Query.fuzzy_term_query(schema(), field, start, distance=0, prefix=True)


def everything() -> Query:
    """All articles: every document but the mark, which has no word that could be sought."""
    return unscored(Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, exact(KEY, MARK))]))


def unscored(query: Query) -> Query:
    """A query that decides which articles are found, not which come first."""
    return Query.const_score_query(query, 0.0)


def sources_in(node: Node) -> Iterator[str]:
    """The newspapers that a query names whole, those that it leaves out too."""
    for leaf in leaves(node, left_out=True):
        if leaf.field == "source" and not leaf.prefix:
            yield leaf.text


def leaves(node: Node, *, left_out: bool = False) -> Iterator[Sought]:
    """The words and phrases that are to be found: what a snippet shows; and those that must not be, where asked."""
    match node:
        case Sought():
            yield node
        case Every() | Either():
            for part in node.parts:
                yield from leaves(part, left_out=left_out)
        case Without() if left_out:
            yield from leaves(node.part, left_out=True)
        case _:
            return
