"""Stable names for texts, articles, versions and captures: lower case hex digests.

Every digest is xxh3_128 over unambiguous bytes: the JSON of a list (UTF-8, no spaces, no escapes but JSON's own),
so that no two different lists of fields give the same bytes. A digest names content; it is no proof against a forger.
"""

import json
import unicodedata
from datetime import UTC, datetime
from hashlib import md5

import regex
import xxhash

from articles.model import Article

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
TOKEN = regex.compile(r"(?w)\b\w.*?\b")
"""A word by the word boundaries of UAX 29: `can't` and `3.14` are one, a Han sign is one."""


def digest(*fields: object) -> str:
    """The xxh3_128 of a list of strings, numbers, lists and None, as 32 hex digits."""
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return xxhash.xxh3_128_hexdigest(text.encode("utf-8", "surrogatepass"))


def normalised(text: str) -> str:
    """The words of a text, NFKC and case folded, one space between them: what the text hash compares."""
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def text_hash(text: str) -> str:
    """Equal for texts that differ only in spaces, breaks, punctuation, case or compatibility forms."""
    return xxhash.xxh3_128_hexdigest(normalised(text).encode("utf-8", "surrogatepass"))


def text_id(text: str) -> str:
    """The identity of a text as it stands: its MD5, which DuckDB computes, too."""
    return md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def version_hash(article: Article) -> str:
    """Changes exactly when title, description, text, authors, or a photo's caption or credit does.

    Not part of it: addresses, dates, tags, positions and alternative texts, which change without an edit.
    """
    photos = [[photo.caption, photo.credit] for photo in article.photos]
    return digest(article.title, article.description, article.text, list(article.authors), photos)


def article_id(url: str) -> str:
    """The identity of an article: that of its normalised URL."""
    return digest("article", url)


def version_id(article_id: str, version_hash: str) -> str:
    """The identity of one distinct content of an article."""
    return digest("version", article_id, version_hash)


def capture_id(url: str, captured_at: datetime, digest_of_payload: str) -> str:
    """The identity of a fetch: URL, time to the second in UTC, and the payload's digest as the archive writes it."""
    return digest("capture", url, second(captured_at), digest_of_payload)


def second(moment: datetime) -> str:
    """A moment as WARC writes it: `2026-03-04T10:00:00Z`."""
    if moment.tzinfo is None:
        raise ValueError("a capture's time needs its zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def word_count(text: str) -> int:
    """The number of words by UAX 29."""
    return len(TOKEN.findall(text))
