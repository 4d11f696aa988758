"""robots.txt files as they were last received: used for a day, over all crawls of a home."""

import hashlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ValidationError

from warehouse.replace import replace_text

KEPT = timedelta(hours=24)
"""RFC 9309, 2.4: no longer than a day."""


class Received(BaseModel):
    """What a site answered when it was asked for its robots.txt."""

    site: str
    """`https://tagblatt.example`."""
    at: datetime
    text: str | None = None
    """None where there is no robots.txt."""
    unreachable: str | None = None
    """Why it could not be had, in words: the site may not be asked for anything."""

    def fresh(self, now: datetime) -> bool:
        """Whether it still counts."""
        return timedelta(0) <= now - self.at < KEPT


class RobotsCache:
    """A file a site; two crawls that write one at a time leave one of both."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, site: str, now: datetime) -> Received | None:
        """What was received less than a day ago; a file that cannot be read is none."""
        try:
            found = Received.model_validate_json(self._path(site).read_bytes())
        except (OSError, ValidationError):
            return None
        return found if found.site == site and found.fresh(now) else None

    def put(self, received: Received) -> None:
        """Keep what was received; where it cannot be written, the next crawl asks again."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_text(self._path(received.site), received.model_dump_json())

    def _path(self, site: str) -> Path:
        return self._folder / f"{hashlib.sha256(site.encode()).hexdigest()[:32]}.json"


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
