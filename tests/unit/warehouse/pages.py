"""Pages to be searched: loaded, published, and indexed."""

from datetime import timedelta

from tests.builders import NOON, article, moment, shown
from tests.unit.warehouse.loads import load
from warehouse.home import Home
from warehouse.outcomes import Outcome
from warehouse.publish import publish
from warehouse.search.index import Brought, bring_up
from warehouse.store import opened

LOAD = "20261120T120000Z-abcdef"


def page(
    name: str, text: str, language: str | None = "en", hours: int = 0, digest: str = "0", **given: object
) -> Outcome:
    at = NOON + timedelta(hours=hours)
    plain = {"title": f"Page {name}", "photos": (), "published": moment(at), "tags": (), "section": None}
    return shown(
        article(url=f"https://tagblatt.example/{name}", text=text, language=language, **{**plain, **given}), at, digest
    )


def publish_pages(home: Home, *pages: Outcome) -> None:
    """Load pages and publish, without bringing the index up."""
    load(home, pages)
    with opened(home) as store, store.transaction() as connection:
        connection.execute("DELETE FROM loads")
        connection.execute("INSERT INTO loads BY NAME SELECT ? AS load_id", [LOAD])
    publish(home, LOAD, "0.1.0", NOON)


def publish_and_bring_up(home: Home, *pages: Outcome) -> Brought:
    """Load pages, publish, and bring the index up."""
    publish_pages(home, *pages)
    return bring_up(home)
