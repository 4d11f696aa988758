"""`init`: the home's own files."""

from importlib.resources import files
from pathlib import Path

import tomlkit
from rich.prompt import Prompt

from flows.console import err, errors_told, out
from warehouse.home import SETTINGS_FILE
from warehouse.replace import replace_text


def init(home: Path | None, contact: str, prompt: bool) -> None:
    """Make a home; files that stand there already are left as they are."""
    with errors_told():
        root = (home or Path.cwd()).resolve()
        if prompt and not contact and err.is_terminal:
            contact = Prompt.ask("Mail address or page that publishers can write to", console=err, default="")
        root.mkdir(parents=True, exist_ok=True)
        made = make_home(root, contact)
        out.print(
            f"{root}: {', '.join(made) or 'nothing to do, it is an archive already'}",
            highlight=False,
            soft_wrap=True,
        )
        if not contact:
            err.print("Publishers cannot reach you yet: write an address into \\[network] contact of hemeroteca.toml")
        out.print(
            "Next: hemeroteca source add https://paper.example",
            soft_wrap=True,
        )


def make_home(root: Path, contact: str) -> list[str]:
    """Write the files that are missing; their names."""
    made = []
    for name in (SETTINGS_FILE, "prefect.yaml"):
        path = root / name
        if not path.exists():
            text = files("flows").joinpath("templates", name).read_text("utf-8")
            replace_text(
                path,
                text.replace("HOME_FOLDER", str(root)).replace("CONTACT", tomlkit.string(contact).as_string()),
            )
            made.append(name)
    return made
