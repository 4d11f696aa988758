"""`docs/queries.md`: its questions, and their answers as the page shows them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

import hemeroteca

QUESTION = re.compile(
    r"^## (?P<number>\d+)\. (?P<title>[^\n]+)\n(?P<prose>.*?)```sql\n(?P<sql>.*?)```\n\n(?P<answer>(?:\|[^\n]*\n)*)",
    re.MULTILINE | re.DOTALL,
)
OF_THE_RUN = re.compile(r"-- … ([\w, ]+)$", re.MULTILINE)
SEARCH = re.compile(r"^-- hemeroteca sql --search '([^']+)'$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the page."""

    number: int
    title: str
    prose: str
    sql: str
    answer: str
    """The table that stands there."""

    @property
    def of_the_run(self) -> tuple[str, ...]:
        """Columns that tell when the demo itself ran."""
        return tuple(name for found in OF_THE_RUN.findall(self.sql) for name in found.split(", "))

    def ask(self, copy: duckdb.DuckDBPyConnection) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows that a copy answers."""
        for words in SEARCH.findall(self.sql):
            hemeroteca.hits(copy, words)
        result = copy.execute(self.sql)
        return [column[0] for column in result.description or ()], result.fetchall()

    def shown(self, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
        """An answer as the page shows it."""
        lines = [list(head), ["---"] * len(head)]
        lines += [
            ["…" if name in self.of_the_run else cell(value) for name, value in zip(head, row, strict=True)]
            for row in rows
        ]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines).replace("| --- ", "|---").replace("--- |", "---|")


def questions(page: str) -> list[Question]:
    """All questions of the page."""
    return [
        Question(int(found["number"]), found["title"], found["prose"], found["sql"], found["answer"])
        for found in QUESTION.finditer(page)
    ]


def answered(page: str, copy: duckdb.DuckDBPyConnection) -> str:
    """The page with the answers of a copy."""

    def replaced(found: re.Match[str]) -> str:
        (question,) = questions(found[0])
        kept = found[0].removesuffix(question.answer)
        return kept + question.shown(*question.ask(copy)) + ("" if question.answer else "\n")

    return QUESTION.sub(replaced, page)


def cell(value: Any) -> str:
    """A value in a Markdown table; instants are in UTC, to the second."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC) if value.tzinfo else value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, list):
        return ", ".join(map(cell, value)) or "-"
    return str(value).replace("|", "\\|").replace("\n", " ")
