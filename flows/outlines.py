"""OPML, the list of subscriptions that feed readers bring in and out: folders, and in them feeds.

Our own has every setting of a source in attributes of a namespace of ours, which other programs pass over.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from articles.cleaning import clean
from articles.errors import BadInput
from articles.textform import capped
from articles.urls import host, normalise, registrable_domain, without_user
from flows.sections import SourceSettings
from flows.source_rows import MAX_BYTES, BadRow, Row, cell, cells, row_from
from spiders.homepage import without_feed_scheme

NAMESPACE = "https://hemeroteca.example/opml"
MAX_DEPTH = 20
"""Folders within folders."""

MAX_OUTLINES = 50_000

SERVICES = frozenset({"feedburner.com", "feedblitz.com", "feedspot.com", "rss.app", "fetchrss.com"})
"""Whose addresses do not say whose feed it is."""

ET.register_namespace("hemeroteca", NAMESPACE)


@dataclass(slots=True)
class Site:
    """A newspaper as a list of feeds tells of it."""

    place: str
    """Where it stands first in the file, for messages."""
    name: str | None = None
    home: str | None = None
    feeds: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


def read_outlines(body: bytes) -> list[Row | BadRow]:
    """The sources in an OPML file, one a site, those first that our own export tells of.

    Raises `BadInput` for what is no OPML, is too large, or has a document type: no list of feeds needs one.
    """
    if len(body) > MAX_BYTES:
        raise BadInput(f"an OPML file of {len(body)} bytes, and {MAX_BYTES} is the limit: divide it")
    try:
        root = fromstring(body, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadInput("the OPML file declares a document type or entities, which no list of feeds needs") from error
    except (ET.ParseError, LookupError, ValueError) as error:
        raise BadInput(f"no OPML: {error}") from error
    if root.tag.lower() != "opml":
        raise BadInput(f"no OPML: the document is <{root.tag[:40]}>")
    told: dict[str, Row | BadRow] = {}
    sites: dict[str, Site] = {}
    for number, (outline, folders) in enumerate(outlines(root), start=1):
        place, own = f"outline {number}", own_attributes(outline)
        key = own.pop("source", None)
        try:
            if key and own:
                told.setdefault(key, row_from(place, key, cells(own)))
            elif key not in told and attribute(outline, "xmlUrl"):
                add_feed(sites, outline, folders, place)
        except BadInput as error:
            told[place] = BadRow(place, str(error))
    return [*told.values(), *(found_row(key, site) for key, site in sites.items())]


def outlines(root: Element) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """All outlines in order, each with the folders that it stands in."""
    waiting: list[tuple[Element, tuple[str, ...], int]] = [(root, (), 0)]
    seen = 0
    while waiting:
        element, folders, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise BadInput(f"OPML folders more than {MAX_DEPTH} within each other")
        if element.tag == "outline":
            seen += 1
            if seen > MAX_OUTLINES:
                raise BadInput(f"an OPML file of more than {MAX_OUTLINES} outlines: divide it")
            yield element, folders
            if not attribute(element, "xmlUrl") and (name := label(element)):
                folders = (*folders, name)
        waiting.extend((child, folders, depth + 1) for child in reversed(element))


def label(outline: Element) -> str | None:
    """An outline's name."""
    return capped(attribute(outline, "title") or attribute(outline, "text"), 200)


def add_feed(sites: dict[str, Site], outline: Element, folders: tuple[str, ...], place: str) -> None:
    """Add a subscription to its site; raises `BadInput` for one whose site nobody can tell."""
    feed, page = address(attribute(outline, "xmlUrl")), attribute(outline, "htmlUrl")
    home = address(page) if page else None
    if home is None and registrable_domain(feed) in SERVICES:
        raise BadInput("the feed's address does not tell whose it is, and htmlUrl is missing", url=feed)
    site = sites.setdefault(registrable_domain(home or feed), Site(place))
    site.home = site.home or home
    site.name = site.name or label(outline)
    site.feeds += [feed] if feed not in site.feeds else []
    site.folders += [name for name in folders if name not in site.folders]


def address(raw: str) -> str:
    """A web address without user name and password; raises `BadUrl` for what is none."""
    url = without_user(without_feed_scheme(raw))
    normalise(url)
    return url


def found_row(domain: str, site: Site) -> Row | BadRow:
    """A site as a source; its home is the domain's where no feed names it."""
    home = site.home or f"https://{domain}/"
    values: dict[str, Any] = {
        "name": site.name or domain,
        "url": home,
        "feeds": tuple(site.feeds),
        "collections": tuple(site.folders),
    }
    return row_from(site.place, host(home).removeprefix("www."), values)


def own_attributes(outline: Element) -> dict[str, str]:
    """The settings that our own export wrote to a source's first outline; of its others `source` alone."""
    prefix = f"{{{NAMESPACE}}}"
    return {name.removeprefix(prefix): value for name, value in outline.items() if name.startswith(prefix)}


def attribute(outline: Element, name: str) -> str:
    """An attribute's value, in whatever case its name is written; empty where there is none."""
    return next((value.strip() for key, value in outline.items() if key.lower() == name.lower()), "")


def write_outlines(sources: Mapping[str, SourceSettings]) -> bytes:
    """An OPML 2.0 file of all feeds in folders by collection, with our settings in attributes."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "Hemeroteca"
    body = ET.SubElement(root, "body")
    folders: dict[str, Element] = {}
    for key, source in sources.items():
        own = {f"{{{NAMESPACE}}}{name}": value for name, value in row_cells(source).items()}
        names = source.collections or ("",)
        for name in dict.fromkeys(names):
            parent = body
            if name:
                if name not in folders:
                    folders[name] = ET.SubElement(body, "outline", text=clean(name))
                parent = folders[name]
            for outline in subscriptions(source):
                ET.SubElement(parent, "outline", {**outline, f"{{{NAMESPACE}}}source": key, **own})
                own = {}
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def subscriptions(source: SourceSettings) -> list[dict[str, str]]:
    """A source as readers know it: an outline a feed, or a link where it has none."""
    name = clean(source.name)
    if not source.feeds:
        return [{"text": name, "type": "link", "url": source.url}]
    return [{"text": name, "type": "rss", "xmlUrl": feed, "htmlUrl": source.url} for feed in source.feeds]


def row_cells(source: SourceSettings) -> dict[str, str]:
    """What is not as it is by default, in the form of our lists."""
    stated = source.model_dump(exclude_defaults=True)
    return {name: clean(cell(name, value)) for name, value in stated.items()}
