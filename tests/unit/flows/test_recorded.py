"""What the row of a run says when an error ends it, in whichever stage."""

from collections.abc import Callable

import pytest

from articles.errors import CrawlFailed, Damaged
from flows.rebuild import rebuild
from flows.run import Run, recorded
from flows.settings import load_settings
from warehouse.home import Home
from warehouse.store import opened


def import_of(run: Run) -> None:
    """A run that has nothing left to do but to compare and publish."""
    with recorded(run):
        pass


@pytest.mark.parametrize("work", [import_of, rebuild])
@pytest.mark.parametrize(("error", "status"), [(Damaged("x"), "failed"), (KeyboardInterrupt(), "stopped")])
def test_an_error_while_comparing_ends_the_run_s_row(
    home: Home, monkeypatch: pytest.MonkeyPatch, work: Callable[[Run], None], error: BaseException, status: str
) -> None:
    monkeypatch.setattr("flows.run.link", raising(error))
    with pytest.raises(type(error)):
        work(Run(home, load_settings(home), "x", {}))
    assert rows(home) == [(status, True)]


def test_newspapers_that_failed_are_published_as_that(home: Home) -> None:
    run = Run(home, load_settings(home), "ingest", {})
    with pytest.raises(CrawlFailed), recorded(run):
        raise CrawlFailed("no newspaper answered")
    assert rows(home) == [("failed", True)]
    assert home.published.exists()


def rows(home: Home) -> list[tuple[object, ...]]:
    with opened(home) as store:
        return store.rows("SELECT status, finished_at IS NOT NULL FROM loads")


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail
