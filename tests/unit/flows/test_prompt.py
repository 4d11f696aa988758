"""The prompt, typed to through prompt_toolkit's own input."""

import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from flows.commands import prompt
from flows.commands.prompt import is_whole
from tests.builders import NOON, article, shown
from tests.unit.warehouse.loads import load
from warehouse.home import Home
from warehouse.publish import publish

COUNT = "SELECT count(*) AS how_many FROM articles;\r"

Type = Callable[..., str]


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


@pytest.fixture
def typed(
    home: Home, keys: PipeInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Type:
    """Type to the prompt of an archive with one article, leave it, and see what it said."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("out", "err"):  # what is imported is the console of another test's screen
        monkeypatch.setattr(prompt, name, Console(width=100, stderr=name == "err"))
    publish_article(home, "a")

    def typed(text: str, leave: str = "\x04") -> str:
        keys.send_text(text + leave)
        prompt.run(home.root, None)
        said = capsys.readouterr()
        return said.out + said.err

    return typed


def publish_article(home: Home, name: str) -> None:
    load(home, [shown(article(url=f"https://tagblatt.example/{name}", title=f"Title {name}"), digest=name)])
    publish(home, f"load {name}", "0.1.0", NOON)


def test_a_query_goes_on_until_its_semicolon(typed: Type) -> None:
    said = typed("SELECT title\rFROM articles -- not yet;\rWHERE title <> ';'\r;\r")
    assert "│ Title a" in said
    assert "1 row" in said
    assert "1 rows" not in said


def test_errors_are_told_and_the_prompt_goes_on(typed: Type) -> None:
    said = typed("SELECT nothing FROM articles;\rSELECT * FRM x;\r.nothing\r.schema nothing\rSELECT 41 + 1 AS sum;\r")
    assert 'Referenced column "nothing" not found' in said
    assert "syntax error" in said
    assert "there is no .nothing; .help lists the commands" in said
    assert "there is no nothing; .tables lists them" in said
    assert "│  42 │" in said


def test_a_transaction_that_failed_is_no_end(typed: Type) -> None:
    said = typed("BEGIN;\rSELECT error('no');\rSELECT 1;\rROLLBACK;\rSELECT 41 + 1 AS sum;\r")
    assert "transaction is aborted" in said
    assert "│  42 │" in said


def test_several_queries_on_a_line_are_all_answered(typed: Type) -> None:
    said = typed("SELECT 'first'; SELECT 'second';\r")
    assert said.index("first") < said.index("second")


def test_it_says_what_there_is(typed: Type) -> None:
    said = typed(
        "CREATE VIEW mine AS SELECT 1 AS a;\r.tables\r.schema photos\r.help\rquit\rSELECT 'not asked any more';\r"
    )
    assert re.search(r"│ articles +│ view", said)
    assert re.search(r"│ articles_as_of +│ macro", said)
    assert re.search(r"│ mine +│ own", said)
    assert re.search(r"│ caption +│ VARCHAR", said)
    assert re.search(r"│ \.reopen", said)
    assert "not asked any more" not in said
    assert "whether anybody looked" in said


def test_tables_for_readers_come_first_and_those_of_the_archive_when_asked_for(typed: Type) -> None:
    said = typed(".tables\r")
    names = re.findall(r"│ (\w+) +│ (?:view|table|macro)", said)
    assert names[:3] == ["articles", "unique_articles", "latest"]
    assert not {"described", "generation", "marks", "text_copies"} & set(names)
    assert "more that the archive keeps for itself: .tables all" in said
    every = re.findall(r"│ (\w+) +│ (?:view|table|macro)", typed(".tables all\r"))
    assert {*names, "described", "generation", "marks"} <= set(every)


def test_the_columns_of_a_macro_and_the_nearest_name(typed: Type) -> None:
    said = typed(".schema articles_as_of\r.schema article\r.schema\r")
    assert "articles_as_of(ts)" in said
    assert re.search(r"│ published_date +│ DATE +│ The day of publication", said)
    assert "there is no article; did you mean articles?" in said
    assert ".schema takes one name" in said


def test_a_text_can_be_read(typed: Type) -> None:
    said = typed(".line\rSELECT title, text FROM articles; CREATE VIEW mine AS SELECT 1;\r.line\rSELECT 42 AS a;\r")
    assert re.search(r"^title +Title a", said, re.MULTILINE)
    assert "│ 42 │" in said
    assert "Count" not in said


def test_times_can_be_had_in_another_zone(typed: Type) -> None:
    said = typed("SET TimeZone = 'Asia/Tokyo';\rSELECT current_setting('TimeZone') AS z;\rSET threads = 1;\r")
    assert "│ Asia/Tokyo │" in said
    assert said.count("has been locked") == 1


def test_nothing_reaches_the_file_or_others(typed: Type, home: Home) -> None:
    before = home.published.read_bytes()
    path = home.published
    said = typed(
        f"COPY (SELECT 1) TO '{path}';\rDETACH hemeroteca;\rATTACH '{path}' AS w;\rFROM read_text('{home.settings}');\r"
    )
    assert said.count("has been disabled") == 3
    assert path.read_bytes() == before


def test_a_newer_copy_is_noticed_once_and_read_when_it_is_asked_for(
    typed: Type, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = prompt.Prompt.answer

    def published_meanwhile(self: prompt.Prompt, text: str) -> None:
        if "publish" in text:
            publish_article(home, "b")
        answer(self, text)

    monkeypatch.setattr(prompt.Prompt, "answer", published_meanwhile)
    said = typed(f"SELECT 'publish';\r{COUNT}{COUNT}.reopen\r{COUNT}")
    assert said.count("a newer copy was published; .reopen reads it") == 1
    assert re.findall(r"│ +(\d) │", said) == ["1", "1", "2"]


def test_tab_completes(typed: Type, keys: PipeInput) -> None:
    answered = Timer(1, keys.send_text, [";\r\x04"])  # what follows a Tab at once is typed before the word is found
    answered.start()
    assert "published_date" in typed("SELECT published_date FROM coverag\t", leave="")
    answered.join()


def test_history_is_kept_for_the_next_time(typed: Type, tmp_path: Path) -> None:
    typed("SELECT published_date FROM coverage;\r")
    kept = tmp_path / "state/hemeroteca/sql_history"
    assert "+SELECT published_date FROM coverage;" in kept.read_text("utf-8")
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert "published_date" in typed("\x1b[A\r")


def test_a_folder_that_takes_no_history_is_no_hindrance(typed: Type, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    said = typed("SELECT 41 + 1 AS sum;\r")
    assert "no history is kept" in said
    assert "│  42 │" in said


def test_what_is_typed_can_be_dropped(typed: Type) -> None:
    said = typed("SELECT 'dropped'\r\x03SELECT 'kept';\r")
    assert "kept" in said
    assert "dropped" not in said


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", True),
        (".tables", True),
        ("quit", True),
        ("SELECT 1", False),
        ("SELECT 1;", True),
        ("SELECT 'ä' ; -- done", True),
        ("SELECT ';", False),
        ("SELECT 1 -- ;", False),
        ("SELECT 1 /* ;", False),
        ("SELECT $$ ;", False),
        ('SELECT ";', False),
    ],
)
def test_whether_a_query_is_whole(text: str, whole: bool) -> None:
    assert is_whole(text) is whole


@given(st.text())
def test_whatever_is_typed_is_whole_or_not(text: str) -> None:
    assert is_whole(text) in {True, False}
