"""Captures as WARC records that stand by themselves: copied where they do, a revisit with the page that it repeats."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pyarrow as pa
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders

from articles.errors import Damaged
from warehouse.archive import segments
from warehouse.captures import Place, instant
from warehouse.exports.files import Write
from warehouse.records import BUILDER, member, parse_member, payload_digest, read_member

KEPT = ("WARC-Source-URI", "Content-Type")
"""What a revisit's head says that holds of the whole record too."""


@contextmanager
def records_file(path: Path, archive: Path, info: Mapping[str, str], date: str) -> Iterator[Write]:
    """Write WARC: a warcinfo record, then the record of each capture; rows as `places.sql` answers them."""
    with path.open("wb") as file:
        file.write(info_record(path.name, info, date))

        def write(table: pa.Table) -> None:
            for row in table.to_pylist():
                file.write(whole_record(segments(archive), row))

        yield write


def info_record(name: str, info: Mapping[str, str], date: str) -> bytes:
    """The record that a file begins with; its id and date are no moment's, so that equal exports are equal bytes."""
    # The values are JSON or words of ours: a line break in them would forge a field.
    content = "".join(f"{key}: {' '.join(value.splitlines())}\r\n" for key, value in info.items()).encode("utf-8")
    headers = {
        "WARC-Record-ID": record_id(f"{name} {content!r}"),
        "WARC-Filename": name,
        "WARC-Date": date,
        "Content-Type": "application/warc-fields",
    }
    return member(
        BUILDER.create_warc_record(
            "", "warcinfo", payload=BytesIO(content), length=len(content), warc_headers_dict=headers
        )
    )


def whole_record(folder: Path, row: Mapping[str, Any]) -> bytes:
    """A capture's record with its page; raises `Damaged` where the archive does not hold what it should."""
    record = Place(row["segment"], row["record_offset"], row["record_length"])
    payload = Place(row["payload_segment"], row["payload_offset"], row["payload_length"])
    raw = read_held(folder, payload)
    body = parse_member(raw, payload)
    if payload_digest(body) != row["digest"]:
        raise Damaged(
            f"the payload at offset {payload.offset} of {payload.segment} is not what was archived; see what else is "
            "damaged with: hemeroteca doctor",
            url=row["final_url"],
        )
    if record == payload and next(iter(ArchiveIterator(BytesIO(raw)))).format == "warc":
        return raw
    return resolved(read_held(folder, record), row, body)


def read_held(folder: Path, place: Place) -> bytes:
    """A record's bytes; a segment that is gone is damage, too."""
    try:
        return read_member(folder, place)
    except FileNotFoundError as error:
        raise Damaged(f"{folder / place.segment} is missing; put it back from a copy of the archive") from error


def resolved(raw: bytes, row: Mapping[str, Any], body: bytes) -> bytes:
    """A revisit, or a record of ARC, as the response, or for what no server gave the resource, that it stands for."""
    revisit = next(iter(ArchiveIterator(BytesIO(raw), arc2warc=True)))
    headers = {
        "WARC-Record-ID": record_id(row["capture_id"]),
        "WARC-Date": instant(row["captured_at"]),
        "WARC-Payload-Digest": row["digest"],
    }
    headers |= {name: value for name in KEPT if (value := revisit.rec_headers.get_header(name))}
    return member(
        BUILDER.create_warc_record(
            row["final_url"],
            "resource" if row["status"] is None else "response",
            payload=BytesIO(body),
            length=len(body),
            warc_headers_dict=headers,
            http_headers=None if row["status"] is None else http_head(revisit.http_headers, row, len(body)),
        )
    )


def http_head(told: StatusAndHeaders | None, row: Mapping[str, Any], length: int) -> StatusAndHeaders:
    """The HTTP head that a revisit came with, and what one that came without its page does not say."""
    head = told or StatusAndHeaders(f"{row['status']} OK", [], protocol="HTTP/1.1")
    if not head.get_header("Content-Type") and row["media_type"]:
        head.add_header("Content-Type", row["media_type"])
    head.replace_header("Content-Length", str(length))
    return head


def record_id(name: str) -> str:
    """An id that the same record always gets."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'hemeroteca:{name}')}>"
