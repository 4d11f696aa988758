"""Names in two aligned texts: which words are one, its forms, and how often one stands for another."""

from collections import Counter
from collections.abc import Sequence

from articles.tables import table
from articles.words import Words, has_digit, sentence_starts

WEEKDAYS: dict[str, str] = {name: day for day, names in table("days")["weekdays"].items() for name in names}

RENAMED = 4
"""So often one name stands for another all over a text that it is a form filled for another place, and no correction.
Labelled copies have no pair twice, where neither name is in the other text."""

MOST_LETTERS, WORDS_LEFT_OUT = 6, 3
"""Of an abbreviation, and words that it may pass over."""


def name_of(text: Words, place: tuple[int, int]) -> str:
    """The names among some words, joined: capitals that no sentence begins with, and no figures."""
    found = [
        (position, word)
        for position, word in enumerate(text.raw[slice(*place)], place[0])
        if word[0].isupper() and not has_digit(word) and word.casefold() not in WEEKDAYS
    ]
    if not found:
        return ""
    starts = sentence_starts(text.text)
    return " ".join(word for position, word in found if position not in starts)


def are_forms(names: tuple[str, str], mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two names are forms of one, `Gov` and `Governor`, `IOC` and what it stands for."""
    short, long = sorted((name.replace(" ", "") for name in names), key=len)
    return (
        long.casefold().startswith(short.casefold())
        or is_abbreviation(names[0].replace(" ", ""), theirs)
        or is_abbreviation(names[1].replace(" ", ""), mine)
    )


def is_abbreviation(name: str, words: Sequence[str]) -> bool:
    """Whether a name is the first letters of some words, in their order."""
    if not 1 < len(name) <= MOST_LETTERS or not name.isupper() or len(words) > len(name) + WORDS_LEFT_OUT:
        return False
    initials = iter(word[0] for word in words)
    return all(letter in initials for letter in name.casefold())


def renamed(names: Sequence[tuple[str, str]], one: Words, other: Words) -> int:
    """How often, beyond the first time, a name stands for another that its own text never has."""
    often = [(pair, count) for pair, count in Counter(names).items() if count >= RENAMED]
    if not often:
        return 0
    here, there = set(one.folded), set(other.folded)
    return sum(
        count - 1
        for (mine, theirs), count in often
        if there.isdisjoint(mine.casefold().split()) and here.isdisjoint(theirs.casefold().split())
    )


def capitals(text: Words) -> float:
    """The share of words with a capital."""
    return sum(word[0].isupper() for word in text.raw) / max(1, len(text.raw))
