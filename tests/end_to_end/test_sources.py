"""Newspapers found, checked, brought in and out, through the command line."""

import json
import os
import pty
import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import tomlkit

from examples.newspapers.server import Server
from flows.commands.setup import make_home
from flows.settings import load_settings
from tests.end_to_end.command import answer, hemeroteca
from tests.processes import PROGRAM
from warehouse.home import SETTINGS_FILE, Home

TAGBLATT = "https://tagblatt.example"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Home]:
    """A home without sources, and the invented newspapers served."""
    with Server(edition=1) as server:
        root = tmp_path / "press"
        root.mkdir()
        make_home(root, "desk@press.example")
        document = tomlkit.parse((root / SETTINGS_FILE).read_text("utf-8"))
        document["network"]["delay"] = 0.0
        document["network"]["hosts"] = server.hosts
        (root / SETTINGS_FILE).write_text(tomlkit.dumps(document), encoding="utf-8")
        yield Home(root)


def test_a_paper_is_found_shown_and_added_as_it_was_shown(empty: Home) -> None:
    shown = hemeroteca("source", "add", TAGBLATT, "--no-prompt", "--country", "DE", "--home", empty.root).stdout
    assert "Nothing is added yet" in shown
    assert "Tagblatt Lindenau" in shown
    assert load_settings(empty).sources == {}
    command = re.search(r"^hemeroteca (source add .*)$", shown, re.MULTILINE)
    assert command is not None

    added = answer("source", "add", TAGBLATT, "--yes", "--country", "DE", "--home", empty.root)
    assert added["added"] is True
    paper = load_settings(empty).sources["tagblatt.example"]
    assert paper.feeds == ("https://tagblatt.example/rss.xml",)
    assert paper.archive_sitemaps == ("https://tagblatt.example/sitemap-index.xml",)
    assert (paper.zone, paper.languages, paper.country) == ("Europe/Berlin", ("de",), "DE")
    for words in (f"--feed {paper.feeds[0]}", f"--archive-sitemap {paper.archive_sitemaps[0]}", "--zone Europe/Berlin"):
        assert words in command[1]

    again = hemeroteca("source", "add", TAGBLATT, "--yes", "--home", empty.root, code=4)
    assert "already" in again.stderr
    assert answer("ingest", "--limit", "1", "--home", empty.root)["counts"]["captures"] == 1


def test_what_gives_nothing_is_said_and_what_to_do(empty: Home) -> None:
    nothing = hemeroteca("source", "add", "https://nowhere.example", "--home", empty.root, code=4)
    assert "home page: dns" in nothing.stderr
    assert "check the spelling" in nothing.stderr
    loopback = hemeroteca("source", "add", "http://127.0.0.1:8765", "--home", empty.root, code=4)
    assert "home page: guard" in loopback.stderr
    assert "[network.hosts]" in loopback.stderr


def test_a_check_has_an_exit_code_of_its_own(empty: Home) -> None:
    hemeroteca(
        "source", "add", TAGBLATT, "--feed", f"{TAGBLATT}/rss.xml", "--zone", "Europe/Berlin", "--home", empty.root
    )
    hemeroteca(
        "source", "add", "http://meridian.example", "--feed", "http://meridian.example/gone", "--home", empty.root
    )
    checked = hemeroteca("source", "check", "--home", empty.root, code=12).stdout
    assert "feed: is not there (HTTP status 404)" in checked
    assert "2 checked" in checked
    told = json.loads(hemeroteca("source", "check", "meridian.example", "--json", "--home", empty.root, code=12).stdout)
    assert [(one["source"], [fault["kind"] for fault in one["faults"]]) for one in told] == [
        ("meridian.example", ["http 404"])
    ]


def test_lists_come_in_and_go_out(empty: Home, tmp_path: Path) -> None:
    table = tmp_path / "papers.csv"
    table.write_text(
        "source,url,feeds,collections\n"
        "a,https://a.example/,https://a.example/1 https://a.example/2,Local news;\n"
        "b,not a page,https://b.example/1,\n"
    )
    taken = hemeroteca("source", "import", table, "--home", empty.root, code=4)
    assert "line 3" in taken.stderr
    assert "1 added" in taken.stdout
    assert [row["source"] for row in answer("source", "list", "--collection", "Local news", "--home", empty.root)] == [
        "a"
    ]
    assert (
        "known: Local news"
        in hemeroteca("source", "list", "--collection", "Sport", "--home", empty.root, code=4).stderr
    )
    opml = tmp_path / "papers.opml"
    hemeroteca("source", "export", "--output", opml, "--home", empty.root)
    assert 'text="Local news"' in opml.read_text("utf-8")
    other = tmp_path / "other"
    other.mkdir()
    make_home(other, "")
    assert answer("source", "import", opml, "--home", other)["added"] == ["a"]
    assert load_settings(Home(other)).sources == load_settings(empty).sources
    assert hemeroteca("source", "export", "--format", "csv", "--home", other).stdout.startswith("source,name,url,feeds")


def test_on_a_terminal_each_set_is_asked_for(empty: Home) -> None:
    answers = {
        b"Take the feeds (1)?": b"y\n",
        b"sitemaps of past months": b"n\n",
        b"Time zone": b"\n",
        b"Add tagblatt": b"y\n",
    }
    terminal, ours = pty.openpty()
    command = [*PROGRAM, "source", "add", TAGBLATT]
    asking = subprocess.Popen([*command, "--home", str(empty.root)], stdin=ours, stdout=ours, stderr=ours)
    os.close(ours)
    said = b""
    with suppress(OSError):  # the command has ended
        while True:
            said += os.read(terminal, 4096)
            for question in [question for question in answers if question in said]:
                os.write(terminal, answers.pop(question))
    assert asking.wait(60) == 0, said.decode()
    assert not answers, said.decode()
    paper = load_settings(empty).sources["tagblatt.example"]
    assert (len(paper.feeds), paper.archive_sitemaps, paper.zone) == (1, (), "Europe/Berlin")
