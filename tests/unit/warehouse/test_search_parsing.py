from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.errors import BadInput
from warehouse.search.fields import FIELDS
from warehouse.search.parsing import Days, Either, Every, Everything, Node, Sought, Without, parse


def tree(query: str) -> Node:
    return parse(query, FIELDS)


A, B, C = Sought("a"), Sought("b"), Sought("c")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a", A),
        ("a b", Every((A, B))),
        ("a AND b", Every((A, B))),
        ("a b OR c", Either((Every((A, B)), C))),
        ("a (b OR c)", Every((A, Either((B, C))))),
        ("a -b", Every((A, Without(B)))),
        ("a NOT b", Every((A, Without(B)))),
        ("a AND NOT b", Every((A, Without(B)))),
        ("-(a b)", Without(Every((A, B)))),
        ("+a", A),
        ("a-b", Sought("a-b")),
        ('"a b"', Sought("a b", phrase=True)),
        ('"a b"~3 c', Every((Sought("a b", phrase=True, slop=3), C))),
        ("„a b“ «c»", Every((Sought("a b", phrase=True), Sought("c", phrase=True)))),
        ("»a b«", Sought("a b", phrase=True)),
        ("title:a", Sought("a", "title")),
        ('author:"Ada Brandt"', Sought("Ada Brandt", "author", phrase=True)),
        ("title:(a OR b)", Either((Sought("a", "title"), Sought("b", "title")))),
        ("title:(a text:b)", Every((Sought("a", "title"), Sought("b", "text")))),
        ("-title:a", Without(Sought("a", "title"))),
        ("ab*", Sought("ab", prefix=True)),
        ("*", Everything()),
        ("10:30", Sought("10:30")),
        ("Merkel: a", Every((Sought("Merkel:"), A))),
        ("or and not", Every((Sought("or"), Sought("and"), Sought("not")))),
        ("ORbit", Sought("ORbit")),
        ("published:2026-11-20", Days(date(2026, 11, 20), date(2026, 11, 20))),
        ("published:2026-02", Days(date(2026, 2, 1), date(2026, 2, 28))),
        ("published:2026", Days(date(2026, 1, 1), date(2026, 12, 31))),
        ("published:2026-11-01..2026-12", Days(date(2026, 11, 1), date(2026, 12, 31))),
        ("published:..2020", Days(None, date(2020, 12, 31))),
        ("published:2020..", Days(date(2020, 1, 1), None)),
    ],
)
def test_queries_are_read(query: str, expected: Node) -> None:
    assert tree(query) == expected


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "nothing to search for"),
        ("  ", "nothing to search for"),
        ("(a", "parenthesis at character 1 is never closed"),
        ("a)", "closed that was never opened; at character 2"),
        ("()", "a word is missing"),
        ('a "b', "quote at character 3 is never closed"),
        ("colour:red", "no field 'colour'.*Fields: title"),
        ("https://a.example", "no field 'https'.*quotes"),
        ("a OR", "a word is missing"),
        ("OR a", "a word is missing"),
        ("a AND", "AND has nothing after it"),
        ("AND a", "AND has nothing before it"),
        ("a AND OR b", "AND has nothing after it"),
        ("a NOT", "NOT or - has nothing after it"),
        ("a*", "two characters"),
        ("published:soon", "no day, month or year; write 2026-11-20"),
        ("published:2026-02-30", "no day, month or year"),
        ("published:2026-11..2026-10", "ends before it begins"),
        ("published:..", "needs a day"),
        ("(" * 60 + "a" + ")" * 60, "nested more than"),
        ("a " * 300, "more than 200 words"),
    ],
)
def test_a_faulty_query_is_told_what_is_wrong(query: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        tree(query)


@given(st.text(alphabet='ab ()"-+*:~ORANDT„“«»titlepublished0129.', max_size=60))
def test_any_query_is_read_or_refused(query: str) -> None:
    with suppress(BadInput):
        tree(query)
