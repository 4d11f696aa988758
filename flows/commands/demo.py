"""`demo`: a whole run on three invented newspapers, served on loopback."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import tomlkit
from rich.markup import escape

from articles.cleaning import escaped
from articles.errors import BadInput
from examples.newspapers.papers import PAPERS, Paper
from examples.newspapers.server import Server
from flows.backfill import backfill
from flows.commands import differences
from flows.commands.asking import answer
from flows.commands.reports import say_report
from flows.commands.setup import make_home
from flows.console import err, errors_told, out, say_table
from flows.ingest import IngestRequest, ingest
from flows.plan import BackfillRequest
from flows.progress import drawn
from flows.report import backfill_report, ingest_report
from flows.run import Run
from flows.sections import Network
from flows.settings import load_settings
from warehouse.home import SETTINGS_FILE, Home
from warehouse.reader import open_published
from warehouse.replace import replace_text

OUTCOMES = (
    "SELECT source, outcome, reason, count(*) AS captures FROM captures GROUP BY ALL ORDER BY source, outcome, reason"
)

QUERIES = {
    "Which photographs came with credits, and whose?": """
        SELECT p.credit, p.agency, count(*) AS photos, min(p.caption) AS for_example
        FROM photos p JOIN articles a USING (version_id)
        WHERE p.credit IS NOT NULL GROUP BY ALL ORDER BY photos DESC, p.credit LIMIT 8""",
    "Which story did more than one paper print, how much of it, and how soon?": """
        SELECT agency, source, round(share, 2) AS share, delay, title
        FROM wire_copy ORDER BY cluster_id, published_at""",
    "Which article changed after it was published?": """
        SELECT number, kind, chars_added AS added, chars_removed AS removed, title
        FROM revisions WHERE article_id IN (SELECT article_id FROM articles WHERE versions > 1)
        ORDER BY article_id, number""",
}
CHANGED = "SELECT url FROM articles WHERE versions > 1 ORDER BY url LIMIT 1"


def run(folder: Path | None) -> None:
    """Collect both editions of the papers and a month of their past, then ask."""
    with errors_told(), kept(folder) as root, Server(edition=1) as server, drawn(err) as progress:
        home = demo_home(root, server)

        def new(command: str) -> Run:
            return Run(home, load_settings(home), command, {"demo": True}, progress=progress)

        say("1. A morning's ingest: feeds and sitemaps of three newspapers, on loopback under their own names")
        first = new("ingest")
        say_report(ingest_report(first, ingest(first, IngestRequest())), as_json=False)
        say("2. The same in the evening: one article was rewritten, three are new")
        server.edition = 2
        second = new("ingest")
        say_report(ingest_report(second, ingest(second, IngestRequest())), as_json=False)
        say("3. A backfill of September from a newspaper's monthly sitemaps: the plan, then what was missing")
        third = new("backfill")
        september = BackfillRequest((PAPERS[0].source,), date(2026, 9, 1), date(2026, 9, 30))
        say_report(backfill_report(third, backfill(third, september)), as_json=False)
        ask(home)
        retire(home)
        if folder:
            say(f"The archive is in {home.root}. Ask it: hemeroteca sql --home {home.root} 'FROM latest LIMIT 5'")
        else:
            say("This archive is not kept. To have one that you can ask yourself: hemeroteca demo --folder demo")


@contextmanager
def kept(folder: Path | None) -> Iterator[Path]:
    """The folder of the demo's archive: the one named, which is new or empty, else one that is gone afterwards."""
    if folder is not None:
        if folder.is_dir() and any(folder.iterdir()):
            raise BadInput("has files in it: name a new folder for the demo's archive", url=str(folder))
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="hemeroteca-demo-") as temporary:
        yield Path(temporary)


def demo_home(root: Path, server: Server) -> Home:
    """A home whose sources are the invented newspapers."""
    root.mkdir(parents=True, exist_ok=True)
    make_home(root, "demo@hemeroteca.example")
    path = root / SETTINGS_FILE
    document = tomlkit.parse(path.read_text("utf-8"))
    document["network"]["delay"] = 0.0
    document["network"]["hosts"] = server.hosts
    document["sources"] = {paper.source: entry(paper) for paper in PAPERS}
    replace_text(path, tomlkit.dumps(document))
    return Home(root)


def retire(home: Home) -> None:
    """Leave settings with which newspapers of one's own can be added: the demo's are served no more, nor as fast."""
    document = tomlkit.parse(home.settings.read_text("utf-8"))
    document["network"].update({"delay": Network().delay})
    document["network"].remove("hosts")
    for source in document["sources"].values():
        source["active"] = False
    replace_text(home.settings, tomlkit.dumps(document))


def entry(paper: Paper) -> dict[str, object]:
    """A newspaper's table in the settings; an index of months is for backfills."""
    past = [url for url in paper.sitemaps if "index" in url]
    return {
        "name": paper.name,
        "url": paper.home,
        "feeds": list(paper.feeds),
        "sitemaps": [url for url in paper.sitemaps if url not in past],
        "archive_sitemaps": past,
        "zone": paper.zone,
        "languages": list(paper.languages),
        "country": paper.country,
        "media_type": paper.media_type,
        "collections": list(paper.collections),
    }


def ask(home: Home) -> None:
    """The counts by outcome and three queries, with their answers."""
    with open_published(home, guarded=True) as connection:
        say("What became of every address, by newspaper")
        say_table(None, *answer(connection, OUTCOMES))
        for question, query in QUERIES.items():
            say(question)
            out.print(
                escape("\n".join(line.strip() for line in query.strip().splitlines())),
                highlight=False,
                style="cyan",
            )
            say_table(None, *answer(connection, query))
        for (url,) in answer(connection, CHANGED)[1]:
            say(f"What changed in it? hemeroteca diff {url}")
            differences.say(differences.compared(connection, url))


def say(text: str) -> None:
    """A line of the story, set off from what came before."""
    out.print(f"\n[bold]{escape(escaped(text))}[/]", highlight=False, soft_wrap=True)
