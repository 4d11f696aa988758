"""What became of a request that gave no page, in the journal's words."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from OpenSSL.SSL import Error as TlsError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectError, ConnectionClosed

from spiders.guard import Forbidden, PublicResolver
from spiders.middlewares import BadEncoding, TooLarge, TooManyRedirects
from spiders.robots import RobotsForbidden, RobotsUnreachable
from warehouse.journal import Failed, Refused

LOG = logging.getLogger(__name__)

DETAIL = 300
"""Characters of an error's message that are kept."""

BROKEN = (DownloadConnectionRefusedError, DownloadFailedError, ResponseDataLossError, ConnectError, ConnectionClosed)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why there is no page."""

    reason: str
    """A slug, as in `Refused` and `Failed`."""
    detail: str
    refused: Literal["robots", "guard"] | None = None
    """Set where the page was not asked for."""
    again: bool = True
    """Whether a later try may succeed."""

    def event(self, at: str, source: str, url: str, via: str | None) -> Refused | Failed:
        """The journal's line about it."""
        if self.refused:
            return Refused(at, source, url, self.refused, self.detail, via)
        return Failed(at, source, url, self.reason, self.detail, self.again, via)


class NoPage(Exception):
    """A response that is not what was asked for; `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.detail)
        self.outcome = outcome


Maker = Callable[[str], Outcome]

OUTCOMES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Maker], ...] = (
    (RobotsForbidden, lambda words: Outcome("robots", words, refused="robots")),
    (Forbidden, lambda words: Outcome("guard", words, refused="guard")),
    (RobotsUnreachable, lambda words: Outcome("robots-unreachable", words)),
    (TooManyRedirects, lambda words: Outcome("redirects", words, again=False)),
    (DownloadTimeoutError, lambda words: Outcome("timeout", words)),
    ((TooLarge, DownloadCancelledError), lambda words: Outcome("too-large", words, again=False)),
    (BROKEN, lambda words: Outcome("connection", words)),
    (BadEncoding, lambda words: Outcome("encoding", words)),
)


def outcome_of(error: Exception) -> Outcome:
    """Tell the kinds of failure apart by type, never by text."""
    if isinstance(error, CannotResolveHostError):
        return unresolved(error)
    if is_tls(error):
        return Outcome("tls", in_words(error))
    for kinds, make in OUTCOMES:
        if isinstance(error, kinds):
            return make(in_words(error))
    LOG.warning("a failure of an unforeseen kind", exc_info=error)
    return Outcome("error", in_words(error))


def is_tls(error: BaseException | None) -> bool:
    """Whether it was the encryption that failed: Twisted hides that among the reasons of what it raises."""
    while error is not None:
        hidden = [getattr(failure, "value", None) for failure in getattr(error, "reasons", None) or ()]
        if isinstance(error, TlsError) or any(isinstance(value, TlsError) for value in hidden):
            return True
        error = error.__cause__ or error.__context__
    return False


def in_words(error: Exception) -> str:
    """What happened; our own errors say it without their name."""
    words = str(error) if isinstance(error, IgnoreRequest) else f"{type(error).__name__}: {error}"
    return words[:DETAIL]


def unresolved(error: CannotResolveHostError) -> Outcome:
    """A name that stands for nothing, or for private addresses alone."""
    name = next((name for name in PublicResolver.refused if name in str(error)), None)
    if name is not None:
        return Outcome("guard", f"{name} stands for no public address", refused="guard")
    return Outcome("dns", in_words(error))
