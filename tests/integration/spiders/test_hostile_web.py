"""A hostile server in all its manners: each is noted for what it is, and costs nobody else anything."""

from collections.abc import Iterator

import pytest

from tests.hostile_web.scenarios import SCENARIOS, Scenario
from tests.hostile_web.server import HEALTHY, HostileServer
from tests.integration.spiders.conftest import Crawls, source

PAGES = 60


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, server: HostileServer) -> Crawls:
    """One crawl of all hostile hosts' pages, one of their feeds and sitemaps, a healthy host in each."""
    crawls = Crawls(tmp_path_factory.mktemp("attacked"), server.hosts, {"timeout": 6, "max_body": 1 << 20})
    healthy = source("healthy", targets=[f"http://{HEALTHY}/{number}" for number in range(PAGES)])
    pages = [source(s.name, targets=[s.url]) for s in SCENARIOS if s.kind == "page"]
    crawls.run("fetch", [healthy, *pages])
    crawls.run("discover", [source(s.name, feeds=[s.url]) for s in SCENARIOS if s.kind != "page"])
    return crawls


def noted(crawls: Crawls, scenario: Scenario) -> str:
    """What the archive and the journal hold about a scenario."""
    entry = crawls.entries().get(scenario.url)
    if entry:
        return f"captured {entry.status}"
    for visit in crawls.visited():
        if visit.source == scenario.name and visit.error:
            return visit.error
    return crawls.reasons().get(scenario.url, "visited" if scenario.kind != "page" else "nothing at all")


def test_there_are_forty_scenarios_and_each_has_a_name_of_its_own() -> None:
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS) >= 40


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario.name for scenario in SCENARIOS])
def test_a_hostile_server_is_noted_for_what_it_does(attacked: Crawls, scenario: Scenario) -> None:
    told = noted(attacked, scenario)
    assert told in scenario.noted.split(" ") or scenario.noted in told, told


def test_a_healthy_host_beside_them_is_fetched_whole(attacked: Crawls) -> None:
    assert sum(entry.context.source == "healthy" for entry in attacked.entries().values()) == PAGES


def test_no_cookie_is_ever_sent_back(attacked: Crawls, server: HostileServer) -> None:
    attacked.run("fetch", [source("again", targets=["http://cookie-flood.example/again"])])
    requests = [request for asked in server.asked.values() for _, request in asked]
    assert len(server.asked["cookie-flood.example"]) >= 3
    assert not any(b"cookie:" in request.lower() for request in requests)


def test_the_second_answer_in_one_goes_to_nobody(attacked: Crawls) -> None:
    attacked.run("fetch", [source("again", targets=["http://second-answer.example/again"])])
    sizes = {entry.size for url, entry in attacked.entries().items() if "second-answer" in url}
    assert len(sizes) == 1
    assert len(b"poison") not in sizes
