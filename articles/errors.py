"""What can go wrong, in two kinds: try again later, or never.

HemerotecaError
├── Again                 a later try may succeed: nothing is wrong with what was asked
│   ├── Busy              somebody else holds a lock
│   │   ├── RunBusy       the same flow already runs for this source
│   │   └── StoreBusy     another process writes to the warehouse
│   ├── CrawlFailed       the crawler ended without doing its work
│   │   └── NotServed     a server was asked, and gives nothing that can be used
│   ├── DiskFull          there is no room left to write
│   ├── FaultySource      a newspaper's site does not give what the settings name
│   └── Stale             the feeds of a source were not read for longer than somebody allows
└── Never                 the same try fails again: something has to be changed first
├── BadSettings       hemeroteca.toml says what cannot be
├── BadInput          a file, an URL or an argument cannot be read
│   ├── BadUrl        no address of a page
│   └── BadDate       no calendar day
├── BadPage           a page beyond what the extractor takes
├── BadRecord         a capture that cannot be written to the archive, or read back
├── Damaged           the archive or the warehouse is not what was written
└── NoHome            there is no archive here yet
"""


class HemerotecaError(Exception):
    """Any failure that this project foresees; `url` names the page or file it is about."""

    def __init__(self, message: str, *, url: str | None = None) -> None:
        super().__init__(message)
        self.url = url

    def __str__(self) -> str:
        message = super().__str__()
        return f"{self.url}: {message}" if self.url and self.url not in message else message


class Again(HemerotecaError):
    """A later try may succeed."""


class Busy(Again):
    """Somebody else holds a lock that is needed."""


class RunBusy(Busy):
    """The same flow already runs for this source."""


class StoreBusy(Busy):
    """Another process writes to the warehouse."""


class CrawlFailed(Again):
    """The crawler ended without doing its work."""


class NotServed(CrawlFailed):
    """A server was asked, and gives nothing that can be used: it may tomorrow, not in a minute."""


class DiskFull(Again):
    """There is no room left to write."""


class FaultySource(Again):
    """A newspaper's site does not give what the settings name."""


class Stale(Again):
    """The feeds of a source were not read for longer than somebody allows."""


class Never(HemerotecaError):
    """The same try fails again."""


class BadSettings(Never):
    """The settings say what cannot be."""


class BadInput(Never):
    """A file, an URL or an argument cannot be read."""


class BadUrl(BadInput):
    """Not the address of a page."""


class BadDate(BadInput):
    """Not a calendar day."""


class BadPage(Never):
    """A page beyond what the extractor takes; `reason` is a slug to count by."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[type["BadPage"], tuple[str, str]]:
        """How it comes out of a worker process: by default it would be made anew from its message alone."""
        return type(self), (self.reason, self.args[0])


class BadRecord(Never):
    """A capture that cannot be written to the archive, or read back from it."""


class Damaged(Never):
    """The archive or the warehouse is not what was written."""


class NoHome(Never):
    """There is no archive here yet."""
