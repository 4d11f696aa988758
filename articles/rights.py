"""What a publisher reserves: robots meta words, TDM reservation, signals about the training of AI; and licences."""

import re
from collections.abc import Iterable

RESERVATIONS = ("noarchive", "nocache", "noai", "noimageai", "noindex", "nosnippet", "tdm-reservation", "ai-train")
"""All that is kept, in this order; `ai-train` stands for a signal of robots.txt or a header that reserves training."""

WORDS = frozenset(RESERVATIONS[:6])
"""Words of `X-Robots-Tag` and of the robots meta element."""

USAGE = re.compile(r"\b(?:ai-train|train-ai)\s*=\s*(?:n\b|no\b)", re.IGNORECASE)
"""`Content-Signal: ai-train=no` (Cloudflare) and `Content-Usage: train-ai=n` (IETF aipref)."""

MAX_LICENCE = 500


def reserved(robots: Iterable[str], tdm: Iterable[str] = (), usage: Iterable[str] = ()) -> tuple[str, ...]:
    """The reservations in the values of robots words, of `tdm-reservation` and of usage signals."""
    # `googlebot: noarchive` speaks to one robot, and not to us.
    found = {word.strip().lower() for value in robots for word in value.split(",")} & WORDS
    if any(value.strip() == "1" for value in tdm):
        found.add("tdm-reservation")
    if any(USAGE.search(value) for value in usage):
        found.add("ai-train")
    return tuple(word for word in RESERVATIONS if word in found)


def together(*groups: Iterable[str]) -> tuple[str, ...]:
    """The reservations of several places, each once."""
    found = {word for group in groups for word in group}
    return tuple(word for word in RESERVATIONS if word in found)


def licence(*claims: str | None) -> str | None:
    """The first licence that is stated, by its address or its name."""
    return next((claim.strip()[:MAX_LICENCE] for claim in claims if claim and claim.strip()), None)
