"""Home pages, feeds and robots.txt that mean harm: each costs its own site alone, in bounded time and memory."""

import resource
import time

import pytest

from flows.progress import Silent
from flows.proposing import Proposal, propose
from flows.sections import Network
from flows.survey import looking
from tests.homes import Hosts, index, link, numbered, page, rss, to
from tests.hostile_web.scenarios import CHUNKED, LAUGHS
from tests.integration.spiders.site import Site
from warehouse.clock import now
from warehouse.home import Home

SECONDS = 60


def endless(handler: object) -> None:
    """A feed that never ends."""
    try:
        handler.wfile.write(CHUNKED.replace(b"text/html", b"text/xml"))  # type: ignore[attr-defined]
        while True:
            handler.wfile.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")  # type: ignore[attr-defined]
    except OSError:
        return


def hostile(hosts: Hosts) -> list[str]:
    """Home pages, each with a sound feed beside what is hostile."""
    sound = {"/rss.xml": rss("sound.example", numbered(3))}
    hosts.add("private.example", {
        "/": page(link("/inside") + link("http://127.0.0.1:9/feed") + link("http://169.254.169.254/feed") + link("file:///etc/passwd") + link("/rss.xml")),
        "/inside": to("http://127.0.0.2/feed"), "/rss.xml": rss("private.example", numbered(3)),
    })  # fmt: skip
    hosts.add(
        "endless.example",
        {
            "/": page(link("/endless") + link("/rss.xml")),
            "/endless": endless,
            "/rss.xml": rss("endless.example", numbered(3)),
        },
    )
    hosts.add("tags.example", {"/": "<a href='/rss1.xml'>" * 70_000, "/feed": rss("tags.example", numbered(3))})
    hosts.add(
        "links.example",
        {
            "/": page("".join(link(f"/feed-{n}.xml") for n in range(15_000))),
            "/feed-0.xml": rss("links.example", numbered(3)),
        },
    )
    lines = "".join(f"Sitemap: https://longrobots.example/s{n}.xml\n" for n in range(220_000))
    assert len(lines) > 10_000_000
    hosts.add(
        "longrobots.example",
        {"/": page(link("/rss.xml")), "/robots.txt": lines, "/rss.xml": rss("longrobots.example", numbered(3))},
    )
    hosts.add(
        "laughs.example",
        {
            "/": page(link("/laughs.rss") + link("/rss.xml")),
            "/laughs.rss": LAUGHS,
            "/rss.xml": rss("laughs.example", numbered(3)),
        },
    )
    deep = {f"/s{n}.xml": index("deep.example", [f"/s{10 * n + k}.xml" for k in range(1, 9)]) for n in range(2_000)}
    hosts.add(
        "deep.example",
        {
            "/": page(link("/rss.xml")),
            "/robots.txt": "Sitemap: https://deep.example/s0.xml",
            **deep,
            "/rss.xml": rss("deep.example", numbered(3)),
        },
    )
    hosts.add("said.example", {
        "/": page('<meta property="og:site_name" content="A\x1b[2J\u202e' + "x" * 5_000 + '">'
                  f'<script type="application/ld+json">{"[" * 100_000}</script>' + link("/rss.xml"), lang="<script>"),
        "/rss.xml": rss("said.example", numbered(3), language="zz-zz" * 900, title="T" * 90_000),
    })  # fmt: skip
    hosts.add("loop.example", {"/": to("/", 302)})
    return [f"https://{host}/" for host in hosts.pages if sound]


@pytest.fixture(scope="module")
def found(hosts: Hosts, server: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Proposal]:
    """What is proposed of them, within the time that all may take."""
    homes = hostile(hosts)
    network = Network(delay=0, timeout=8, hosts=hosts.serve(server))
    began = time.monotonic()
    with looking(network, Home(tmp_path_factory.mktemp("home")), now) as looker:
        proposals = propose(homes, looker, Silent())
    assert time.monotonic() - began < SECONDS
    return {proposal.asked.split("//")[1].partition(".")[0]: proposal for proposal in proposals}


@pytest.mark.parametrize("name", ["private", "endless", "links", "longrobots", "laughs", "deep", "said"])
def test_the_sound_feed_beside_is_found(found: dict[str, Proposal], name: str) -> None:
    assert 3 in [offer.sample.entries for offer in found[name].choice.feeds]


def test_what_is_left_of_a_bomb_says_that_it_is_broken(found: dict[str, Proposal]) -> None:
    notes = [offer.note for offer in found["laughs"].choice.feeds if offer.sample.entries == 1]
    assert all(note and note.startswith("it is broken") for note in notes)


def test_private_addresses_are_refused_by_name(found: dict[str, Proposal], server: Site) -> None:
    why = {left.url: left.why for left in found["private"].choice.left_out}
    assert why["http://127.0.0.1:9/feed"].startswith("guard: ")
    assert why["http://169.254.169.254/feed"].startswith("guard: ")
    assert why["https://private.example/inside"].startswith("guard: ")
    assert not any("passwd" in asked.path for asked in server.asked)


def test_a_feed_without_end_is_too_large(found: dict[str, Proposal]) -> None:
    (left,) = found["endless"].choice.left_out
    assert left.why.startswith(("too-large", "timeout"))


def test_a_page_of_too_many_tags_is_told_and_the_usual_places_are_asked(found: dict[str, Proposal]) -> None:
    assert "70000 tags" in (found["tags"].home_fault or "")
    assert [offer.candidate.url for offer in found["tags"].choice.feeds] == ["https://tags.example/feed"]


def test_no_site_is_asked_without_end(found: dict[str, Proposal], server: Site) -> None:
    assert found
    for host in ("links.example", "longrobots.example", "deep.example"):
        asked = [one.path for one in server.asked if one.host == host]
        assert len(asked) <= 45, host


def test_what_a_page_says_of_itself_is_bounded_and_clean(found: dict[str, Proposal]) -> None:
    said = found["said"]
    assert said.name.value == "said.example" or len(said.name.value) <= 80
    assert "\x1b" not in said.name.value
    assert "redirects" in (found["loop"].home_fault or "")


def test_memory_stays_bounded(found: dict[str, Proposal]) -> None:
    assert found
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 900 * 1024
