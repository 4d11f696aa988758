"""How words are cut out of a text, and which forms of a word count as the same: by language, and by script.

A language that has a stemmer has fields of its own: what one language's rules make of a word never meets another's
words. Scripts that put no spaces between words are cut into pairs of characters, in a text of any language.
"""

import re
from functools import cache, lru_cache

from tantivy import Filter, PreTokenizedString, TextAnalyzer, TextAnalyzerBuilder, Token, Tokenizer

ANALYSIS = 1
"""Counts up when words are cut or stemmed otherwise, or when the fields change: an index of before is made anew."""

ANY = "any"
"""Texts in a language without a stemmer, or in none that is known: words as they stand, without case and accents."""

STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
CODES = (*STEMMERS, ANY)
OTHER_NAMES = {"nb": "no", "nn": "no"}

MARKED = {"ar", "ta", ANY}
"""Whose letters carry marks that stand as characters of their own: the quicker tokenizer would cut words there."""

LONGEST = 255
"""Bytes of a word: what is longer is data that somebody printed, not a word."""

WHOLE = 1 << 20
"""A sentence without spaces may be longer: it is cut later."""

SPACELESS = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59\u0e80-\u0eff\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u17e0-\u17e9"
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af]+"
)
"""Thai, Lao, Burmese, Khmer, kana and Han. Hangul too: it has spaces, but its particles hang on to the words."""


def code_of(language: str | None) -> str:
    """The analysis of a language, given as ISO 639-1."""
    code = (language or "").partition("-")[0].lower()
    code = OTHER_NAMES.get(code, code)
    return code if code in STEMMERS else ANY


@cache
def analyser(code: str, longest: int = LONGEST) -> TextAnalyzer:
    """What makes words of a text; accents go last, because stemmers know them."""
    tokenizer = Tokenizer.regex(r"[\p{L}\p{M}\p{N}]+") if code in MARKED else Tokenizer.simple()
    builder = TextAnalyzerBuilder(tokenizer).filter(Filter.remove_long(longest)).filter(Filter.lowercase())
    if code in STEMMERS:
        builder = builder.filter(Filter.stemmer(STEMMERS[code]))
    return builder.filter(Filter.ascii_fold()).build()


def words(text: str, code: str) -> list[Token]:
    """The words of a text in their order: their forms, their numbers, and where they stand in code points."""
    if not SPACELESS.search(text):
        return analyser(code).pre_tokenize(text).tokens
    found: list[Token] = []
    for token in analyser(code, WHOLE).pre_tokenize(text).tokens:
        start, end = token.char_offset_from, token.char_offset_to
        said = text[start:end]
        if SPACELESS.search(said):
            split(said, code, start, found)
        elif len(said) <= LONGEST:
            found.append(Token(token.text, after(found), start, end))
    return found


def after(found: list[Token]) -> int:
    """The number of the next word."""
    return found[-1].position + 1 if found else 0


def split(said: str, code: str, start: int, found: list[Token]) -> None:
    """Add what is between two spaces: runs of a script without them in pairs, the rest as words."""
    end = 0
    for run in SPACELESS.finditer(said):
        spaced(said[end : run.start()], code, start + end, found)
        found += pairs(run.group(), after(found), start + run.start())
        end = run.end()
    spaced(said[end:], code, start + end, found)


def spaced(said: str, code: str, start: int, found: list[Token]) -> None:
    """Add what stands beside such a run."""
    for token in analyser(code).pre_tokenize(said).tokens if said else ():
        found.append(Token(token.text, after(found), token.char_offset_from + start, token.char_offset_to + start))


def pairs(run: str, position: int, start: int) -> list[Token]:
    """Each character with the next, the last one alone: so that a run within another is a phrase of it."""
    last = len(run) - 1
    found = [Token(run[place : place + 2], position + place, start + place, start + place + 2) for place in range(last)]
    return [*found, Token(run[last], position + last, start + last, start + last + 1)]


def cut(text: str, code: str) -> str | PreTokenizedString:
    """A text as the index takes it: as it stands, which is quick, or cut into words where its script has no spaces."""
    if not SPACELESS.search(text):
        return text
    return PreTokenizedString(text, words(text, code))


@lru_cache(1024)
def asked(text: str, code: str) -> tuple[Token, ...]:
    """The words that must follow each other for a text to be found; of a run the last pair says all there is to say."""
    found = words(text, code)
    return tuple(
        word
        for word, before in zip(found, [None, *found], strict=False)
        if not (is_single(word) and before is not None and before.char_offset_to > word.char_offset_from)
    )


def is_single(word: Token) -> bool:
    """Whether a word is one character of a script without spaces: found as the first of a pair, or alone."""
    return len(word.text) == 1 and SPACELESS.match(word.text) is not None
