"""A proposal shown: to a person, to a program, and as the command that takes it."""

import shlex
from datetime import datetime
from typing import Any

from rich.markup import escape

from articles.cleaning import escaped
from flows.console import out, say_table
from flows.proposing import Proposal
from flows.sections import SourceSettings
from flows.settings_file import row_of
from spiders.proposal import Offer

SETS = {
    "feeds": "Feeds",
    "sitemaps": "Sitemaps for every ingest",
    "archive_sitemaps": "Sitemaps of past months, for backfills",
}
OPTIONS = {"feeds": "--feed", "sitemaps": "--sitemap", "archive_sitemaps": "--archive-sitemap"}


def tell(proposal: Proposal) -> None:
    """Show a person what was found, with a sample of what each thing yields."""
    if proposal.home_fault:
        say(f"[yellow]home page[/]: {plain(proposal.home_fault)}")
    for label, value in facts(proposal).items():
        say(f"[bold]{label}[/]: {plain(value)}")
    for name, title in SETS.items():
        if offers := getattr(proposal.choice, name):
            say_table(title, ["address", "found", "entries", "newest", "for example"], [row(offer) for offer in offers])
    for left in proposal.choice.left_out:
        say(f"[dim]left out[/] {plain(left.url)}: {plain(left.why)}")


def facts(proposal: Proposal) -> dict[str, str]:
    """What is known of the paper, and where from."""
    said = {"name": proposal.name, "language": proposal.language, "country": proposal.country}
    known = {label: f"{fact.value} ({fact.where})" for label, fact in said.items() if fact}
    zone = proposal.zone
    doubt = "" if zone.sure else "; a guess"
    others = f", or {', '.join(zone.others)}" if zone.others else ""
    return {"url": proposal.url} | known | {"zone": f"{zone.zone or 'not known'} ({zone.because}{doubt}{others})"}


def row(offer: Offer) -> list[Any]:
    """A line of the table."""
    sample = offer.sample
    shown = [f"{child.url}" for child in sample.children[:2]] if sample.children else sample.examples
    examples = "\n".join(filter(None, (*shown, offer.note)))
    return [
        offer.candidate.url,
        f"{offer.candidate.found}: {sample.kind}",
        sample.entries,
        day(sample.newest),
        examples,
    ]


def day(moment: datetime | None) -> str | None:
    """A moment to the minute, in UTC."""
    return f"{moment:%Y-%m-%d %H:%M}Z" if moment else None


def command(key: str, source: SourceSettings) -> str:
    """The command that adds a source as it is proposed."""
    words = ["hemeroteca", "source", "add", source.url, "--slug", key, "--name", source.name]
    for name, option in OPTIONS.items():
        for url in getattr(source, name):
            words += [option, url]
    for option, value in (
        ("--zone", source.zone),
        ("--language", next(iter(source.languages), None)),
        ("--country", source.country),
        ("--media-type", source.media_type),
        *(("--collection", name) for name in source.collections),
    ):
        words += [option, value] if value else []
    return plain(shlex.join(words))


def as_json(proposal: Proposal, key: str, source: SourceSettings, *, added: bool) -> dict[str, Any]:
    """A proposal for a program."""
    zone = proposal.zone
    said = {"name": proposal.name, "language": proposal.language, "country": proposal.country}
    return {
        "source": key,
        "added": added,
        "settings": row_of(source),
        "from": {label: fact.where for label, fact in said.items() if fact},
        "zone": {"zone": zone.zone, "because": zone.because, "sure": zone.sure, "others": zone.others},
        "found": [found(name, offer) for name in SETS for offer in getattr(proposal.choice, name)],
        "left_out": [{"url": left.url, "why": left.why} for left in proposal.choice.left_out],
        "home_fault": proposal.home_fault,
    }


def found(name: str, offer: Offer) -> dict[str, Any]:
    """A feed or sitemap for a program."""
    sample = offer.sample
    return {
        "set": name,
        "url": offer.candidate.url,
        "found": offer.candidate.found,
        "kind": sample.kind,
        "entries": sample.entries,
        "newest": sample.newest.isoformat() if sample.newest else None,
        "examples": sample.examples,
        "note": offer.note,
    }


def say(line: str) -> None:
    """A line in which markup is ours."""
    out.print(line, highlight=False, soft_wrap=True)


def plain(text: str) -> str:
    """Words from outside: no markup, nothing that a terminal would obey."""
    return escape(escaped(text))
