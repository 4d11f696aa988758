"""When a feed is visited next."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from warehouse.captures import instant
from warehouse.journal import Visited
from warehouse.polling import DEAD, LONGEST, QUIET, SHORTEST, FeedState, after, is_believed

NOON = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
MINUTE = timedelta(minutes=1)


def visit(at: datetime = NOON, **given: object) -> Visited:
    plain: dict[str, object] = {"kind": "rss", "status": 200, "entries": 30, "new": 0}
    return Visited(instant(at), "tagblatt", "https://tagblatt.example/rss", **plain | given)  # type: ignore[arg-type]


def visits(*seen: Visited) -> FeedState:
    """The state that visits leave, half an hour between them."""
    state: FeedState | None = None
    for number, one in enumerate(seen):
        at = instant(NOON + 30 * MINUTE * number)
        state = after(state, Visited(**{name: getattr(one, name) for name in one.__slots__} | {"at": at}))
    assert state is not None
    return state


def wait(state: FeedState) -> float:
    assert state.next_due_at is not None
    return (state.next_due_at - state.last_attempt_at).total_seconds()


def test_the_paper_s_rhythm_decides() -> None:
    assert visits(visit(new=None)).interval_s == 1200
    assert visits(visit(new=None), visit(new=3)).interval_s == 600
    assert visits(visit(new=None), *[visit(new=3)] * 5).interval_s == SHORTEST
    assert visits(visit(new=None), visit()).interval_s == 1800
    assert visits(visit(new=None), *[visit()] * 9).interval_s == LONGEST


def test_what_the_server_says_of_its_answer_is_kept_to_within_bounds() -> None:
    assert wait(visits(visit(keeps_s=60))) == 1200
    assert wait(visits(visit(keeps_s=1800))) == 1800
    assert wait(visits(visit(keeps_s=10**9))) == LONGEST


def test_hard_soft_and_passing_failures_weigh_differently() -> None:
    passing, soft, hard = (
        visit(status=503, error="HTTP status 503", entries=0),
        visit(status=200, error="no feed: it is an HTML page", entries=0),
        visit(status=404, error="HTTP status 404", entries=0),
    )
    assert [wait(visits(failure)) for failure in (passing, soft, hard)] == [SHORTEST, 2 * SHORTEST, 2 * SHORTEST]
    assert [wait(visits(*[failure] * 20)) for failure in (passing, soft, hard)] == [SHORTEST, LONGEST, DEAD]


def test_a_failing_feed_says_since_when_and_a_good_visit_ends_it() -> None:
    failing = visits(visit(new=None), visit(status=500, error="HTTP status 500", entries=0))
    assert (failing.failures, failing.status, failing.last_success_at) == (1, "HTTP status 500", NOON)
    assert failing.entries == 30
    mended = after(failing, visit(NOON + 60 * MINUTE))
    assert (mended.failures, mended.status) == (0, "ok")


def test_one_that_says_not_modified_when_it_is_is_believed_no_more() -> None:
    honest = visits(visit(new=None, etag='"a"'), visit(new=2, etag='"b"'), visit(status=304, etag='"b"', entries=0))
    assert not honest.untrue
    lying = visits(visit(new=None, etag='"a"'), visit(status=304, etag='"a"', entries=0), visit(new=2, etag='"a"'))
    assert lying.untrue
    assert not visits(visit(new=None), visit(new=2)).untrue, "it never said anything"
    assert visits(visit(new=None), visit(new=2, unannounced=True)).untrue


def test_not_modified_is_believed_for_less_than_an_hour_until_a_feed_has_earned_more() -> None:
    def looks(*seen: Visited) -> list[int]:
        """After how many minutes each whole answer came, of visits half an hour apart at the most."""
        state = visits(*seen)
        asked, minutes = [], 0
        for _ in range(30):
            minutes += int(wait(state)) // 60
            moment = state.last_attempt_at + timedelta(seconds=wait(state))
            whole = not is_believed(state, moment)
            asked += [minutes] if whole else []
            state = after(
                state, visit(moment, etag=state.etag, status=200 if whole else 304, entries=30 if whole else 0)
            )
        return [later - earlier for earlier, later in pairwise([0, *asked])]

    fresh = looks(visit(new=None, etag='"a"'))
    assert max(fresh) < 60, "an unmoving ETag says nothing: what stood for an hour would be missed"
    earned = looks(visit(new=None, etag='"a"'), *[visit(new=1, etag=f'"{n}"') for n in range(3)])
    assert max(earned) >= 360
    assert max(looks(visit(new=None), *[visit(new=1)] * 9)) < 60, "it never said anything"
    lying = looks(
        visit(new=None, etag='"a"'), *[visit(new=1, etag=f'"{n}"') for n in range(3)], visit(new=1, etag='"2"')
    )
    assert max(lying) <= 30


def test_a_feed_of_nothing_but_new_entries_may_have_lost_some() -> None:
    assert visits(visit(new=None), visit(new=29)).overruns == 0
    assert visits(visit(new=None), visit(new=30), visit(new=30)).overruns == 2


def test_a_quiet_sitemap_of_an_index_is_visited_once_a_day() -> None:
    parent = "https://tagblatt.example/index.xml"
    state = visits(*[visit(parent=parent, new=None)], *[visit(parent=parent)] * 200)
    assert wait(state) == QUIET
    assert wait(after(state, visit(NOON + timedelta(days=9), parent=parent, new=1))) <= LONGEST


@given(
    st.lists(
        st.builds(
            visit,
            st.integers(0, 10**7).map(lambda seconds: NOON + timedelta(seconds=seconds)),
            status=st.sampled_from([200, 304, 404, 410, 403, 429, 500, 503, None]),
            entries=st.integers(0, 50),
            new=st.none() | st.integers(0, 50),
            error=st.none() | st.just("wrong"),
            keeps_s=st.none() | st.integers(0, 10**10),
            etag=st.sampled_from([None, "a", "b"]),
            parent=st.sampled_from([None, "https://tagblatt.example/index.xml"]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_no_feed_is_ever_given_up_or_hammered(seen: list[Visited]) -> None:
    state: FeedState | None = None
    for one in seen:
        state = after(state, one)
        assert SHORTEST <= wait(state) <= QUIET
        assert state.parent is not None or wait(state) <= DEAD
