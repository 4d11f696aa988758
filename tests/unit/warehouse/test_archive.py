"""The archive: what is acknowledged can be read back, by us and by every tool that reads WARC."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from articles.errors import BadRecord, BadUrl, Damaged
from articles.urls import normalise
from warehouse.archive import ArchiveWriter, manifests, read_payload, segments, writer_name
from warehouse.captures import Capture, Context, Entry, Place
from warehouse.inspection import Inspected, inspect_archive
from warehouse.records import payload_digest
from warehouse.recovery import closed

AT = datetime(2026, 11, 20, 8, 0, 0, tzinfo=UTC)
PAGE = b"<!doctype html><title>Regen</title><p>Es regnete. \r\n\r\n\0</p>"
CAPTURE = Capture(
    url="https://e.example/rain?utm_source=x",
    final_url="https://e.example/rain",
    captured_at=AT,
    body=PAGE,
    media_type="text/html",
    context=Context("tagblatt", via="https://e.example/feed", rights=("noai",), feed_published="gestern"),
    charset="utf-8",
    status=200,
    reason="OK",
    headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "9"), ("X-A", "ü")),
)
IMPORTED = replace(CAPTURE, url=f"urn:sha256:{'0' * 64}", final_url=f"urn:sha256:{'0' * 64}", status=None, headers=())


def write(root: Path, *captures: Capture, name: str = "w", **wishes: Any) -> list[Entry]:
    with ArchiveWriter(root, name, **wishes) as writer:
        for capture in captures:
            writer.add(capture)
        return writer.commit()


def in_manifests(root: Path) -> list[Entry]:
    return [
        Entry.from_row(json.loads(line)) for path in manifests(root) for line in path.read_text("utf-8").splitlines()
    ]


def records(root: Path) -> list[Any]:
    found = []
    for path in sorted(segments(root).glob("*.warc.gz")):
        with path.open("rb") as file:
            found += [(record, record.content_stream().read()) for record in ArchiveIterator(file)]
    return found


def test_a_capture_is_read_back_as_it_was(tmp_path: Path) -> None:
    (entry,) = write(tmp_path, CAPTURE)

    assert in_manifests(tmp_path) == [entry]
    assert read_payload(tmp_path, entry) == PAGE
    assert entry.digest == payload_digest(PAGE) == f"sha256:{hashlib.sha256(PAGE).hexdigest()}"
    assert (entry.size, entry.captured_at, entry.record_type) == (len(PAGE), "2026-11-20T08:00:00Z", "response")
    assert (entry.url, entry.final_url) == (CAPTURE.url, CAPTURE.final_url)
    assert entry.context == CAPTURE.context
    assert entry.payload == entry.record


def test_the_record_says_what_every_reader_of_warc_expects(tmp_path: Path) -> None:
    write(tmp_path, CAPTURE, replace(IMPORTED, body=b"text"))
    (info, _), (response, body), (resource, text) = records(tmp_path)

    assert info.rec_type == "warcinfo"
    head = response.rec_headers.get_header
    assert (head("WARC-Target-URI"), head("WARC-Date")) == ("https://e.example/rain", "2026-11-20T08:00:00Z")
    assert head("WARC-Payload-Digest") == payload_digest(PAGE)
    assert head("Content-Type") == "application/http; msgtype=response"
    http = response.http_headers
    assert http.get_statuscode() == "200"
    assert http.get_header("Content-Length") == str(len(PAGE))
    assert http.get_header("Content-Encoding") is None
    assert http.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert body == PAGE
    assert (resource.rec_type, resource.http_headers, text) == ("resource", None, b"text")
    assert resource.rec_headers.get_header("Content-Type") == "text/html; charset=utf-8"


def test_warcio_finds_nothing_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, CAPTURE, replace(CAPTURE, body=b""), replace(IMPORTED, body=b"text"), replace(CAPTURE, status=404))

    class Arguments:
        """What `warcio check --verbose` is given."""

        inputs = [str(path) for path in segments(tmp_path).glob("*.warc.gz")]  # noqa: RUF012
        verbose = True

    checker = Checker(Arguments())
    checker.process_all()
    assert checker.exit_value == 0
    said = capsys.readouterr().out
    assert "digest failed" not in said
    assert said.count("digest pass") >= 4


def test_each_record_is_a_gzip_member_at_its_place(tmp_path: Path) -> None:
    entries = write(tmp_path, CAPTURE, replace(CAPTURE, body=b"other"))
    for entry in entries:
        raw = (segments(tmp_path) / entry.record.segment).read_bytes()
        member = raw[entry.record.offset : entry.record.offset + entry.record.length]
        stream = zlib.decompressobj(wbits=31)
        assert stream.decompress(member).startswith(b"WARC/1.1\r\n")
        assert stream.eof
        assert not stream.unused_data
    assert entries[0].record.offset + entries[0].record.length == entries[1].record.offset


def test_a_payload_already_held_becomes_a_revisit(tmp_path: Path) -> None:
    later = replace(CAPTURE, captured_at=datetime(2026, 11, 21, tzinfo=UTC))
    first, again = write(tmp_path, CAPTURE, later)
    assert (again.record_type, again.payload) == ("revisit", first.record)

    (third,) = write(tmp_path, later, name="x", held={first.digest: first.record})
    assert (third.record_type, third.payload) == ("revisit", first.record)
    assert read_payload(tmp_path, third) == PAGE
    revisit, body = records(tmp_path)[-1]
    assert (revisit.rec_type, body) == ("revisit", b"")
    assert revisit.rec_headers.get_header("WARC-Payload-Digest") == first.digest
    assert third.record.length < first.record.length + 200


def test_identity_is_final_address_time_and_payload(tmp_path: Path) -> None:
    changes: list[dict[str, Any]] = [
        {}, {"url": "https://other.example/"}, {"final_url": "https://e.example/rain?utm_source=y"},
        {"final_url": "https://e.example/snow"}, {"body": b"other"},
        {"captured_at": datetime(2026, 11, 21, tzinfo=UTC)},
    ]  # fmt: skip
    ids = [entry.capture_id for entry in write(tmp_path, *(replace(CAPTURE, **change) for change in changes))]
    assert ids[0] == ids[1] == ids[2]
    assert len(set(ids[2:])) == 4
    assert normalise("https://e.example/rain?utm_source=y") == CAPTURE.final_url


@pytest.mark.parametrize("sign", ["\r", "\n", "\0", "\r\nWARC-Type: forged"])
@pytest.mark.parametrize(
    "forge",
    [
        lambda sign: replace(CAPTURE, url=f"https://e.example/{sign}"),
        lambda sign: replace(CAPTURE, final_url=f"https://e.example/{sign}"),
        lambda sign: replace(CAPTURE, headers=(("X-A", f"a{sign}"),)),
        lambda sign: replace(CAPTURE, headers=((f"X-A{sign}", "a"),)),
        lambda sign: replace(CAPTURE, reason=f"OK{sign}"),
        lambda sign: replace(IMPORTED, media_type=f"text/html{sign}"),
        lambda sign: replace(IMPORTED, charset=f"utf-8{sign}"),
    ],
)
def test_what_would_forge_a_record_is_refused_and_the_others_are_kept(
    tmp_path: Path, forge: Callable[[str], Capture], sign: str
) -> None:
    with ArchiveWriter(tmp_path, "w") as writer:
        writer.add(CAPTURE)
        with pytest.raises(BadRecord) as refusal:
            writer.add(forge(sign))
        writer.add(replace(CAPTURE, body=b"after"))
    assert refusal.value.url
    assert len(in_manifests(tmp_path)) == 2
    assert [record.rec_type for record, _ in records(tmp_path)] == ["warcinfo", "response", "response"]


def test_nothing_is_acknowledged_before_the_commit(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "w")
    writer.add(CAPTURE)
    assert in_manifests(tmp_path) == []
    assert [entry.url for entry in writer.commit()] == [CAPTURE.url]
    assert writer.commit() == []
    writer.add(replace(CAPTURE, body=b"never acknowledged"))
    assert len(in_manifests(tmp_path)) == 1


def test_a_writer_that_fails_acknowledges_no_more(tmp_path: Path) -> None:
    def fail() -> None:
        with ArchiveWriter(tmp_path, "w") as writer:
            writer.add(CAPTURE)
            writer.commit()
            writer.add(replace(CAPTURE, body=b"lost"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(in_manifests(tmp_path)) == 1


def test_a_record_that_is_not_on_disk_as_written_is_not_acknowledged(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "w")
    entry = writer.add(CAPTURE)
    writer._file.flush()
    path = segments(tmp_path) / entry.record.segment
    raw = bytearray(path.read_bytes())
    record = gzip.decompress(raw[entry.record.offset :])
    raw[entry.record.offset :] = gzip.compress(record.replace(b"Regen", b"Sonne"), 5)
    path.write_bytes(raw)
    with pytest.raises(Damaged):
        writer.commit()
    assert in_manifests(tmp_path) == []


def test_damage_after_the_commit_is_noticed(tmp_path: Path) -> None:
    (entry,) = write(tmp_path, CAPTURE)
    path = segments(tmp_path) / entry.record.segment
    whole = path.read_bytes()
    path.chmod(0o644)
    for cut in (whole[:-30], whole[: entry.record.offset], whole[:-60] + b"\0" * 60):
        path.write_bytes(cut)
        with pytest.raises(Damaged):
            read_payload(tmp_path, entry)


def test_segments_are_closed_past_their_size(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "w", segment_bytes=500) as writer:
        for number in range(3):
            writer.add(replace(CAPTURE, body=bytes(range(256)) * 2 + bytes([number])))
            writer.commit()
    names = [path.name for path in manifests(tmp_path)]
    assert names == ["w-0001.jsonl", "w-0002.jsonl", "w-0003.jsonl"]
    assert all(read_payload(tmp_path, entry) for entry in in_manifests(tmp_path))
    assert all(closed(path) for path in segments(tmp_path).iterdir())


def test_two_writers_never_share_a_segment(tmp_path: Path) -> None:
    write(tmp_path, CAPTURE)
    with pytest.raises(FileExistsError):
        write(tmp_path, CAPTURE)
    assert writer_name(AT).startswith("20261120T080000Z-")
    assert writer_name(AT) != writer_name(AT)


def test_a_manifest_line_of_another_version_is_read(tmp_path: Path) -> None:
    (entry,) = write(tmp_path, CAPTURE)
    row = entry.to_row()
    assert Entry.from_row(row | {"colour": "red", "context": row["context"] | {"mood": "good"}}) == entry
    assert entry.payload == Place("w-0001.warc.gz", entry.record.offset, entry.record.length)


def test_a_capture_that_can_have_no_key_leaves_nothing_behind(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "w") as writer:
        with pytest.raises(BadUrl):
            writer.add(replace(CAPTURE, final_url=f"https://e.example/{'a' * 9_000}"))
        writer.add(CAPTURE)
    seen = Inspected()
    assert list(inspect_archive(tmp_path, seen)) == []
    assert seen.records == 1
