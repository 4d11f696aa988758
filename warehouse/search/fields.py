"""The fields of the index, and an article as a document of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache

import xxhash
import zstandard
from tantivy import Document, PreTokenizedString, Schema, SchemaBuilder

from warehouse.search.analysis import ANY, CODES, code_of, cut

KEY = "key"
"""An article's id, by which its document is replaced; `MARK` for the document that says what the index is made of."""
MARK = "mark"
DAY, AT, ROW, DIGEST = "day", "at", "row", "digest"
IDS = ("article_high", "article_low", "version_high", "version_low")
"""Ids are 128 bits; as numbers beside the documents those of all hits are there without reading a document."""

STEMMED = ("title", "text", "caption")
PLAIN = ("author", "credit", "section", "tag")
EXACT = ("source", "domain", "language")
FIELDS = (*STEMMED, *PLAIN, *EXACT)
"""What a query can name."""

HALF = 16
UNDATED = -(2**62)


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index takes of an article: a row of `documents.sql`."""

    article_id: str
    version_id: str
    url: str
    source: str
    domain: str | None
    language: str | None
    title: str | None
    text: str
    section: str | None
    authors: Sequence[str] | None
    tags: Sequence[str] | None
    captions: Sequence[str] | None
    credits: Sequence[str] | None
    published_at: str | None
    published_date: date | None
    seen_at: int
    """Seconds since 1970: when it was published, else when it was first seen, as the view `latest` has it."""


@cache
def schema() -> Schema:
    """All fields; a language's own stand there before its first article comes."""
    builder = SchemaBuilder().add_text_field(KEY, tokenizer_name="raw", index_option="basic")
    for name in EXACT:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in PLAIN:
        builder.add_text_field(name, tokenizer_name=ANY)
    for name in STEMMED:
        for code in CODES:
            builder.add_text_field(named(name, code), tokenizer_name=code)
    for name in (*IDS, DIGEST):
        builder.add_unsigned_field(name, fast=True)
    builder.add_integer_field(DAY, indexed=True, fast=True)
    builder.add_integer_field(AT, fast=True)
    return builder.add_bytes_field(ROW, stored=True).build()


def named(field: str, code: str) -> str:
    """A field in one language's analysis."""
    return f"{field}_{code}" if field in STEMMED else field


def days(day: date) -> int:
    """A day as the index counts it."""
    return day.toordinal()


def document(row: Indexed) -> Document:
    """An article as a document."""
    code = code_of(row.language)
    content = shown(row)
    found = Document()
    found.add_text(KEY, row.article_id)
    for name, value in zip(IDS, (*halves(row.article_id), *halves(row.version_id)), strict=True):
        found.add_unsigned(name, value)
    found.add_unsigned(DIGEST, digest(content))
    found.add_integer(AT, row.seen_at)
    if row.published_date is not None:
        found.add_integer(DAY, days(row.published_date))
    for name, exact in zip(EXACT, (row.source, row.domain, row.language), strict=True):
        if exact:
            found.add_text(name, exact)
    for name, texts in fields_of(row).items():
        for text in texts:
            add(found, named(name, code), text, code if name in STEMMED else ANY)
    found.add_bytes(ROW, compressor().compress(content))
    return found


def fields_of(row: Indexed) -> dict[str, Iterable[str]]:
    """The texts of each field."""
    return {
        "title": filter(None, [row.title]),
        "text": [row.text],
        "caption": row.captions or (),
        "author": row.authors or (),
        "credit": row.credits or (),
        "section": filter(None, [row.section]),
        "tag": row.tags or (),
    }


def add(found: Document, field: str, text: str, code: str) -> None:
    """Put a text into a field."""
    taken = cut(text, code)
    if isinstance(taken, PreTokenizedString):
        found.add_pre_tokenized_text(field, taken)
    else:
        found.add_text(field, taken)


def mark_document(mark: Mapping[str, object]) -> Document:
    """The document that says what the index is made of."""
    found = Document()
    found.add_text(KEY, MARK)
    found.add_bytes(ROW, compressor().compress(packed(mark)))
    return found


def packed(row: Mapping[str, object]) -> bytes:
    """A row as bytes; the same row gives the same bytes."""
    return json.dumps(row, ensure_ascii=False, default=str, separators=(",", ":")).encode("utf-8", "surrogatepass")


@cache
def compressor() -> zstandard.ZstdCompressor:
    """Makes documents small; one for all of them, because making it takes longer than using it."""
    return zstandard.ZstdCompressor(level=3)


def unpacked(raw: bytes) -> dict[str, object]:
    """The row that `packed` made of a document, as JSON has it."""
    row: dict[str, object] = json.loads(zstandard.decompress(raw))
    return row


def shown(row: Indexed) -> bytes:
    """An article as it is stored in the index, for those who list it."""
    return packed(asdict(row))


def digest(content: bytes) -> int:
    """By which a document that is the same already is known."""
    return xxhash.xxh3_64_intdigest(content)


def halves(identity: str) -> tuple[int, int]:
    """An id of 32 hexadecimal digits as two numbers."""
    return int(identity[:HALF], 16), int(identity[HALF:], 16)


def whole(high: int, low: int) -> str:
    """The id of two numbers."""
    return f"{high:016x}{low:016x}"
