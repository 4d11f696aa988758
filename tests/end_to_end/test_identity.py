"""Pages that say they are another's, and pages that attack who reads them, brought in by the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.end_to_end.command import answer, hemeroteca, rows
from tests.warcs import http, packed, warc
from warehouse.home import SETTINGS_FILE, Home

TEXT = "".join(
    f"<p>The council of Zern agreed on day {day} to bring the ferries back to the lake after years of talk.</p>"
    for day in range(6)
)
THEIRS = "https://victim.example/their-story"
OURS = "https://tagblatt.example/copied"
CLAIM = f'<link rel="canonical" href="{THEIRS}"><meta property="og:url" content="{THEIRS}">'
FORMULA = '=HYPERLINK("http://evil.example/","x")'
HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202egnp\x00 [bold]x[/]"


def page(title: str, head: str = "", more: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{TEXT}{more}</article></body></html>"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A warehouse that holds a page of a paper's own, and then is given what others say is that page."""
    files, home = tmp_path_factory.mktemp("files"), Home(tmp_path_factory.mktemp("home"))
    (home.root / SETTINGS_FILE).write_text("", encoding="utf-8")
    lines = [{"url": THEIRS, "html": page("Their own title"), "fetched_at": "2026-11-20T12:00:00Z"}]
    (files / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    hemeroteca("import", files / "a.jsonl", "--home", home.root)
    lines = [
        {"url": OURS, "html": page("A poisoned copy", CLAIM), "fetched_at": "2026-11-21T12:00:00Z"},
        {"url": "https://tagblatt.example/formula", "html": page(FORMULA), "fetched_at": "2026-11-21T12:00:00Z"},
        {"url": "https://tagblatt.example/hostile", "html": page(HOSTILE), "fetched_at": "2026-11-21T12:00:00Z"},
        {"url": "https://tagblatt.example/\x1b[2J", "html": page(" "), "fetched_at": HOSTILE},
    ]
    (files / "b.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (files / "saved.html").write_text(page("A saved page", CLAIM), encoding="utf-8")
    (files / "odd\x1b[2J\n\udcff.warc.gz").write_bytes(
        packed(warc("https://tagblatt.example/crawled", http(page("Crawled", CLAIM).encode()))) + b"garbage"
    )
    done = hemeroteca("import", files, "--home", home.root)
    assert "\x1b" not in done.stdout + done.stderr
    assert "offset" in done.stderr
    return home


def test_no_page_changes_the_row_of_another_site(filled: Home) -> None:
    found = rows(filled, "SELECT url, domain, source, title, canonical_claim, versions FROM articles ORDER BY url")
    by_title = {row["title"]: row for row in found}
    theirs = by_title["Their own title"]
    assert (theirs["url"], theirs["domain"], theirs["versions"], theirs["canonical_claim"]) == (
        THEIRS,
        "victim.example",
        1,
        None,
    )
    for title, domain in (
        ("A poisoned copy", "tagblatt.example"),
        ("Crawled", "tagblatt.example"),
        ("A saved page", None),
    ):
        assert by_title[title]["domain"] == domain
        assert by_title[title]["canonical_claim"] == THEIRS
    assert by_title["A saved page"]["url"].startswith("urn:sha256:")
    assert by_title["A saved page"]["source"] == "files"
    assert [row["url"] for row in found if row["source"] == "victim.example"] == [THEIRS]


def test_text_is_kept_as_data_and_shown_as_text(filled: Home) -> None:
    query = "SELECT title FROM articles WHERE url LIKE '%formula' OR url LIKE '%hostile' ORDER BY url"
    assert rows(filled, query)[0]["title"] == FORMULA
    table = list(csv.reader(io.StringIO(hemeroteca("sql", query, "--csv", "--home", filled.root).stdout)))
    assert table[1] == [FORMULA]
    for arguments in (("--csv",), ("--json",), ()):
        said = hemeroteca("sql", query, *arguments, "--home", filled.root)
        assert not set(said.stdout + said.stderr) & {"\x1b", "\x9b", "\x07", "\x00", "\u202e"}
    via = rows(filled, "SELECT via FROM captures WHERE final_url LIKE '%crawled'")
    assert [row["via"] for row in via] == ["odd\\x1b[2J\\n\\udcff.warc.gz"]


def test_every_capture_has_one_outcome(filled: Home) -> None:
    (counts,) = rows(
        filled, "SELECT count(*) AS n, count(DISTINCT capture_id) AS ids, count(outcome) AS told FROM captures"
    )
    assert counts["n"] == counts["ids"] == counts["told"] == 6
    assert answer("status", "--home", filled.root)["captures"] == 6


def test_a_page_that_is_vouched_for_is_a_version_of_the_article(filled: Home, tmp_path: Path) -> None:
    (tmp_path / "own.html").write_text(page("Their saved title", CLAIM), encoding="utf-8")
    hemeroteca("import", tmp_path / "own.html", "--source", "victim.example", "--home", filled.root)
    (row,) = rows(filled, f"SELECT versions FROM articles WHERE url = '{THEIRS}'")
    assert row["versions"] == 2
