"""Where things lie on disk, and that nobody else reads them.

`IVIEW_HOME` moves everything, `IVIEW_DB` or `--db` the database alone; else the system's
conventions hold. Directories that are ours are 0700, files 0600.
"""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from iview_tui.domain.value import value

PRIVATE_DIRECTORY = 0o700
PRIVATE_FILE = 0o600


@value
class Paths:
    """The places of one person's data. Nothing is created by knowing them."""

    database: Path
    data: Path
    """Holds the database, unless that was moved."""
    config: Path
    """Holds `config.toml`."""
    state: Path
    """Holds logs, and rescue files where the database's own place is sick."""

    @property
    def config_file(self) -> Path:
        """The settings file; it may be missing."""
        return self.config / "config.toml"

    @property
    def lock(self) -> Path:
        """The file whose lock the one writing process holds."""
        return beside(self.database, ".lock")

    @property
    def backups(self) -> Path:
        """The directory of this database's backups."""
        return beside(self.database, ".backups")

    @property
    def rescue_places(self) -> tuple[Path, ...]:
        """Directories for rescue files, best first; the later ones lie on other file systems."""
        places = [self.database.parent, self.state, Path(tempfile.gettempdir()), Path("/dev/shm")]  # noqa: S108
        return tuple(dict.fromkeys(places))


def beside(database: Path, suffix: str) -> Path:
    """The companion of a database: its name with more behind it."""
    return database.with_name(database.name + suffix)


def find(environ: Mapping[str, str], database: str | Path | None = None) -> Paths:
    """The places, from `--db`, the environment and the system's conventions, in that order."""
    home = environ.get("IVIEW_HOME")
    if home:
        root = _absolute(home)
        data, config, state = root / "data", root / "config", root / "state"
    else:
        directories = platformdirs.PlatformDirs("iview", appauthor=False)
        data = directories.user_data_path
        config = directories.user_config_path
        state = directories.user_state_path
    chosen = database or environ.get("IVIEW_DB")
    return Paths(
        database=_absolute(chosen) if chosen else data / "iview.db",
        data=data,
        config=config,
        state=state,
    )


def keep_private() -> None:
    """Let no file made from here on be read by others: the first line of the program."""
    os.umask(0o077)


def make_private_directory(directory: Path) -> None:
    """Make a directory of ours, parents and all, and close it to others.

    Raises OSError where it cannot be made.
    """
    directory.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    if directory.stat().st_mode & 0o077:
        directory.chmod(PRIVATE_DIRECTORY)


def make_ready(paths: Paths) -> None:
    """Make the directory of the database: ours is closed to others, a given one left as it is.

    Raises OSError where it cannot be made.
    """
    parent = paths.database.parent
    if parent == paths.data:
        make_private_directory(parent)
    else:
        parent.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)


def _absolute(text: str | Path) -> Path:
    return Path(os.path.abspath(Path(text).expanduser()))  # noqa: PTH100 (links stay links)
