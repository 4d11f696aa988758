"""Makes a capture of a response: the bytes as they came, and what its headers say of them."""

import re
from datetime import datetime
from http import HTTPStatus

from scrapy.http import Response

from articles.rights import reserved, together
from spiders.job import Source, Target
from spiders.retry_after import rest_asked
from warehouse.captures import Capture, Context
from warehouse.clock import now

BREAKS = re.compile(r"[\r\n\0]+")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE)
MARKUP = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL)


def capture_of(response: Response, source: Source, target: Target, captured_at: datetime) -> Capture:
    """The response as the archive keeps it, with the leave that robots.txt gave."""
    asked = response.request.meta if response.request else {}
    headers = headers_of(response)
    content_type = first(headers, "content-type")
    charset = CHARSET.search(content_type)
    return Capture(
        url=target.url,
        final_url=response.url,
        captured_at=captured_at.replace(microsecond=0),
        body=response.body,
        media_type=content_type.partition(";")[0].strip().lower() or guessed(response.body),
        charset=charset[1].lower() if charset else None,
        status=response.status,
        reason=phrase(response.status),
        headers=headers,
        context=Context(
            source=source.source,
            name=source.name,
            zone=source.zone,
            language=source.language,
            via=target.via,
            why=target.why,
            retry_after=retry_after(response),
            feed_published=target.published,
            robots=asked.get("robots"),
            rights=together(rights_of(headers), asked.get("rights", ())),
        ),
    )


def retry_after(response: Response) -> int | None:
    """Seconds that the server asks to be left alone."""
    return int(rest_asked(response.status, response.headers.get("Retry-After"), now())) or None


def headers_of(response: Response) -> tuple[tuple[str, str], ...]:
    """All headers, one pair a line; what would break the archive's lines becomes a space."""
    return tuple(
        (BREAKS.sub(" ", name.decode("latin-1")), BREAKS.sub(" ", value.decode("latin-1")))
        for name, values in response.headers.items()
        for value in values
    )


def first(headers: tuple[tuple[str, str], ...], name: str) -> str:
    """A header's first value, empty where there is none."""
    return next((value for key, value in headers if key.lower() == name), "")


def guessed(body: bytes) -> str:
    """The type of a body whose server did not say."""
    return "text/html" if MARKUP.match(body[:2000]) else "application/octet-stream"


def phrase(status: int) -> str:
    """The usual words for a status; Scrapy does not keep the server's."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def rights_of(headers: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The reservations that the headers state for everybody."""

    def values(name: str) -> list[str]:
        return [value for key, value in headers if key.lower() == name]

    usage = [*values("content-usage"), *values("content-signal")]
    return reserved(values("x-robots-tag"), values("tdm-reservation"), usage)
