"""Exports: what is chosen, how it is laid out, and that a folder is what its manifest says."""

import csv
import gzip
import hashlib
import io
import json
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import zstandard

from articles.errors import BadInput, DiskFull, NoHome, RunBusy
from articles.rights import RESERVATIONS
from tests.exports import FIRST, PUBLISHED, archive_of, exported, files, numbers, outcome, published, rows
from warehouse.exports import layout, selection, streaming
from warehouse.exports.cells import unguarded
from warehouse.exports.folder import MANIFEST, UNFINISHED
from warehouse.home import Home
from warehouse.locks import try_lock
from warehouse.reader import open_published

COUNT = 30


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return archive_of(COUNT, tmp_path_factory.mktemp("exported"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def articles(home: Home) -> list[dict[str, object]]:
    with open_published(home) as connection:
        return connection.execute("FROM articles ORDER BY article_id").to_arrow_table().to_pylist()


def sorted_rows(table: object) -> list[dict[str, object]]:
    return sorted(table.to_pylist(), key=lambda row: row["article_id"])  # type: ignore[attr-defined]


def test_parquet_gives_back_every_row_by_source_and_month(archive: Home, out: Path) -> None:
    exported(archive, out, "parquet")
    whole = articles(archive)
    months = {(row["source"], f"{day:%Y-%m}" if (day := row["published_date"]) else None) for row in whole}
    names = {
        f"source={source}/month={month or '__HIVE_DEFAULT_PARTITION__'}/part-0.parquet" for source, month in months
    }
    assert set(files(out)) == names | {MANIFEST}
    for name in names:
        with pq.ParquetFile(out / name) as file:
            assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    columns = list(whole[0])
    read = ds.dataset(out, partitioning="hive", exclude_invalid_files=True).to_table()
    assert sorted_rows(read.select(columns)) == whole
    query = f"FROM read_parquet('{out}/**/*.parquet', hive_partitioning = true) ORDER BY article_id"
    asked = duckdb.connect()
    asked.execute("SET TimeZone = 'UTC'")
    table = asked.execute(query).to_arrow_table()
    assert table.select(columns).to_pylist() == whole
    assert {(row["source"], row["month"]) for row in table.to_pylist()} == months


def test_json_lines_plain_and_packed_say_the_same(archive: Home, tmp_path: Path) -> None:
    for form in ("jsonl", "jsonl.gz", "jsonl.zst"):
        exported(archive, tmp_path / form, form)
    plain = (tmp_path / "jsonl/articles-00000.jsonl").read_bytes()
    assert gzip.decompress((tmp_path / "jsonl.gz/articles-00000.jsonl.gz").read_bytes()) == plain
    packed = io.BytesIO((tmp_path / "jsonl.zst/articles-00000.jsonl.zst").read_bytes())
    assert zstandard.ZstdDecompressor().stream_reader(packed).read() == plain
    held = rows(tmp_path / "jsonl")
    assert sorted_keys(held) == sorted_keys(articles(archive))
    whole = {row["article_id"]: row for row in articles(archive)}
    for row in held:
        for name, value in whole[row["article_id"]].items():
            assert row[name] == (value.isoformat() if isinstance(value, date) else value), name
    keys = [(row["source"], (row["published_date"] or "9999")[:7], row["published_at"] or "") for row in held]
    assert keys == sorted(keys)


def sorted_keys(found: list[dict[str, object]]) -> list[str]:
    return sorted(str(row["article_id"]) for row in found)


def test_csv_gives_back_every_value(archive: Home, out: Path) -> None:
    exported(archive, out, "csv")
    raw = (out / "articles-00000.csv").read_bytes()
    assert raw.startswith(b'\xef\xbb\xbf"article_id",')
    read = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    whole = {row["article_id"]: row for row in articles(archive)}
    assert len(read) == len(whole) == COUNT
    assert sum(row["title"].startswith("'=HYPERLINK(") for row in read) == COUNT / 5
    for row in read:
        for name, value in whole[row["article_id"]].items():
            cell = unguarded(row[name])
            if value is None or isinstance(value, str):
                assert cell == (value or ""), name
            elif isinstance(value, date):
                assert cell == value.isoformat(), name
            else:
                assert json.loads(cell) == value, name


def test_the_manifest_is_true(archive: Home, tmp_path: Path) -> None:
    for form in ("parquet", "jsonl.gz", "csv"):
        done = exported(archive, tmp_path / form, form)
        held = files(tmp_path / form)
        manifest = json.loads(held.pop(MANIFEST))
        assert manifest == done.manifest
        assert [file["path"] for file in manifest["files"]] == list(dict.fromkeys(f["path"] for f in manifest["files"]))
        told = {file["path"]: (file["bytes"], file["sha256"]) for file in manifest["files"]}
        assert told == {name: (len(raw), hashlib.sha256(raw).hexdigest()) for name, raw in held.items()}
        assert manifest["totals"]["rows"] == sum(file["rows"] for file in manifest["files"]) == COUNT
        assert manifest["copy"]["published_at"] == PUBLISHED.isoformat()


def test_equal_exports_are_equal_bytes(archive: Home, tmp_path: Path) -> None:
    for form in ("parquet", "jsonl.zst", "jsonl.gz", "csv"):
        exported(archive, tmp_path / "one" / form, form, sources=("courier", "1843"))
        exported(archive, tmp_path / "two" / form, form, sources=("1843", "courier", "1843"))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_what_is_chosen(archive: Home, tmp_path: Path) -> None:
    def chosen(name: str, **asked: object) -> set[int]:
        exported(archive, tmp_path / name, **asked)
        return numbers(tmp_path / name)

    everything = set(range(COUNT))
    assert chosen("all") == everything
    assert chosen("source", sources=("tagblatt",)) == {n for n in everything if n % 3 == 1}
    assert chosen("two", sources=("tagblatt", "1843")) == {n for n in everything if n % 3}
    assert chosen("language", languages=("de",)) == {n for n in everything if n % 2}
    first, last = (FIRST + timedelta(days=8)).date(), (FIRST + timedelta(days=20)).date()
    assert chosen("days", first_day=first, last_day=last) == {n for n in range(4, 11) if n % 7 != 3}
    assert chosen("ids", query="SELECT article_id FROM articles WHERE title LIKE '%9'") == {9, 19, 29}
    assert chosen("urls", query="SELECT 'https://courier.example/' || x AS url FROM range(5) t(x); -- five") == {0, 3}
    assert chosen("both", query="SELECT url FROM articles", sources=("1843",)) == {n for n in everything if n % 3 == 2}
    assert json.loads((tmp_path / "urls" / MANIFEST).read_text())["not_held"] == 3
    assert chosen("none", query="SELECT url FROM articles WHERE false") == set()
    assert json.loads((tmp_path / "none" / MANIFEST).read_text())["files"] == []


def test_without_text_nothing_of_the_prose_is_there(archive: Home, tmp_path: Path) -> None:
    for form in ("jsonl", "parquet", "csv"):
        done = exported(archive, tmp_path / form, form, without_text=True)
        names = {column["name"] for column in done.manifest["columns"]}
        assert not names & {"text", "description"}
        assert {"title", "url", "text_hash", "word_count"} <= names
    assert b"district met" not in b"".join(files(tmp_path).values())


def test_one_of_each_cluster_even_where_the_canonical_one_is_not_asked_for(home: Home, tmp_path: Path) -> None:
    same = "The same words in all of them, printed by each of the papers as it came in from the wire."
    copies = [outcome(number, text=same, published=outcome(number * 7).result.published) for number in range(6)]  # type: ignore[union-attr]
    published(home, [*copies, outcome(20)])
    done = exported(home, tmp_path / "all", unique=True)
    assert (done.manifest["articles"], done.manifest["copies"]) == (2, 5)
    assert numbers(tmp_path / "all") == {0, 20}
    exported(home, tmp_path / "some", unique=True, sources=("tagblatt",))
    assert numbers(tmp_path / "some") == {1}


def test_an_optout_is_respected_where_that_is_asked_for(home: Home, tmp_path: Path) -> None:
    published(home, [outcome(number, rights=(word,)) for number, word in enumerate(RESERVATIONS)] + [outcome(50)])
    exported(home, tmp_path / "all")
    done = exported(home, tmp_path / "some", respect_optout=True)
    kept = {n for n, word in enumerate(RESERVATIONS) if word not in ("noai", "tdm-reservation", "ai-train")} | {50}
    assert numbers(tmp_path / "some") == kept
    assert done.manifest["opted_out"] == 3
    assert len(rows(tmp_path / "all")) == len(RESERVATIONS) + 1


def test_long_exports_are_cut_into_files(archive: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exported(archive, tmp_path / "whole")
    exported(archive, tmp_path / "months", "parquet")
    monkeypatch.setattr(layout, "ROWS", 7)
    monkeypatch.setattr(streaming, "PASS", 300)
    exported(archive, tmp_path / "cut")
    assert [len(raw.splitlines()) for name, raw in files(tmp_path / "cut").items() if name != MANIFEST] == [
        7,
        7,
        7,
        7,
        2,
    ]
    assert rows(tmp_path / "cut") == rows(tmp_path / "whole")
    monkeypatch.setattr(layout, "ROWS", 2)
    exported(archive, tmp_path / "small", "parquet")
    assert any("part-1" in name for name in files(tmp_path / "small"))
    one, other = (
        ds.dataset(tmp_path / name, partitioning="hive", exclude_invalid_files=True) for name in ("months", "small")
    )
    assert sorted_rows(one.to_table()) == sorted_rows(other.to_table())


def test_a_query_reaches_neither_files_nor_other_statements(archive: Home, out: Path) -> None:
    for query, said in (
        ("SELECT content AS url FROM read_text('/etc/hostname')", "disabled by configuration"),
        ("CREATE TABLE x AS SELECT 1", "one SELECT"),
        ("SELECT url FROM articles; SELECT 1", "one SELECT"),
        ("", "one SELECT"),
        ("SELECT title FROM articles", "no column article_id or url; it has title"),
        ("SELEC url", "the query fails: Parser Error"),
        ("SELECT url, url FROM articles, nowhere", "nowhere"),
    ):
        with pytest.raises(BadInput, match=said):
            exported(archive, out, query=query)
        assert not out.exists()


def test_what_cannot_be_is_refused(archive: Home, out: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no source 'courrier'; there are: 1843, courier, tagblatt"):
        exported(archive, out, sources=("courrier",))
    with pytest.raises(BadInput, match="is after the last"):
        exported(archive, out, first_day=date(2026, 2, 1), last_day=date(2026, 1, 1))
    with pytest.raises(BadInput, match="goes with the other formats"):
        exported(archive, out, "warc", without_text=True)
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(BadInput, match="cannot be a folder"):
            exported(archive, place)
    with pytest.raises(NoHome, match="nothing is published"):
        exported(Home(tmp_path), out)
    assert not out.exists()


def test_arrow_reads_the_folder_as_one_table(archive: Home, out: Path) -> None:
    exported(archive, out, "parquet")
    table = ds.dataset(out, partitioning="hive").to_table(columns=["article_id", "source"])
    assert table.num_rows == sum(file["rows"] for file in json.loads((out / MANIFEST).read_text())["files"]) > 0


def test_a_folder_that_cannot_be_made_is_named(archive: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").touch()
    with pytest.raises(BadInput, match=r"/a: cannot be a folder"):
        exported(archive, Path("a"))


def test_a_folder_of_something_else_is_left_alone(archive: Home, out: Path) -> None:
    for name, content in (("notes.txt", "mine"), (MANIFEST, '{"format": "other", "files": []}'), (MANIFEST, "[]")):
        out.mkdir()
        (out / name).write_text(content)
        for again in (False, True):
            with pytest.raises(BadInput, match="empty folder"):
                exported(archive, out, again=again)
        assert files(out) == {name: content.encode()}
        assert [path.name for path in out.iterdir()] == [name]
        (out / name).unlink()
        out.rmdir()


def test_too_little_room_for_duckdb_is_said(archive: Home, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "MEMORY", "1MB")
    with pytest.raises(DiskFull, match="no room to look through the articles"):
        exported(archive, out)


def test_two_exports_do_not_share_a_folder(archive: Home, out: Path) -> None:
    (out / UNFINISHED).mkdir(parents=True)
    handle = try_lock(out / UNFINISHED / "lock")
    assert handle is not None
    with pytest.raises(RunBusy, match="another export"):
        exported(archive, out)
