import pytest
import typer

from articles.cleaning import escaped
from articles.errors import BadDate, BadRecord, CrawlFailed, HemerotecaError, NoHome, RunBusy
from flows.console import EXIT_CODES, OTHER, cell, errors_told, exit_code


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


def test_what_would_rewrite_a_terminal_is_escaped() -> None:
    assert escaped("a\x1b[2Jb\u202ec") == "a\\x1b[2Jb\\u202ec"
    assert cell("[bold]x") == "\\[bold]x"
    assert cell(["a", "b"]) == "a, b"
