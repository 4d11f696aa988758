"""What the crawl is told of a newspaper."""

from flows.settings import load_settings
from flows.sources import crawl_source
from warehouse.home import Home


def test_whose_pages_a_paper_s_are_does_not_depend_on_what_is_visited(home: Home) -> None:
    home.settings.write_text('[sources.tagblatt]\nname = "Tagblatt"\nurl = "https://www.tagblatt.example/"\n', "utf-8")
    settings = load_settings(home)
    paper = settings.sources["tagblatt"]
    several = {"feeds": ("https://feeds.paper.example/a",), "sitemaps": ("https://paper.test/s.xml",)}
    sources = settings.sources | {"tagblatt": paper.model_copy(update=several)}
    source = crawl_source("tagblatt", settings.model_copy(update={"sources": sources}))
    assert source.domains == tuple(sorted(("tagblatt.example", "paper.example", "paper.test")))
