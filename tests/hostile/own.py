"""Hostile files of our own: a page, feed, sitemap or robots.txt each, by the end of its name."""

import gzip
import json
from pathlib import Path

SECRET = "what no page may read"  # noqa: S105 - a word to look for
ARTICLE = "".join(
    f"<p>The council of the harbour district met on Tuesday and passed budget number {n}, after nine hours of talk.</p>"
    for n in range(9)
)


def page(head: str = "", body: str = ARTICLE) -> str:
    """A page with a sound article, unless `body` replaces it."""
    return f"<html lang=en><head><title>Council passes budget</title>{head}</head><body><h1>Budget</h1>{body}</body></html>"


def linked(value: object) -> str:
    """A page whose JSON-LD says of everything the same."""
    keys = ("headline", "author", "datePublished", "publisher", "articleSection", "keywords", "image", "articleBody")
    said = json.dumps({"@type": "NewsArticle", **dict.fromkeys(keys, value)})
    return page(f"<script type='application/ld+json'>{said}</script>")


def laughs(root: str) -> str:
    """Entities within entities."""
    entities = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9))
    return f"<!DOCTYPE {root} [<!ENTITY l0 'ha'>{entities}]>"


def write(folder: Path) -> None:
    """Write them all, and the secret that one of them tries to read."""
    secret = folder / "SECRET.txt"
    secret.write_text(SECRET)
    reads = f"<!DOCTYPE rss [<!ENTITY secret SYSTEM 'file://{secret}'>]>"
    meta = '<meta property="article:published_time" content="{}">'
    files: dict[str, str | bytes] = {
        "deep.html": "<div>" * 3_000 + ARTICLE,
        "deep-lists.html": page(body=ARTICLE + "<ul><li>item" * 10_000),
        "very-deep.html": "<div>" * 200_000 + ARTICLE,
        "wide.html": page(body=ARTICLE + "<br>" * 300_000),
        "wide-within-limits.html": page(body=ARTICLE + "<p>short</p>" * 25_000),
        "attributes.html": page(body="<p " + " ".join(f"a{n}={n}" for n in range(50_000)) + ">x</p>" + ARTICLE),
        "one-word.html": page(body="<p>" + "a" * 11_000_000 + "</p>" + ARTICLE),
        "dates.html": page(body="<p>" + "2026-01-02 " * 80_000 + "</p>" + ARTICLE),
        "date-far.html": page(meta.format("99999-12-31")),
        "date-spaces.html": page(meta.format("2026" + " " * 200_000 + "01")),
        "title-list.html": linked(["a", None, {}]),
        "title-number.html": linked(float("nan")),
        "title-deep.html": page(f"<script type='application/ld+json'>{'[' * 50_000}</script>"),
        "surrogate.html": linked("half \ud83d a sign"),
        "nul.html": page().replace("council", "coun\0cil"),
        "bidi.html": page().replace("<title>", "<title>\u202egnp.exe "),
        "entities.html": laughs("html") + page(body=ARTICLE + "<p>&l9;</p>"),
        "broken.html": b"\xff\xfe\xc3\x28" * 1_000,
        "empty.html": b"",
        "canonical.html": page("<link rel=canonical href='https://victim.example/their-story'>"),
        "bomb.gz.html": gzip.compress(bytes(64 << 20)),
        "feed-laughs.xml": f"{laughs('rss')}<rss version='2.0'><channel><item><title>&l9;</title></item></channel></rss>",
        "feed-reads.xml": f"{reads}<rss version='2.0'><channel><item><title>&secret;</title></item></channel></rss>",
        "feed-deep.xml": "<rss version='2.0'><channel><item>" + "<a>" * 100_000,
        "sitemap-long.xml": "<urlset>" + "<url><loc>http://long.example/a</loc></url>" * 200_000 + "</urlset>",
        "sitemap-bomb.xml": gzip.compress(b"<urlset>" + b" " * (64 << 20)),
        "robots-stars.txt": "User-agent: *\nDisallow: /" + "*a" * 5_000 + "b$\n",
        "robots-long.txt": "User-agent: *\n" + "".join(f"Disallow: /a{n}*b*c*$\n" for n in range(100_000)),
    }
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        (folder / name).write_bytes(raw)
