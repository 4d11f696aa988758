import pytest

from articles.errors import BadSettings
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
        ("[network]\ndeley = 1", "network.deley"),
        (PAPER + 'zone = "Europe/Lindenau"', "Europe/Lindenau"),
        (PAPER + 'feeds = ["ftp://paper.example/rss"]', "sources.paper.feeds"),
        ('[sources.paper]\nname = "The Paper"', "sources.paper.url"),
        (PAPER.replace("sources.paper", 'sources."a/b"'), "a/b"),
    ],
)
def test_a_fault_is_named_with_its_file(home: Home, text: str, named: str) -> None:
    with pytest.raises(BadSettings) as error:
        stated(home, text)
    assert named in str(error.value)
    assert "hemeroteca.toml" in str(error.value)
