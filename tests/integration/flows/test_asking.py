"""`sql` as a process of its own: on a terminal, into pipes that close, over more rows than any memory should hold."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pyarrow.parquet as pq
import pytest

from tests.builders import NOON, article, shown
from tests.processes import PROGRAM
from tests.unit.warehouse.loads import load
from warehouse.home import Home
from warehouse.publish import publish

COMMAND = [*PROGRAM, "sql", "--home"]
MEASURED = """
import atexit, re, sys
def tell():
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
    print("prompt:", "prompt_toolkit" in sys.modules, "peak", peak, file=sys.stderr)
atexit.register(tell)
from flows.cli import main; main()
"""
LARGE = "SELECT range AS i, repeat('x', 2_000) AS text FROM range(400_000)"
"""800 MB."""
ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?]*[a-zA-Z]|[=>]|\][^\x07]*\x07)")


@pytest.fixture
def published(home: Home) -> Home:
    load(home, [shown(article(title="Council passes budget"), digest="a")])
    publish(home, "load", "0.1.0", NOON)
    return home


class Terminal:
    """A pseudo-terminal with a program in it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.program, self.ours = pty.fork()
        if self.program == 0:
            os.execve(command[0], command, environment)  # noqa: S606
        self.said = b""
        self.heard = 0

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def wait_for(self, words: str, seconds: float = 20) -> None:
        """Read on until some words were said after those that were waited for before."""
        until = monotonic() + seconds
        while (at := self.plain().find(words, self.heard)) < 0:
            assert monotonic() < until, self.plain()[self.heard :]
            if select.select([self.ours], [], [], 1)[0]:
                self.said += os.read(self.ours, 65536)
        self.heard = at + len(words)

    def wait_until_it_ends(self) -> None:
        """Read what is left; a terminal without a program is an error, or gives nothing."""
        with suppress(OSError):
            while os.read(self.ours, 65536):
                pass

    def plain(self) -> str:
        return ESCAPES.sub(b"", self.said).decode("utf-8", "replace")


def test_a_prompt_on_a_terminal(published: Home, tmp_path: Path) -> None:
    environment = os.environ | {
        "TERM": "xterm", "COLUMNS": "100", "LINES": "40", "PROMPT_TOOLKIT_NO_CPR": "1",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }  # fmt: skip
    terminal = Terminal([*COMMAND, str(published.root)], environment)
    try:
        terminal.wait_for(".help says more")
        terminal.wait_for(">")
        terminal.type("SELECT title\rFROM unique_a\t")
        terminal.wait_for("unique_articles")
        terminal.type(" ;\r")
        terminal.wait_for("│ Council passes budget │")
        terminal.wait_for("1 row")
        terminal.type("SELECT sum(range) FROM range(1_000_000_000_000);\r")
        terminal.wait_for("1_000_000_000_000);")
        with pytest.raises(AssertionError):
            terminal.wait_for("rows", seconds=1)
        terminal.type("\x03")
        terminal.wait_for("cancelled")
        terminal.type("SELECT 41 + 1 AS sum;\r")
        terminal.wait_for("│  42 │")
        terminal.wait_for(">")
        terminal.type("\x04")
        terminal.wait_until_it_ends()
    except BaseException:
        os.kill(terminal.program, signal.SIGKILL)
        raise
    finally:
        os.close(terminal.ours)
        _, status = os.waitpid(terminal.program, 0)
    assert os.waitstatus_to_exitcode(status) == 0


@pytest.mark.parametrize("form", [["--csv"], ["--json"], []])
def test_a_pipe_that_closes_ends_it_quietly(published: Home, form: list[str]) -> None:
    command = [*COMMAND, str(published.root), "SELECT * FROM range(1_000_000_000_000)", *form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout
        assert program.stderr
        program.stdout.read(1_000)
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(30) == 0


@pytest.mark.parametrize(
    "command", [["status"], ["status", "--json"], ["sql", "FROM articles"], ["source", "list", "--json"]]
)
def test_whoever_has_seen_enough_is_no_fault(published: Home, command: list[str]) -> None:
    """Nobody reads from the beginning, so that whatever is written finds the pipe closed."""
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        [*COMMAND[:-2], *command, "--home", str(published.root)],
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(theirs)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert done.returncode == 0


def asked(home: Home, *arguments: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [*COMMAND, str(home.root), *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    return done


def test_several_queries_are_all_answered(published: Home) -> None:
    said = asked(published, "SET TimeZone = 'Asia/Tokyo'; SELECT 'first' AS a; SELECT current_setting('TimeZone') AS b")
    assert said.stdout.index("first") < said.stdout.index("Asia/Tokyo")
    assert "Success" not in said.stdout
    assert said.stderr.count("1 row") == 2


@pytest.mark.parametrize("form", [["--csv"], ["--json"], ["--parquet", "rows.parquet"]])
def test_several_answers_have_no_place_in_one_file(published: Home, form: list[str], tmp_path: Path) -> None:
    form = [str(tmp_path / part) if "." in part else part for part in form]
    assert "ask one at a time" in " ".join(asked(published, "SELECT 1; SELECT 2", *form, code=2).stderr.split())
    assert not list(tmp_path.glob("*.parquet"))


def test_what_prepares_a_query_goes_before_it_in_csv(published: Home) -> None:
    query = "CREATE VIEW mine AS SELECT title FROM articles; PIVOT mine ON title USING count(*)"
    assert asked(published, query, "--csv").stdout.splitlines() == ["Council passes budget", "1"]


def test_a_text_is_read_by_line(published: Home) -> None:
    said = asked(published, "SELECT title, text FROM articles", "--line").stdout
    assert re.search(r"^title +Council passes budget$", said, re.MULTILINE)
    assert "│" not in said


# What `getrusage` says would count the memory of the process that started this one.
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says what one process took")
@pytest.mark.parametrize("form", ["--json", "--parquet"])
def test_memory_does_not_grow_with_the_answer(published: Home, form: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    options = [form, str(path)] if form == "--parquet" else [form]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "sql", "--home", str(published.root), LARGE, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert "400,000 rows" in done.stderr
    assert "prompt: False" in done.stderr  # a query alone does not wait for what only the prompt needs
    assert int(done.stderr.rpartition("peak")[2]) < 600
    if form == "--parquet":
        assert pq.ParquetFile(path).metadata.num_rows == 400_000
