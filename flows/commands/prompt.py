"""`sql` without a query, on a terminal: a prompt with history and completion."""

import os
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

import duckdb
from prompt_toolkit import PromptSession
from prompt_toolkit.filters import has_completions
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer
from rich.markup import escape

from articles.cleaning import escaped
from articles.errors import BadInput, HemerotecaError
from flows.answers import answers, ask, statements
from flows.commands.asking import open_for_sql, published_ago
from flows.commands.homes import home_of
from flows.completion import Known, SqlCompleter
from flows.console import err, errors_told, out, say_table
from flows.interrupts import interruptible
from flows.screen import Page, page, say_page, say_records
from warehouse.catalogue import Relation, answered, by_use, relations, words
from warehouse.home import Home
from warehouse.reader import identity, is_current

COMMANDS = {
    ".tables": "what can be asked; .tables all also names what the archive keeps for itself",
    ".schema": "the columns of one: .schema articles",
    ".line": "a column a line, values whole, to read a text; again for tables",
    ".reopen": "read the newest copy; what you made in this session is gone then",
    ".help": "these lines",
    ".quit": "leave, as Ctrl-D does",
}
WITHOUT_DOT = {"help": ".help", "?": ".help", "quit": ".quit", "exit": ".quit", ".exit": ".quit"}
"""What people type who know other prompts."""

KEYS = (
    "A query ends with ; and may have many lines. Tab completes, Up and Ctrl-R find earlier ones, "
    "Ctrl-C cancels the query that runs."
)


def run(home: Path | None, sought: str | None) -> None:
    """Answer queries until somebody leaves."""
    with errors_told():
        prompt = Prompt(home_of(home), sought)
        try:
            converse(prompt)
        finally:
            prompt.connection.close()


def converse(prompt: "Prompt") -> None:
    """Read, answer, and begin anew."""
    session = session_of(prompt.completer)
    prompt.greet()
    while True:
        try:
            text = session.prompt("> ")
        except KeyboardInterrupt:  # what was typed is dropped
            continue
        except EOFError:
            return
        try:
            if not prompt.take(text.strip()):
                return
            prompt.notice_newer()
        except HemerotecaError as error:
            err.print(f"[bold red]error[/]: {escape(escaped(str(error)))}", highlight=False, soft_wrap=True)
        except KeyboardInterrupt:
            err.print("cancelled")


def session_of(completer: SqlCompleter) -> PromptSession[str]:
    """A prompt whose lines go on until a query is whole."""
    keys = KeyBindings()

    @keys.add("enter", filter=~has_completions)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_whole(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    @keys.add("enter", filter=has_completions)
    def _(event: KeyPressEvent) -> None:  # takes the word that is chosen, and no more
        event.current_buffer.complete_state = None

    return PromptSession(
        history=history(),
        completer=completer,
        complete_while_typing=False,
        key_bindings=keys,
        lexer=PygmentsLexer(SqlLexer),
        multiline=True,
        prompt_continuation="  ",
    )


def is_whole(text: str) -> bool:
    """Whether what was typed is to be taken: a command, or SQL whose last word, but for comments, is a semicolon."""
    bare = text.strip()
    if not bare or bare.startswith(".") or bare.lower() in WITHOUT_DOT:
        return True
    tokens = duckdb.tokenize(text)
    return bool(tokens) and text.encode()[tokens[-1][0] :][:1] == b";"


def history() -> History:
    """What was typed earlier, from a file in the user's own folder: an archive may be shared, or not be writable."""
    named = os.environ.get("XDG_STATE_HOME")
    folder = (Path(named) if named else Path.home() / ".local" / "state") / "hemeroteca"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "sql_history").open("ab"):
            return FileHistory(folder / "sql_history")
    except OSError as error:
        err.print(f"[yellow]warning[/]: no history is kept: {escape(escaped(str(error)))}", highlight=False)
        return InMemoryHistory()


class Prompt:
    """An open copy, and what is typed to it."""

    def __init__(self, home: Home, sought: str | None) -> None:
        self.home = home
        self.sought = sought
        self.by_line = False
        self.completer = SqlCompleter()
        self.connection = self.opened()

    def opened(self) -> duckdb.DuckDBPyConnection:
        """The newest copy."""
        connection = open_for_sql(self.home, self.sought)
        self.noticed: str | None = None
        self.published = published_ago(connection)
        self.words = words(connection)
        self.learn(connection)
        return connection

    def learn(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take in what can be completed."""
        self.known: dict[str, Relation] = relations(connection)
        self.completer.known = Known(self.known, self.words, COMMANDS)

    def greet(self) -> None:
        """Say what is open."""
        where = escape(escaped(str(self.home.published)))
        out.print(f"{where}, published {self.published}, read-only. {KEYS} .help says more.", highlight=False)

    def notice_newer(self) -> None:
        """Say once of each newer copy that it is there. It is not opened unasked: numbers would change under way."""
        if not is_current(self.connection) and self.noticed != (newest := identity(self.home.published)):
            self.noticed = newest
            out.print("[yellow]a newer copy was published[/]; .reopen reads it", highlight=False)

    def take(self, text: str) -> bool:
        """Answer what was typed; False where it was a farewell."""
        command, *rest = WITHOUT_DOT.get(text.lower(), text).rstrip(";").split() or [""]
        if command == ".quit":
            return False
        if command.startswith("."):
            self.command(command, rest)
        elif text:
            self.answer(text)
        return True

    def command(self, command: str, rest: list[str]) -> None:
        """Do what a line that begins with a dot asks for."""
        if command == ".tables":
            self.tables(everything=rest == ["all"])
        elif command == ".schema":
            self.schema(rest)
        elif command == ".line":
            self.by_line = not self.by_line
            out.print("a column a line" if self.by_line else "tables", highlight=False)
        elif command == ".reopen":
            before, self.connection = self.connection, self.opened()
            before.close()
            out.print(f"the copy was published {self.published}", highlight=False)
        elif command == ".help":
            say_table(None, ["command", "does"], list(COMMANDS.items()))
            out.print(KEYS, highlight=False)
        else:
            raise BadInput(f"there is no {command}; .help lists the commands")

    def tables(self, *, everything: bool) -> None:
        """What can be asked, in the order of docs/tables.md; what is the archive's own business only with `all`."""
        shown = [relation for relation in by_use(self.known.values()) if everything or not relation.internal]
        say_table(None, ["name", "kind", "about"], [[r.name, r.kind, r.about] for r in shown])
        if left := len(self.known) - len(shown):
            out.print(f"{left} more that the archive keeps for itself: .tables all", highlight=False)

    def schema(self, names: list[str]) -> None:
        """The columns of a relation."""
        if len(names) != 1:
            raise BadInput(".schema takes one name: .schema articles")
        found = self.known.get(names[0].lower())
        if found is None:
            near = get_close_matches(names[0].lower(), self.known, 1)
            raise BadInput(f"there is no {names[0]}; " + (f"did you mean {near[0]}?" if near else ".tables lists them"))
        columns = found.columns
        if found.kind == "macro":
            out.print(f"{found.name}({', '.join(parameter.name for parameter in columns)})", highlight=False)
            columns = answered(self.connection, found)
        say_table(None, ["column", "type", "meaning"], [[c.name, c.type, c.meaning] for c in columns])

    def answer(self, text: str) -> None:
        """Answer each query of what was typed."""
        try:
            for statement in statements(self.connection, text):
                shown = interruptible(self.connection, lambda s=statement: page_of(self.connection, s))  # type: ignore[misc]
                if shown is not None:
                    said = say_records(out, shown) if self.by_line else say_page(out, shown, ".line")
                    err.print(f"[dim]{said}[/]", highlight=False)
        finally:
            with suppress(duckdb.Error):  # a transaction that failed answers nothing until it is rolled back
                self.learn(self.connection)


def page_of(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> Page | None:
    """What a screen shows of an answer; None where there is none."""
    answer = ask(connection, statement)
    shown = page(answer)
    return shown if answers(statement, answer) else None
