from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.errors import BadInput
from articles.model import Rejection
from flows.request import Asked, ImportRequest
from tests.builders import NOON, article, moment
from tests.warcs import http, packed, page, warc
from warehouse.captures import Capture
from warehouse.imports.files import captures_in
from warehouse.imports.filters import Days, Filters
from warehouse.imports.options import Filtered, Options, Unreadable

URL = "https://www.tagblatt.example/a"
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("domain", "kept"),
    [
        ("tagblatt.example", True),
        ("www.tagblatt.example", True),
        ("example", True),
        ("blatt.example", False),
        ("mobil.tagblatt.example", False),
        ("tagblatt.example.com", False),
    ],
)
def test_a_domain_is_a_host_and_all_below_it(domain: str, kept: bool) -> None:
    filters = Filters(domains=frozenset({domain}))
    assert (filters.of_capture(URL, NOON) is None) == kept
    assert filters.of_capture(f"urn:sha256:{'0' * 64}", NOON) == "domain"


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_both_ends_of_a_range_are_included(first: date | None, last: date | None, day: date) -> None:
    outside = (first is not None and day < first) or (last is not None and day > last)
    days = Days(first, last)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert Filters(captured=days).of_capture(URL, noon) == ("captured" if outside else None)
    assert Filters(published=days).of_article(article(published=moment(noon))) == ("published" if outside else None)


def test_only_what_is_known_to_be_outside_is_left_out() -> None:
    filters = Filters(languages=frozenset({"de"}), published=Days(date(2026, 12, 1)))
    assert filters.of_article(article(published=None, language="en")) == "language"
    assert filters.of_article(article(published=None, language=None)) is None
    assert filters.of_article(Rejection(URL, "no_text", "", "test")) is None
    assert filters.of_article(article(language="de")) == "published"


def test_a_filtered_record_is_not_unpacked_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    bomb = warc("https://abendpost.example/1", http(b"\x1f\x8b\x08\0broken", "Content-Encoding: gzip"))
    late = warc("https://tagblatt.example/2", http(page(2)), date="2020-01-02T00:00:00Z")
    good = warc("https://tagblatt.example/3", http(page(3)))
    path.write_bytes(b"".join(map(packed, (bomb, late, good))))
    filters = Filters(domains=frozenset({"tagblatt.example"}), captured=Days(last=date(2020, 1, 1)))
    first, second, third = captures_in(path, Options(filters=filters))
    assert isinstance(first, Filtered)
    assert isinstance(second, Filtered)
    assert (first.reason, second.reason) == ("domain", "captured")
    assert isinstance(third, Capture)
    # Without a filter the first one is unpacked, and cannot be.
    unfiltered = next(captures_in(path, Options()))
    assert isinstance(unfiltered, Unreadable)
    assert unfiltered.reason == "damaged"


def asked(**wishes: object) -> ImportRequest:
    plain: dict[str, object] = {
        "paths": (),
        "source": None,
        "language": None,
        "archive": "copy",
        "again": False,
        "urls": None,
        "domains": (),
        "languages": (),
        "published": (None, None),
        "captured": (None, None),
    }
    return Asked(**(plain | wishes)).request()  # type: ignore[arg-type]


def test_what_is_asked_is_checked() -> None:
    assert asked(domains=("HTTPS://Tagblatt.Example/x", "abendpost.example")).filters.domains == {
        "tagblatt.example",
        "abendpost.example",
    }
    assert asked(languages=("DE",)).filters.languages == {"de"}
    with pytest.raises(BadInput, match="no domain: 'not a domain'"):
        asked(domains=("not a domain",))
    with pytest.raises(BadInput, match="no language: 'german'"):
        asked(languages=("german",))
    with pytest.raises(BadInput, match=r"--published-from 2026-11-20 is later than --published-to 2026-11-19"):
        asked(published=(NOON.date(), NOON.date().replace(day=19)))
