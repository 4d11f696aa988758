"""A user's rule mends the pages that came before it: by `rebuild`, and as `extract --explain` shows."""

import json
from pathlib import Path

from tests.end_to_end.command import hemeroteca, rows

URL = "https://gazette.example/ferries"
PROSE = "".join(
    f"<p>The council of Zern counted {n * 7} ferries on the lake on Tuesday, and the mayor asked where they went.</p>"
    for n in range(1, 7)
)
HTML = f"""<html lang="en"><title>Ferries - Gazette</title><article><h1>Ferries</h1>{PROSE}
<p>Our readers travel to the fjords with us, in the best cabins of the ship, at half the price.</p></article>"""
RULE = """
[rules."gazette.example"]
strip = ["//p[contains(., 'fjords')]"]
"""


def test_a_rule_mends_the_pages_that_came_before_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    pages = tmp_path / "pages.jsonl"
    pages.write_text(json.dumps({"url": URL, "html": HTML, "fetched_at": "2026-11-20T12:00:00Z"}), encoding="utf-8")
    hemeroteca("init", "--home", home)
    hemeroteca("import", pages, "--home", home)
    asked = "SELECT text LIKE '%fjords%' AS fjords, extractor LIKE '%rule/gazette.example' AS ruled FROM articles"
    assert rows(home, asked) == [{"fjords": True, "ruled": False}]

    settings = home / "hemeroteca.toml"
    settings.write_text(settings.read_text("utf-8") + RULE, encoding="utf-8")
    told = hemeroteca("extract", "--explain", pages, "--home", home).stdout
    assert "rule/gazette.example" in told
    assert "fjords" not in told
    hemeroteca("rebuild", "--home", home)
    assert rows(home, asked) == [{"fjords": False, "ruled": True}]


def test_explain_shows_each_line_and_the_rule_that_took_it(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Ferry\nFerryJane Doe/AFP\n\nThe council of Zern agreed on Tuesday to bring the ferries back.\n")
    told = hemeroteca("extract", "--explain", text).stdout
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert "- caption, caption-repeated FerryJane Doe/AFP" in lines
    assert "text The council of Zern agreed on Tuesday to bring the ferries back." in lines
    assert "photo 1 Ferry / Jane Doe/AFP [AFP]" in lines
    assert "--explain" in hemeroteca("extract", "--explain", text, "--output", tmp_path / "o.jsonl", code=4).stderr
