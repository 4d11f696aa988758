"""From a page to an article, or to the reason why it is none."""

from typing import Any

from articles import (
    body,
    datelines,
    decode,
    fingerprint,
    heading,
    languages,
    limits,
    lines,
    metadata,
    plaintext,
    siterules,
    textform,
    verdict,
)
from articles.cleaning import cleaned
from articles.dropped import with_dropped
from articles.model import EXTRACTOR, Article, Page, Rejection, TextStatus
from articles.standfirst import with_standfirst


def extract(page: Page) -> Article | Rejection:
    """The article on a page; the same page, hints and time give the same answer.

    Raises `BadPage` for a page beyond what one page may ask for.
    """
    return cleaned(read(page))


def read(page: Page) -> Article | Rejection:
    """The article, with whatever the page put into its strings."""
    limits.check_bytes(page.content)
    text = decode.decode(page.content, page.charset)
    if not text or text.isspace():
        return Rejection(page.url, "empty", "nothing but white space", EXTRACTOR)
    if page.media_type.split(";")[0].strip().lower() == "text/plain":
        return plaintext.extract(page, text, EXTRACTOR)
    tree = limits.tree_of(text)
    if tree is None or len(tree) == 0:
        return Rejection(page.url, "not_html", "no element in it", EXTRACTOR)
    siterules.strip(tree, page.rule)
    facts = metadata.read(tree, page.url, page.fetched_at, page.hints)
    facts = siterules.stated(tree, page.rule, facts, page.fetched_at, page.hints.source_zone)
    if whole := siterules.whole_page(tree, page.rule, page.url):
        return Rejection(page.url, "part", f"a part of {whole}", EXTRACTOR)
    block = siterules.block(tree, page.rule) or found_block(tree, facts)
    under = heading.lines(tree, block, facts.title_keys) if metadata.is_sparse(facts) else []
    facts = metadata.dated(metadata.signed(facts, under, block), under, page.fetched_at, page.hints.source_zone)
    if refused := verdict.refusal(tree, facts, block, page.url):
        return Rejection(page.url, refused[0], refused[1], EXTRACTOR)
    kept, removed, pictures = lines.read(tree, block, page.url, facts)
    code, code_source = languages.language(kept, list(facts.languages), page.hints.source_language)
    return Article(
        url=page.url,
        title=facts.title,
        description=facts.description,
        text=kept,
        authors=facts.authors,
        agencies=datelines.sources(kept, removed, facts.agencies),
        section=facts.section,
        tags=facts.tags,
        language=code,
        language_source=code_source,
        published=facts.published,
        published_conflict=facts.published_conflict,
        modified_at=facts.modified_at,
        free_access=facts.free_access,
        text_status=status(facts, kept),
        word_count=fingerprint.word_count(kept),
        image_url=facts.image_url,
        canonical_claim=facts.canonical_claim,
        photos=pictures,
        removed=removed,
        extractor=f"{EXTRACTOR} rule/{page.rule.domain}" if page.rule else EXTRACTOR,
        rights=facts.rights,
        licence=facts.licence,
        updates=facts.updates,
    )


def found_block(tree: Any, facts: metadata.Metadata) -> list[str]:
    """The lines of the article's block, its standfirst first."""
    shown = body.block(tree, facts.body)
    if facts.body and facts.free_access is not False and (told := body.told(shown, facts.body)):
        return told
    return with_standfirst(tree, with_dropped(tree, shown), facts)


def status(facts: metadata.Metadata, text: str) -> TextStatus:
    """Whether the whole text stands there: a teaser where the page locks it and tells machines of much more."""
    if facts.free_access is False:
        told = len(textform.squeeze(facts.body or ""))
        return "teaser" if len(textform.squeeze(text)) < max(0.5 * told, 900) else "unknown"
    return "full" if facts.free_access else "unknown"
