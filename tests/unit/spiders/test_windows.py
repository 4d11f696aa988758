"""Which sitemaps of an index are visited."""

from datetime import timedelta

import pytest

from spiders.job import Feed
from spiders.windows import is_due
from tests.builders import NOON

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("succeeded", "next_due", "told", "expected"),
    [
        (None, None, None, True),
        # One that never answered waits like any other: its index would be asked for it at every look.
        (None, HOUR, None, False),
        (None, HOUR, True, False),
        (None, -HOUR, None, True),
        (-HOUR, HOUR, None, False),
        (-HOUR, HOUR, True, True),
        (-HOUR, -HOUR, False, False),
        (-7 * HOUR, HOUR, False, True),
    ],
)
def test_a_sitemap_is_visited_when_it_is_due(
    succeeded: timedelta | None, next_due: timedelta | None, told: bool | None, expected: bool
) -> None:
    feed = Feed(
        url="https://e.example/sitemap.xml",
        kind="sitemap",
        last_success_at=succeeded and NOON + succeeded,
        next_due_at=next_due and NOON + next_due,
    )
    assert is_due(feed, NOON, told) is expected
