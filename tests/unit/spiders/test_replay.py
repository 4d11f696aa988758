"""What a web archive answers, turned back into the newspaper's page; what it says of itself is none."""

from datetime import UTC, datetime

import pytest

from spiders.cdx import address
from spiders.outcomes import NoPage
from spiders.replay import archived
from warehouse.captures import Capture, Context

ASKED = "https://web.archive.org/web/20260901120000id_/http://paper.example:80/a?b=1"
GIVEN = "https://web.archive.org/web/20260903081500id_/http://paper.example:80/a?b=1"
TAKEN = ("Memento-Datetime", "Thu, 03 Sep 2026 08:15:00 GMT")


def answer(*headers: tuple[str, str], status: int = 200, final: str = GIVEN) -> Capture:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    return Capture(ASKED, final, now, b"<html>", "text/html", Context("paper"), status=status, headers=headers)


def test_the_capture_that_came_is_believed_and_not_the_one_asked_for() -> None:
    page = archived(answer(TAKEN))
    assert page.final_url == page.url == "http://paper.example/a?b=1"
    assert page.captured_at == datetime(2026, 9, 3, 8, 15, tzinfo=UTC)
    assert page.source_uri == page.context.via == ASKED


def test_the_newspapers_own_headers_are_kept() -> None:
    page = archived(
        answer(
            TAKEN,
            ("X-Archive-Orig-Server", "paper"),
            ("x-archive-orig-x-robots-tag", "noarchive"),
            ("Server", "nginx"),
            ("Date", "Fri, 20 Nov 2026 00:00:00 GMT"),
            ("Link", '<http://paper.example/a>; rel="original"'),
            ("Content-Type", "text/html; charset=latin-1"),
        )
    )
    assert page.headers == (
        ("Server", "paper"),
        ("x-robots-tag", "noarchive"),
        ("Content-Type", "text/html; charset=latin-1"),
    )


@pytest.mark.parametrize(
    ("capture", "again", "words"),
    [
        (answer(status=404), False, "answered 404"),
        (answer(status=429), True, "answered 429"),
        (answer(status=503), True, "answered 503"),
        (answer(status=200), False, "answered 200"),
        (answer(("Memento-Datetime", "yesterday")), True, "when it was taken"),
        (answer(TAKEN, final="https://web.archive.org/sorry"), True, "no address of a capture"),
        (answer(("Memento-Datetime", "Thu, 03 Sep 2099 08:15:00 GMT")), False, "to come"),
    ],
)
def test_what_is_no_capture_is_no_page(capture: Capture, again: bool, words: str) -> None:
    with pytest.raises(NoPage, match=words) as refused:
        archived(capture)
    assert refused.value.outcome.again is again


def test_nothing_of_an_address_is_taken_for_a_place_in_the_template() -> None:
    assert address("http://a/{timestamp}id_/{url}", "2026", "http://b/{0}{x}") == "http://a/2026id_/http://b/{0}{x}"
