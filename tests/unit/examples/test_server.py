"""The newspapers' server: hosts told apart, connections kept, conditional requests answered."""

import http.client

from examples.newspapers.papers import HOSTS, PAPERS, TAGBLATT
from examples.newspapers.server import Server


def test_the_server_tells_hosts_apart_on_one_kept_connection() -> None:
    with Server() as server:
        connection = http.client.HTTPConnection(server.address, timeout=10)
        assert set(server.hosts) == set(HOSTS)
        for paper in PAPERS:
            connection.request("GET", "/", headers={"Host": paper.host, "User-Agent": "tester"})
            assert paper.name in connection.getresponse().read().decode()
        connection.close()
        assert [(visit.host, visit.path, visit.status) for visit in server.log] == [(h, "/", 200) for h in HOSTS]
        assert server.log[0].user_agent == "tester"


def test_feeds_answer_conditional_requests_until_the_edition_changes() -> None:
    headers = {"Host": TAGBLATT.host}
    with Server() as server:
        connection = http.client.HTTPConnection(server.address, timeout=10)

        def ask(**more: str) -> http.client.HTTPResponse:
            conditions = {name.replace("_", "-"): value for name, value in more.items()}
            connection.request("GET", "/rss.xml", headers=headers | conditions)
            answer = connection.getresponse()
            answer.read()
            return answer

        fresh = ask()
        tag, when = fresh.headers["ETag"], fresh.headers["Last-Modified"]
        assert ask(If_None_Match=tag).status == 304
        assert ask(If_Modified_Since=when).status == 304
        server.edition = 2
        assert ask(If_None_Match=tag).status == 200
        assert ask(If_Modified_Since=when).status == 200
        connection.request("HEAD", "/rss.xml", headers=headers)
        assert connection.getresponse().read() == b""
        connection.close()
