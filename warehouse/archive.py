"""The archive: captures in WARC segments, a manifest beside each, both only added to.

A capture is acknowledged by `commit`: its record has been written, synced and read back, and its manifest
line is synced too. What stands in a segment past its manifest was never acknowledged and does not count.
"""

import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Any, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from articles.errors import BadRecord, Damaged
from articles.fingerprint import capture_id
from articles.urls import normalise
from warehouse.captures import Capture, Entry, Place, RecordType, instant

SEGMENT_BYTES = 1_000_000_000
"""A segment is closed past this size, the one that web archives have settled on."""

GZIP_LEVEL = 5
"""On 230 news pages 2.8 ms a page; warcio's own 9 takes 6.4 ms and saves 2 % of the room."""

FORBIDDEN = frozenset("\r\n\0")
"""In a URI or a header these would end the line and forge a record."""


def writer_name(started_at: datetime) -> str:
    """A name that no other writer has; names sort by time of start."""
    return f"{started_at:%Y%m%dT%H%M%SZ}-{token_hex(4)}"


def payload_digest(body: bytes) -> str:
    """The payload's SHA-256 as WARC and the manifest write it."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def capture_key(capture: Capture, digest: str) -> str:
    """The identity of a capture: final URL, time and payload."""
    return capture_id(normalise(capture.final_url), capture.captured_at, digest)


def segments(root: Path) -> Path:
    """The folder of segments and manifests in a home's `archive/`."""
    return root / "segments"


class ArchiveWriter:
    """Writes captures to segments of its own and acknowledges them in groups."""

    def __init__(
        self,
        root: Path,
        name: str,
        held: Mapping[str, Place] | None = None,
        segment_bytes: int = SEGMENT_BYTES,
    ) -> None:
        """`held` says by digest which payloads the archive has already: they become `revisit` records."""
        self.folder = segments(root)
        self.name = name
        self._held = dict(held or {})
        self._segment_bytes = segment_bytes
        self._serial = 0
        self._file: Any = None
        self._builder = RecordBuilder(warc_version="WARC/1.1")
        self._pending: list[Entry] = []
        self._fresh: list[str] = []

    def add(self, capture: Capture) -> Entry:
        """Write a capture's record; it is not acknowledged before the next `commit`."""
        refuse_forged(capture)
        digest = payload_digest(capture.body)
        held = self._held.get(digest)
        segment = self._open_segment()
        offset = segment.tell()
        self._write_record(capture, digest, held)
        place = Place(Path(segment.name).name, offset, segment.tell() - offset)
        entry = Entry(
            capture_id=capture_key(capture, digest),
            url=capture.url,
            final_url=capture.final_url,
            captured_at=instant(capture.captured_at),
            digest=digest,
            size=len(capture.body),
            media_type=capture.media_type,
            charset=capture.charset,
            status=capture.status,
            record_type=record_type(capture, held),
            record=place,
            payload=held or place,
            context=capture.context,
        )
        self._pending.append(entry)
        if held is None:
            self._held[digest] = place
        return entry

    def hold(self, held: Mapping[str, Place]) -> None:
        """Say of further payloads, by digest, that the archive has them already."""
        self._held |= held

    def commit(self) -> list[Entry]:
        """Acknowledge what was added: sync, read back, and only then sync the manifest."""
        if not self._pending:
            return []
        self._sync()
        for entry in self._pending:
            read_back(self.folder, entry)
        manifest = Path(self._file.name).with_suffix("").with_suffix(".jsonl")
        with manifest.open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{entry.to_json()}\n" for entry in self._pending)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self.folder)
        done, self._pending = self._pending, []
        if self._file.tell() >= self._segment_bytes:
            self._close_segment()
        return done

    def close(self) -> None:
        """Acknowledge the rest and close the segment for good."""
        self.commit()
        self._close_segment()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._close_segment()

    def _open_segment(self) -> Any:
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._serial += 1
            self._file = (self.folder / f"{self.name}-{self._serial:04}.warc.gz").open("xb")
            info = {"software": "hemeroteca", "format": "WARC File Format 1.1"}
            self._file.write(member(self._builder.create_warcinfo_record(Path(self._file.name).name, info)))
        return self._file

    def _close_segment(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def _write_record(self, capture: Capture, digest: str, held: Place | None) -> None:
        headers = {
            "WARC-Date": instant(capture.captured_at),
            "WARC-Payload-Digest": digest,
            "Content-Type": content_type(capture),
        }
        if held is not None:
            headers["WARC-Profile"] = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
        record = self._builder.create_warc_record(
            capture.final_url,
            record_type(capture, held),
            payload=BytesIO(b"" if held else capture.body),
            length=0 if held else len(capture.body),
            warc_headers_dict=headers,
            http_headers=http_headers(capture),
        )
        self._file.write(member(record))


def member(record: Any) -> bytes:
    """A record as the gzip member that stands for it in a segment."""
    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version="WARC/1.1").write_record(record)
    gzip = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, wbits=31)
    return gzip.compress(plain.getbuffer()) + gzip.flush()


def record_type(capture: Capture, held: Place | None) -> RecordType:
    """What a capture becomes: never a response that no server gave."""
    if held is not None:
        return "revisit"
    return "resource" if capture.status is None else "response"


def content_type(capture: Capture) -> str:
    """The record's own type: the HTTP message's, or for a resource the payload's."""
    if capture.status is not None:
        return "application/http; msgtype=response"
    return f"{capture.media_type}; charset={capture.charset}" if capture.charset else capture.media_type


# The body is kept decoded, so what described its encoding and length no longer holds.
STALE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})


def http_headers(capture: Capture) -> StatusAndHeaders | None:
    """The HTTP head as received, with the encoding headers that no longer hold set aside."""
    if capture.status is None:
        return None
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in STALE_HEADERS else name, value) for name, value in capture.headers
    ]
    kept.append(("Content-Length", str(len(capture.body))))
    return StatusAndHeaders(f"{capture.status} {capture.reason}".strip(), kept, protocol="HTTP/1.1")


def refuse_forged(capture: Capture) -> None:
    """Refuse what would end a line of the record's head."""
    words = [capture.url, capture.final_url, capture.reason, capture.media_type, capture.charset or ""]
    words += [word for header in capture.headers for word in header]
    for word in words:
        if FORBIDDEN & set(word):
            raise BadRecord(f"a line break or NUL in {word!r} would forge a WARC record", url=capture.url)


def read_back(folder: Path, entry: Entry) -> None:
    """Check that the record on disk is the one that was written."""
    body = read_record(folder, entry.record)
    if entry.record_type != "revisit" and payload_digest(body) != entry.digest:
        raise Damaged(f"the record at {entry.record} is not what was written", url=entry.final_url)


def read_record(folder: Path, place: Place) -> bytes:
    """The payload of one record, as the archive holds it."""
    with (folder / place.segment).open("rb") as file:
        file.seek(place.offset)
        member = BytesIO(file.read(place.length))
    for record in ArchiveIterator(member):
        body: bytes = record.content_stream().read()
        return body
    raise Damaged(f"no record at {place.offset} of {place.segment}")


def read_payload(root: Path, entry: Entry) -> bytes:
    """The payload of a capture, checked against its digest."""
    body = read_record(segments(root), entry.payload)
    if payload_digest(body) != entry.digest:
        raise Damaged(f"the payload at {entry.payload} is not what was archived", url=entry.final_url)
    return body


def manifests(root: Path) -> Iterator[Path]:
    """All manifests of an archive, oldest writer first."""
    yield from sorted(segments(root).glob("*.jsonl"))


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
