"""What a page says can be typed: its blocks, and the commands in those for a shell."""

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r"^\$ hemeroteca sql\n> (.*?;)$", re.MULTILINE | re.DOTALL)
CELL = re.compile("│([^│]*)")


def page(name: str) -> str:
    """A page of the project."""
    return (ROOT / name).read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    """A page's blocks in a language, without their fences."""
    return [block for found, block in BLOCK.findall(text) if found == language]


def typed(text: str) -> list[str]:
    """What stands behind a `$` in a page, over as many lines as its quotes and backslashes make it."""
    commands: list[str] = []
    lines = iter("".join(blocks(text, "console")).splitlines())
    for line in lines:
        if line.startswith("$ "):
            command = line.removeprefix("$ ")
            while not is_whole(command):
                command += "\n" + next(lines)
            commands.append(command)
    return commands


def is_whole(command: str) -> bool:
    """Whether a command ends where its line does."""
    try:
        shlex.split(command, comments=True)
    except ValueError:
        return False
    return not command.endswith("\\")


def shown(text: str) -> list[str]:
    """The lines that a page shows as answers; of tables each cell."""
    said: list[str] = []
    rest = "".join(blocks(text, "console"))
    for command in typed(text):
        rest = rest.replace(f"$ {command}\n", "", 1)
    for line in rest.splitlines():
        if line.startswith("│"):
            said += [cell.strip() for cell in CELL.findall(line) if cell.strip()]
        elif line[:1].isalnum():
            said.append(line)
    return said
