"""`init` and `source`: the home's own files."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import tomlkit
from rich.prompt import Prompt

from articles.errors import BadInput
from articles.urls import host, normalise
from flows.commands.homes import home_of
from flows.console import err, errors_told, out, say_json, say_table
from flows.settings import SLUG, load_settings
from warehouse.home import SETTINGS_FILE, Home
from warehouse.replace import replace_text


def init(home: Path | None, contact: str, prompt: bool) -> None:
    """Make a home; files that stand there already are left as they are."""
    with errors_told():
        root = (home or Path.cwd()).resolve()
        if prompt and not contact and err.is_terminal:
            contact = Prompt.ask("Mail address or page that publishers can write to", console=err, default="")
        root.mkdir(parents=True, exist_ok=True)
        made = make_home(root, contact)
        out.print(
            f"{root}: {', '.join(made) or 'nothing to do, it is an archive already'}",
            highlight=False,
            soft_wrap=True,
        )
        if not contact:
            err.print("Publishers cannot reach you yet: write an address into \\[network] contact of hemeroteca.toml")
        out.print(
            "Next: hemeroteca source add https://paper.example --feed https://paper.example/rss.xml",
            soft_wrap=True,
        )


def make_home(root: Path, contact: str) -> list[str]:
    """Write the files that are missing; their names."""
    made = []
    for name in (SETTINGS_FILE, "prefect.yaml"):
        path = root / name
        if not path.exists():
            text = files("flows").joinpath("templates", name).read_text("utf-8")
            replace_text(
                path,
                text.replace("HOME_FOLDER", str(root)).replace("CONTACT", tomlkit.string(contact).as_string()),
            )
            made.append(name)
    return made


def source_add(
    home: Path | None,
    url: str,
    name: str | None,
    slug: str | None,
    feeds: list[str],
    sitemaps: list[str],
    zone: str | None,
    language: str | None,
    country: str | None,
) -> None:
    """Add a newspaper; the file keeps its comments and order."""
    with errors_told():
        found = home_of(home)
        site = normalise(url)
        key = slug or host(site).removeprefix("www.")
        if not SLUG.fullmatch(key):
            raise BadInput(f"{key!r} is no key for a source: a-z, 0-9, dot, dash and underscore")
        if not feeds and not sitemaps:
            raise BadInput("a source needs a feed or a sitemap to be visited: --feed URL, --sitemap URL", url=site)
        row: dict[str, Any] = {"name": name or host(site), "url": site, "feeds": feeds, "sitemaps": sitemaps}
        row |= {"zone": zone, "languages": [language] if language else None, "country": country}
        write_source(found, key, {k: v for k, v in row.items() if v})
        out.print(f"added {key}; collect it with: hemeroteca ingest {key}", highlight=False)


def write_source(home: Home, key: str, row: dict[str, Any]) -> None:
    """Add a table to hemeroteca.toml, which must still be valid after it."""
    before = home.settings.read_text("utf-8")
    document = tomlkit.parse(before)
    sources = document.setdefault("sources", tomlkit.table(is_super_table=True))
    if key in sources:
        raise BadInput(f"hemeroteca.toml has a source {key!r} already; choose another key with --slug")
    sources[key] = row
    replace_text(home.settings, tomlkit.dumps(document))
    try:
        load_settings(home)
    except BaseException:
        replace_text(home.settings, before)
        raise


def source_list(home: Path | None, as_json: bool) -> None:
    """List the newspapers of the settings."""
    with errors_told():
        sources = load_settings(home_of(home)).sources
        if as_json:
            say_json([{"source": key, **source.model_dump()} for key, source in sources.items()])
            return
        head = ["source", "name", "url", "feeds", "sitemaps", "active"]
        rows = [
            [key, s.name, s.url, len(s.feeds), len(s.sitemaps) + len(s.archive_sitemaps), s.active]
            for key, s in sources.items()
        ]
        say_table(None, head, rows)
