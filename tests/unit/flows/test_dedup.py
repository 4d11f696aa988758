"""`dedup`: what it finds in a corpus, and that no order makes a difference."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import flows.dedup
from articles.clusters import Candidate, canonical
from articles.errors import BadInput
from flows.dedup import DedupRequest, deduplicate
from flows.progress import Silent
from tests.inline import Inline
from tests.unit.articles.pairs import pairs
from warehouse.corpora.chunks import Fields, chunks

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
COPIES, LOOKALIKES = pairs("copies"), pairs("lookalikes")

TWIN, EMPTY = (f"n{2 * (len(COPIES) + len(LOOKALIKES)) + more}" for more in range(2))
"""The ids of the text that stands twice and of the one without words."""

Rows = list[dict[str, Any]]


def corpus() -> Rows:
    """Every invented pair, dates and domains given out in turn; one text twice and one empty."""
    texts = list(chain.from_iterable([*COPIES.values(), *LOOKALIKES.values()]))
    texts += [texts[0].upper(), ""]
    return [
        {
            "id": f"n{number:03}",
            "text": text,
            "published_at": (DAY + timedelta(days=number % 5, minutes=number)).isoformat() if number % 7 else None,
            "domain": f"paper{number % 3}.example",
        }
        for number, text in enumerate(texts)
    ]


def run(folder: Path, rows: Rows, fields: Fields = Fields()) -> tuple[Rows, dict[str, Any]]:
    source, output = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    told = deduplicate(DedupRequest((str(source),), output, fields), Inline(), Silent())
    return [json.loads(line) for line in output.read_text("utf-8").splitlines()], told


def clusters(rows: Rows) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["cluster"], set()).add(row["id"])
    return {frozenset(group) for group in found.values() if len(group) > 1}


def test_the_copies_are_clusters_and_the_lookalikes_are_not(tmp_path: Path) -> None:
    rows, told = run(tmp_path, corpus())
    names = list(COPIES)
    lost = names.index("scanned-with-noise")
    expected = {frozenset({f"n{2 * n:03}", f"n{2 * n + 1:03}"}) for n in range(len(names)) if n != lost}
    expected = {group | {TWIN} if "n000" in group else group for group in expected}
    assert clusters(rows) == expected
    documents, found = len(rows), len(names) - 1
    assert (told["documents"], told["clusters"], told["kept"]) == (documents, found, documents - found - 1)
    assert told["without_date"] == len(range(0, documents, 7))
    assert told["without_text"] == 1


def test_every_row_has_its_evidence(tmp_path: Path) -> None:
    rows = {row["id"]: row for row in run(tmp_path, corpus())[0]}
    first, twin, correction = rows["n000"], rows[TWIN], rows["n001"]
    assert (first["kind"], first["match"], first["similarity"]) == ("exact", TWIN, 1.0)
    assert (twin["kind"], twin["match"]) == ("exact", "n000")
    assert (correction["kind"], correction["members"]) == ("near", 3)
    assert correction["conflicts"] == [{"here": "Denning", "there": "Holloway"}]
    lonely = rows[EMPTY]
    assert (lonely["kind"], lonely["keep"], lonely["cluster"], lonely["match"]) == (None, True, EMPTY, None)
    cut, whole = (rows[f"n{2 * list(COPIES).index('espanol-recortada') + side:03}"] for side in (0, 1))
    assert (cut["share"], cut["share_of_match"]) == (1.0, whole["share"])
    assert whole["share"] < 0.7


def test_who_is_kept_is_who_stands_for_a_cluster_in_the_archive_too(tmp_path: Path) -> None:
    given_ = {row["id"]: row for row in corpus()}
    rows, _ = run(tmp_path, corpus())
    for group in clusters(rows):
        members = [Candidate(i, published=given_[i]["published_at"], length=len(given_[i]["text"])) for i in group]
        kept = [row["id"] for row in rows if row["id"] in group and row["keep"]]
        assert kept == [canonical(members).id]
        assert {row["cluster"] for row in rows if row["id"] in group} == set(kept)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.sampled_from([2, 200]))
def test_the_order_of_the_input_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, random: Random, wide: int
) -> None:
    # Two texts under a shingle are as many as may meet: all of them go by their neighbours.
    monkeypatch.setattr(flows.dedup, "WIDE", wide)
    rows = corpus()
    straight = run(tmp_path, rows)[0]
    random.shuffle(rows)
    assert run(tmp_path, rows)[0] == straight


def test_parts_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    straight = run(tmp_path, corpus())[0]
    monkeypatch.setattr(flows.dedup, "PART", 300)
    assert run(tmp_path, corpus())[0] == straight


def test_a_wide_shingle_does_not_make_every_pair_and_still_joins_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three hundred reports from one template, and among them one printed forty times."""
    monkeypatch.setattr(flows.dedup, "WIDE", 50)
    frame = LOOKALIKES["school-closures"][0]
    random = Random(6)
    rows = []
    for n in range(300):
        text = frame.replace("210", str(300 + n)).replace("14", str(20 + n))
        for name in ("Hartley", "Monday", "Wednesday", "Grange", "Olsen"):
            text = text.replace(name, "".join(random.sample("abcdefghijklmnopqrstuvwxyz", 8)).title())
        rows.append({"id": f"t{n:03}", "text": text, "published_at": DAY.isoformat()})
    printed = str(rows[7]["text"])
    rows += [
        {"id": f"c{n:02}", "text": f"{printed} Printed as number {n}.", "published_at": DAY.isoformat()}
        for n in range(40)
    ]
    found, told = run(tmp_path, rows)
    assert clusters(found) == {frozenset({"t007", *(f"c{n:02}" for n in range(40))})}
    assert told["pairs_compared"] < 340 * 2 * 8 * 2
    assert told["clusters"] == 1


@pytest.mark.parametrize(("days", "dated", "together"), [(30, True, True), (31, True, False), (400, False, True)])
def test_copies_are_looked_for_within_thirty_days(tmp_path: Path, days: int, dated: bool, together: bool) -> None:
    one, other = COPIES["update-of-figures"]
    rows = [
        {"id": "a", "text": one, "published_at": DAY.isoformat()},
        {"id": "b", "text": other, "published_at": (DAY + timedelta(days=days)).isoformat() if dated else None},
    ]
    assert bool(clusters(run(tmp_path, rows)[0])) is together


def test_a_text_printed_on_several_days_meets_those_near_any_of_them(tmp_path: Path) -> None:
    one, other = COPIES["update-of-figures"]

    def printed(*days: int) -> Rows:
        return [{"id": f"p{day}", "text": one, "published_at": (DAY + timedelta(days=day)).isoformat()} for day in days]

    late = [{"id": "late", "text": other, "published_at": (DAY + timedelta(days=100)).isoformat()}]
    assert clusters(run(tmp_path, printed(0, 90) + late)[0]) == {frozenset({"p0", "p90", "late"})}
    assert clusters(run(tmp_path, printed(0, 200) + late)[0]) == {frozenset({"p0", "p200"})}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 2: no JSON"),
        ("[1]", "line 2: no object"),
        ('{"text": "x"}', "no field 'id'"),
        ('{"id": "b"}', "no field 'text'"),
        ('{"id": "b", "text": 5}', "'text' must be a text"),
        ('{"id": [], "text": "x"}', "'id' must be"),
        ('{"id": "b", "text": "x", "published_at": "soon"}', "'published_at' is no time"),
        ('{"id": "a", "text": "x"}', "has the id 'a'"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "text": "x"}\n' + line + "\n", encoding="utf-8")
    request = DedupRequest((str(tmp_path / "bad.jsonl"),), tmp_path / "out.jsonl")
    with pytest.raises(BadInput) as told:
        deduplicate(request, Inline(), Silent())
    assert words in str(told.value)
    assert "bad.jsonl" in str(told.value)
    assert [path.name for path in tmp_path.iterdir()] == ["bad.jsonl"]


def test_a_file_that_is_cut_short_is_an_error(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in corpus()))
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[:-2000])
    with pytest.raises(BadInput, match=r"cut\.jsonl\.gz: cannot be read after line"):
        deduplicate(DedupRequest((str(tmp_path / "cut.jsonl.gz"),), tmp_path / "out.jsonl"), Inline(), Silent())


def test_other_names_and_kinds_of_time(tmp_path: Path) -> None:
    one, other = COPIES["update-of-figures"]
    rows = [
        {"key": 1, "body": one, "when": 1772366400, "paper": "a.example"},
        {"key": 2, "body": other, "when": 1772366400000, "paper": "b.example"},
        {"key": 3, "rejected": "no_text"},
    ]
    found, told = run(tmp_path, rows, Fields("key", "body", "when", "paper"))
    assert clusters(found) == {frozenset({"1", "2"})}
    assert (told["without_date"], told["clusters_over_domains"], told["without_text"]) == (1, 1, 1)


def test_no_input_is_written_over(tmp_path: Path) -> None:
    source, other = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in corpus()[:4]), encoding="utf-8")
    before = source.read_bytes()
    link = tmp_path / "link.jsonl"
    link.symlink_to(source)
    wishes: list[tuple[tuple[str, ...], Path, Path | None]] = [
        ((str(source),), source, None),
        ((str(source),), link, None),
        ((str(tmp_path / "*.jsonl"),), source, None),
        ((str(source),), other, source),
        ((str(source),), other, other),
        ((str(source),), other, tmp_path / "nowhere" / "kept.jsonl"),
    ]
    for inputs, output, kept in wishes:
        with pytest.raises(BadInput, match=r"is an input|a file each|no such folder"):
            deduplicate(DedupRequest(inputs, output, kept=kept), Inline(), Silent())
        assert source.read_bytes() == before
        assert not other.exists()


def test_what_is_kept_is_packed_as_its_name_says_in_capitals_too(tmp_path: Path) -> None:
    source, kept = tmp_path / "in.jsonl", tmp_path / "KEPT.JSONL.GZ"
    source.write_text("".join(json.dumps(row) + "\n" for row in corpus()[:4]), encoding="utf-8")
    deduplicate(DedupRequest((str(source),), tmp_path / "out.jsonl", kept=kept), Inline(), Silent())
    assert gzip.decompress(kept.read_bytes()).startswith(b'{"id"')


def test_times_finer_than_python_s_are_read_without_pandas(tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    rows = corpus()[:4]
    table = pa.table({name: [row[name] for row in rows] for name in ("id", "text")})
    times = pa.array([1_790_000_000_123_456_789] * len(rows), pa.timestamp("ns", "UTC"))
    pq.write_table(table.append_column("published_at", times), source)
    (chunk,) = chunks([source], Fields())
    assert {type(published) for _, _, published, _ in chunk.rows} == {datetime}, "and not pandas' own"
