"""The language of an article: what its markup says, checked against its words."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from articles.tables import table

SAMPLE = 600
"""Characters of text that are classified: more changed no answer on 230 pages."""

LEAST = 120
"""Shorter texts are not told apart from one another."""

SURE = 0.9
CODE = re.compile(r"^([a-z]{2,3})(?:[-_]|$)", re.IGNORECASE | re.ASCII)
TABLE = table("languages")
SAME: dict[str, str] = TABLE["same"]
THREE: dict[str, str] = TABLE["three"]
FAMILIES = tuple(frozenset(family) for family in TABLE["confused"])


@cache
def identifier() -> LanguageIdentifier:
    """The classifier, read at the first use: half a second that a page with no text need not wait for."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language(text: str, said: list[str | None], source: str | None) -> tuple[str, str]:
    """ISO 639-1 code, and where it was read: `markup`, `text`, `source` or `none`."""
    markup = next((code for value in said if (code := code_of(value))), None)
    letters = sum(map(str.isalpha, text[:SAMPLE]))
    read, sure = classified(text) if letters >= LEAST or (not markup and letters >= 40) else (None, 0.0)
    if markup and (
        read is None or read == markup or markup not in identifier().labels or sure < SURE or close(markup, read)
    ):
        return markup, "markup"
    if read and sure >= SURE:
        return read, "text"
    own = code_of(source)
    return (own, "source") if own else (markup, "markup") if markup else ("und", "none")


def code_of(value: str | None) -> str | None:
    """ISO 639-1 from `de-AT`, `pt_BR`, `deu`."""
    found = CODE.match((value or "").strip())
    if not found:
        return None
    code = found[1].lower()
    code = THREE.get(code, code)
    return SAME.get(code, code) if len(code) == 2 or code in SAME else code if len(code) == 3 else None


def classified(text: str) -> tuple[str, float]:
    """The likeliest language of a text and how likely it is."""
    code, probability = identifier().classify(text[:SAMPLE])
    return SAME.get(code, code), float(probability)


def close(one: str, other: str) -> bool:
    """Whether the classifier confuses two languages: there the markup is to be believed."""
    return any(one in family and other in family for family in FAMILIES)
