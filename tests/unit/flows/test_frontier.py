from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from flows.frontier import Candidate, due, wanted
from tests.builders import NOON, URL

HOUR = timedelta(hours=1)


def candidate(**given: Any) -> Candidate:
    plain = dict.fromkeys(Candidate.__slots__)
    plain |= {"source": "tagblatt", "url": URL, "changed_at": NOON, "last_found_at": NOON}
    return Candidate(**{**plain, **given})


TAKEN = candidate(captured_at=NOON + HOUR, outcome="article")
FAILED = replace(TAKEN, outcome="failed")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (candidate(), True),
        (TAKEN, False),
        (replace(TAKEN, changed_at=NOON + 2 * HOUR), True),
        (replace(TAKEN, modified_at=NOON + 2 * HOUR), True),
        (replace(TAKEN, modified_at=NOON), False),
        (replace(FAILED, next_try_at=None), False),
        (replace(FAILED, next_try_at=NOON + 2 * HOUR), False),
        (replace(FAILED, next_try_at=NOON + 12 * HOUR), False),
        (replace(FAILED, next_try_at=NOON + HOUR), True),
        (replace(TAKEN, outcome="skipped", reason="robots", changed_at=NOON + 2 * HOUR), False),
    ],
)
def test_what_is_due(known: Candidate, expected: bool) -> None:
    assert due(known, NOON + HOUR + timedelta(minutes=30)) is expected


@pytest.mark.parametrize(
    ("known", "missing", "failed", "everything"),
    [(candidate(), True, True, True), (TAKEN, False, False, True), (FAILED, False, True, True)],
)
def test_what_a_backfill_wants(known: Candidate, missing: bool, failed: bool, everything: bool) -> None:
    assert (wanted(known, "missing"), wanted(known, "failed"), wanted(known, "all")) == (missing, failed, everything)


def test_a_target_carries_what_the_crawl_needs() -> None:
    known = replace(
        TAKEN, digest="sha256:a", segment="s", offset=1, length=2, published_raw="2026-11-20", via="https://f.example"
    )
    target = known.target()
    assert (target.url, target.published, target.via) == (URL, "2026-11-20", "https://f.example")
    assert (target.held_digest, target.held_segment, target.held_offset, target.held_length) == ("sha256:a", "s", 1, 2)
