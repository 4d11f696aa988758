import json
from datetime import UTC, date, datetime

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from articles.cleaning import escaped
from articles.errors import BadDate, BadRecord, CrawlFailed, HemerotecaError, NoHome, RunBusy
from flows.console import EXIT_CODES, OTHER, Closed, cell, errors_told, escaped_json, exit_code, say_json, say_table
from flows.counts import counted


@pytest.mark.parametrize(
    ("error", "code"),
    [(BadDate("x"), 4), (NoHome("x"), 5), (RunBusy("x"), 6), (CrawlFailed("x"), 8), (BadRecord("x"), OTHER)],
)
def test_an_error_has_the_exit_code_of_its_kind(error: HemerotecaError, code: int) -> None:
    assert exit_code(error) == code
    with pytest.raises(typer.Exit) as ended, errors_told():
        raise error
    assert ended.value.exit_code == code


def test_exit_codes_are_distinct() -> None:
    codes = [*EXIT_CODES.values(), OTHER, 0, 1, 2]
    assert len(codes) == len(set(codes))


def test_a_full_disk_is_told() -> None:
    with pytest.raises(typer.Exit) as ended, errors_told():
        raise OSError(28, "No space left on device")
    assert ended.value.exit_code == 10


def test_what_a_full_disk_names_is_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit), errors_told():
        raise OSError(28, "No space left on device", "a\x1b[2J[red]\udcff.warc")
    said = capsys.readouterr().err
    assert "\x1b[2J" not in said
    assert "[red]" in said.replace("\n", "")


@pytest.mark.parametrize("text", ["a\xa0b", "\u3000", "می\u200cخواهم", "naïve", "日本語", "two\nlines"])
def test_what_only_looks_is_shown_as_it_is(text: str) -> None:
    assert escaped(text) == text


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5))
def test_json_on_a_terminal_is_the_same_json_without_what_it_would_obey(value: object) -> None:
    said = escaped_json(json.dumps(value, ensure_ascii=False, indent=1))
    assert json.loads(said) == value
    assert not set(said) & set(map(chr, [*range(10), *range(11, 32), *range(127, 160), *range(0xD800, 0xE000), 0x202E]))


def test_what_would_rewrite_a_terminal_is_escaped() -> None:
    assert escaped("a\x1b[2Jb\u202ec") == "a\\x1b[2Jb\\u202ec"
    assert cell("[bold]x") == "\\[bold]x"
    assert cell(["a", "b"]) == "a, b"
    assert cell(True) == "true"


def test_a_pipe_that_breaks_elsewhere_is_a_fault() -> None:
    with pytest.raises(BrokenPipeError), errors_told():
        raise BrokenPipeError(32, "a worker's")
    with pytest.raises(typer.Exit) as ended, errors_told():
        raise Closed
    assert ended.value.exit_code == 0


def test_a_table_in_a_pipe_is_as_wide_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(None, ["name", "about"], [["a", "word " * 100], ["b", None]])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert lines[3].count("word") == 100


def test_instants_in_json_are_as_in_exports(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"at": datetime(2026, 9, 21, 15, tzinfo=UTC), "day": date(2026, 9, 21)})
    assert json.loads(capsys.readouterr().out) == {"at": "2026-09-21T15:00:00+00:00", "day": "2026-09-21"}


@pytest.mark.parametrize(("number", "said"), [(0, "0 rows"), (1, "1 row"), (2_345, "2,345 rows")])
def test_one_is_no_plural(number: int, said: str) -> None:
    assert counted(number, "row") == said
