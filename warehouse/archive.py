"""The archive: captures in WARC segments, a manifest beside each, both only added to.

A capture is acknowledged by `commit`: its record has been written, synced and read back, and its manifest
line is synced too. What stands in a segment past its manifest was never acknowledged and does not count.
A segment is its writer's own while that lives (`flock`), and read-only once it is closed.
"""

import fcntl
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import BinaryIO, Self

import xxhash

from articles.errors import Damaged
from articles.fingerprint import capture_id
from articles.urls import normalise
from warehouse.captures import Capture, Entry, Place, instant
from warehouse.lines import append
from warehouse.records import capture_record, info_record, parse_member, payload_digest, read_member, record_type
from warehouse.references import Referring
from warehouse.replace import sync_folder

SEGMENT_BYTES = 1_000_000_000
"""A segment is closed past this size, the one that web archives have settled on."""

CLOSED = 0o444
"""The mode of a closed segment and its manifest."""


def writer_name(started_at: datetime) -> str:
    """A name that no other writer has; names sort by time of start."""
    return f"{started_at:%Y%m%dT%H%M%SZ}-{token_hex(4)}"


def stated_digest(capture: Capture) -> str:
    """What identifies a capture's payload: its own digest, or what is said of one that did not come with it."""
    if capture.original is None:
        return payload_digest(capture.body)
    return capture.original.digest or f"of {capture.original.url} {capture.original.captured_at}"


def capture_key(capture: Capture, digest: str) -> str:
    """The identity of a capture: final URL, time and payload."""
    return capture_id(normalise(capture.final_url), capture.captured_at, digest)


def segments(root: Path) -> Path:
    """The folder of segments and manifests in a home's `archive/`."""
    return root / "segments"


def manifest_of(segment: Path) -> Path:
    """The manifest beside a segment."""
    return segment.with_name(segment.name.removesuffix(".warc.gz") + ".jsonl")


def segment_of(manifest: Path) -> Path:
    """The segment beside a manifest."""
    return manifest.with_suffix(".warc.gz")


def manifests(root: Path) -> Iterator[Path]:
    """All manifests of an archive, oldest writer first."""
    yield from sorted(segments(root).glob("*.jsonl"))


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
        self._file: BinaryIO | None = None
        self._path = Path()
        self._referring = Referring(self.folder)
        self._referred: Path | None = None
        self._pending: list[tuple[Entry, bool]] = []
        """With each, whether its record was parsed before it was written."""

    def add(self, capture: Capture, member: bytes | None = None, digest: str | None = None) -> Entry:
        """Write a capture's record; it is not acknowledged before the next `commit`.

        `member` is a foreign record that was found to give just this page: it is kept as it stands. `digest` is what
        `stated_digest` says of the capture, where that is known.
        """
        digest = digest or stated_digest(capture)
        key = capture_key(capture, digest)  # a capture that can have none is refused before anything is written
        held = self._held.get(digest) if capture.original is None else None
        copied = member if held is None else None
        record = copied or capture_record(capture, digest, held=held is not None)
        file = self._open_segment()
        place = Place(self._path.name, file.tell(), len(record))
        file.write(record)
        return self._note(capture, key, digest, place, record, held=held, parsed=copied is not None)

    def refer(self, capture: Capture, member: bytes, digest: str | None = None) -> Entry:
        """Take a record into the archive that stays in its file; one whose payload is held becomes a revisit."""
        digest, origin = digest or stated_digest(capture), capture.origin
        if origin is None or origin.length is None or digest in self._held:
            return self.add(capture, member, digest)
        key = capture_key(capture, digest)
        self.folder.mkdir(parents=True, exist_ok=True)
        if origin.path != self._referred:
            self._serial, self._referred = self._serial + 1, origin.path
        segment = self._referring.segment_for(origin.path, f"{self.name}-{self._serial:04}")
        place = Place(segment, origin.offset, origin.length)
        return self._note(capture, key, digest, place, member, held=None, parsed=True)

    def _note(
        self, capture: Capture, key: str, digest: str, place: Place, record: bytes, *, held: Place | None, parsed: bool
    ) -> Entry:
        entry = Entry(
            capture_id=key,
            url=capture.url,
            final_url=capture.final_url,
            captured_at=instant(capture.captured_at),
            digest=digest,
            size=len(capture.body),
            media_type=capture.media_type,
            charset=capture.charset,
            status=capture.status,
            record_type=record_type(capture, held=held is not None),
            record=place,
            checksum=checksum(record),
            payload=held or (place if capture.original is None else None),
            context=capture.context,
            stated_digest=capture.stated_digest,
            original=capture.original,
        )
        self._pending.append((entry, parsed))
        if held is None and capture.original is None:
            self._held[digest] = place
        return entry

    def hold(self, held: Mapping[str, Place]) -> None:
        """Say of further payloads, by digest, that the archive has them already."""
        self._held |= held

    def forget(self, digests: Iterable[str]) -> None:
        """Let go of payloads that whoever adds captures can name again: millions would not fit in memory."""
        for digest in digests:
            self._held.pop(digest, None)

    def commit(self) -> list[Entry]:
        """Acknowledge what was added: sync, read back, and only then sync the manifest."""
        if not self._pending:
            return []
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
        by_segment: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry, parsed in self._pending:
            read_back(self.folder, entry, parsed=parsed)
            by_segment[entry.record.segment].append(entry)
        # What is referred to comes first: a revisit in our own segment may point to it.
        for segment in sorted(by_segment, key=lambda name: name == self._path.name):
            append(manifest_of(self.folder / segment), (entry.to_row() for entry in by_segment[segment]))
        sync_folder(self.folder)
        done, self._pending = [entry for entry, _ in self._pending], []
        self._close_references(keep=self._referred)
        if self._file is not None and self._file.tell() >= self._segment_bytes:
            self._close_segment()
        return done

    def close(self) -> None:
        """Acknowledge the rest and close the segment for good."""
        self.commit()
        self._close_references()
        self._close_segment()

    def _close_references(self, keep: Path | None = None) -> None:
        for segment in self._referring.close(keep):
            manifest_of(self.folder / segment).chmod(CLOSED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
            return
        self._referring.close()
        if self._file is not None:
            with suppress(OSError):  # the disk may be full still; what waits in memory was never acknowledged
                self._file.close()

    def _open_segment(self) -> BinaryIO:
        while self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._serial += 1
            self._path = self.folder / f"{self.name}-{self._serial:04}.warc.gz"
            file = self._path.open("xb")
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file.fileno()).st_nlink == 0:  # taken for a dead writer's before it was locked
                file.close()
                continue
            file.write(info_record(self._path.name))
            self._file = file
        return self._file

    def _close_segment(self) -> None:
        if self._file is not None:
            manifest_of(self._path).chmod(CLOSED)
            self._path.chmod(CLOSED)
            self._file.close()
            self._file = None


def checksum(record: bytes) -> str:
    """The checksum of a record's bytes, as the manifest has it."""
    return xxhash.xxh3_64_hexdigest(record)


def read_back(folder: Path, entry: Entry, *, parsed: bool = False) -> None:
    """Check that the record on disk is the one that was written, and can be read as one.

    `parsed` says that just these bytes have been read as one before they were written.
    """
    raw = read_member(folder, entry.record)
    whole = parsed or entry.record_type == "revisit" or payload_digest(parse_member(raw, entry.record)) == entry.digest
    if checksum(raw) != entry.checksum or not whole:
        raise Damaged(
            f"the record at offset {entry.record.offset} of {entry.record.segment} is not what was written",
            url=entry.final_url,
        )


def read_payload(root: Path, entry: Entry) -> bytes:
    """The payload of a capture, checked against its digest."""
    if entry.payload is None:
        raise Damaged("the payload of this revisit is not held", url=entry.final_url)
    body = parse_member(read_member(segments(root), entry.payload), entry.payload)
    if payload_digest(body) != entry.digest:
        where = f"offset {entry.payload.offset} of {entry.payload.segment}"
        raise Damaged(f"the payload at {where} is not what was archived", url=entry.final_url)
    return body
