"""Completion of SQL: which words can stand where somebody types."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from warehouse.catalogue import Relation

WORD = re.compile(r"\w*\Z")
DOTTED = re.compile(r"(\w+)\s*\.\s*\w*\Z")
NAMES_A_RELATION = re.compile(r"\b(?:from|join|describe|summarize|pivot|table)\s+\w*\Z", re.IGNORECASE)
ALSO_A_RELATION = re.compile(
    r"\bfrom\s+\w+(?:\s+(?:as\s+)?\w+)?(?:\s*,\s*\w+(?:\s+(?:as\s+)?\w+)?)*\s*,\s*\w*\Z", re.IGNORECASE
)
NAMED = re.compile(
    r"\b(?:from|join|,)\s+(\w+)(?:\s*\([^()]*\))?(?:\s+(?:as\s+)?(\w+))?|,\s*(\w+)\s+(?:as\s+)?(\w+)", re.IGNORECASE
)
COMMAND = re.compile(r"\s*\.\w*\Z")
ITS_RELATION = re.compile(r"\s*\.schema\s+\w*\Z")


@dataclass(frozen=True, slots=True)
class Known:
    """All the words there are."""

    relations: Mapping[str, Relation]
    words: Iterable[tuple[str, str]]
    """Keywords and functions, each with what it is."""
    commands: Iterable[str]
    """Of the prompt: `.tables`."""


def candidates(before: str, whole: str, known: Known) -> Iterator[tuple[str, str]]:
    """The words that begin as the one before the cursor does, the likeliest first, each with what it is.

    `whole` is all of the text: what stands behind the cursor may name the relations.
    """
    if ITS_RELATION.match(before):
        yield from beginning(word_of(before), relations_of(known))
    elif COMMAND.match(before):
        yield from beginning(before.strip(), ((name, "command") for name in known.commands))
    elif dotted := DOTTED.search(before):
        relation = aliases(whole, known).get(dotted[1].lower())
        yield from beginning(word_of(before), columns_of([relation] if relation else []))
    elif NAMES_A_RELATION.search(before) or ALSO_A_RELATION.search(before):
        yield from beginning(word_of(before), relations_of(known))
    elif word := word_of(before):
        named = dict.fromkeys(relation.name for relation in aliases(whole, known).values())
        yield from beginning(word, columns_of(known.relations[name] for name in named))
        yield from beginning(word, relations_of(known))
        yield from ((as_typed(word, name), kind) for name, kind in beginning(word, known.words))


def word_of(before: str) -> str:
    """The word that is being typed."""
    found = WORD.search(before)
    return found[0] if found else ""


def beginning(word: str, offered: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Those of some words that begin like one."""
    return ((name, kind) for name, kind in offered if name.lower().startswith(word.lower()))


def relations_of(known: Known) -> Iterator[tuple[str, str]]:
    """What can stand after FROM; a macro is called."""
    for name, relation in known.relations.items():
        yield (f"{name}(" if relation.kind == "macro" else name), relation.kind


def columns_of(relations: Iterable[Relation]) -> Iterator[tuple[str, str]]:
    """The columns of relations, each once."""
    columns = {column.name: column.type for relation in relations for column in relation.columns}
    return ((name, kind.lower()) for name, kind in columns.items())


def aliases(text: str, known: Known) -> dict[str, Relation]:
    """The relations that a query names, under their names in it."""
    found: dict[str, Relation] = {}
    for name, alias, other, its_alias in NAMED.findall(text):
        relation = known.relations.get((name or other).lower())
        if relation is not None:
            found[relation.name] = relation
            if shortened := alias or its_alias:
                found[shortened.lower()] = relation
    return found


def as_typed(word: str, name: str) -> str:
    """A keyword or function in capitals where it is begun in them."""
    return name.upper() if word.isupper() else name


class SqlCompleter(Completer):
    """The same for prompt_toolkit."""

    def __init__(self) -> None:
        self.known = Known({}, (), ())

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """What can stand at the cursor."""
        before = document.text_before_cursor
        typed = len(before.strip()) if COMMAND.match(before) else len(word_of(before))
        for text, kind in dict(candidates(before, document.text, self.known)).items():
            yield Completion(text, -typed, display_meta=kind)
