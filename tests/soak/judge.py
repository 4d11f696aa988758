"""Judges a rehearsal by the server's record, the world's own rules and the warehouse; it asks the product nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from tests.soak.rehearsal import BEGINS, DELAY, STEP
from tests.soak.server import Asked, day_of
from tests.soak.world import DAY, HOUR, MINUTE, Paper, Story
from warehouse.home import Home
from warehouse.store import opened

REVISITS = tuple(HOUR * hours for hours in (0.5, 2, 8, 24, 72, 168))
"""The default of `[revisits]`, written down once more."""

LATE = STEP + 20 * MINUTE
"""A revisit comes with the next scheduled ingest, which may be at work on other pages."""


@dataclass
class Verdict:
    """What was found."""

    faults: list[str] = field(default_factory=list)
    promised: int = 0
    """Articles that had to be collected."""
    texts: int = 0
    """Texts that had to become versions."""
    requests: Counter[str] = field(default_factory=Counter)
    least: Counter[str] = field(default_factory=Counter)
    unaccounted: int = 0
    """Requests for pages that the ledger does not know: under way when a process was killed."""
    gone: int = 0

    @property
    def ratio(self) -> float:
        """Requests, to the fewest that could have done it."""
        return self.requests.total() / self.least.total()


@dataclass(frozen=True)
class Held:
    """What the warehouse holds."""

    tokens: frozenset[str]
    addresses: dict[str, int]
    """How often each address was taken up."""
    gone: frozenset[str]
    whys: Counter[str]
    visits: int
    broken: list[tuple[str, str]]


def held(home: Home) -> Held:
    """Read the warehouse."""
    with opened(home) as store:
        texts = store.rows("SELECT regexp_extract(text, 'The (\\w+x\\d+v\\d+) was noted', 1) FROM article_versions")
        taken = store.rows("SELECT url, sum(attempts)::INTEGER FROM captures GROUP BY url")
        gone = store.rows("SELECT url FROM article_state WHERE gone_at IS NOT NULL")
        whys = store.rows("SELECT coalesce(why, 'failed'), count(*) FROM captures GROUP BY ALL")
        return Held(
            tokens=frozenset(str(row[0]) for row in texts),
            addresses={str(url): int(str(number)) for url, number in taken},
            gone=frozenset(str(row[0]) for row in gone),
            whys=Counter({str(why): int(str(number)) for why, number in whys}),
            visits=0,
            broken=store.broken_checks(),
        )


def judge(home: Home, papers: Sequence[Paper], asked: Sequence[Asked], end: datetime) -> Verdict:
    """Hold what was collected against what stood."""
    found, verdict = held(home), Verdict()
    verdict.faults += [f"checks.sql: {broken}" for broken in found.broken]
    pages: defaultdict[tuple[str, str], list[Asked]] = defaultdict(list)
    for request in asked:
        verdict.requests[request.kind] += 1
        if request.kind == "page":
            pages[request.host, request.path].append(request)
    for paper in papers:
        for story in paper.stories:
            if story.born >= BEGINS:
                articles(paper, story, found, end, verdict)
                versions(paper, story, pages, found, end, verdict)
        ledger(paper, pages, found, verdict)
    pace(papers, asked, verdict)
    economy(asked, found, verdict)
    return verdict


def articles(paper: Paper, story: Story, found: Held, end: datetime, verdict: Verdict) -> None:
    """What stood in a feed or sitemap for an hour is an article."""
    until = min(story.listed_until, end, story.turns if story.fate == "gone" else end)
    # Its page has to be there as well, for as long as a failed one takes to be tried again.
    there = story.turns + 6 * HOUR if story.fate in ("fails", "stalls") else story.born
    if story.fate == "never" or there + 2 * HOUR > end or longest(paper, story.born, until) < HOUR:
        return
    verdict.promised += 1
    if not any(story.token(version) in found.tokens for version in range(len(story.changes) + 1)):
        verdict.faults.append(f"missed: {paper.name} {story.path}, {story.listing} from {story.born} to {until}")


def longest(paper: Paper, begins: datetime, ends: datetime) -> timedelta:
    """The longest time without an outage."""
    edges = sorted({begins, ends, *(moment for outage in paper.outages for moment in outage if begins < moment < ends)})
    return max((b - a for a, b in pairwise(edges) if not paper.is_out(a)), default=timedelta(0))


def versions(
    paper: Paper,
    story: Story,
    pages: dict[tuple[str, str], list[Asked]],
    found: Held,
    end: datetime,
    verdict: Verdict,
) -> None:
    """A text that stood when a revisit was due is a version."""
    if story.fate not in ("stays", "gone"):
        return
    seen = [request for request in pages.get((paper.host, story.path), ()) if request.token]
    for version, begins, ends in story.spans(end):
        due = next((moment for moment in dues(story, seen, begins) if moment + LATE <= ends), None)
        if due is None or any(paper.is_out(due + n * 10 * MINUTE) for n in range(12)):
            continue
        verdict.texts += 1
        if story.token(version) not in found.tokens:
            verdict.faults.append(f"a text missed: {story.token(version)}, from {begins} to {ends}, due {due}")


def dues(story: Story, seen: Sequence[Asked], begins: datetime) -> Iterator[datetime]:
    """When a page was due to be seen again after a moment, by what was served before it."""
    before = [request for request in seen if request.at < begins.timestamp()]
    if not before:
        return
    since = before[0]
    for one, other in pairwise(before):
        since = other if other.token != one.token else since
    changed, last = (datetime.fromtimestamp(request.at, begins.tzinfo) for request in (since, before[-1]))
    for step in REVISITS:
        due = changed + step
        if step * 8 >= changed - story.born and last < due <= story.born + 30 * DAY:
            yield max(due, begins)
            return


def ledger(paper: Paper, pages: dict[tuple[str, str], list[Asked]], found: Held, verdict: Verdict) -> None:
    """Each request for a page is one the warehouse knows of; what was gone is marked so."""
    for (host, path), requests in pages.items():
        if host != paper.host:
            continue
        url, story = f"https://{host}{path}", paper.by_path[path]
        hops = sum(request.status == 301 for request in pages.get((host, story.path), ())) if path != story.path else 0
        verdict.unaccounted += max(len(requests) - hops - found.addresses.get(url, 0), 0)
        answers = [request for request in requests if request.token or request.status in (404, 410)]
        if len(answers) > 1 and answers[-1].token is None and any(request.token for request in answers):
            verdict.gone += 1
            if url not in found.gone:
                verdict.faults.append(f"gone, and not marked so: {url}")


def pace(papers: Sequence[Paper], asked: Sequence[Asked], verdict: Verdict) -> None:
    """No host is asked faster than it allows."""
    for paper in papers:
        allowed = max(DELAY, paper.crawl_delay or 0)
        times = sorted(request.at for request in asked if request.host == paper.host)
        # The first requests of all come before robots.txt has said how slow to be.
        fast = [later - earlier for earlier, later in pairwise(times[1:]) if later - earlier < allowed]
        if fast:
            verdict.faults.append(f"{paper.name}: {len(fast)} requests too fast, the fastest after {min(fast):.2f} s")


def economy(asked: Sequence[Asked], found: Held, verdict: Verdict) -> None:
    """The fewest requests that could have done it: one a distinct URL and text, the scheduled visits, robots.txt a day."""
    verdict.least["page"] = len({(r.host, r.path, r.token or r.status) for r in asked if r.kind == "page"})
    verdict.least["revisit"] = found.whys["revisit"]
    verdict.least["list"] = verdict.requests["list"]
    verdict.least["robots"] = len({(r.host, day_of(r.at)) for r in asked if r.kind == "robots"})
