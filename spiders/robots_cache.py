"""robots.txt files as they were last received: used for a day, over all crawls of a home."""

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ValidationError

from warehouse.replace import replace_text

KEPT = timedelta(hours=24)
"""RFC 9309, 2.4: no longer than a day."""

UNREACHABLE_KEPT = timedelta(minutes=20)
"""When a robots.txt that could not be had is asked for again."""

STALE = timedelta(days=30)
"""RFC 9309, 2.3.1.4 and 2.4: rules known from before hold while no newer ones can be had."""


class Received(BaseModel):
    """What a site answered when it was asked for its robots.txt."""

    site: str
    """`https://tagblatt.example`."""
    at: datetime
    text: str | None = None
    """None where there is no robots.txt."""
    unreachable: str | None = None
    """Why it could not be had, in words: the site may not be asked for anything."""
    answered_at: datetime | None = None
    """When the text was received, where it is from an earlier time than `at`."""

    def fresh(self, now: datetime) -> bool:
        """Whether it still counts."""
        return timedelta(0) <= now - self.at < (UNREACHABLE_KEPT if self.unreachable or self.answered_at else KEPT)

    def instead(self, failed: "Received") -> "Received":
        """What counts after a try that gave no answer: the rules known from before, while they are not too old."""
        answered_at = self.answered_at or self.at
        if self.unreachable or not timedelta(0) <= failed.at - answered_at < STALE:
            return failed
        return Received(site=self.site, at=failed.at, text=self.text, answered_at=answered_at)


class RobotsCache:
    """A file a site; two crawls that write one at a time leave one of both."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, site: str) -> Received | None:
        """What was received last, however long ago; a file that cannot be read is none."""
        try:
            found = Received.model_validate_json(self._path(site).read_bytes())
        except (OSError, ValidationError):
            return None
        return found if found.site == site else None

    def put(self, received: Received) -> None:
        """Keep what was received; where it cannot be written, the next crawl asks again."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_text(self._path(received.site), received.model_dump_json())

    def _path(self, site: str) -> Path:
        return self._folder / f"{hashlib.sha256(site.encode()).hexdigest()[:32]}.json"
