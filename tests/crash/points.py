"""The points at which a process may die: between any two things that have to be done one after the other."""

from dataclasses import dataclass
from typing import Literal

Command = Literal["ingest", "backfill", "import"]


@dataclass(frozen=True)
class Point:
    """Before or after a call, by the name under which its caller finds the function."""

    name: str
    where: str
    calls: tuple[int, ...] = (1, 2)
    """At which calls: a second one finds more on the disk."""
    commands: tuple[Command, ...] = ("ingest", "backfill", "import")


LOADING = (
    Point("run noted, nothing done", "flows.run:record:after", (1,)),
    Point("crawl child just started", "spiders.child:Child.start:after", (1, 2), ("ingest", "backfill")),
    Point("record written, not synced", "warehouse.archive:ArchiveWriter.add:after", (1, 5, 17)),
    Point("records synced, not read back", "warehouse.archive:read_back:before", (1, 9)),
    Point("read back, not in the manifest", "warehouse.archive:append:before", (1, 2)),
    Point("in the manifest, not told", "warehouse.archive:append:after", (1, 2)),
    Point("reference written, nothing in it", "warehouse.references:write_reference:after", (1,), ("import",)),
    Point(
        "segment acknowledged, not closed", "warehouse.archive:ArchiveWriter._close_segment:before", (1,), ("import",)
    ),
    Point("acknowledged, no bookmark", "warehouse.imports.bookmarks:append:before", (1,), ("import",)),
    Point("bookmark moved, nothing loaded", "warehouse.imports.bookmarks:append:after", (1,), ("import",)),
    Point("journal not written", "warehouse.journal:append:before", (1, 2)),
    Point("journal written, not loaded", "warehouse.journal:append:after", (1, 2)),
    Point("rows in an open transaction", "warehouse.store:Store.apply:after", (1, 2, 3)),
    Point("committed, no mark", "warehouse.store:write_mark:before", (1, 2, 3)),
)
PUBLISHING = (
    Point("copy made, not signed", "warehouse.publish:sign:before", (1,)),
    Point("copy signed, not swapped in", "warehouse.publish:sync_file:after", (1,)),
    Point("copy swapped in, not told", "warehouse.publish:sync_folder:before", (1,)),
    Point("published, search index not begun", "flows.run:bring_up:before", (1,)),
    Point("search index written, not committed", "warehouse.search.index:commit:before", (1,)),
    Point("search index committed, old one counts", "warehouse.search.index:set_current:before", (1,)),
    Point("search index counts, old one not removed", "warehouse.search.folder:replace_text:after", (1,)),
)
POINTS = (*LOADING, *PUBLISHING)
