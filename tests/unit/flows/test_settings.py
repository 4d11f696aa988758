from datetime import date

import pytest

from articles.errors import BadSettings
from articles.model import SiteRule
from flows.settings import Settings, load_settings
from flows.version import VERSION
from warehouse.home import Home

PAPER = '[sources.paper]\nname = "The Paper"\nurl = "https://paper.example"\n'


def stated(home: Home, text: str) -> Settings:
    home.settings.write_text(text, encoding="utf-8")
    return load_settings(home)


def test_an_empty_file_is_all_defaults(home: Home) -> None:
    settings = stated(home, "")
    assert settings.network.delay == 5.0
    assert settings.sources == {}


def test_the_user_agent_names_the_contact(home: Home) -> None:
    assert stated(home, '[network]\ncontact = "a@b.example"').network.agent() == f"Hemeroteca/{VERSION} (+a@b.example)"


def test_the_environment_overrides_the_file_key_by_key(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMEROTECA__NETWORK__DELAY", "9")
    settings = stated(home, '[network]\ncontact = "a@b.example"\ndelay = 2')
    assert (settings.network.delay, settings.network.contact) == (9.0, "a@b.example")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[network", "no valid TOML"),
        ("[network]\ndelay = -1", "network.delay"),
        ("[network]\ndeley = 1", "network.deley: there is no such key; did you mean delay"),
        (PAPER + 'zone = "Europe/Lindenau"', "Europe/Lindenau"),
        (PAPER + 'feeds = ["ftp://paper.example/rss"]', "sources.paper.feeds"),
        ('[sources.paper]\nname = "The Paper"', "sources.paper.url"),
        (PAPER + 'country = "Germany"', "sources.paper.country"),
        (PAPER + 'media_type = " "', "sources.paper.media_type"),
        (PAPER + 'collections = ["north", ""]', "sources.paper.collections"),
        (PAPER.replace("sources.paper", 'sources."a/b"'), "a/b"),
        ('[rules."paper.example"]\nbody = "div["', "rules.paper.example.0.body"),
        ('[rules."paper.example"]\nstrip = ["p", "//a["]', "//a["),
        ('[rules."paper.example"]\nbdy = "div"', "rules.paper.example.0.bdy"),
    ],
)
def test_a_fault_is_named_with_its_file(home: Home, text: str, named: str) -> None:
    with pytest.raises(BadSettings) as error:
        stated(home, text)
    assert named in str(error.value)
    assert "hemeroteca.toml" in str(error.value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HEMEROTECA__REVISITS__HOURS", "1,2", "HEMEROTECA__REVISITS__HOURS.*written as JSON"),
        ("HEMEROTECA__SOURCES", "x", "HEMEROTECA__SOURCES.*written as JSON"),
        ("HEMEROTECA__NETWORK__DELAY", "abc", "HEMEROTECA__NETWORK__DELAY in the environment: .*number"),
        ("HEMEROTECA__NETWORK__DELEY", "1", "HEMEROTECA__NETWORK__DELEY in the environment: .*did you mean delay"),
    ],
)
def test_a_fault_of_the_environment_is_named_with_its_variable(
    home: Home, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=words):
        stated(home, "")


def test_groups_are_written_in_one_way(home: Home) -> None:
    said = 'country = " de"\nmedia_type = "agency "\ncollections = ["north ", "north", "local"]'
    paper = stated(home, PAPER + said).sources["paper"]
    assert (paper.country, paper.media_type, paper.collections) == ("DE", "agency", ("north", "local"))


def test_a_domain_has_one_rule_or_several(home: Home) -> None:
    one = '[rules."Paper.example"]\nbody = "div.a"\n'
    two = (
        '[[rules."gazette.example"]]\ntitle = "h2"\n[[rules."gazette.example"]]\nvalid_until = 2026-06-30\ndate = "i"\n'
    )
    assert stated(home, one + two).site_rules() == (
        SiteRule("paper.example", body="div.a"),
        SiteRule("gazette.example", title="h2"),
        SiteRule("gazette.example", published="i", valid_until=date(2026, 6, 30)),
    )
