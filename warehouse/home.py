"""Where an archive keeps its files, and how the folder is found."""

from dataclasses import dataclass, replace
from pathlib import Path

from articles.errors import NoHome

SETTINGS_FILE = "hemeroteca.toml"


@dataclass(frozen=True, slots=True)
class Home:
    """The paths of one archive."""

    root: Path
    rebuilding: bool = False

    @property
    def settings(self) -> Path:
        """Settings and sources."""
        return self.root / SETTINGS_FILE

    @property
    def archive(self) -> Path:
        """WARC segments, manifests and journal: the truth, only added to."""
        return self.root / "archive"

    @property
    def published(self) -> Path:
        """The copy that readers open."""
        return self.root / "hemeroteca.duckdb"

    @property
    def work(self) -> Path:
        """The writer's files; never open these."""
        return self.root / "work"

    @property
    def warehouse(self) -> Path:
        """The writer's database: derived from the archive, can be rebuilt."""
        return self.workshop / "warehouse.duckdb"

    @property
    def mark(self) -> Path:
        """Which generation of it was committed last."""
        return self.workshop / "warehouse.mark"

    @property
    def workshop(self) -> Path:
        """Where that database is; a rebuild works in one of its own."""
        return self.work / "rebuild" if self.rebuilding else self.work

    def rebuilt(self) -> "Home":
        """The same home with the database that a rebuild makes."""
        return replace(self, rebuilding=True)

    @property
    def search(self) -> Path:
        """The search index: derived from the published copy."""
        return self.root / "search"

    @property
    def locks(self) -> Path:
        """A file a lock."""
        return self.root / "locks"

    @property
    def logs(self) -> Path:
        """What the crawler's child processes said."""
        return self.root / "logs"


def find_home(named: Path | None, from_environment: str | None, start: Path, said_by: str = "--home") -> Home:
    """The home that is named, else that of `HEMEROTECA_HOME`, else the nearest `hemeroteca.toml` upwards."""
    if named is not None:
        return existing(named, said_by)
    if from_environment:
        return existing(Path(from_environment), "HEMEROTECA_HOME")
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return Home(folder.resolve())
    raise NoHome(
        f"no {SETTINGS_FILE} in {start} or above it. "
        "Go to your archive's folder, name it with --home, or make one here with: hemeroteca init"
    )


def existing(folder: Path, said_by: str) -> Home:
    """The home in a folder that somebody named, which must be one."""
    if not (folder / SETTINGS_FILE).is_file():
        raise NoHome(
            f"{said_by} names {folder}, which holds no {SETTINGS_FILE}. "
            f"Name the archive's own folder, or make one there with: hemeroteca init --home {folder}"
        )
    return Home(folder.resolve())
