"""`source add`."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.prompt import Confirm, Prompt

from articles.errors import BadInput
from articles.urls import host, normalise
from flows.commands.homes import home_of
from flows.commands.proposed import as_json as proposal_as_json
from flows.commands.proposed import command, tell
from flows.console import err, errors_told, out, say_json
from flows.progress import drawn
from flows.proposing import Proposal, propose
from flows.sections import SourceSettings
from flows.settings import load_settings
from flows.settings_file import add_source, row_of, slug_of, stated
from flows.survey import looking
from spiders.faults import UNANSWERED
from spiders.proposal import Offer
from warehouse.clock import now
from warehouse.home import Home


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person says of a newspaper; it stands above what is found."""

    url: str
    name: str | None = None
    slug: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    archive_sitemaps: tuple[str, ...] = ()
    zone: str | None = None
    languages: tuple[str, ...] = ()
    country: str | None = None
    media_type: str | None = None
    collections: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """What is said, as settings."""
        lists = ("feeds", "sitemaps", "archive_sitemaps", "languages", "collections")
        row = {name: getattr(self, name) for name in ("name", "zone", "country", "media_type", *lists)}
        return {name: value for name, value in row.items() if value}


def add(home: Path | None, wishes: Wishes, *, yes: bool, prompt: bool, as_json: bool) -> None:
    """Add a newspaper as it is described, or as its site says."""
    with errors_told():
        found = home_of(home)
        site = normalise(wishes.url)
        if wishes.feeds or wishes.sitemaps:
            source = stated({"name": host(site), "url": site} | wishes.row())
            taken(found, slug_of(site, wishes.slug), source, as_json)
            return
        asked = prompt and not yes and not as_json and err.is_terminal
        if yes or asked:
            refuse_known(found, slug_of(site, wishes.slug))
        with drawn(err) as progress, looking(load_settings(found).network, found, now) as looker:
            (proposal,) = propose([site], looker, progress)
        if not proposal.choice.offers():
            raise BadInput(nothing(proposal), url=site)
        if not as_json:
            tell(proposal)
        key = slug_of(proposal.url, wishes.slug)
        if asked:
            proposal = confirmed(proposal, wishes)
        source = settled(proposal, wishes)
        if yes or (asked and Confirm.ask(f"Add {key}?", console=err, default=True)):
            taken(found, key, source, as_json, proposal)
        elif as_json:
            say_json(proposal_as_json(proposal, key, source, added=False))
        elif not asked:
            out.print(f"\n{what_next(found, key, source)}", soft_wrap=True, highlight=False)


def what_next(home: Home, key: str, source: SourceSettings) -> str:
    """What to do with a proposal."""
    if key in load_settings(home).sources:
        return f"hemeroteca.toml has a source {key} already: write into it there what you want of this"
    return f"Nothing is added yet. Take all of it with --yes, or run:\n{command(key, source)}"


def taken(home: Home, key: str, source: SourceSettings, as_json: bool, proposal: Proposal | None = None) -> None:
    """Write a source, and say so."""
    add_source(home, key, source)
    if as_json:
        added = {"source": key, "added": True, "settings": row_of(source)}
        say_json(proposal_as_json(proposal, key, source, added=True) if proposal else added)
    else:
        out.print(f"added {key}; collect it with: hemeroteca ingest {key}", highlight=False)


def refuse_known(home: Home, key: str) -> None:
    """Say before anything is fetched that there is such a source."""
    if key in load_settings(home).sources:
        raise BadInput(
            f"hemeroteca.toml has a source {key!r} already; choose another key with --slug, "
            f"or see how it fares: hemeroteca source check {key}"
        )


NAME_ONE = "name one if you know it: --feed URL, --sitemap URL"


def nothing(proposal: Proposal) -> str:
    """What was looked at in vain, and what to do."""
    told = [f"home page: {proposal.home_fault}"] if proposal.home_fault else []
    told += [f"{left.url}: {left.why}" for left in proposal.choice.left_out]
    looked = f" ({'; '.join(told[:6])})" if told else " by link, in robots.txt or in the usual places"
    advice = UNANSWERED[proposal.unreachable][1] if proposal.unreachable else NAME_ONE
    return f"no feed or sitemap was found that can be visited{looked}; {advice}"


def settled(proposal: Proposal, wishes: Wishes) -> SourceSettings:
    """The settings of what is proposed, under what a person says."""
    choice = proposal.choice
    row: dict[str, Any] = {
        "name": proposal.name.value,
        "url": proposal.url,
        "feeds": addresses(choice.feeds),
        "sitemaps": addresses(choice.sitemaps),
        "archive_sitemaps": addresses(choice.archive_sitemaps),
        "zone": proposal.zone.zone,
        "languages": (proposal.language.value,) if proposal.language else (),
        "country": proposal.country.value if proposal.country else None,
    }
    return stated(row | wishes.row())


def addresses(offers: tuple[Offer, ...]) -> tuple[str, ...]:
    """What is to be visited."""
    return tuple(offer.candidate.url for offer in offers)


def confirmed(proposal: Proposal, wishes: Wishes) -> Proposal:
    """What a person takes of a proposal, set by set, and what is only guessed put right."""
    choice = proposal.choice
    for name, words in (
        ("feeds", "feeds"),
        ("sitemaps", "sitemaps to visit at every ingest"),
        ("archive_sitemaps", "sitemaps of past months, for backfills"),
    ):
        offers = getattr(choice, name)
        if offers and not Confirm.ask(f"Take the {words} ({len(offers)})?", console=err, default=True):
            choice = replace(choice, **{name: ()})
    zone = proposal.zone
    if not wishes.zone and not zone.sure:
        given = Prompt.ask("Time zone, like Europe/Berlin (empty for none)", console=err, default=zone.zone or "")
        zone = replace(zone, zone=given.strip() or None, sure=True)
    return replace(proposal, choice=choice, zone=zone)
