"""Loading in tests."""

from collections.abc import Sequence
from datetime import UTC, datetime

from warehouse.home import Home
from warehouse.loading import Counts, load_captures
from warehouse.outcomes import Outcome
from warehouse.store import Stamp, opened

STAMP = Stamp("20261120T120000Z-abcdef", datetime(2026, 11, 20, 12, tzinfo=UTC))


def load(home: Home, outcomes: Sequence[Outcome], marks: dict[str, int] | None = None) -> Counts:
    with opened(home) as store:
        counts = load_captures(store, outcomes, marks or {}, STAMP)
        assert [check for check, _ in store.broken_checks() if "has a source" not in check] == []
        return counts
