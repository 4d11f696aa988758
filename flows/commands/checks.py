"""`source check`: what is wrong with configured sources, in words."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from articles.errors import FaultySource
from flows.checking import Checked, check
from flows.commands.homes import home_of
from flows.commands.proposed import day, plain, say
from flows.console import EXIT_CODES, err, errors_told, out, say_json
from flows.counts import counted
from flows.progress import drawn
from flows.settings import load_settings
from flows.sources import chosen, delays
from flows.survey import looking
from spiders.faults import Looked
from warehouse.clock import now


def run(home: Path | None, names: list[str], as_json: bool) -> None:
    """Check sources, and end with an exit code of its own where something is wrong."""
    with errors_told():
        found = home_of(home)
        settings = load_settings(found)
        sources = {name: settings.sources[name] for name in chosen(settings, names)}
        with drawn(err) as progress, looking(settings.network, found, now, delays(settings)) as looker:
            checked = check(sources, looker, progress)
        if as_json:
            say_json([row(one) for one in checked])
        else:
            for one in checked:
                tell(one)
            faulty = sum(1 for one in checked if one.faults)
            out.print(f"{len(checked)} checked, {faulty or 'none'} with faults", highlight=False)
        if any(one.faults for one in checked):
            raise typer.Exit(EXIT_CODES[FaultySource])


def tell(checked: Checked) -> None:
    """A source in words."""
    colour = "red" if checked.faults else "green"
    say(f"[{colour}]{plain(checked.source)}[/]: {shown(checked)}")
    for fault in checked.faults:
        say(f"  {plain(fault.says)}\n    [dim]{plain(fault.url)}[/]\n    {plain(fault.do)}")


def shown(checked: Checked) -> str:
    """What its feeds and sitemaps show."""
    samples = [one.sample for one in checked.looked if one.sample]
    newest = max((sample.newest for sample in samples if sample.newest), default=None)
    entries = sum(sample.entries for sample in samples if not sample.children)
    wrong = counted(len(checked.faults), "fault")
    when = f", the newest of {day(newest)}" if newest else ""
    verdict = wrong if checked.faults else "nothing wrong"
    return f"{verdict}; feeds and sitemaps: {len(samples)}, entries: {entries}{when}"


def row(checked: Checked) -> dict[str, Any]:
    """A source for a program."""
    return {
        "source": checked.source,
        "faults": [asdict(fault) for fault in checked.faults],
        "looked": [looked_row(one) for one in checked.looked],
    }


def looked_row(one: Looked) -> dict[str, Any]:
    """An address for a program."""
    sample = one.sample
    return {
        "url": one.url,
        "role": one.role,
        "status": one.status,
        "reason": one.reason,
        "moved": one.moved,
        "kind": sample.kind if sample else None,
        "entries": sample.entries if sample else None,
        "newest": sample.newest.isoformat() if sample and sample.newest else None,
    }
