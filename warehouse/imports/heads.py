"""The heads of records in WARC and ARC files, as tolerant as their writers are careless."""

import re
from dataclasses import dataclass

MAX_HEAD = 1_048_576
"""Bytes of a record's head: some crawlers write whole `data:` addresses into theirs."""

MAX_LINE = 16_384
"""Bytes of a line that says that a record begins."""

VERSION = re.compile(rb"WARC/\d\.\d{1,3}[ \t\r]*\n")
BEGINNING = re.compile(VERSION.pattern + rb"[A-Za-z][A-Za-z0-9-]{0,60}[ \t]*:")
SCHEME = re.compile(rb"[a-zA-Z][a-zA-Z0-9+.-]{1,20}:\S")
ADDRESS = re.compile(rb"[0-9a-fA-F]*[.:][0-9a-fA-F.:]{1,45}")
DATE = re.compile(rb"\d{8,18}")
LENGTH = re.compile(r"\d{1,15}")
CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
ARC_WORDS = 12
"""Words at the end of a line among which address and date stand: version 2 writes ten, and types hold spaces."""


@dataclass(frozen=True, slots=True)
class Head:
    """A record's head; that of an ARC record under the names that WARC has for the same."""

    fields: tuple[tuple[str, str], ...]
    size: int
    """Bytes in the file, with the blank line after it."""
    arc: bool = False

    def get(self, name: str) -> str | None:
        """The first field of a name, in whatever case it was written."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)

    @property
    def kind(self) -> str:
        """The record's type: `response`, `resource`, `revisit`."""
        return (self.get("WARC-Type") or "").strip().lower()

    @property
    def length(self) -> int | None:
        """The bytes of its block, None where it states no number."""
        stated = (self.get("Content-Length") or "").strip()
        return int(stated) if LENGTH.fullmatch(stated) else None

    @property
    def target(self) -> str:
        """The address it is about, without the brackets that wget puts around it."""
        return (self.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")


def begins(text: bytes) -> bool:
    """Whether a record begins with these bytes, of which there are at least `MAX_LINE` where the file has them."""
    return BEGINNING.match(text) is not None or arc_head(first_line(text)) is not None


def read_head(text: bytes) -> Head | None:
    """The head that bytes begin with; None where they begin with none, or its end is not among them.

    A head that was cut off runs on into the next record's: what has fields twice and another beginning is none.
    """
    if not VERSION.match(text):
        return arc_head(first_line(text))
    fields: list[tuple[str, str]] = []
    at = text.index(b"\n") + 1
    while (end := text.find(b"\n", at)) >= 0:
        line = text[at : end + 1].rstrip(b"\r\n")
        at = end + 1
        if not line.strip(b"\r"):
            names = [name.lower() for name, _ in fields]
            whole = len(names) == len(set(names)) or not BEGINNING.search(text, 1, at)
            return Head(tuple(fields), at) if whole else None
        add_field(fields, line)
    return None


def add_field(fields: list[tuple[str, str]], line: bytes) -> None:
    """Take a line into a head: a field, or the rest of the one before; anything else is passed over."""
    words = text_of(line)
    if words[:1] in (" ", "\t"):
        if fields:
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {words.strip()}"[:MAX_LINE])
        return
    name, colon, value = words.partition(":")
    if colon:
        fields.append((name.strip(), value.strip()))


def text_of(raw: bytes) -> str:
    """A head's bytes as text: UTF-8, or else Latin-1."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def without_controls(words: str) -> str:
    """A head's words without control characters: a line break or NUL would forge a line of the archive's."""
    return CONTROL.sub(" ", words).strip()


def first_line(text: bytes) -> bytes:
    """The first line of bytes with its end; empty where none ends within `MAX_LINE`."""
    return text[: text.find(b"\n", 0, MAX_LINE) + 1]


def arc_head(line: bytes) -> Head | None:
    """An ARC record's line: address (spaces and all), IP address, date, type, in version 2 more, length."""
    if not SCHEME.match(line):
        return None
    words = line.split(b" ")
    for at in range(max(1, len(words) - ARC_WORDS), len(words) - 3):
        if ADDRESS.fullmatch(words[at]) and DATE.fullmatch(words[at + 1]):
            target = text_of(b" ".join(words[:at]))
            return Head(
                (
                    ("WARC-Type", "warcinfo" if target.startswith("filedesc:") else "response"),
                    ("WARC-Target-URI", target),
                    ("WARC-Date", words[at + 1].decode("ascii")),
                    ("Content-Type", text_of(words[at + 2])),
                    ("Content-Length", text_of(words[-1]).strip()),
                ),
                len(line),
                arc=True,
            )
    return None
